"""Whose name may be shown: of those who decide, who agreed, or who sit on a committee."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from commissions.models import CommitteeMember, Tenure
from tests import make

pytestmark = pytest.mark.django_db

LONG_AGO = date(2025, 1, 6)


def day(days):
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


VECTORS = [
    # post decides, agreed to be named, begins, ends; has a page, named as holder
    (True, False, -300, None, True, True),
    (False, False, -300, None, False, False),
    (False, True, -300, None, True, True),
    (True, False, 0, None, True, True),
    (True, False, 1, None, False, False),
    (True, False, -300, 1, True, True),
    (True, False, -300, 0, False, False),
    (True, True, -300, 0, True, False),
]


@pytest.mark.parametrize(
    ("decides", "agreed", "begins", "ends", "has_page", "is_named"), VECTORS
)
def test_the_holder_of_a_post_is_named_where_the_rule_says_so(
    client, decides, agreed, begins, ends, has_page, is_named
):
    person = make.commissioner(
        name="Ann Oakes", name_consent_on=LONG_AGO if agreed else None
    )
    post = make.post(title="Head of Roads", is_decision_level=decides)
    make.tenure(
        post=post,
        commissioner=person,
        started_on=day(begins),
        ended_on=None if ends is None else day(ends),
    )
    held = make.commission(post=post, organisation=post.organisation)
    make.decision(post=post, organisation=post.organisation)
    assert client.get(person.get_absolute_url()).status_code == (
        200 if has_page else 404
    )
    for url in (held.get_absolute_url(), "/commissions.json", "/decisions.csv"):
        answer = client.get(url)
        body = b"".join(
            answer.streaming_content if answer.streaming else [answer.content]
        )
        assert b"Head of Roads" in body
        assert (b"Ann Oakes" in body) == is_named, url


@pytest.mark.parametrize(
    ("begins", "ends", "is_named"),
    [(0, None, True), (1, None, False), (-9, 1, True), (-9, 0, False)],
)
def test_a_member_of_a_committee_is_named_while_they_sit(
    client, begins, ends, is_named
):
    committee = make.committee()
    person = make.commissioner(name="Bea Lowe")
    CommitteeMember.objects.create(
        committee=committee,
        commissioner=person,
        started_on=day(begins),
        ended_on=None if ends is None else day(ends),
    )
    held = make.commission(committee=committee, organisation=committee.organisation)
    page = client.get(held.get_absolute_url()).content.decode()
    assert ("Bea Lowe" in page) == is_named
    assert client.get(person.get_absolute_url()).status_code == (
        200 if is_named else 404
    )


def test_who_held_a_post_once_is_named_there_only_while_something_names_them_today():
    person = make.commissioner(name="Cy Dunn")
    post = make.post(is_decision_level=True)
    make.tenure(post=post, commissioner=person, started_on=day(-300), ended_on=day(-9))
    assert not Tenure.objects.named().exists()
    CommitteeMember.objects.create(
        committee=make.committee(), commissioner=person, started_on=day(-5)
    )
    assert Tenure.objects.named().get().commissioner == person
