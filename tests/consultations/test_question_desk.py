"""The desk: questions to moderate, questions to answer, and who may do which."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from commissions.models import Entry, Holiday
from consultations.models import Message, Question
from tests import make

pytestmark = pytest.mark.django_db
QUEUE, TO_ANSWER = "admin:question-queue", "admin:question-to-answer"


def user(name):
    return User.objects.create_user(name, password="x", is_staff=True)


@pytest.fixture
def moderator(client, everywhere):
    client.force_login(everywhere(user("moderator"), "moderator"))
    return client


@pytest.fixture
def commissioner(client, everywhere):
    account = everywhere(user("commissioner"), "publisher", "administrator")
    client.force_login(account)
    client.user = account
    return client


def page_of(question):
    return reverse("admin:question-open", args=[question.reference])


def act(client, question, name, **fields):
    return client.post(
        page_of(question), {"act": name, "version": question.version, **fields}
    )


def test_moderator_sees_what_waits_and_publishes_it(moderator):
    question = make.question(state="awaiting")
    make.question()
    assert list(moderator.get(reverse(QUEUE)).context["rows"]) == [question]
    assert act(moderator, question, "publish").url == reverse(QUEUE)
    question.refresh_from_db()
    assert question.state == "published"
    told = Message.objects.get(to=question.email)
    assert told.subject == f"Your question is published: {question.title}"


def test_moderator_declines_with_a_reason_and_words_and_can_undo_it(moderator):
    question = make.question(state="awaiting")
    page = act(moderator, question, "decline", reason="own_case", words=" ")
    assert "Fill in “In a sentence”." in page.content.decode()
    assert 'value="own_case" selected' in page.content.decode()
    act(moderator, question, "decline", reason="own_case", words="Ring the team.")
    question.refresh_from_db()
    assert (question.state, question.decline_words) == ("declined", "Ring the team.")
    act(moderator, question, "publish")
    question.refresh_from_db()
    assert (question.state, question.decline_words) == ("published", "")


def test_moderator_may_not_answer(moderator):
    question = make.question()
    assert moderator.get(reverse(TO_ANSWER)).status_code == 403
    assert [name for name, _ in moderator.get(page_of(question)).context["acts"]] == [
        "decline",
        "hide",
    ]
    assert act(moderator, question, "answer", text="No.").status_code == 403
    assert Question.objects.get().answered_at is None


def test_stranger_and_staff_without_rights_see_nothing(client):
    question = make.question()
    for url in (reverse(QUEUE), reverse(TO_ANSWER), page_of(question)):
        assert client.get(url).status_code == 302
    client.force_login(User.objects.create_user("x", password="x", is_staff=True))
    for url in (reverse(QUEUE), reverse(TO_ANSWER)):
        assert client.get(url).status_code == 403
    assert act(client, question, "publish").status_code == 404


def test_answering_names_the_post_of_whoever_is_signed_in(commissioner):
    tenure = make.tenure()
    tenure.commissioner.user = commissioner.user
    tenure.commissioner.save()
    question = make.question()
    answer = act(commissioner, question, "answer", text="From May.")
    assert answer.url == reverse(TO_ANSWER)
    question.refresh_from_db()
    assert (question.answer_text, question.answered_by) == ("From May.", tenure.post)
    assert Entry.objects.get().by == tenure.post.record_name


def test_refused_answer_says_why_and_keeps_what_was_typed(commissioner):
    question = make.question(commission=make.draft().specification.commission)
    page = act(
        commissioner, question, "answer", text="Sundays too.", changes_requirement="on"
    ).content.decode()
    assert "must point to the new version" in page
    assert "Sundays too." in page
    assert not Entry.objects.filter(kind="enquiry.answered").exists()


def test_second_of_two_who_answer_is_told_and_keeps_their_words(commissioner):
    question = make.question()
    version = question.version
    question.answer("First.", by="staff")
    question.version = version
    page = act(commissioner, question, "answer", text="Second.").content.decode()
    assert "is now “published” and answered" in page
    assert "Second." in page
    assert Question.objects.get().answer_text == "First."


@pytest.mark.parametrize("number", [1, 3])
def test_questions_to_answer_stand_longest_due_first_at_the_same_cost(
    commissioner, number, django_assert_max_num_queries
):
    answered = make.question()
    answered.answer("Yes.", by="staff")
    waiting = [make.question() for _ in range(number)]
    waiting[-1].days = 1
    waiting[-1].save()
    with django_assert_max_num_queries(10):
        page = commissioner.get(reverse(TO_ANSWER))
    stand = page.context["stand"]
    assert stand[0][0] == waiting[-1]
    assert len(stand) == number
    assert "working day" in page.content.decode()


def test_list_of_questions_leads_to_both_desks_and_to_each_question(commissioner):
    question = make.question()
    page = commissioner.get(reverse("admin:consultations_question_changelist"))
    assert reverse(TO_ANSWER) in page.content.decode()
    change = reverse("admin:consultations_question_change", args=[question.pk])
    assert commissioner.get(change).url == page_of(question)


def test_queue_of_comments_leads_to_the_queue_of_questions(moderator):
    make.organisation()
    page = moderator.get(reverse("admin:comment-queue")).content.decode()
    assert reverse(QUEUE) in page


def test_changes_of_bank_holidays_are_put_on_the_record(client):
    client.force_login(make.staff())
    add = reverse("admin:commissions_holiday_add")
    told = {
        "nation": "england",
        "day": "2027-06-14",
        "name": "A day of thanks",
        "announced_on": "2027-06-01",
    }
    client.post(add, told)
    holiday = Holiday.objects.get(name="A day of thanks")
    change = reverse("admin:commissions_holiday_change", args=[holiday.pk])
    client.post(change, told | {"day": "2027-06-15"})
    client.post(change, told | {"day": "2027-06-15"})
    delete = reverse("admin:commissions_holiday_delete", args=[holiday.pk])
    client.post(delete, {"post": "yes"})
    entries = Entry.objects.filter(kind="holiday.changed").order_by("pk")
    assert [(e.subject, e.facts["act"], e.facts["before"]) for e in entries] == [
        ("holiday/england/2027-06-14", "added", ""),
        ("holiday/england/2027-06-15", "changed", "2027-06-14"),
        ("holiday/england/2027-06-15", "removed", ""),
    ]


def test_organisation_sets_its_promise_in_the_admin(client):
    client.force_login(make.staff())
    body = make.organisation()
    url = reverse("admin:commissions_organisation_change", args=[body.pk])
    assert 'name="question_days"' in client.get(url).content.decode()
