"""Questions to holders: asked without an account, answered in public, by a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from commissions.models import Entry, NotReady, Overtaken, Tender
from consultations import retention
from consultations.erasure import erase_person
from consultations.models import Message, Question
from consultations.outbox import worker
from consultations.questions import actions
from consultations.questions.deadlines import AnswerCalendars, status_of
from consultations.signed_links import signed_key, signed_url
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


def ask_url(thing):
    return f"{reverse('consultations:question-create')}?about={thing}"


def typed(**fields):
    return {
        "title": "Will it open on Saturdays?",
        "text": "My mother goes there.",
        "role": "carer",
        "public_name": "Jo",
        "email": "jo@example.org",
        **fields,
    }


def sender(**fields):
    return {
        "role": "carer",
        "public_name": "Jo",
        "name_withheld": False,
        "organisation": "",
        "email": "jo@example.org",
        **fields,
    }


def received(about=None, **fields):
    return actions.receive(
        about or make.commission(), sender(**fields), title="Why?", text="Tell us."
    )


def tendering(**fields):
    commission = make.commission(stage="tender")
    Tender.objects.create(commission=commission, title="Bids", **fields)
    return commission


# Asking


def test_question_is_asked_confirmed_moderated_and_answered(client):
    commission = make.commission()
    url = ask_url(commission.record_name)
    page = flat(client.get(url))
    assert "within 10 working days" in page
    sent = client.post(url, typed())
    assert sent.url == f"/ask/sent/?about={commission.record_name}"
    assert client.get(sent.url).status_code == 200
    question = Question.objects.get()
    assert question.state == "unconfirmed"
    assert question.body == commission.organisation
    confirm = reverse(
        "consultations:question-confirm",
        args=[signed_key("question-confirm", question.key)],
    )
    client.get(confirm)
    question.refresh_from_db()
    assert question.state == "unconfirmed"
    mine = client.post(confirm).url
    question.refresh_from_db()
    assert question.state == "awaiting"
    actions.publish(question, by="staff")
    post = commission.post
    actions.answer(question, "Yes, from May.", by=post)
    page = client.get(mine)
    assert "Yes, from May." in flat(page)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    public = flat(client.get(question.get_absolute_url()))
    assert "Yes, from May." in public
    assert "jo@example.org" not in public
    assert post.tenure.commissioner.name in public
    assert question.answered_by == post


def test_asker_is_told_at_every_step():
    question = received()
    actions.confirm(question)
    actions.publish(question, by="staff")
    actions.answer(question, "Yes.", by="staff")
    told = Message.objects.filter(to="jo@example.org").order_by("pk")
    assert [message.subject for message in told] == [
        f"Confirm your question to {question.body}",
        "We have your question: Why?",
        "Your question is published: Why?",
        "Your question has been answered: Why?",
    ]
    worker.send_due()
    assert {tuple(message.to) for message in mail.outbox} == {("jo@example.org",)}


def test_holders_mailbox_is_told_when_a_question_is_public():
    commission = make.commission(post=make.held_post(mailbox="care@council.example"))
    question = received(commission)
    actions.confirm(question)
    assert not Message.objects.filter(to="care@council.example").exists()
    actions.publish(question, by="staff")
    assert Message.objects.get(to="care@council.example").subject.startswith(
        "A question to answer by"
    )


def test_second_question_of_a_known_address_is_not_held_unless_the_body_holds_all():
    make.question(email="jo@example.org", role="carer", public_name="Jo")
    question = received()
    actions.confirm(question)
    assert question.state == "published"
    other = received(public_name="The Leader")
    actions.confirm(other)
    assert other.state == "awaiting"
    strict = make.organisation(moderates_every_comment=True)
    question = received(make.commission(organisation=strict))
    actions.confirm(question)
    assert question.state == "awaiting"


def test_confirming_twice_changes_nothing():
    question = received()
    actions.confirm(question)
    before = Question.objects.values().get()
    actions.confirm(Question.objects.get())
    assert Question.objects.values().get() == before


def test_robot_that_fills_the_trap_is_thanked_and_nothing_is_kept(client):
    commission = make.commission()
    answer = client.post(ask_url(commission.record_name), typed(homepage="x"))
    assert answer.status_code == 302
    assert not Question.objects.exists()


def test_too_many_questions_from_one_address_are_refused_and_kept_in_the_form(
    client, settings
):
    settings.COMMENTS_PER_ADDRESS = 1
    url = ask_url(make.commission().record_name)
    client.post(url, typed())
    page = flat(client.post(url, typed(text="A second one.")))
    assert "A lot has been sent from your network" in page
    assert "A second one." in page
    assert Question.objects.count() == 1


def test_empty_form_says_what_is_missing(client):
    page = flat(client.post(ask_url(make.commission().record_name), {}))
    assert "Error: " in page
    assert "Enter your question in one line" in page


@pytest.mark.parametrize(
    "name", ["commission/none", "post/x", "x", "commission/", "decision/a\x00b", "//"]
)
def test_asking_about_what_is_not_public_is_not_found(client, name):
    assert client.get(ask_url(name)).status_code == 404


def test_draft_commission_cannot_be_asked_about(client):
    draft = make.draft_commission()
    assert client.get(ask_url(draft.record_name)).status_code == 404


def test_person_is_asked_in_the_body_of_their_post(client):
    post = make.post()
    person = make.tenure(post=post).commissioner
    url = ask_url(f"commissioner/{person.slug}")
    assert client.get(url).status_code == 200
    client.post(url, typed())
    question = Question.objects.get()
    assert (question.commissioner, question.body) == (person, post.organisation)
    actions.confirm(question)
    actions.publish(question, by="staff")
    entry = Entry.objects.get(kind="enquiry.published")
    assert entry.facts["about"] == post.record_name
    assert person.slug not in entry.body


def test_person_without_a_post_cannot_be_asked_and_the_page_says_so(client):
    person = make.commissioner(name="Ada Obi", name_consent_on=date(2026, 1, 1))
    page = flat(client.get(ask_url(f"commissioner/{person.slug}")))
    assert "Ada Obi is not in a post now" in page


def test_person_who_may_no_longer_be_named_is_not_named_with_their_questions(client):
    person = make.commissioner(name="Ada Obi")
    question = make.question(commissioner=person, body=make.organisation(name="Kent"))
    for url in (question.get_absolute_url(), "/questions/", "/questions.csv"):
        answer = client.get(url)
        content = b"".join(answer) if answer.streaming else answer.content
        assert b"Ada Obi" not in content
        assert b"someone who decided at Kent" in content


def test_link_of_another_purpose_opens_nothing(client):
    question = make.question()
    wrong = signed_key("private", question.key)
    url = reverse("consultations:question-mine", args=[wrong])
    assert client.get(url).status_code == 404
    url = reverse("consultations:question-confirm", args=[wrong])
    assert client.get(url).status_code == 404
    question.erased_at = question.confirmed_at
    question.save()
    right = signed_key("question-confirm", question.key)
    url = reverse("consultations:question-confirm", args=[right])
    assert client.get(url).status_code == 410


# Taking back, erasing, declining


def test_question_is_taken_back_until_it_is_answered(client):
    question = make.question()
    url = reverse(
        "consultations:question-withdraw", args=[signed_key("question", question.key)]
    )
    assert client.get(url).status_code == 200
    client.post(url)
    assert client.get(question.get_absolute_url()).status_code == 404
    assert Entry.objects.get().kind == "enquiry.withdrawn"


def test_answered_question_is_not_taken_back_and_the_page_says_why(client):
    question = make.question()
    question.answer("Yes.", by="staff")
    url = reverse(
        "consultations:question-withdraw", args=[signed_key("question", question.key)]
    )
    page = flat(client.post(url))
    assert "other people use the answer" in page
    question.refresh_from_db()
    assert question.state == "published"


def test_declining_needs_words_and_the_asker_is_told():
    question = make.question(state="awaiting")
    with pytest.raises(NotReady, match="Say in a sentence"):
        actions.decline(question, reason="abusive", words=" ", by="staff")
    actions.decline(question, reason="own_case", words="Call the team.", by="staff")
    body = Message.objects.get().body
    assert "It is about one person’s own care or case. Call the team." in body
    assert Entry.objects.get().facts == {
        "about": question.commission.record_name,
        "organisation": question.body.record_name,
        "reason": "own_case",
    }


def test_erasing_a_person_erases_their_questions_and_leaves_the_answer(client):
    question = make.question(email="jo@example.org", public_name="Jo Bloggs")
    waiting = make.question(email="jo@example.org")
    kept = make.question()
    actions.answer(question, "We will.", by="staff")
    words = question.text
    assert erase_person("Jo@Example.org", by="portal") == 2
    page = flat(client.get(question.get_absolute_url()))
    assert "We will." in page
    assert "Removed at the asker’s request" in page
    assert "Jo Bloggs" not in page
    assert words not in page
    question.refresh_from_db()
    assert (question.email, question.address_key, question.salt) == ("", "", "")
    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert client.get(kept.get_absolute_url()).status_code == 200
    assert Entry.objects.filter(kind="enquiry.erased").count() == 2
    assert not Message.objects.filter(to="jo@example.org").exists()


def test_worker_erases_questions_that_nobody_confirmed():
    question = received()
    assert sum(retention.apply().values()) == 0
    assert (
        sum(
            retention.apply(
                question.received_at + timedelta(days=7, minutes=1)
            ).values()
        )
        == 1
    )
    question.refresh_from_db()
    assert (question.email, question.text) == ("", "[Erased at the sender's request]")


def test_record_holds_digests_and_days_but_no_words():
    question = make.question(state="awaiting", confirmed_at=MONDAY, salt="00" * 16)
    question.publish(by="staff")
    question.answer("Never on Sundays.", by="staff", at=MONDAY + timedelta(days=20))
    published, answered = Entry.objects.order_by("pk")
    assert published.facts == {
        "about": question.commission.record_name,
        "organisation": question.body.record_name,
        "asked_on": "2026-11-02",
        "due_on": "2026-11-16",
        "sha256": question.digest(f"{question.title}\n{question.text}"),
    }
    assert answered.facts == {
        "about": question.commission.record_name,
        "organisation": question.body.record_name,
        "answered_on": "2026-11-22",
        "changed": "",
        "due_on": "2026-11-16",
        "sha256": question.digest("Never on Sundays."),
    }
    assert answered.commission == question.commission.reference
    assert question.text not in published.body + answered.body


# Verbs and the rules of the database


def test_two_answers_do_not_overwrite_each_other():
    question = make.question()
    same = Question.objects.get()
    question.answer("Yes.", by="staff")
    with pytest.raises(Overtaken):
        same.answer("No.", by="staff")
    assert Question.objects.get().answer_text == "Yes."
    assert Entry.objects.count() == 1


def test_empty_answer_is_refused():
    with pytest.raises(NotReady, match="Write the answer"):
        make.question().answer("  ", by="staff")


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_only_what_waits_or_was_declined_is_published(state):
    with pytest.raises(Overtaken):
        make.question(state=state).publish(by="staff")


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_only_what_waits_or_is_public_is_declined(state):
    question = make.question(state=state, decline_reason="abusive")
    with pytest.raises(Overtaken):
        question.decline(reason="abusive", words="It insults.", by="staff")


@pytest.mark.parametrize(
    "fields",
    [
        {"commission": None},
        {"state": "published", "confirmed_at": None},
        {"answer_text": "Yes."},
        {"changes_requirement": True},
        {"state": "declined"},
    ],
)
def test_database_refuses_half_a_question(fields):
    question = make.question()
    for name, value in fields.items():
        setattr(question, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save()


def test_database_refuses_a_question_about_two_things():
    question = make.question()
    question.commissioner = make.commissioner()
    with pytest.raises(ValidationError, match="one commission, one decision"):
        question.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save()


# After a tender opens


def test_bidder_is_shown_by_a_stable_pseudonym_and_nothing_else(client):
    commission = tendering()
    url = ask_url(commission.record_name)
    assert "All bidders have to be treated in the same way" in flat(client.get(url))
    typed_all = typed(organisation="Acme Care", role="provider")
    client.post(url, typed_all)
    client.post(url, typed_all | {"title": "And Sundays?"})
    client.post(url, typed_all | {"email": "other@example.org"})
    first, second, other = Question.objects.order_by("pk")
    for question in (first, second, other):
        actions.confirm(question)
        assert question.state == "awaiting"
        actions.publish(question, by="staff")
    assert first.pseudonym == second.pseudonym != other.pseudonym
    assert first.shown_name == first.pseudonym
    assert first.pseudonym.startswith("Bidder ")
    assert (first.public_name, first.organisation, first.role) == ("", "", "")
    page = flat(client.get(first.get_absolute_url()))
    assert first.pseudonym in page
    assert "Acme" not in page
    assert "Jo" not in page


def test_one_address_has_another_pseudonym_in_another_tender():
    names = set()
    for _ in range(2):
        question = received(tendering())
        actions.confirm(question)
        names.add(question.pseudonym)
    assert len(names) == 2


def test_two_bidders_never_share_a_pseudonym():
    commission = tendering()
    first = received(commission)
    actions.confirm(first)
    Question.objects.update(address_key="another")
    second = received(commission)
    actions.confirm(second)
    assert second.pseudonym.startswith(first.pseudonym)
    assert len(second.pseudonym) == len(first.pseudonym) + 1


def test_questions_close_at_the_tenders_ask_by_date(client):
    closed = datetime(2026, 11, 2, 17, tzinfo=UTC)
    commission = tendering(questions_close_at=closed)
    page = flat(client.get(ask_url(commission.record_name)))
    assert "Questions about this tender closed at 5pm on Monday 2 November" in page
    assert "<form method" not in page
    answer = client.post(ask_url(commission.record_name), typed())
    assert answer.status_code == 200
    assert not Question.objects.exists()
    page = flat(client.get(commission.get_absolute_url()))
    assert "closed at 5pm on Monday 2 November" in page
    assert "Ask the holder a question" not in page


def test_every_answer_is_in_the_commissions_tender_section(client):
    commission = tendering()
    for n in range(3):
        question = make.question(commission=commission, pseudonym=f"Bidder {n}")
        question.answer(f"Answer number {n}.", by="staff")
    make.question(commission=commission, pseudonym="Bidder 9", state="awaiting")
    page = flat(client.get(commission.get_absolute_url()))
    section = page.partition('id="clarifications"')[2].partition("<h2")[0]
    assert [f"Answer number {n}." in section for n in range(3)] == [True] * 3
    assert "Bidder 9" not in page


def test_answer_that_changes_the_requirement_points_to_a_newer_version(client):
    spec = make.specification()
    old = make.draft(specification=spec)
    question = make.question(commission=spec.commission, pseudonym="Bidder 1")
    refused = "must point to the new version: publish a draft with the change first"
    elsewhere = make.draft()
    for draft in (None, old, elsewhere):
        with pytest.raises(NotReady, match=refused):
            actions.answer(
                question,
                "Sundays too.",
                changes_requirement=True,
                new_draft=draft,
                by="staff",
            )
    new = spec.begin_draft()
    make.section_text(draft=new)
    type(new).objects.filter(pk=new.pk).update(published_at=question.confirmed_at)
    new.refresh_from_db()
    with pytest.raises(NotReady, match=refused):
        question.answer("Yes.", changes_requirement=True, new_draft=new, by="staff")
    new.published_at = question.confirmed_at + timedelta(seconds=1)
    actions.answer(
        question, "Sundays too.", changes_requirement=True, new_draft=new, by="staff"
    )
    assert Entry.objects.get(kind="enquiry.answered").facts["changed"] == (
        new.record_name
    )
    page = flat(client.get(question.get_absolute_url()))
    assert "The change is in version 2" in page


def test_answer_that_changes_the_requirement_leads_to_the_words_it_changed(client):
    spec = make.specification()
    old = make.draft(specification=spec)
    new = spec.begin_draft()
    make.section_text(draft=new, section=old.texts.get().section)
    question = make.question(
        commission=spec.commission,
        confirmed_at=old.published_at,
        changes_requirement=True,
        new_draft=new,
        answer_text="Yes.",
        answered_at=old.published_at,
        was_due_on=old.published_at.date(),
    )
    new.matched_at = old.published_at
    new.save()
    new.publish(by="demo")
    url = question.get_absolute_url()
    assert "See the change" not in flat(client.get(url))
    consultation = make.consultation(draft=old)
    link = reverse("consultations:draft-compare", args=[consultation.reference, 1, 2])
    assert f'<a href="{link}">See the change</a>' in flat(client.get(url))
    assert client.get(link).status_code == 200


# How it stands


def test_commission_and_person_pages_show_questions_and_the_way_to_ask(client):
    post = make.held_post()
    commission = make.commission(post=post)
    person = post.tenure.commissioner
    make.question(commission=commission, title="About the commission")
    make.question(commissioner=person, title="To the person", body=post.organisation)
    make.question(commission=commission, title="Not yet", state="awaiting")
    page = flat(client.get(commission.get_absolute_url()))
    assert "About the commission" in page
    assert "To the person" not in page
    assert "Not yet" not in page
    assert f'href="/ask/?about={commission.record_name}"' in page
    page = flat(client.get(person.get_absolute_url()))
    assert "To the person" in page
    assert f'href="/ask/?about=commissioner/{person.slug}"' in page


def test_private_link_is_in_the_mail():
    question = received()
    assert (
        signed_url("question-confirm", "question-confirm", question.key)
        in Message.objects.get().body
    )


def test_standing_says_how_late():
    question = make.question(confirmed_at=MONDAY)
    day = {
        date(2026, 11, 13): (
            "waiting",
            "Due on 16 November 2026: 1 working day left.",
        ),
        date(2026, 11, 16): ("waiting", "Due on 16 November 2026, which is today."),
        date(2026, 11, 18): (
            "overdue",
            "Due on 16 November 2026. 2 working days later, there is no answer yet.",
        ),
    }
    calendars = AnswerCalendars()
    stands = {on: status_of(question, calendars, on) for on in day}
    assert {on: (s.code, s.words) for on, s in stands.items()} == day


# Barriers: solved elsewhere


def test_anybody_says_how_a_barrier_was_solved_and_its_body_answers(client):
    body = make.organisation(contact_email="hello@barset.example")
    barrier = make.barrier(title="Pumps", organisation=body)
    url = ask_url(barrier.record_name)
    page = flat(client.get(url))
    assert "How it was solved, and where" in page
    client.post(url, typed(title="We lend them", text="Through the parish."))
    question = Question.objects.get()
    assert (question.about, question.body, question.holder) == (barrier, body, None)
    actions.confirm(question)
    assert "We lend them" not in flat(client.get(barrier.get_absolute_url()))
    actions.publish(question, by=body)
    actions.answer(question, "Thank you, we will try.", by=body)
    shown = flat(client.get(barrier.get_absolute_url()))
    for said in ("We lend them", "Through the parish.", "Jo, on", "Answered"):
        assert said in shown
    told = Entry.objects.get(kind="enquiry.published").facts["about"]
    assert told == f"barrier/{barrier.slug}"
    listed = (
        client.get("/questions/", {"about": barrier.record_name}).context["page"].rows
    )
    assert [subject.label for _, _, subject in listed] == ["Pumps"]
    assert client.get(question.get_absolute_url()).status_code == 200


def test_nothing_is_said_about_a_barrier_that_is_not_public(client):
    hidden = make.barrier(published_at=None)
    assert client.get(ask_url(hidden.record_name)).status_code == 404
