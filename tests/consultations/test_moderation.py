"""Moderation: a queue, acts with reasons, and a message to whoever wrote."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from commissions.models import Entry
from consultations.models import Comment, Message
from tests import make

pytestmark = pytest.mark.django_db
QUEUE = "admin:comment-queue"


@pytest.fixture
def moderator(everywhere):
    user = User.objects.create_user("mo", password="x", is_staff=True)
    return everywhere(user, "moderator")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def page_of(comment):
    return reverse("admin:comment-moderate", args=[comment.reference])


def act(desk, comment, name, **fields):
    return desk.post(
        page_of(comment), {"act": name, "version": comment.version, **fields}
    )


def test_queue_shows_what_waits_oldest_first(desk):
    later = make.comment(state="awaiting")
    make.comment(state="published")
    earlier = make.comment(
        state="awaiting", stated_at=later.stated_at.replace(year=2025)
    )
    assert list(desk.get(reverse(QUEUE)).context["rows"]) == [earlier, later]


@pytest.mark.parametrize("waiting", [1, 3])
def test_queue_costs_the_same_however_long_it_is(
    desk, waiting, django_assert_max_num_queries
):
    for _ in range(waiting):
        make.comment(state="awaiting")
    with django_assert_max_num_queries(6):
        response = desk.get(reverse(QUEUE))
    assert len(response.context["rows"]) == waiting


def test_moderator_publishes_and_the_sender_is_told(desk):
    comment = make.comment(state="awaiting")
    assert act(desk, comment, "publish").url == reverse(QUEUE)
    assert Comment.objects.get().state == "published"
    assert Message.objects.get().subject == "Your comment is published"
    assert Entry.objects.get(kind="comment.published").by == "staff"


def test_declining_needs_a_reason_and_words_and_keeps_what_was_typed(desk):
    comment = make.comment(state="awaiting")
    page = act(desk, comment, "decline", reason="abusive", words="  ")
    assert "Fill in “In a sentence”." in page.content.decode()
    assert 'value="abusive" selected' in page.content.decode()
    act(desk, comment, "decline", reason="abusive", words="It insults the nurses.")
    declined = Comment.objects.get()
    assert (declined.state, declined.decline_words) == (
        "declined",
        "It insults the nurses.",
    )
    assert "It insults the nurses." in Message.objects.get().body


def test_second_moderator_loses_nothing_and_is_told_who_was_first(desk):
    comment = make.comment(state="awaiting")
    act(desk, comment, "publish")
    page = act(
        desk, comment, "decline", reason="abusive", words="It insults."
    ).content.decode()
    assert "Someone else was first: this comment is now “published”." in page
    assert "It insults." in page
    assert Comment.objects.get().state == "published"


def test_redaction_is_undone_and_each_time_the_sender_is_told(desk):
    comment = make.comment(text="Ask Jo Bloggs about it.")
    act(desk, comment, "redact", passage="Jo Bloggs", reason="personal", words="a name")
    assert (
        Comment.objects.get().approved.text == "Ask [Passage removed: a name] about it."
    )
    redaction = comment.redactions.get()
    act(desk, comment, "restore", redaction=redaction.pk)
    assert Comment.objects.get().approved.text == "Ask Jo Bloggs about it."
    assert list(Message.objects.order_by("pk").values_list("subject", flat=True)) == [
        "Part of your comment is hidden",
        "Part of your comment is shown again",
    ]


def test_decision_is_undone(desk):
    comment = make.comment(
        state="declined", decline_reason="abusive", decline_words="x"
    )
    act(desk, comment, "reconsider")
    undone = Comment.objects.get()
    assert (undone.state, undone.decline_reason) == ("awaiting", "")


def test_flag_is_settled_with_what_came_of_it(desk):
    comment = make.comment()
    flag = comment.flags.create(reason="personal")
    queue = desk.get(reverse(QUEUE), {"show": "flagged"})
    assert list(queue.context["rows"]) == [comment]
    act(desk, comment, "settle", flag=flag.pk, as_="Names nobody.")
    flag.refresh_from_db()
    assert flag.settled_as == "Names nobody."
    assert list(desk.get(reverse(QUEUE), {"show": "flagged"}).context["rows"]) == []


def test_flag_of_another_comment_cannot_be_settled_from_here(desk):
    flag = make.comment().flags.create(reason="personal")
    page = act(desk, make.comment(), "settle", flag=flag.pk, as_="x")
    assert "There is no such flag on this comment." in page.content.decode()
    flag.refresh_from_db()
    assert flag.settled_at is None


@pytest.mark.parametrize("who", ["nobody", "commissioner"])
def test_only_moderators_moderate(client, who):
    comment = make.comment(state="awaiting")
    user = User.objects.create_user("no", password="x", is_staff=who == "commissioner")
    client.force_login(user)
    assert client.get(reverse(QUEUE)).status_code in {302, 403}
    client.post(page_of(comment), {"act": "publish", "version": 1})
    assert Comment.objects.get().state == "awaiting"


def test_moderator_erases_a_person_after_being_asked_once(desk):
    submission = make.submission(email="jo@example.org", public_name="Jo Bloggs")
    comment = make.comment(submission=submission)
    same = make.submission(email="JO@example.org", public_name="Jo B")
    make.comment(submission=same)
    erase = reverse("admin:comment-erase", args=[comment.reference])
    page = desk.get(erase).content.decode()
    assert "this and 1 other submission" in page
    assert Comment.objects.public().count() == 2
    desk.post(erase)
    assert set(Comment.objects.values_list("text", "state")) == {
        ("[Erased at the sender's request]", "withdrawn")
    }
    assert Entry.objects.filter(kind="comment.erased").count() == 2
