"""Alerts: followed without an account, told once, stopped in one click."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from commissions.models import Entry, Handover, Notice, Tender
from consultations.alerts import actions as alert_actions
from consultations.alerts import emails, matching, queue, subjects
from consultations.alerts.models import LONGEST_TRANSACTION
from consultations.models import Delivery, Message, Reading, Subscription
from consultations.outbox import worker
from consultations.questions import actions
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=31)


def follows(subject, email="jo@example.org", frequency="at_once", **fields):
    """Make somebody follow a thing, by its public name or as found."""
    found = subjects.find_subject(subject) if isinstance(subject, str) else subject
    one = alert_actions.ask(found, email, frequency)
    one.confirm(**fields)
    Message.objects.all().delete()
    return one


def round_of_work(at=None):
    """Do what a worker does, half a minute from now unless said; return the mails."""
    before = len(mail.outbox)
    at = at or timezone.now() + LATER
    worker.write_alerts(at - LATER)
    worker.write_alerts(at)
    worker.send_due(at)
    return mail.outbox[before:]


def link_in(message, part):
    """Return the path of the first link in a mail whose path has a part."""
    return re.search(rf"http://127.0.0.1:8000(/my/alerts/{part}\S+)", message.body)[1]


# The whole journey


def test_following_from_the_link_on_the_page_to_the_last_mail(client):
    commission = make.commission(title="Care at home")
    page = flat(client.get(commission.get_absolute_url()))
    url = re.search(r'href="(/alerts/follow/[^"]+)"', page)[1]
    form = flat(client.get(url))
    assert "Care at home" in form
    assert "we email you answers to bidders’ questions at once" in form
    sent = client.post(url, {"email": "Jo@example.org", "frequency": "at_once"})
    assert sent.url == "/alerts/sent/"
    assert client.get(sent.url).status_code == 200
    assert Subscription.objects.active().count() == 0
    [asked] = round_of_work()
    confirm = link_in(asked, "confirm/")
    assert "jo@" not in confirm.lower()
    client.get(confirm)
    assert Subscription.objects.active().count() == 0
    manage = client.post(confirm).url
    assert "You follow it now" in flat(client.get(manage))

    to = make.held_post(organisation=commission.organisation, title="Head of Care")
    commission.hand_over(
        to, since=timezone.localdate(), why="The post was cut.", by="tests"
    )
    [told] = round_of_work()
    assert told.to == ["Jo@example.org"]
    assert told.subject == "News: Care at home"
    assert "to Head of Care from" in told.body
    assert "Reason: The post was cut." in told.body
    assert commission.get_absolute_url() in told.body
    assert round_of_work() == []

    stop = link_in(told, "stop/")
    client.get(stop)
    assert Subscription.objects.active().count() == 1
    assert "You have stopped following" in flat(client.post(stop))
    commission.reach("engagement", by="tests")
    assert round_of_work() == []
    assert "You do not follow anything now" in flat(client.get(manage))


def test_mail_programs_can_stop_it_in_one_click(client):
    one = follows(make.commission().record_name)
    make.commission()
    entry_about(one)
    [told] = round_of_work()
    headers = told.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    strict = type(client)(enforce_csrf_checks=True)
    answer = strict.post(url, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    one.refresh_from_db()
    assert one.unsubscribed_at


def entry_about(one, **facts):
    """Put an act on the record about what somebody follows."""
    return act(one.subject, **facts)


def act(name, kind="commission.changed", commission="", at=None, **facts):
    """Put an act on the record under a public name."""
    reference = name.removeprefix("commission/") if "commission/" in name else ""

    class Named:
        record_name = name
        record_commission = commission or reference

    return Entry.objects.append(
        kind, Named, by="tests", at=at, **({"fields": ["need"]} | facts)
    )


# What concerns whom


def told_of(one):
    """Return the subjects and kinds of the entries noted for a subscription."""
    matching.match_new_entries()
    rows = Delivery.objects.filter(subscription=one).order_by("entry_id")
    return list(rows.values_list("entry__subject", "entry__kind"))


def test_each_way_of_following_hears_of_its_own_and_no_other():
    region = make.area(slug="the-region")
    town = make.area(slug="the-town", parent=region)
    topic = make.topic(slug="care")
    body = make.organisation(slug="kent")
    post = make.held_post(organisation=body)
    ours = make.commission(
        organisation=body,
        post=post,
        topic=make.topic(slug="home-care", parent=topic),
        title="Benches for all",
    )
    ours.areas.add(town)
    other = make.commission(title="Buses", topic=make.topic())
    person = post.tenure.commissioner
    names = [
        ours.record_name,
        body.record_name,
        "topic/care",
        "area/the-region",
        f"commissioner/{person.slug}",
    ]
    search = subjects.show_search("organisation=kent")
    followed = [follows(name) for name in [*names, search]]
    act(ours.record_name)
    act(other.record_name)
    act(f"{ours.record_name}/dates/tender", "commission.date", ours.reference)
    matching.match_new_entries()
    expected = [
        (ours.record_name, "commission.changed"),
        (f"{ours.record_name}/dates/tender", "commission.date"),
    ]
    assert {one.subject: told_of(one) for one in followed} == dict.fromkeys(
        [*names, "search"], expected
    )


def test_nothing_is_told_of_what_is_not_public():
    hidden = make.draft_commission()
    decision = make.draft_decision(organisation=hidden.organisation)
    question = make.question(
        commission=make.commission(),
        state="declined",
        decline_reason="private",
        decline_words="Names somebody.",
    )
    follows(hidden.organisation.record_name)
    follows(question.commission.record_name)
    act(hidden.record_name)
    act(decision.record_name, "decision.changed")
    act(question.record_name, "enquiry.published", question.commission.reference)
    assert matching.match_new_entries() == 0
    assert round_of_work() == []


def test_what_was_taken_back_before_the_mail_is_left_out():
    question = make.question()
    follows(question.commission.record_name)
    act(
        question.record_name,
        "enquiry.published",
        question.commission.reference,
        about=question.commission.record_name,
        due_on="2026-12-01",
    )
    assert matching.match_new_entries() == 1
    question.withdraw()
    assert round_of_work() == []
    assert Delivery.objects.filter(told_at=None).count() == 0


def test_comments_are_not_sent_one_by_one():
    comment = make.comment()
    matching.match_new_entries()
    follows(comment.consultation.commission.record_name)
    act(
        comment.record_name,
        "comment.published",
        comment.consultation.commission.reference,
    )
    assert matching.match_new_entries() == 0


def test_a_hand_over_said_ahead_is_told_to_those_who_follow_either_once():
    commission = make.draft_commission()
    commission.publish(by="tests")
    after = make.held_post(organisation=make.organisation())
    matching.match_new_entries()
    people = [post.tenure.commissioner for post in (commission.post, after)]
    ones = [follows(f"commissioner/{person.slug}") for person in people]
    Handover.announce(
        commission,
        after,
        since=timezone.localdate() + timedelta(days=9),
        why="Cut.",
        by="tests",
    )
    entry = (commission.record_name, "holder.announced")
    assert [told_of(one) for one in ones] == [[entry], [entry]]


def test_handing_over_is_on_both_pages_and_alerts_those_who_follow_either(client):
    commission = make.draft_commission()
    commission.publish(by="tests")
    matching.match_new_entries()
    before, after = (
        commission.post,
        make.held_post(organisation=commission.organisation),
    )
    committee = make.committee(organisation=commission.organisation)
    member = committee.memberships.get().commissioner
    people = [before.tenure.commissioner, after.tenure.commissioner]
    ones = [follows(f"commissioner/{p.slug}") for p in [*people, member]]
    commission.hand_over(after, since=timezone.localdate(), why="Cut.", by="tests")
    entry = (commission.record_name, "holder.handed-over")
    assert [told_of(one) for one in ones] == [[entry], [entry], []]
    commission.hand_over(committee, since=timezone.localdate(), why="Big.", by="tests")
    assert [told_of(one) for one in ones] == [[entry], [entry] * 2, [entry]]
    took = [flat(client.get(p.get_absolute_url())) for p in [*people, member]]
    assert ["Why: Cut." in page for page in took] == [True, True, False]
    assert ["Why: Big." in page for page in took] == [False, True, True]


def test_leaving_and_taking_up_a_post_alert_those_who_follow_the_person():
    post = make.held_post()
    person = post.tenure.commissioner
    one = follows(f"commissioner/{person.slug}")
    post.vacate(on=timezone.localdate(), by="tests")
    make.held_post()
    assert told_of(one) == [(post.record_name, "post.vacated")]
    [message] = round_of_work()
    assert person.name not in message.body
    assert "No longer shown here" in message.body


def test_question_about_a_decision_or_a_person_alerts_their_followers():
    decision = make.decision()
    person = make.held_post(organisation=decision.organisation).tenure.commissioner
    ones = [follows(decision.record_name), follows(f"commissioner/{person.slug}")]
    about = [
        make.question(decision=decision),
        make.question(commissioner=person, body=decision.organisation),
    ]
    for question in about:
        actions.answer(question, "Yes.", by="tests")
    assert [told_of(one) for one in ones] == [
        [(question.record_name, "enquiry.answered")] for question in about
    ]


def test_entry_that_lacks_a_fact_stops_nobody_from_being_told():
    post = make.held_post()
    one = follows(post.organisation.record_name)
    commission = make.commission(organisation=post.organisation, title="A\r\nB")
    act(post.record_name, "post.taken")
    act(commission.record_name, "holder.handed-over", since="one day")
    [message] = round_of_work()
    assert message.subject.startswith(f"News: {post.title}")
    assert "\nA B\nhttp" in message.body
    assert told_of(one)


def test_mail_names_posts_and_bodies_and_leads_to_the_page_of_each_act():
    consultation = make.consultation()
    commission = consultation.commission
    follows(commission.record_name)
    cabinet = make.committee(name="The Cabinet", slug="the-cabinet")
    matching.match_new_entries()
    commission.hand_over(
        cabinet, since=timezone.localdate(), why="It is large.", by="tests"
    )
    act(consultation.record_name, "consultation.extended", commission.reference)
    act(
        f"{consultation.record_name}/response",
        "response.published",
        commission.reference,
    )
    act("contract/C-1", "contract.ended", commission.reference)
    [message] = round_of_work()
    assert "to The Cabinet from" in message.body
    where = f"http://127.0.0.1:8000{consultation.get_absolute_url()}"
    for url in (where, f"{where}response/", "http://127.0.0.1:8000/contracts/C-1/"):
        assert f"  {url}\n" in message.body


# A tender is open


def test_every_answer_after_the_tender_opens_goes_at_once_to_all_followers():
    commission = make.commission(stage="tender")
    Tender.objects.create(commission=commission, title="Bids")
    weekly = follows(commission.record_name, "a@example.org", "weekly")
    follows(commission.record_name, "b@example.org", "at_once")
    follows(commission.organisation.record_name, "c@example.org", "weekly")
    question = make.question(
        commission=commission,
        pseudonym="Bidder 7F3",
        public_name="Acme Ltd",
        title="Are lots divisible?",
    )
    actions.answer(question, "They are.", by=commission.post)
    Message.objects.all().delete()
    mails = round_of_work()
    assert sorted(m.to[0] for m in mails) == ["a@example.org", "b@example.org"]
    for message in mails:
        assert "The question: Are lots divisible?" in message.body
        assert "The answer: They are." in message.body
        assert "Acme" not in message.body
        assert "Bidder" not in message.body
    assert Delivery.objects.filter(subscription=weekly, at_once=True).count() == 1


# Told once, none missed


def test_entry_committed_late_under_a_lower_number_is_told():
    one = follows(make.commission().record_name)
    early, late = entry_about(one), entry_about(one)
    Reading.objects.create(entry=late)  # read while the earlier was not there
    assert matching.unread_entries() == [early]
    [message] = round_of_work()
    assert "Details changed" in message.body
    assert matching.unread_entries() == []


def test_floor_rises_only_over_what_was_read_long_ago():
    one = follows(make.commission().record_name)
    entries = [entry_about(one) for _ in range(3)]
    matching.match_new_entries()
    now = timezone.now()
    matching.raise_floor(now)
    assert Reading.objects.count() == Entry.objects.count()
    matching.raise_floor(now + LONGEST_TRANSACTION + LATER)
    assert [row.entry_id for row in Reading.objects.all()] == [entries[-1].pk]
    assert matching.unread_entries() == []
    new = entry_about(one)
    assert matching.unread_entries() == [new]


def test_what_happened_before_following_is_not_news_but_what_was_under_way_is():
    commission = make.commission()
    now = timezone.now()
    before = now - LONGEST_TRANSACTION - LATER
    act(commission.record_name, at=before)
    under_way = act(commission.record_name, at=now - LATER)
    one = follows(commission.record_name)
    matching.match_new_entries()
    assert [d.entry for d in Delivery.objects.filter(subscription=one)] == [under_way]


def test_worker_killed_before_it_wrote_the_mail_loses_nothing_and_repeats_nothing():
    one = follows(make.commission().record_name)
    entry_about(one)
    assert matching.match_new_entries() == 1  # and then the worker was killed
    assert len(round_of_work()) == 1
    assert round_of_work() == []


def test_mail_sent_twice_by_a_killed_worker_has_one_name(monkeypatch):
    one = follows(make.commission().record_name)
    entry_about(one)
    round_of_work()
    Message.objects.update(sent_at=None)  # killed before it could mark it
    worker.send_due(timezone.now() + timedelta(minutes=10))
    assert len({m.extra_headers["Message-ID"] for m in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_second_worker_that_comes_upon_the_same_deliveries_tells_nobody():
    one = follows(make.commission().record_name)
    entry_about(one)
    at = timezone.now()
    matching.match_new_entries(at)
    whom = [one.follower_id]
    done = queue.deliveries_due_to(whom, at + LATER)
    Delivery.objects.update(told_at=at)
    telling_before = queue.deliveries_due_to
    queue.deliveries_due_to = lambda *_: done
    try:
        assert queue.queue_alerts_for(whom, at + LATER) is None
    finally:
        queue.deliveries_due_to = telling_before
    assert Message.objects.count() == 0


# How often


LONDON = {
    # 6:59 and 7:00 in London, in winter and in summer time
    "daily": [
        (datetime(2027, 1, 12, 6, 59, tzinfo=UTC), 0),
        (datetime(2027, 1, 12, 7, 0, tzinfo=UTC), 1),
    ],
    "weekly": [
        (datetime(2027, 1, 12, 7, 0, tzinfo=UTC), 0),
        (datetime(2027, 1, 18, 6, 59, tzinfo=UTC), 0),
        (datetime(2027, 1, 18, 7, 0, tzinfo=UTC), 1),
    ],
    "at_once": [
        (datetime(2027, 1, 11, 12, 0, 29, tzinfo=UTC), 0),
        (datetime(2027, 1, 11, 12, 0, 30, tzinfo=UTC), 1),
    ],
}


@pytest.mark.parametrize("frequency", LONDON)
def test_mail_goes_when_its_reader_chose(frequency):
    monday = datetime(2027, 1, 11, 12, 0, tzinfo=UTC)
    one = follows(make.commission().record_name, frequency=frequency, at=monday)
    act(one.subject, at=monday)
    matching.match_new_entries(monday)
    assert [(at, queue.queue_due_alerts(at)) for at, _ in LONDON[frequency]] == LONDON[
        frequency
    ]


def test_seven_is_london_s_in_summer_too():
    six = datetime(2027, 7, 5, 6, 0, tzinfo=UTC)  # a Monday
    assert queue.last_seven(six) == queue.last_monday(six) == six
    assert queue.last_monday(six - LATER) == six - timedelta(days=7)


def test_one_act_followed_in_two_ways_is_told_once():
    commission = make.commission()
    follows(commission.record_name, frequency="at_once")
    weekly = follows(commission.organisation.record_name, frequency="weekly")
    act(commission.record_name)
    [message] = round_of_work()
    assert message.body.count("Details changed") == 1
    assert Delivery.objects.filter(subscription=weekly, told_at=None).count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_reading_and_telling_cost_the_same_however_many_follow_and_happen(
    number, django_assert_num_queries
):
    for n in range(number):
        commission = make.commission(topic=make.topic())
        commission.areas.add(make.area())
        follows(commission.record_name, f"jo{n}@example.org")
        follows(commission.organisation.record_name, f"jo{n}@example.org")
        act(commission.record_name)
        person = commission.post.tenure.commissioner
        follows(f"commissioner/{person.slug}", f"al{n}@example.org")
        act(
            make.decision(commission=commission).record_name,
            "decision.changed",
            commission.reference,
        )
        act(
            make.question(commission=commission).record_name,
            "enquiry.answered",
            commission.reference,
            due_on="2026-12-01",
        )
    at = timezone.now()
    with django_assert_num_queries(18):
        matching.match_new_entries(at)
    with django_assert_num_queries(14):
        assert queue.queue_due_alerts(at + LATER) == number * 2


def test_a_flood_is_told_in_one_message_that_counts_the_rest():
    one = follows(make.commission().record_name)
    for _ in range(emails.MOST_LINES + 2):
        entry_about(one)
    [message] = round_of_work()
    assert message.body.count("Details changed") == emails.MOST_LINES
    assert "There are 2 more pieces of news" in message.body


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_each_follower_gets_one_mail():
    commission = make.commission()
    for number in range(5):
        follows(commission.record_name, f"jo{number}@example.org")
    for _ in range(20):
        act(commission.record_name)
    now = timezone.now()
    start = threading.Barrier(4)

    def work(_):
        start.wait()
        for seconds in (0, 31, 62):
            worker.write_alerts(now + timedelta(seconds=seconds))
        connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    told = list(Message.objects.order_by("to").values_list("to", flat=True))
    assert told == [f"jo{number}@example.org" for number in range(5)]
    assert Delivery.objects.filter(told_at__isnull=False).count() == 100


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_entry_of_a_transaction_that_commits_after_a_later_one_is_told():
    one = follows(make.commission().record_name)
    written, heard = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            entry_about(one, fields=["summary"])
            written.set()
            heard.wait(30)
        connection.close()

    verb = threading.Thread(target=slow)
    verb.start()
    written.wait(30)
    later = entry_about(one)
    matching.match_new_entries()
    assert [d.entry for d in Delivery.objects.all()] == [later]
    heard.set()
    verb.join()
    matching.match_new_entries()
    early = Entry.objects.order_by("pk")[Entry.objects.count() - 2]
    assert early.pk < later.pk
    assert {d.entry for d in Delivery.objects.all()} == {early, later}


def test_a_notice_about_a_body_itself_alerts_those_who_follow_the_body():
    body = make.organisation(name="Barset Council")
    follows(body.record_name)
    Notice.publish(
        body,
        code="UK17",
        platform="Find a Tender",
        reference="900001-2026",
        url="https://www.find-tender.service.gov.uk/Notice/900001-2026",
        published_at=timezone.now() - timedelta(hours=1),
        by=body,
    )
    [sent] = round_of_work()
    assert "Payments compliance notice (UK17) published on Find a Tender" in sent.body
