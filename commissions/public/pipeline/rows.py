"""The rows of what is coming, in words: every date, who holds it, what it is worth.

`described` reads what a page of rows needs beside the rows themselves in five
queries, however many rows there are.
"""

from collections import defaultdict
from dataclasses import dataclass

from commissions.law.lifecycle import BEFORE_TENDER
from commissions.models import Commission, StageDate
from commissions.people.holders import holder
from commissions.public.commission.rows import FROM_NOTICES, light, noted
from commissions.public.commission.stage_timeline import COLUMNS, dates_from
from commissions.public.pipeline.milestones import Coming, above_two_million, coming
from commissions.text.formats import london, value_range

ABOVE = {
    "yes": "Over £2 million: for the pipeline notice",
    "perhaps": "Over £2 million if VAT applies: for the pipeline notice",
    "": "",
}


@dataclass(frozen=True)
class Row:
    """One commission with what is coming of it; `above` is a code of ABOVE."""

    commission: Commission
    coming: Coming
    holder: str
    vacant: bool
    value: str
    above: str

    @property
    def above_said(self):
        """What its value means for the pipeline notice, until the tender begins."""
        return ABOVE[self.above] if self.commission.stage in BEFORE_TENDER else ""


def dates_of(commissions):
    """Read every date of these commissions, in one query: {key: rows of dates_from}."""
    rows = StageDate.objects.filter(
        commission__in=[commission.pk for commission in commissions]
    ).order_by("pk", "changes__moved_at", "changes__pk")
    found = defaultdict(list)
    for key, *columns in rows.values_list("commission_id", *COLUMNS):
        found[key].append(columns)
    return found


def described(rows, today):
    """Say a page of rows in words: stage dates, or commissions without one."""
    pairs = beside(rows)
    commissions = noted([commission for commission, _ in pairs])
    dates = dates_of(commissions)
    return [describe(c, stage, dates_from(dates[c.pk]), today) for c, stage in pairs]


def beside(rows):
    """Return (commission, the stage it is listed by or nothing) of each row."""
    if all(isinstance(row, Commission) for row in rows):
        return [(row, "") for row in rows]
    found = light(Commission.objects).in_bulk([row.commission_id for row in rows])
    return [(found[row.commission_id], row.stage) for row in rows]


def describe(commission, stage, dates, today):
    """Say one commission in words; `stage` is the one it is listed by."""
    held_by, vacant = holder(commission)
    if not commission.kept_here:
        held_by = FROM_NOTICES
    low, high = commission.value_min, commission.value_max
    comments = commission.window_for == Commission.Window.COMMENT
    return Row(
        commission=commission,
        coming=coming(
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
