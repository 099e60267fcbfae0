"""The record in words."""

from datetime import UTC, date, datetime

import pytest

from commissions.models import Entry, Kind, StageDate
from commissions.public.record_sentences import called, event
from tests import make

pytestmark = pytest.mark.django_db
BY = "organisation/marlshire"
NAMES = {"organisation/marlshire": "Marlshire Council"}


def say(kind, subject, **facts):
    """Put one act on the record and say it."""
    return event(Entry.objects.append(kind, subject, by=BY, **facts), NAMES)


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (
            Kind.COMMISSION_PUBLISHED,
            {"organisation": BY, "holder": "post/marlshire/head-of-care"},
            "Published by Marlshire Council. Responsible: Head of care",
        ),
        (
            Kind.COMMISSION_CHANGED,
            {"fields": ["need", "value_max", "new_field"]},
            "Details changed: need, highest value, new field",
        ),
        (
            Kind.COMMISSION_HELD,
            {"holder": BY, "since": "2026-08-03"},
            "Marlshire Council is responsible from 3 August 2026",
        ),
        (
            Kind.STAGE_REACHED,
            {"stage": "draft_open", "on": "2026-11-02"},
            "Reached “Draft open for comment” on 2 November 2026",
        ),
        (Kind.DOCUMENT_ADDED, {"title": "The plan"}, "Document added: The plan"),
        (Kind.DOCUMENT_ADDED, {}, "Document added"),
        (
            Kind.NOTICE_RECEIVED,
            {"code": "UK4", "platform": "Find a Tender"},
            "Notice UK4 received from Find a Tender",
        ),
        (Kind.NOTICE_RECEIVED, {}, "Notice received"),
        (
            Kind.NOTICE_PUBLISHED,
            {"code": "PSR8", "platform": "Find a Tender", "reference": "012345-2026"},
            "Notice inviting offers: Competitive Process (PSR8) published on Find a "
            "Tender as 012345-2026",
        ),
        (Kind.NOTICE_PUBLISHED, {}, "Notice published on its platform"),
        (Kind.TENDER_INVITED, {"lots": 3}, "Bids invited, in 3 lots"),
        (Kind.TENDER_INVITED, {"lots": 0}, "Bids invited"),
        (
            Kind.AWARD_ANNOUNCED,
            {"suppliers": [BY, "organisation/meadow-care"]},
            "Award announced: Marlshire Council and Meadow care",
        ),
        (
            Kind.AWARD_ANNOUNCED,
            {"suppliers": [], "standstill_ends_on": "2026-11-11"},
            "Award announced: no supplier named. The contract cannot be signed before "
            "the end of 11 November 2026",
        ),
        (
            Kind.DIRECT_AWARD_JUSTIFIED,
            {"supplier": BY, "decider": BY, "law": "Some Act, section 1"},
            "Choice of Marlshire Council without a competition, decided by "
            "Marlshire Council (Some Act, section 1)",
        ),
        (
            Kind.PROVIDER_CHOSEN,
            {"supplier": BY},
            "Most suitable provider named: Marlshire Council",
        ),
        (
            Kind.REPRESENTATIONS_OPENED,
            {"closes_on": "2026-11-13"},
            "Open for representations (objections) until 13 November 2026",
        ),
        (
            Kind.REPRESENTATIONS_RECEIVED,
            {"received": 2},
            "Representations received: 2 in all",
        ),
        (
            Kind.REPRESENTATIONS_SETTLED,
            {"decided": "back", "on": "2026-11-20"},
            "Representations reviewed: the process goes back to an earlier step. "
            "Providers were informed on 20 November 2026",
        ),
    ],
)
def test_each_act_on_a_commission_is_a_sentence(kind, facts, sentence):
    assert say(kind, make.commission(), **facts)["title"] == sentence


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (
            Kind.CONTRACT_SIGNED,
            {"on": "2025-12-01", "amount": "1200000.00", "ends": "2028-11-30"},
            "Contract signed on 1 December 2025, £1.2 million excluding VAT, "
            "until 30 November 2028",
        ),
        (
            Kind.CONTRACT_SIGNED,
            {"on": "2025-12-01", "amount": None, "ends": ""},
            "Contract signed on 1 December 2025",
        ),
        (
            Kind.CONTRACT_CHANGED,
            {"fields": ["department", "title"]},
            "Contract details completed: department responsible, title",
        ),
        (
            Kind.CONTRACT_EXTENDED,
            {"before": "2026-12-31", "until": "2027-12-31"},
            "Contract extended from 31 December 2026 to 31 December 2027",
        ),
        (
            Kind.CONTRACT_AMENDED,
            {
                "on": "2026-02-01",
                "amount_before": "100.00",
                "amount": "125.00",
                "before": "2026-12-31",
                "until": "2027-12-31",
            },
            "Contract changed on 1 February 2026, value from £100 to £125 excluding "
            "VAT, end from 31 December 2026 to 31 December 2027",
        ),
        (
            Kind.CONTRACT_AMENDED,
            {"on": "2026-02-01", "amount": "125.00", "until": "2027-12-31"},
            "Contract changed on 1 February 2026, value to £125 excluding VAT, end to "
            "31 December 2027",
        ),
        (
            Kind.CONTRACT_MEASURED,
            {"title": "Visits on time", "target": "95%"},
            "Performance indicator set: Visits on time (target: 95%)",
        ),
        (
            Kind.CONTRACT_MEASURED,
            {"title": "Visits on time", "target": ""},
            "Performance indicator set: Visits on time",
        ),
        (
            Kind.CONTRACT_RATED,
            {
                "starts": "2026-01-01",
                "ends": "2026-03-31",
                "ratings": [["Visits", "below"], ["Calls", "met"], ["Food", "met"]],
            },
            "Performance from 1 January 2026 to 31 March 2026: 2 good, 1 requires "
            "improvement",
        ),
        (
            Kind.CONTRACT_ENDED,
            {"on": "2026-03-31", "ending": "expired"},
            "Contract ended on 31 March 2026: it ran its full term",
        ),
    ],
)
def test_each_act_on_a_contract_is_a_sentence(kind, facts, sentence):
    assert say(kind, make.contract(), **facts)["title"] == sentence


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (Kind.POST_TAKEN, {"on": "2026-01-05"}, "post taken up on 5 January 2026"),
        (Kind.POST_VACATED, {"on": "2026-08-03"}, "post vacant from 3 August 2026"),
    ],
)
def test_each_act_on_a_post_names_the_post_and_nobody(kind, facts, sentence):
    post = make.post(slug="head-of-care")
    assert say(kind, post, **facts)["title"] == f"Head of care: {sentence}"


def test_a_body_that_was_replaced_says_by_whom():
    old = make.organisation(slug="old-town")
    said = say(
        Kind.ORGANISATION_SUCCEEDED, old, successor="organisation/new", on="2023-04-01"
    )
    assert said["title"] == "Old town became New on 1 April 2023"


def test_a_moved_date_keeps_how_rough_it_was_and_gives_the_reason():
    commission = make.commission()
    day = date(2027, 6, 1)
    StageDate.plan(
        commission, "tender", day, by=BY, precision="quarter", reason="Few carers."
    )
    said = event(Entry.objects.get(), NAMES)
    assert said["title"] == "“Tender” moved from April 2027 to April to June 2027"
    assert said["text"] == "Reason: Few carers."
    assert said["by"] == "Marlshire Council"


def test_a_stage_that_is_open_to_others_says_until_when():
    commission = make.commission()
    closes = datetime(2026, 7, 17, 16, tzinfo=UTC)
    commission.reach("engagement", by=BY, on=date(2026, 6, 8), closes_at=closes)
    said = event(Entry.objects.get(), NAMES)
    assert said["text"] == "Open until 5pm on Friday 17 July 2026"


def test_a_planned_date_is_said_as_roughly_as_it_is_meant():
    commission = make.commission()
    StageDate.plan(commission, "review", date(2030, 1, 1), by=BY, precision="year")
    assert event(Entry.objects.get(), NAMES)["title"] == "“Review” planned for 2030"


def test_every_kind_of_entry_says_something_even_without_facts():
    commission = make.commission()
    for kind in Kind:
        assert say(kind, commission)["title"]


def test_the_day_is_the_act_s_own():
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    entry = Entry.objects.append(
        Kind.SERVICE_PUBLISHED, make.service(), by="import", at=at
    )
    said = event(entry, {})
    assert (said["when"], said["title"], said["by"]) == (
        at,
        "Service published",
        "from a published notice",
    )


@pytest.mark.parametrize("name", ["", None])
def test_nobody_is_named_where_nothing_is_known(name):
    assert called(name, {}) == "someone not named"


@pytest.mark.parametrize(
    ("kind", "facts", "sentence", "text"),
    [
        (
            Kind.DECISION_PUBLISHED,
            {
                "holder": BY,
                "key": True,
                "due_on": "2026-12-01",
                "due_until": "2026-12-01",
                "title": "Bridges",
            },
            "Key decision announced, to be taken by Marlshire Council, due on "
            "1 December 2026: Bridges",
            "",
        ),
        (
            Kind.DECISION_PUBLISHED,
            {"holder": BY, "due_on": "2026-12-01", "due_until": "2026-12-31"},
            "Decision announced, to be taken by Marlshire Council, due from "
            "1 December 2026 to 31 December 2026",
            "",
        ),
        (
            Kind.DECISION_DEFERRED,
            {"before": "2026-12-01", "due_on": "2027-01-12", "reason": "Audit."},
            "Decision moved from 1 December 2026 to 12 January 2027",
            "Reason: Audit.",
        ),
        (
            Kind.DECISION_TAKEN,
            {"holder": BY, "on": "2026-12-01", "outcome": "Mend it."},
            "Decision taken by Marlshire Council on 1 December 2026",
            "Mend it.",
        ),
        (
            Kind.HANDED_OVER,
            {
                "before": "post/x/head-of-care",
                "holder": BY,
                "since": "2026-12-01",
                "why": "She left.",
            },
            "Handed over by Head of care to Marlshire Council from 1 December 2026",
            "Reason: She left.",
        ),
        (
            Kind.HANDED_OVER,
            {"before": "", "holder": BY, "since": "2026-12-01"},
            "Handed over to Marlshire Council from 1 December 2026",
            "",
        ),
        (
            Kind.PEOPLE_INVOLVED,
            {"group": "carers", "people": 1200, "rung": 5},
            "Involved: carers and families (1,200 took part), step 5 of 7 claimed",
            "",
        ),
        (
            Kind.PEOPLE_INVOLVED,
            {"group": "users", "people": None, "rung": 3},
            "Involved: people who use the service, step 3 of 7 claimed",
            "",
        ),
        (
            Kind.LESSON_LEARNT,
            {"learnt": "Ask earlier."},
            "Lesson written down at review",
            "Ask earlier.",
        ),
        (
            Kind.BARRIER_PUBLISHED,
            {"law": "Some Act 1999"},
            "Barrier added to the register: Some Act 1999",
            "",
        ),
    ],
)
def test_decisions_and_involvement_are_sentences(kind, facts, sentence, text):
    said = say(kind, make.commission(), **facts)
    assert (said["title"], said["text"]) == (sentence, text)
