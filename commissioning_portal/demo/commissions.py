"""Commissions: publish each as an intention, then let its life happen."""

from datetime import date, timedelta
from itertools import pairwise

from commissioning_portal.demo import acts, consultations, procurement
from commissioning_portal.demo import easy_read as pictured
from commissioning_portal.demo.acts import held_by, holder
from commissioning_portal.demo.reading import Row, create, takes
from commissions.models import Commission, Committee, Organisation, Post, StageDate


@takes(Commission)
def add(
    story,
    *,
    reference,
    title,
    organisation: Organisation,
    holder: Post | Committee,
    published,
    dates: dict[str, Row],
    life: list[Row] = (),
    ratings: Row = None,
    consultation: Row = None,
    easy_read: list[Row] = (),
    **fields,
):
    """Add a commission that is not there yet; book its publication and what follows.

    `dates` are the stages planned when it was published.
    """
    if Commission.objects.filter(reference=reference).exists():
        return
    draft = create(
        Commission,
        reference=reference,
        title=title,
        organisation=organisation,
        held_since=story.day(published),
        **held_by(holder),
        **fields,
    )
    for order, part in enumerate(easy_read, 1):
        part.call(pictured.add, draft, order)
    story.book(published, publish, draft, dates)
    acts.book(story, life, (acts, procurement), draft)
    if ratings:
        ratings.call(book_ratings, story, draft)
    if consultation:
        consultations.book(consultation, draft)


def publish(draft, dates, *, at):
    """Plan its dates, which a draft keeps no history of, and show it in public."""
    by = holder(draft)
    for stage, row in dates.items():
        row.call(plan, draft, stage, by)
    draft.publish(by=by, at=at)
    draft.stage_dates.update_or_create(
        stage="intention", defaults={"actual_on": at.date()}
    )


def plan(draft, stage, by, *, on: date, precision):
    """Plan one stage."""
    StageDate.plan(draft, stage, on, by=by, precision=precision)


def quarters(today, number):
    """Return (first day, last day) of the newest whole quarters, oldest first."""
    starts = [today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)]
    for _ in range(number):
        last = starts[0] - timedelta(days=1)
        starts.insert(0, last.replace(day=1, month=last.month - 2))
    return [(first, after - timedelta(days=1)) for first, after in pairwise(starts)]


LEVELS = {"G": "met", "A": "slightlyBelow", "R": "below", "I": "significantlyBelow"}
"""How levels of ratings are written, a letter a quarter; a blank where none is."""


def book_ratings(story, commission, *, set_on, indicators: list[Row]):
    """Book the indicators, and each quarter's ratings for three weeks after it."""
    told = [row.call(indicator) for row in indicators]
    story.book(set_on, measure, commission, told)
    periods = quarters(story.today, max(len(levels) for _, _, levels, _ in told))
    for number, (starts, ends) in enumerate(periods):
        rated = [
            (title, LEVELS[levels[number]], notes.get(str(number), ""))
            for title, _, levels, notes in told
            if levels[number] != " "
        ]
        day = max((ends - story.today).days + 21, set_on + 1)
        if rated:
            story.book(min(day, -1), rate, commission, rated, starts, ends)


def indicator(*, title, target, levels, notes=None):
    """Return an indicator with its levels, a letter a quarter, and {quarter: note}."""
    return title, target, levels, notes or {}


def measure(commission, indicators, *, at):
    """Set the performance indicators."""
    commission.refresh_from_db()
    contract, by = commission.contracts.get(), holder(commission)
    for title, target, *_ in indicators:
        contract.measure(title, target=target, by=by, at=at)


def rate(commission, rated, starts, ends, *, at):
    """Publish how a quarter went."""
    commission.refresh_from_db()
    contract, by = commission.contracts.get(), holder(commission)
    of_title = {each.title: each for each in contract.indicators.all()}
    ratings = [(of_title[title], level, note) for title, level, note in rated]
    contract.rate(ratings, starts_on=starts, ends_on=ends, by=by, at=at)
