"""Whether a decision was announced in time, counted and said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from commissions.models import Decision, Entry, NotReady, Overtaken
from commissions.public.decisions.notice_findings import (
    find_notice_period,
    privacy_notices,
)
from tests import make

pytestmark = pytest.mark.django_db
NOTICE = datetime(2026, 11, 2, 9, tzinfo=UTC)  # first day allowed: 1 December 2026


def key(day, **fields):
    """Make a key decision announced on 2 November 2026, to be taken on a day."""
    return make.decision(
        **{
            "is_key": True,
            "published_at": NOTICE,
            "due_on": day,
            "urgency_reason": "The contract ends.",
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("day", "urgency", "state", "label"),
    [
        (date(2026, 12, 1), "", "met", "28 clear days met"),
        (date(2026, 11, 30), "", "short", "1 day short: no exception claimed"),
        (
            date(2026, 11, 29),
            "general_exception",
            "excepted",
            "2 days short: general exception",
        ),
        (
            date(2026, 11, 8),
            "general_exception",
            "excepted",
            "23 days short: general exception",
        ),
        (
            date(2026, 11, 7),
            "general_exception",
            "short",
            "24 days short: general exception not met",
        ),
        (
            date(2026, 11, 3),
            "special_urgency",
            "excepted",
            "28 days short: special urgency",
        ),
        (date(2026, 12, 1), "special_urgency", "met", "28 clear days met"),
    ],
)
def test_a_key_decision_waits_28_clear_days_unless_excepted(day, urgency, state, label):
    found = find_notice_period(key(day, urgency=urgency))
    assert (found.state, found.label) == (state, label)


def test_the_working_is_said_in_words():
    found = find_notice_period(key(date(2026, 11, 29)))
    assert found.sentences == (
        "The 28 clear days are not met: they are short by 2 days.",
        "The notice was published on 2 November 2026, with 26 clear days before the "
        "first day on which it can be taken, 29 November 2026.",
        "Monday 2 November 2026, the day the notice of the key decision is published, "
        "is not counted; the 28 clear days run from Tuesday 3 November 2026 to Monday "
        "30 November 2026; Tuesday 1 December 2026 is the first day after them. "
        "Without an exception, it cannot be taken before then.",
        "No general exception and no special urgency is claimed. Taken on this day, it "
        "would breach regulation 9.",
    )


def test_a_notice_late_in_the_evening_counts_by_the_day_in_london():
    summer = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # 2 June in London
    assert find_notice_period(key(date(2026, 6, 30), published_at=summer)).short_by == 1
    assert find_notice_period(key(date(2026, 7, 1), published_at=summer)).short_by == 0


def test_a_decision_taken_is_counted_to_the_day_it_was_taken():
    early = key(
        date(2026, 12, 1),
        decided_on=date(2026, 11, 30),
        outcome="Yes.",
        reasons="Cheaper.",
        conflicts="None declared",
    )
    assert find_notice_period(early).short_by == 1


@pytest.mark.parametrize(
    ("kind", "body", "nation", "is_key"),
    [
        ("executive", "local_authority", "england", False),
        ("board", "nhs", "england", True),
        ("committee", "local_authority", "england", True),
        ("executive", "local_authority", "wales", True),
        ("pcc", "police", "england", True),
    ],
)
def test_the_28_days_bind_only_key_decisions_of_english_councils(
    kind, body, nation, is_key
):
    organisation = make.organisation(kind=body, nation=nation)
    found = find_notice_period(
        key(date(2026, 11, 3), kind=kind, organisation=organisation, is_key=is_key)
    )
    assert (found.state, found.label, found.short_by) == ("free", "", 0)
    assert len(found.sentences) == 2


@pytest.mark.parametrize("kind", ["executive", "officer"])
def test_an_officer_s_key_decision_waits_too(kind):
    assert find_notice_period(key(date(2026, 11, 3), kind=kind)).short_by == 28


@pytest.mark.parametrize(
    ("notice", "state", "label"),
    [
        (None, "short", "No notice of privacy"),
        (date(2026, 11, 2), "met", "Notice of privacy in time"),
        (date(2026, 11, 3), "short", "Notice of privacy late"),
    ],
)
def test_privacy_has_28_clear_days_of_its_own(notice, state, label):
    private = key(
        date(2026, 12, 1),
        is_private=True,
        private_reason="Prices.",
        private_notice_on=notice,
    )
    found = privacy_notices(private, today=date(2026, 11, 25))
    assert (found.state, found.label) == (state, label)
    if notice:
        assert "answer, is due by 25 November 2026" in found.sentences[1]


@pytest.mark.parametrize(
    ("second", "today", "state", "label"),
    [
        (date(2026, 11, 25), date(2026, 11, 30), "met", "Notice of privacy in time"),
        (
            date(2026, 11, 26),
            date(2026, 11, 30),
            "short",
            "Second notice of privacy late",
        ),
        (None, date(2026, 11, 25), "met", "Notice of privacy in time"),
        (None, date(2026, 11, 26), "short", "No second notice of privacy"),
    ],
)
def test_the_second_notice_of_privacy_comes_5_clear_days_before(
    second, today, state, label
):
    private = key(
        date(2026, 12, 1),
        is_private=True,
        private_reason="Prices.",
        private_notice_on=date(2026, 11, 2),
        second_notice_on=second,
    )
    found = privacy_notices(private, today=today)
    assert (found.state, found.label) == (state, label)


def private_decision(**fields):
    """Make a decision to be taken in private in 40 days, announced 2 days ago."""
    today = timezone.localdate()
    return make.decision(
        **{
            "is_private": True,
            "private_reason": "Prices.",
            "private_notice_on": today - timedelta(days=2),
            **fields,
        }
    )


def test_the_second_notice_keeps_what_people_said_and_the_answer():
    decision, today = private_decision(), timezone.localdate()
    decision.give_second_notice(
        by=decision.post, representations="Open it.", response="The prices are secret."
    )
    decision.refresh_from_db()
    assert decision.second_notice_on == today
    assert decision.representations == "Open it."
    assert decision.representations_response == "The prices are secret."
    entry = Entry.objects.get(kind="decision.private")
    assert entry.facts == {
        "on": today.isoformat(),
        "due_on": decision.due_on.isoformat(),
        "objected": True,
    }
    with pytest.raises(Overtaken):
        decision.give_second_notice(by=decision.post)


@pytest.mark.parametrize(
    ("fields", "said", "refusal"),
    [
        ({"private_notice_on": None}, {}, "A second notice follows a first"),
        ({"is_private": False}, {}, "A second notice follows a first"),
        ({"published_at": None}, {}, "A second notice follows a first"),
        ({}, {"representations": "Open it."}, "Answer what people said"),
        ({}, {"on": -3}, "on or after the day of the first"),
        ({}, {"on": 1}, "today or earlier"),
    ],
)
def test_a_second_notice_that_does_not_fit_is_refused(fields, said, refusal):
    decision = private_decision(**fields)
    if "on" in said:
        said = {"on": timezone.localdate() + timedelta(days=said["on"])}
    with pytest.raises(NotReady, match=refusal):
        decision.give_second_notice(by=decision.post, **said)
    assert not Entry.objects.filter(kind="decision.private").exists()


def test_nothing_is_asked_of_a_decision_in_public_or_of_another_body():
    assert privacy_notices(make.decision()) is None
    nhs = make.organisation(kind="nhs")
    board = make.decision(
        organisation=nhs,
        kind=Decision.Kind.BOARD,
        is_private=True,
        private_reason="Names.",
    )
    assert privacy_notices(board).state == "free"
