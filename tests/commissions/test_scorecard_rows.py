"""What a scorecard counts leads to its page; posts count as the record says they are."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissions.models import Entry, Post
from commissions.scorecards.figures import compute_figure, year_period
from commissions.scorecards.measures import MEASURES
from commissions.scorecards.replay import replay_histories
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def counted(code, slug):
    """Return (met, of, value) of a measure of an organisation, from the record."""
    one = compute_figure(
        MEASURES[code], replay_histories()[slug], year_period(timezone.localdate())
    )
    return one.met, one.of, one.value


def rows(client, body, code):
    """Return (row, address) of what a figure counts."""
    page = client.get(f"/organisations/{body.slug}/scorecard/{code}/")
    return page.context["page"].rows


def asked_and_answered():
    """Let a question to a body's post be asked and answered by the verbs."""
    post = make.held_post()
    commission = make.draft_commission(post=post, organisation=post.organisation)
    commission.publish(by="tests")
    question = make.question(commission=commission, state="awaiting")
    question.publish(by="tests")
    question.answer("Yes, it will.", by=post)
    return post.organisation, question


def test_a_question_leads_to_its_page(client):
    body, question = asked_and_answered()
    [(row, url)] = rows(client, body, "questions")
    assert (row.title, url) == (
        f"Question {question.reference}",
        question.get_absolute_url(),
    )
    assert client.get(url).status_code == 200


def test_an_answered_question_that_is_gone_is_counted_and_leads_nowhere(client):
    body, question = asked_and_answered()
    question.decline(reason="personal", words="It named somebody.", by="tests")
    assert client.get(question.get_absolute_url()).status_code == 404
    [(row, url)] = rows(client, body, "questions")
    assert (row.met, url) == (True, "")
    html = client.get("/scorecards/questions/").content.decode()
    assert f"Question {question.reference}" in html
    assert question.get_absolute_url() not in html


@pytest.mark.parametrize("code", ["answered", "on-time"])
def test_a_comment_leads_to_the_comment(client, code):
    consultation = make.consultation()
    body = consultation.commission.organisation
    at = timezone.now() - timedelta(days=60)
    commission = consultation.commission
    facts = {
        "title": "Have your say",
        "consultation_kind": "draft_specification",
        "opens_at": at.isoformat(),
        "closes_at": at.isoformat(),
        "response_due_on": (TODAY - timedelta(days=9)).isoformat(),
    }
    Entry.objects.append(
        "commission.published",
        commission,
        by="tests",
        organisation=body.record_name,
        title=commission.title,
    )
    Entry.objects.append("consultation.published", consultation, by="tests", **facts)
    comment = make.comment(consultation=consultation)
    Entry.objects.append(
        "comment.published", comment, by="tests", consultation=consultation.reference
    )
    [(row, url)] = rows(client, body, code)
    assert row.name == comment.record_name
    assert url == f"{consultation.get_absolute_url()}comments/{comment.reference}/"
    assert client.get(url).status_code == 200


def save_post(client, body, **fields):
    """Save the form of a post: a new one, or one given as `post`."""
    post = fields.pop("post", None)
    name = "admin:commissions_post_"
    url = reverse(f"{name}change", args=[post.pk]) if post else reverse(f"{name}add")
    sent = {
        "organisation": body.pk,
        "title": "Head of Roads",
        "slug": "head-of-roads",
        "is_decision_level": "on",
        "tenures-TOTAL_FORMS": 0,
        "tenures-INITIAL_FORMS": 0,
        **fields,
    }
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    return Post.objects.get(slug="head-of-roads")


def test_a_new_post_is_vacant_until_somebody_takes_it(client):
    client.force_login(make.staff())
    body = make.organisation()
    post = save_post(client, body)
    assert counted("vacant", body.slug) == (1, 1, 100)
    assert counted("vacancy-days", body.slug)[1:] == (1, 0)
    post.take(make.commissioner(), on=TODAY, by="tests")
    assert counted("vacant", body.slug) == (0, 1, 0)


def test_a_post_that_has_ended_is_neither_counted_nor_vacant(client):
    client.force_login(make.staff())
    body = make.organisation()
    post = save_post(client, body)
    ends = (TODAY - timedelta(days=1)).isoformat()
    save_post(client, body, post=post, ended_on=ends)
    assert counted("vacant", body.slug)[1] == 0
    save_post(client, body, post=post, ended_on="")
    assert counted("vacant", body.slug) == (1, 1, 100)


def test_every_row_of_a_scorecard_that_has_an_address_leads_to_a_page(client):
    body, _ = asked_and_answered()
    html = client.get(f"/organisations/{body.slug}/scorecard/").content.decode()
    links = re.findall(rf'href="(/organisations/{body.slug}/scorecard/[\w-]+/)"', html)
    assert links
    for link in links:
        for _, url in client.get(link).context["page"].rows:
            assert client.get(url).status_code == 200
