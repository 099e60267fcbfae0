"""Following: the pages of alerts, what they tell strangers, and how long it is kept."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commissions.models import Organisation
from consultations import retention
from consultations.alerts import actions as alert_actions
from consultations.alerts import matching, subjects
from consultations.alerts.models import STOPPED_FOR
from consultations.erasure import erase_person
from consultations.models import Delivery, Follower, Message, Subscription
from consultations.outbox import worker
from consultations.signed_links import signed_key, signed_url
from tests import make
from tests.consultations.test_alerts import entry_about, follows
from tests.outline import flat

pytestmark = pytest.mark.django_db


def follow_url(name):
    return f"{reverse('consultations:alert-create')}?what={name}"


def typed(**fields):
    return {"email": "jo@example.org", "frequency": "daily", **fields}


# The form


def test_what_is_typed_wrong_is_named_and_kept(client):
    url = follow_url(make.commission().record_name)
    page = client.post(url, typed(email="jo at home", frequency="weekly"))
    html = page.content.decode()
    assert page.status_code == 200
    assert "Error: Follow by email" in html
    assert "Enter an email address in the right form" in html
    assert 'value="jo at home"' in html
    assert re.search(r'value="weekly"[^>]*checked', html)
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["commission/none", "unheard/of", "commissioner/nobody", "commission", "area/\0"],
)
def test_what_nobody_can_see_cannot_be_followed(client, name):
    assert client.get(follow_url(name)).status_code == 404


def test_hidden_things_are_as_if_they_were_not(client):
    hidden = make.draft_commission()
    shy = make.commissioner()
    for name in (hidden.record_name, f"commissioner/{shy.slug}"):
        assert client.get(follow_url(name)).status_code == 404


@pytest.mark.parametrize("query", ["", "?what=search", "?what=search&sort=newest"])
def test_without_anything_to_follow_the_page_says_how_to_find_it(client, query):
    page = client.get(reverse("consultations:alert-create") + query)
    assert page.status_code == 200
    assert "What do you want to follow?" in page.content.decode()


WORDS_URL = "/alerts/follow/"


def test_words_are_followed_as_the_search_for_them(client):
    assert client.post(WORDS_URL, typed(q=" home  care ")).url == "/alerts/sent/"
    asked = Subscription.objects.get()
    assert (asked.subject, asked.query) == ("search", "q=home+care")
    assert asked.follower.email == "jo@example.org"


@pytest.mark.parametrize("words", ["", "  ", "\0"])
def test_without_words_the_form_says_what_to_enter_and_keeps_the_rest(client, words):
    page = client.post(WORDS_URL, typed(q=words, frequency="weekly"))
    html = page.content.decode()
    assert (page.status_code, Subscription.objects.exists()) == (200, False)
    assert "Error: " in html
    assert 'href="#id_q"' in html
    assert 'value="jo@example.org"' in html
    assert re.search(r'value="weekly"[^>]*checked', html)


def test_a_stranger_cannot_have_us_mail_words_of_their_own(client):
    words = "Your account is closed, see evil.example"
    url = f"{reverse('consultations:alert-create')}?what=search&q={words}"
    assert client.post(url, typed()).url == "/alerts/sent/"
    message = Message.objects.get()
    assert message.subject == "Confirm that you want to follow: a search"
    assert "evil" not in message.body


def test_robots_are_answered_and_thrown_away(client):
    url = follow_url(make.commission().record_name)
    assert client.post(url, typed(homepage="x")).url == "/alerts/sent/"
    assert not Follower.objects.exists()


def test_address_that_asks_too_often_is_refused_and_keeps_what_it_typed(
    client, settings
):
    settings.COMMENTS_PER_ADDRESS = 2
    url = follow_url(make.commission().record_name)
    answers = [client.post(url, typed()).status_code for _ in range(3)]
    assert answers == [302, 302, 200]
    assert client.post("/alerts/", {"email": "jo@example.org"}).status_code == 200


# What strangers learn


def test_answer_is_the_same_whether_or_not_the_address_is_known(client):
    commission = make.commission()
    follows(commission.record_name)
    url = follow_url(commission.record_name)
    known, unknown = "jo@example.org", "al@example.org"
    asked = [client.post(url, typed(email=email)) for email in (known, unknown)]
    assert [answer.url for answer in asked] == ["/alerts/sent/"] * 2
    told = list(Message.objects.order_by("pk").values_list("to", "subject"))
    assert told == [
        (known, f"You already follow this: {commission}"),
        (unknown, f"Confirm that you want to follow: {commission}"),
    ]
    Message.objects.all().delete()
    sent = [
        client.post("/alerts/", {"email": email})
        for email in (known, unknown, "nobody@example.org")
    ]
    assert [answer.url for answer in sent] == ["/alerts/sent/?link=1"] * 3
    assert list(Message.objects.values_list("to", flat=True)) == [known]


def test_no_address_says_who_follows(client, caplog):
    one = follows(make.commission().record_name)
    for link in (
        signed_url("alerts", "alerts", one.follower.key),
        signed_url("alert-stop", "alert-stop", one.key),
        signed_url("alert-confirm", "alert-confirm", one.key),
    ):
        assert "jo" not in link.partition("/my/")[2].lower().partition("/")[0]
        page = client.get(link.removeprefix("http://127.0.0.1:8000"))
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "jo@example.org" not in page.content.decode()
    assert "jo@example.org" not in caplog.text


@pytest.mark.parametrize(
    "page", ["alert-confirm", "alert-stop", "alerts-stop", "alerts"]
)
def test_link_that_is_not_ours_is_not_found_and_one_that_lapsed_says_so(client, page):
    forged = client.get(reverse(f"consultations:{page}", args=["made-up"]))
    lapsed = client.get(
        reverse(f"consultations:{page}", args=[signed_key(page, "gone")])
    )
    assert (forged.status_code, lapsed.status_code) == (404, 410)
    other = client.get(
        reverse(f"consultations:{page}", args=[signed_key("other", "gone")])
    )
    assert other.status_code == 404


# Changing and stopping


def test_what_somebody_follows_is_changed_and_stopped_on_one_page(client):
    one = follows(make.commission(title="Benches").record_name, frequency="daily")
    two = follows(make.organisation(name="Kent").record_name)
    other = follows(make.commission().record_name, "al@example.org")
    url = reverse("consultations:alerts", args=[signed_key("alerts", one.follower.key)])
    html = client.get(url).content.decode()
    assert [name in html for name in ("Benches", "Kent")] == [True, True]
    client.post(url, {"save": one.key, "frequency": "weekly"})
    client.post(url, {"save": one.key, "frequency": "hourly"})
    one.refresh_from_db()
    assert one.frequency == "weekly"
    assert client.post(url, {"stop": other.key}).status_code == 404
    page = client.post(url, {"stop": two.key}, follow=True)
    assert "You have stopped following it." in page.content.decode()
    client.post(url, {"stop-all": "1"})
    assert list(Subscription.objects.active()) == [other]


def test_stopping_everything_from_a_mail_asks_once(client):
    one = follows(make.commission().record_name)
    follows(make.commission().record_name)
    url = reverse(
        "consultations:alerts-stop", args=[signed_key("alerts-stop", one.follower.key)]
    )
    client.get(url)
    assert Subscription.objects.active().count() == 2
    client.post(url)
    assert Subscription.objects.active().count() == 0


def test_what_was_stopped_can_be_followed_again():
    commission = make.commission()
    one = follows(commission.record_name)
    one.stop()
    again = follows(commission.record_name)
    assert again.pk != one.pk
    assert list(Subscription.objects.active()) == [again]


def test_database_holds_one_subscription_of_an_address_to_a_thing():
    one = follows(make.commission().record_name)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(follower=one.follower, subject=one.subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(follower=one.follower, subject="search")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(
            follower=one.follower, subject="topic/x", unsubscribed_at=timezone.now()
        )


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_what_somebody_follows_costs_the_same_however_much_it_is(
    client, number, django_assert_num_queries
):
    for _ in range(number):
        one = follows(make.commission().record_name)
        follows(make.organisation().record_name)
    url = reverse("consultations:alerts", args=[signed_key("alerts", one.follower.key)])
    with django_assert_num_queries(4):
        assert (
            client.get(url).content.decode().count("Stop following<span") == number * 2
        )


# Searches


def test_followed_search_finds_a_body_that_was_renamed(client):
    body = make.organisation(slug="kent", name="Kent County Council")
    made = make.commission(organisation=body)
    client.post(
        "/alerts/follow/?what=search&organisation=Kent+County&stage=intention", typed()
    )
    one = Subscription.objects.get()
    assert one.query == "organisation=kent&stage=intention"
    Organisation.objects.filter(pk=body.pk).update(name="Garden Unitary Council")
    assert list(subjects.commissions_found(one.query)) == [made]
    assert "Garden Unitary Council" in subjects.show_search(one.query).label


def test_filtered_list_leads_to_following_what_it_shows(client):
    body = make.organisation(slug="kent", name="Kent")
    make.commission(organisation=body)
    listed = client.get("/commissions/?organisation=kent&sort=newest")
    link = re.search(r'href="(/alerts/follow/\?[^"]+)"', listed.content.decode())[1]
    link = link.replace("&amp;", "&")
    page = client.get(link).content.decode()
    assert "Organisation: Kent" in page
    assert "when a commission is added to this list" in page
    client.post(link, typed())
    one = Subscription.objects.get()
    assert (one.subject, one.query) == ("search", "organisation=kent")
    one.confirm()
    new = make.draft_commission(organisation=body)
    new.publish(by="tests")
    other = make.draft_commission()
    other.publish(by="tests")
    matching.match_new_entries()
    assert [d.entry.subject for d in Delivery.objects.all()] == [new.record_name]


def test_empty_list_offers_to_tell_when_something_fits(client):
    html = client.get("/commissions/?q=unicorns").content.decode()
    assert "/alerts/follow/?q=unicorns&amp;what=search" in html
    assert (
        "Get this search by email" not in client.get("/commissions/").content.decode()
    )


def test_topic_or_place_alone_is_followed_as_what_it_is(client):
    make.topic(slug="buses", name="Buses")
    make.area(slug="the-town", name="The Town")
    for query, label in (("topic=buses", "Topic"), ("area=The+Town", "Place")):
        url = f"{reverse('consultations:alert-create')}?what=search&{query}"
        assert f"<p>{label}. " in client.get(url).content.decode()
        client.post(url, typed())
    assert list(Subscription.objects.values_list("subject", flat=True)) == [
        "topic/buses",
        "area/the-town",
    ]


def test_search_with_a_part_that_means_nothing_any_more_finds_nothing(client):
    topic = make.topic(slug="soon-gone")
    one = follows(subjects.show_search("topic=soon-gone"))
    topic.delete()
    commission = make.commission()
    entry_about(follows(commission.record_name, "al@example.org"))
    matching.match_new_entries()
    assert Delivery.objects.filter(subscription=one).count() == 0
    assert "no longer works" in subjects.name_subjects([one])[one.pk].label


# What is kept, and for how long


def test_what_nobody_confirmed_is_erased_after_seven_days_with_the_address():
    alert_actions.ask(
        subjects.find_subject(make.commission().record_name), "jo@example.org", "daily"
    )
    now = timezone.now()
    assert sum(retention.apply(now + timedelta(days=6)).values()) == 0
    assert sum(retention.apply(now + timedelta(days=8)).values()) == 1
    assert not Follower.objects.exists()


def test_what_was_stopped_is_erased_a_month_later_and_what_goes_on_is_not():
    one = follows(make.commission().record_name)
    follows(make.commission().record_name, "al@example.org")
    one.stop()
    now = timezone.now()
    retention.apply(now + STOPPED_FOR - timedelta(hours=1))
    assert Follower.objects.count() == 2
    retention.apply(now + STOPPED_FOR + timedelta(hours=1))
    assert list(Follower.objects.values_list("email", flat=True)) == ["al@example.org"]


def test_erasing_a_person_erases_what_they_follow():
    one = follows(make.commission().record_name, "Jo@Example.org")
    entry_about(one)
    worker.write_alerts()
    worker.write_alerts(timezone.now() + timedelta(minutes=1))
    assert Message.objects.count() == 1
    assert erase_person("jo@example.org", by="tests") == 1
    kept = (Follower, Subscription, Delivery, Message)
    assert [model.objects.count() for model in kept] == [0, 0, 0, 0]


# The pages that lead here


def test_links_to_follow_cost_the_pages_no_query(client):
    commission = make.commission()
    person = commission.post.tenure.commissioner
    pages = [commission, commission.organisation, person, make.decision()]
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            html = client.get(page.get_absolute_url()).content.decode()
        assert re.search("Follow this( person| organisation)? by email", html)
        asked = [q["sql"] for q in queries if "subscription" in q["sql"].lower()]
        assert asked == []


# Following what one has commented on


def own_page(submission):
    return reverse(
        "consultations:submission-detail", args=[signed_key("private", submission.key)]
    )


def test_who_confirms_a_comment_can_follow_the_commission_with_one_button(client):
    submission = make.submission(confirmed_at=None, email="jo@example.org")
    make.comment(
        submission=submission,
        consultation=submission.consultation,
        state="unconfirmed",
    )
    confirm = signed_url("submission-confirm", "confirm", submission.key)
    page = client.post(confirm).url
    assert page == own_page(submission)
    shown = flat(client.get(page))
    assert "Follow this commission by email</button>" in shown
    button = re.search(r'action="([^"]+/follow/)"', shown)[1]
    assert client.get(button).status_code == 405
    for _ in range(2):
        assert client.post(button).url == f"{page}#follow"
    one = Subscription.objects.active().get()
    assert one.subject == submission.consultation.commission.record_name
    assert one.follower.email == "jo@example.org"
    shown = flat(client.get(page))
    assert "You follow this commission by email" in shown
    assert button not in shown


def test_what_waits_to_be_confirmed_is_confirmed_by_the_button(client):
    submission = make.submission(email="jo@example.org")
    name = submission.consultation.commission.record_name
    alert_actions.ask(subjects.find_subject(name), "Jo@example.org", "weekly")
    client.post(f"{own_page(submission)}follow/")
    assert Subscription.objects.active().get().frequency == "weekly"


def test_who_follows_already_or_left_no_address_is_not_asked(client):
    submission = make.submission(email="jo@example.org")
    follows(submission.consultation.commission.record_name)
    paper = make.submission(
        email="", channel="letter", consultation=submission.consultation
    )
    for one in (submission, paper):
        assert "Follow this commission" not in flat(client.get(own_page(one)))
    client.post(f"{own_page(paper)}follow/")
    assert Subscription.objects.count() == 1
