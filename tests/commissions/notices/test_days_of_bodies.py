"""The days of the notices that a body owes for itself, and where each stands."""

from datetime import date

import pytest

from commissions.law.notices_due import (
    NoticeState,
    PublishedNotice,
    coming_for_organisations,
    last_half_year,
    owed_by_organisation,
    pipeline_window,
)


@pytest.mark.parametrize(
    ("today", "pipeline", "payments"),
    [
        (date(2026, 4, 1), ("due", date(2026, 5, 26)), ("due", date(2026, 4, 29))),
        (
            date(2026, 5, 27),
            ("not_yet", date(2027, 5, 26)),
            ("not_yet", date(2026, 10, 29)),
        ),
        (
            date(2026, 10, 29),
            ("not_yet", date(2027, 5, 26)),
            ("due", date(2026, 10, 29)),
        ),
        (
            date(2027, 2, 28),
            ("not_yet", date(2027, 5, 26)),
            ("not_yet", date(2027, 4, 29)),
        ),
    ],
)
def test_each_body_has_its_next_days(today, pipeline, payments):
    rows = coming_for_organisations(today)
    assert [(r.state, r.on) for r in rows] == [pipeline, payments]


def stands(today, nation="england", *, says=None, published=()):
    """Return (code, state, day, day of publication) of what one body owes."""
    binds = dict.fromkeys(("UK1", "UK17"), says)
    out = [PublishedNotice(code, on) for code, on in published]
    rows = owed_by_organisation(today, nation, binds=binds, published=out)
    return [(r.code, r.state.value, r.on, r.published_on) for r in rows]


NEXT = [
    ("UK1", "not_yet", date(2027, 5, 26), None),
    ("UK17", "not_yet", date(2027, 4, 29), None),
]


def test_a_body_that_says_it_is_bound_is_late_the_day_after():
    assert stands(date(2026, 10, 30), says=True) == [
        ("UK1", "late", date(2026, 5, 26), None),
        NEXT[0],
        ("UK17", "late", date(2026, 10, 29), None),
        NEXT[1],
    ]
    assert ("UK17", "due", date(2026, 10, 29), None) in stands(
        date(2026, 10, 29), says=True
    )


def test_a_body_that_has_not_said_is_never_late():
    assert stands(date(2026, 10, 30)) == [
        ("UK1", "not_known", date(2026, 5, 26), None),
        NEXT[0],
        ("UK17", "not_known", date(2026, 10, 29), None),
        NEXT[1],
    ]
    rows = owed_by_organisation(date(2026, 10, 30), binds={})
    assert rows[0].sentence == (
        "UK1 not known: due by 26 May 2026 if the law asks it of this body"
    )
    assert rows[0].why == (
        "It lists contracts of more than £2 million to come in the 18 months from "
        "1 April 2026. Asked of an authority that expects to pay more than £100 "
        "million under contracts of the Procurement Act in the financial year that "
        "begins that day. This body has not said whether it has to publish it."
    )


def test_what_a_body_says_that_it_owes_is_not_explained_as_if_it_were_in_doubt():
    (late,) = [
        row
        for row in owed_by_organisation(date(2026, 10, 30), binds={"UK17": True})
        if row.state == "late"
    ]
    assert late.why == (
        "It says how promptly the body paid in the half-year to 30 September 2026. "
        "This body says that it has to publish it."
    )


def test_a_body_that_says_it_is_not_bound_owes_none():
    assert stands(date(2026, 10, 30), says=False) == [
        ("UK1", "not_needed", None, None),
        ("UK17", "not_needed", None, None),
    ]


def test_what_is_published_says_how_late_whatever_the_body_said():
    out = [("UK1", date(2026, 6, 2)), ("UK17", date(2026, 9, 30))]
    found = stands(date(2026, 11, 2), published=out)
    assert found == [
        ("UK1", "published", date(2026, 5, 26), date(2026, 6, 2)),
        NEXT[0],
        ("UK17", "published", date(2026, 10, 29), date(2026, 9, 30)),
        NEXT[1],
    ]
    rows = owed_by_organisation(
        date(2026, 11, 2), binds={}, published=[PublishedNotice(*pair) for pair in out]
    )
    assert [r.days_late for r in rows if r.published_on] == [7, 0]


def test_a_notice_of_an_earlier_period_does_not_serve_for_this_one():
    out = [("UK1", date(2026, 3, 31)), ("UK17", date(2026, 9, 29))]
    found = stands(date(2026, 11, 2), says=True, published=out)
    assert [row[1] for row in found] == ["late", "not_yet", "late", "not_yet"]


@pytest.mark.parametrize(
    ("today", "nation", "code"),
    [
        (date(2025, 3, 31), "england", "UK1"),
        (date(2026, 3, 30), "england", "UK17"),
        (date(2026, 9, 29), "wales", "UK17"),
    ],
)
def test_nothing_is_late_from_before_the_law(today, nation, code):
    found = [row for row in stands(today, nation, says=True) if row[0] == code]
    assert [row[1] for row in found] in (["not_yet"], [])


def test_authorities_under_northern_irish_rules_owe_none():
    found = stands(date(2026, 11, 2), "northern_ireland", says=True)
    assert [row[1] for row in found] == ["not_needed", "not_needed"]
    both = coming_for_organisations(date(2026, 11, 2), "northern_ireland")
    assert {due.state for due in both} == {NoticeState.NOT_NEEDED}


def test_the_pipeline_is_of_the_year_whose_notice_is_still_owed():
    this_year = (date(2026, 4, 1), date(2027, 9, 30))
    assert pipeline_window(date(2026, 5, 26), owed=False) == this_year
    assert pipeline_window(date(2026, 11, 2), owed=True) == this_year
    assert pipeline_window(date(2026, 11, 2), owed=False) == (
        date(2027, 4, 1),
        date(2028, 9, 30),
    )


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 9, 30), date(2026, 4, 1), date(2026, 9, 30)),
        (date(2026, 9, 29), date(2025, 10, 1), date(2026, 3, 31)),
    ],
)
def test_the_half_year_that_ended_last(today, first, last):
    assert last_half_year(today) == (first, last)
