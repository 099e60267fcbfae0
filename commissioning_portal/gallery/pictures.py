"""One of each picture the portal draws, with every look that its parts can have."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from commissions.models import Area
from commissions.public.changes.comparison import compare_day
from commissions.public.changes.views import draw_shifts
from commissions.public.contracts.charts import (
    ContractTerm,
    RatedPeriod,
    draw_term,
    indicator_rows,
)
from commissions.public.people.holder_history import (
    HolderTime,
    PersonTime,
    drawing_height,
    holder_history,
)
from commissions.public.pipeline.chart import draw_pipeline
from commissions.public.pipeline.rows import Milestone, Milestones
from commissions.public.places.map import Place
from commissions.public.tenders import criteria_chart
from commissions.scorecards.figures import (
    Figure,
    MeasureResult,
    quarter_periods,
    trend_bars,
)
from commissions.scorecards.measures import MEASURES
from commissions.text.charts import bar_parts
from commissions.text.formats import month_of

TODAY = date(2026, 3, 1)
WORDS = ("Accepted", "Accepted in part", "Not accepted", "Out of scope", "Already so")


def pictures():
    """Return what each picture's template asks for, by the name of the picture."""
    rows = holder_rows()
    return {
        "parts": bar_parts([(word, word, n) for n, word in enumerate(WORDS, 3)]),
        "criteria": criteria(),
        "holders": {"rows": rows, "height": drawing_height(rows)},
        "pipeline": pipeline(),
        "shifts": shifts(),
        "term": term(),
        "ratings": ratings(),
        "results": [measure_result("named")],
        "map": place_map(),
    }


def criteria():
    quality = ("Quality", "", Decimal(60), "How good it is")
    price = ("Price", "", Decimal(40), "What it costs")
    return criteria_chart("How bids are judged", [quality, price])


def holder_rows():
    """Return somebody who left, a vacancy, and somebody who is there."""
    held = HolderTime("post", "Head of Care", date(2024, 1, 8), None)
    people = [
        PersonTime(date(2024, 1, 8), date(2024, 12, 2), "Amara Okafor"),
        PersonTime(date(2025, 6, 2), None, "Li Wei"),
    ]
    return holder_history([held], {"post": people}, [], TODAY)


def moment(stage, month, last=None, **more):
    """Return a milestone on the first of a month of 2026."""
    first = date(2026, month, 1)
    return Milestone(stage, first, last or first, month_of(first), **more)


def pipeline():
    """Return a commission that shows every kind of bar, roughly known and moved."""
    start = moment("mobilisation", 11, was=date(2026, 9, 1))
    told = Milestones(
        comment=moment("engagement", 2),
        closes=moment("considering", 4),
        tender=moment("tender", 5, last=date(2026, 5, 31)),
        award=moment("contract", 8),
        start=start,
        by=start,
    )
    return draw_pipeline([("Care at home", told)], TODAY)


def shifts():
    told, tendered = ["2026-05-01", "month"], ["2026-07-01", "day"]
    return draw_shifts([compare_day("Tender opens", told, tendered)])


def term():
    return draw_term(
        ContractTerm(
            signed_on=None,
            starts_on=date(2025, 1, 1),
            first_end=date(2026, 1, 1),
            ends_on=date(2027, 1, 1),
            latest_end_on=date(2028, 1, 1),
            ended_on=None,
        ),
        TODAY,
    )


def ratings():
    levels = ("met", "slightlyBelow", "below", "significantlyBelow", "other", "")
    told = [
        RatedPeriod(1, date(2025, n, 1), date(2025, n, 28), level)
        for n, level in enumerate(levels, 1)
    ]
    return indicator_rows([(1, "Visits on time", "9 of 10")], told)


def measure_result(code):
    figures = [Figure(n, 10, 10.0 * n, is_median=False) for n in range(2, 10)]
    trend = zip(quarter_periods(TODAY), figures, strict=True)
    return MeasureResult(
        measure=MEASURES[code],
        now=figures[-1],
        before=figures[-2],
        kind_value=figures[0],
        kind_count=3,
        trend=trend_bars(trend, is_median=False),
    )


def place_map():
    """Return a map of two places with their outlines, the second of them the page's."""
    areas = [
        Area(pk=n, code=f"E0600000{n}", name=name, slug=name.lower(), kind="district")
        for n, name in enumerate(("Westholt", "Eastmarsh"), 1)
    ]
    outlines = ("M20 20L300 20 300 280 20 280z", "M300 20L580 20 580 280 300 280z")
    places = [
        Place(n, area, 300 * n - 140, 150, outline, here=n == 2)
        for n, (area, outline) in enumerate(zip(areas, outlines, strict=True), 1)
    ]
    return {
        "areas": areas,
        "here": areas[1],
        "drawn": SimpleNamespace(
            places=places, radius=24, frame=SimpleNamespace(width=600, height=300)
        ),
    }
