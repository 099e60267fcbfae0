"""The rows of what is coming, in words: every date, who holds it, what it is worth.

`described` reads what a page of rows needs beside the rows themselves in five
queries, however many rows there are.
"""

from collections import defaultdict
from dataclasses import dataclass

from commissions.law.lifecycle import BEFORE_TENDER
from commissions.models import Commission, StageDate
from commissions.people.holdings import holder_in_words
from commissions.public.commission.rows import (
    FROM_NOTICES,
    read_holders_and_places,
    without_long_texts,
)
from commissions.public.commission.stages import COLUMNS, dates_from
from commissions.public.pipeline.milestones import (
    Milestones,
    above_two_million,
    milestones_of,
)
from commissions.text.formats import london, value_range

ABOVE = {
    "yes": "Over £2 million: for the pipeline notice",
    "perhaps": "Over £2 million if VAT applies: for the pipeline notice",
    "": "",
}


@dataclass(frozen=True)
class PipelineRow:
    """One commission with what is coming of it; `above` is a code of ABOVE."""

    commission: Commission
    coming: Milestones
    holder: str
    vacant: bool
    value: str
    above: str

    @property
    def above_said(self):
        """What its value means for the pipeline notice, until the tender begins."""
        return ABOVE[self.above] if self.commission.stage in BEFORE_TENDER else ""


def read_stage_dates(commissions):
    """Read every date of these commissions, in one query: {key: rows of dates_from}."""
    rows = StageDate.objects.filter(
        commission__in=[commission.pk for commission in commissions]
    ).order_by("pk", "changes__moved_at", "changes__pk")
    found = defaultdict(list)
    for key, *columns in rows.values_list("commission_id", *COLUMNS):
        found[key].append(columns)
    return found


def describe_pipeline(rows, today):
    """Say a page of rows in words: stage dates, or commissions without one."""
    pairs = commission_and_stage(rows)
    commissions = read_holders_and_places([commission for commission, _ in pairs])
    dates = read_stage_dates(commissions)
    return [
        describe_pipeline_row(c, stage, dates_from(dates[c.pk]), today)
        for c, stage in pairs
    ]


def commission_and_stage(rows):
    """Return (commission, the stage it is listed by or nothing) of each row."""
    if all(isinstance(row, Commission) for row in rows):
        return [(row, "") for row in rows]
    found = without_long_texts(Commission.objects).in_bulk(
        [row.commission_id for row in rows]
    )
    return [(found[row.commission_id], row.stage) for row in rows]


def describe_pipeline_row(commission, stage, dates, today):
    """Say one commission in words; `stage` is the one it is listed by."""
    held_by, vacant = holder_in_words(commission)
    if not commission.kept_here:
        held_by = FROM_NOTICES
    low, high = commission.value_min, commission.value_max
    comments = commission.window_for == Commission.Window.COMMENT
    return PipelineRow(
        commission=commission,
        coming=milestones_of(
            dates,
            today,
            by=stage,
            closes_on=london(commission.window_closes_at).date() if comments else None,
            starts_on=commission.starts_on,
            judged=commission.kept_here,
        ),
        holder=held_by,
        vacant=vacant,
        value=value_range(low, high, commission.get_value_vat_display()),
        above=above_two_million(low, high, commission.value_vat, commission.regime),
    )
