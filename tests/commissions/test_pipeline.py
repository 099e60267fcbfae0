"""What is coming by quarter: its dates, its picture, its list and files."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.utils import timezone

from commissions.models import Commission, StageDate
from commissions.public.commission.stages import DateMove, StageDates
from commissions.public.pipeline.chart import (
    PipelineBar,
    QuarterRule,
    draw_pipeline,
    pipeline_scale,
)
from commissions.public.pipeline.rows import above_two_million, milestones_of
from commissions.search import index as search_index
from commissions.text import quarters
from tests import make

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
URL = "/pipeline/"


# Quarters


def test_a_quarter_has_its_days_its_code_and_its_name():
    day = date(2026, 11, 22)
    first = quarters.first_day_of_quarter(day)
    assert (first, quarters.last_day_of_quarter(day)) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert quarters.quarter_code(first) == "2026-4"
    assert quarters.quarter_name(first) == "October to December 2026"
    assert quarters.quarter_after(first, 2) == date(2027, 4, 1)
    assert quarters.quarter_after(first, -4) == date(2025, 10, 1)
    assert quarters.quarters_between(day, date(2027, 4, 1)) == [
        date(2026, 10, 1),
        date(2027, 1, 1),
        date(2027, 4, 1),
    ]


# The dates of one commission


def planned(on, precision="day", *moves):
    """Make a date that is planned, and was elsewhere."""
    return StageDates(on, precision, None, moves)


def moved_from(before, after):
    """Make a move between two days."""
    return DateMove(before, "day", after, "Snow.", NOON)


def test_each_moment_is_said_as_roughly_as_it_is_planned():
    found = milestones_of(
        {
            "draft_open": StageDates(actual=date(2026, 9, 1)),
            "considering": planned(date(2026, 10, 13)),
            "tender": planned(date(2027, 4, 1), "quarter"),
            "standstill": planned(date(2027, 9, 1), "month"),
            "contract": planned(date(2027, 10, 1), "month"),
        },
        TODAY,
        by="tender",
        starts_on=date(2028, 4, 1),
    )
    assert [(one.stage, one.said, one.past) for one in found.columns] == [
        ("draft_open", "1 September 2026", True),
        ("considering", "13 October 2026", True),
        ("tender", "April to June 2027", False),
        ("standstill", "September 2027", False),
        ("delivery", "1 April 2028", False),
    ]
    assert found.quarter == "April to June 2027"
    assert found.aside == ""


def test_a_date_known_to_the_year_stands_in_no_quarter():
    found = milestones_of(
        {"tender": planned(date(2027, 1, 1), "year")}, TODAY, by="tender"
    )
    assert found.quarter == "Some time in 2027"


def test_a_next_date_without_a_column_is_named():
    found = milestones_of(
        {"engagement": planned(date(2027, 1, 1), "month")}, TODAY, by="engagement"
    )
    assert found.aside == "Engagement: January 2027"
    assert [one.stage for one in found.all] == ["engagement"]


def test_comments_close_only_where_a_draft_opens():
    found = milestones_of({"considering": planned(date(2027, 1, 1))}, TODAY)
    assert found.closes is None
    assert found.quarter == "No date given"


def test_a_moved_date_says_how_far_and_from_where():
    after = date(2027, 4, 1)
    dated = planned(after, "day", moved_from(date(2027, 2, 1), after))
    found = milestones_of({"tender": dated}, TODAY, by="tender")
    assert found.by.moved == "Moved once, 59 days in all"
    assert found.by.was == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("low", "high", "vat", "regime", "said"),
    [
        (None, "2000000", "included", "procurement_act", ""),
        (None, "2000000.01", "included", "procurement_act", "yes"),
        ("2500000", None, "not_stated", "procurement_act", "yes"),
        ("1", "1900000", "excluded", "procurement_act", "perhaps"),
        ("1", "1900000", "included", "procurement_act", ""),
        ("1", "1666666", "excluded", "procurement_act", ""),
        ("1", "9000000", "included", "psr", ""),
        (None, None, "included", "procurement_act", ""),
    ],
)
def test_the_pipeline_notice_takes_contracts_above_two_million_with_vat(
    low, high, vat, regime, said
):
    low, high = (Decimal(each) if each else None for each in (low, high))
    assert above_two_million(low, high, vat, regime) == said


# The picture


def test_the_picture_draws_bars_rough_dates_moves_and_today():
    after = date(2027, 1, 1)
    row = milestones_of(
        {
            "draft_open": StageDates(actual=date(2026, 10, 1)),
            "considering": planned(date(2026, 12, 1)),
            "tender": planned(after, "month", moved_from(date(2026, 12, 1), after)),
            "contract": planned(date(2027, 4, 1)),
            "delivery": planned(date(2027, 7, 1)),
        },
        TODAY,
        by="tender",
    )
    picture = draw_pipeline([("Winter roads", row)], TODAY)
    drawn = picture.rows[0]
    s = pipeline_scale([row], TODAY)
    assert (s.begin, s.end) == (date(2026, 7, 1), date(2027, 10, 1))
    assert picture.ticks[0] == (0.0, "Jul", 2026)
    assert picture.ticks[2] == (s.at(after), "Jan", 2027)
    assert picture.heads == [(86, "January to March 2027")]
    assert [bar.kind for bar in drawn.bars] == ["plan", "comment", "tender", "award"]
    assert drawn.bars[2] == PipelineBar("tender", 40.3, 19.7, 31, 16)
    assert drawn.rough == (QuarterRule(40.3, 46.8, drawn.y + 52),)
    assert drawn.moved == QuarterRule(33.5, 40.3, drawn.y + 25)
    assert (drawn.start, drawn.beyond, picture.today) == (79.9, False, 31.5)
    assert picture.today_at_end is False


def test_a_tender_without_an_award_date_is_drawn_no_longer_than_is_known():
    open_now = milestones_of(
        {"tender": StageDates(actual=date(2026, 11, 2))}, TODAY, by=""
    )
    listed = milestones_of(
        {
            "tender": planned(date(2027, 1, 1), "month"),
            "delivery": planned(date(2029, 1, 1)),
        },
        TODAY,
        by="tender",
    )
    s = pipeline_scale([listed], TODAY)
    assert s.end == date(2029, 4, 1)
    picture = draw_pipeline([("A", listed)], TODAY)
    tender = picture.rows[0].bars[1]
    assert (tender.x, tender.width) == (
        s.at(date(2027, 1, 1)),
        round(s.at(date(2027, 1, 31)) - s.at(date(2027, 1, 1)), 1),
    )
    assert open_now.quarter == "No date given"


def test_what_lies_beyond_the_last_quarter_is_marked():
    far = {"tender": planned(date(2027, 1, 4)), "delivery": planned(date(2035, 1, 1))}
    picture = draw_pipeline([("A", milestones_of(far, TODAY, by="tender"))], TODAY)
    assert (picture.rows[0].beyond, picture.rows[0].start) == (True, None)
    assert len(picture.ticks) == 12


def test_a_page_of_far_off_dates_leaves_today_out():
    far = milestones_of({"tender": planned(date(2029, 1, 1))}, TODAY, by="tender")
    picture = draw_pipeline([("A", far)], TODAY)
    assert picture.today is None
    assert picture.ticks[0] == (0.0, "Oct", 2028)


# The list


@pytest.fixture
def plans(db):
    """Publish commissions that are listed in different places, or nowhere."""
    with time_machine.travel(NOON, tick=False):
        yield {
            "tender": commission("tender", tender=("2027-04-01", "quarter")),
            "soon": commission(
                "soon", engagement=("2026-12-01", "month"), tender=("2027-02-01", "day")
            ),
            "next": commission("next", stage="tender", contract=("2027-05-01", "day")),
            "year": commission("year", tender=("2027-01-01", "year")),
            "this year": commission("this year", tender=("2026-01-01", "year")),
            "passed": commission("passed", tender=("2026-08-01", "month")),
            "none": commission(
                "none", stage="considering", engagement=("2026-12-01", "day")
            ),
            "running": commission(
                "running", stage="delivery", review=("2027-01-05", "day")
            ),
            "cancelled": commission(
                "cancelled", stage="cancelled", tender=("2027-01-05", "day")
            ),
            "draft": commission(
                "draft", published_at=None, tender=("2027-01-05", "day")
            ),
            "later": commission(
                "later",
                published_at=NOON + timedelta(days=1),
                tender=("2027-01-05", "day"),
            ),
        }


def commission(title, *, stage="intention", published_at=NOON, **dates):
    """Publish a commission with these planned dates and no others."""
    made = make.commission(title=title, stage=stage, published_at=published_at)
    made.stage_dates.all().delete()
    for code, (on, precision) in dates.items():
        StageDate.objects.create(
            commission=made, stage=code, planned_on=on, precision=precision
        )
    return made


def listed(client, **asked):
    """Ask for the page and return {quarter: titles}, in its order."""
    found = {}
    for row in client.get(URL, asked).context["page"].rows:
        found.setdefault(row.coming.quarter, []).append(row.commission.title)
    return found


def test_commissions_stand_in_the_quarter_of_their_tender_or_next_date(client, plans):
    assert listed(client) == {
        "Some time in 2026": ["this year"],
        "Some time in 2027": ["year"],
        "January to March 2027": ["soon"],
        "April to June 2027": ["tender", "next"],
    }
    assert listed(client, dates="passed") == {"July to September 2026": ["passed"]}
    assert listed(client, dates="none") == {"No date given": ["none"]}


def test_quarters_narrow_the_list_and_must_not_be_upside_down(client, plans):
    assert list(listed(client, first="2027-2")) == [
        "Some time in 2027",
        "April to June 2027",
    ]
    assert list(listed(client, last="2027-1")) == [
        "Some time in 2026",
        "Some time in 2027",
        "January to March 2027",
    ]
    assert listed(client, first="2027-1", last="2027-1", q="soon") == {}
    assert listed(client, dates="passed", first="2026-4") == {}
    page = client.get(URL, {"first": "2027-2", "last": "2027-1"})
    assert page.context["page"].form.errors == {
        "last": ["The last quarter cannot be before the first quarter."]
    }
    wrong = client.get(URL, {"first": "soon"}).context["page"].form.errors["first"]
    assert wrong == [
        "“soon” is not one of the choices under “From quarter”. Choose one from the list."
    ]


def test_other_filters_narrow_the_list(client, plans):
    body = plans["soon"].organisation.slug
    assert listed(client, organisation=body) == {"January to March 2027": ["soon"]}
    assert listed(client, stage="tender") == {"April to June 2027": ["next"]}
    assert listed(client, dates="none", stage="tender") == {}
    search_index.index(Commission.objects.values_list("pk", flat=True))
    assert listed(client, q="soon") == {"January to March 2027": ["soon"]}
    others = listed(client, q="-soon")
    assert (len(others), "January to March 2027" in others) == (3, False)
    assert listed(client, q="-none", dates="none") == {}


def test_page_shows_every_fact_in_words(client, plans):
    for name, pounds in (("next", 4_000_000), ("soon", 3_000_000)):
        plans[name].value_max = pounds
        plans[name].regime = "procurement_act"
        plans[name].save()
    html = client.get(URL).content.decode()
    assert "Contract: " not in html  # it has a column
    assert html.count("Over £2 million") == 1  # the other is out to tender
    for said in (
        "1 May 2027",
        "£3 million",
        "Over £2 million: for the pipeline notice",
    ):
        assert said in html
    assert "due by 26 May 2027" in html


def test_page_sets_no_cookie_and_says_when_it_is_empty(client, db):
    response = client.get(URL)
    assert response.cookies == {}
    assert response.context["page"].chart is None
    assert "Nothing is planned here yet." in response.content.decode()
    filtered = client.get(URL, {"dates": "passed"}).content.decode()
    assert "No planned date has passed" in filtered


def test_a_mangled_place_gives_the_first_page(client, plans):
    response = client.get(URL, {"after": "nonsense"})
    assert response.context["page"].mangled is True
    assert len(response.context["page"].rows) == 5


@pytest.mark.parametrize("asked", [{}, {"organisation": "barset", "area": "kent-area"}])
def test_page_costs_the_same_with_one_row_and_with_three(
    client, db, asked, django_assert_max_num_queries
):
    council = make.organisation(name="Barset")
    kent = make.area(name="Kent", slug="kent-area")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            for post in (make.post(), make.held_post(deputy=make.held_post())):
                made = make.commission(organisation=council, post=post)
                made.areas.add(kent)
                StageDate.plan(
                    made, "tender", date(2127, 5, 1), by="tests", reason="Snow."
                )
        with django_assert_max_num_queries(12) as counted:
            response = client.get(URL, asked)
        assert response.context["page"].rows[0].coming.by.moved != ""
        counts.append(len(counted.captured_queries))
    assert counts[0] == counts[1]


def test_contracts_that_end_with_nothing_planned_are_named(client, db):
    today = timezone.localdate()
    soon = today + timedelta(days=90)
    contract = make.contract(title="Lunch clubs", ends_on=soon)
    replaced = make.contract(title="Night buses", ends_on=soon)
    make.commission().replaces.add(replaced)
    make.contract(title="Far off", ends_on=today + timedelta(days=900))
    page = client.get(URL)
    assert page.context["page"].ending == [contract]
    assert "Lunch clubs</a>" in page.content.decode()
    assert client.get(URL, {"q": "x"}).context["page"].ending == []


# The files


def test_files_are_exactly_the_list_asked_for(client, plans):
    text = b"".join(client.get("/pipeline.csv", {"first": "2027-2"}).streaming_content)
    rows = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    assert [(row["title"], row["next_stage"], row["next_from"]) for row in rows] == [
        ("year", "tender", "2027-01-01"),
        ("tender", "tender", "2027-04-01"),
        ("next", "contract", "2027-05-01"),
    ]
    assert (rows[1]["tender_until"], rows[1]["award_from"]) == ("2027-06-30", "")
    undated = client.get("/pipeline.json", {"dates": "none"})
    assert b'"title": "none"' in b"".join(undated.streaming_content)


def test_the_calendar_says_how_rough_a_date_is(client, plans):
    text = client.get("/pipeline.ics", {"first": "2027-2"}).content.decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    assert [line[8:] for line in lines if line.startswith("SUMMARY:")] == [
        "Tender\\, some time in 2027: year",
        "Tender\\, some time in April to June 2027: tender",
        "Contract: next",
    ]
    assert "DTEND;VALUE=DATE:20270701" in lines
    assert "VEVENT" not in client.get("/pipeline.ics?dates=none").content.decode()
    assert client.get("/pipeline.pdf").status_code == 404


def test_dates_that_have_passed_are_marked(client, plans):
    row = client.get(URL, {"dates": "passed"}).context["page"].rows[0]
    assert (row.coming.by.late, row.coming.by.past) == (True, True)
