"""The notices that an organisation owes, not a commission: UK1 and UK17.

Whether the law asks them of a body depends on what it pays, which only the
body can say. Until it does, a notice that is not recorded is not known to be
late; one that is recorded may have been published late all the same.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from commissions.law.dates import write_day
from commissions.law.deadlines import Clock, count
from commissions.law.language import gettext, marked
from commissions.law.notices import NOTICE_TYPES, OF_BODIES
from commissions.law.notices_due.due import (
    NoticeDue,
    NoticeState,
    sentences,
    worked_out,
)
from commissions.law.notices_due.facts import PublishedNotice

RULES = {"UK1": "pipeline", "UK17": "pa_payments_compliance"}
STARTS = {"UK1": ((4, 1),), "UK17": ((3, 31), (9, 30))}
"""The days from which each is counted: a financial year begins, a half-year ends."""

FIRST = {"UK1": date(2025, 4, 1), "UK17": date(2026, 3, 31)}
FIRST_IN_WALES = {**FIRST, "UK17": date(2026, 9, 30)}
"""The first such day under the law (SI 2024/716; SI 2025/1316: section 69 came
into force on 1 January 2026, for devolved Welsh authorities on 1 April)."""

TELLS = {
    "UK1": marked(
        "It lists contracts of more than £2 million to come in the 18 months from {on}."
    ),
    "UK17": marked("It says how promptly the body paid in the half-year to {on}."),
}
ASKED = {
    "UK1": marked(
        "Asked of an authority that expects to pay more than £100 million under "
        "contracts of the Procurement Act in the financial year that begins that day."
    ),
    "UK17": marked(
        "Asked of an authority that paid, or had to pay, under a public contract in "
        "that half-year."
    ),
}
SAID = {
    True: marked("This body says that it has to publish it."),
    False: marked("This body says that it does not have to publish it."),
    None: marked("This body has not said whether it has to publish it."),
}


def owed_by_organisation(
    today: date,
    nation: str = "england",
    *,
    binds: Mapping[str, bool | None],
    published: Iterable[PublishedNotice] = (),
) -> list[NoticeDue]:
    """List the last and the next of each notice of one body, as far as they are owed.

    `binds` says by code whether the body says that the law asks it of it.
    `published` are the notices recorded here.
    """
    published = list(published)
    return [
        due
        for code in OF_BODIES
        for due in organisation_notice_rows(
            code, today, nation, binds.get(code), published
        )
    ]


def coming_for_organisations(today: date, nation: str = "england") -> list[NoticeDue]:
    """List the day by which each notice is due next, whatever body it is."""
    if nation == "northern_ireland":
        return [spared_in_northern_ireland(code, today) for code in OF_BODIES]
    found = []
    for code in OF_BODIES:
        start = last_period_start(code, today)
        if count_organisation_notice(code, start).date < today:
            start = next_period_start(code, start)
        state = NoticeState.DUE if start <= today else NoticeState.NOT_YET
        found.append(due_from(code, start, today, state, gettext(ASKED[code])))
    return found


def last_day_of_notice(
    code: str, published_on: date, nation: str = "england"
) -> date | None:
    """Return the day by which the law wanted a notice published on some day, if any."""
    start = last_period_start(code, published_on)
    known = nation != "northern_ireland" and start >= first_day_counted(code, nation)
    return count_organisation_notice(code, start).date if known else None


def organisation_notice_rows(code, today, nation, binds, published):
    """Yield where the last of a notice stands, and when the next is due."""
    if nation == "northern_ireland":
        yield spared_in_northern_ireland(code, today)
        return
    start = last_period_start(code, today)
    after = next_period_start(code, start)
    out = [p.on for p in published if p.code == code and start <= p.on < after]
    last = count_organisation_notice(code, start).date
    asked = "" if binds else gettext(ASKED[code])
    why = sentences(asked, gettext(SAID[binds]))
    if out:
        yield due_from(
            code, start, today, NoticeState.PUBLISHED, "", published_on=min(out)
        )
    elif binds is False:
        yield due_from(code, after, today, NoticeState.NOT_NEEDED, why)
        return
    elif start >= first_day_counted(code, nation):
        open_ = NoticeState.DUE if last >= today else NoticeState.LATE
        state = NoticeState.NOT_KNOWN if binds is None else open_
        yield due_from(code, start, today, state, why)
    if out or last < today:
        state = NoticeState.NOT_NEEDED if binds is False else NoticeState.NOT_YET
        yield due_from(code, after, today, state, why)


def due_from(code, start, today, state, why, **more) -> NoticeDue:
    """Return a notice that is counted from a day."""
    clock = count_organisation_notice(code, start)
    why = sentences(gettext(TELLS[code]).format(on=write_day(start)), why)
    on = None if state == NoticeState.NOT_NEEDED else clock.date
    return NoticeDue(code, state, why, today, on, **worked_out(clock), **more)


def spared_in_northern_ireland(code, today) -> NoticeDue:
    """Return a notice that Northern Irish rules do not ask for."""
    why = gettext("Authorities under Northern Irish rules need none.")
    return NoticeDue(
        code, NoticeState.NOT_NEEDED, why, today, source=NOTICE_TYPES[code].law
    )


def first_day_counted(code, nation) -> date:
    """Return the first day from which the law counts a notice."""
    return (FIRST_IN_WALES if nation == "wales" else FIRST)[code]


def count_organisation_notice(code, start) -> Clock:
    """Count the last day of a notice from the day that begins its period."""
    return count(RULES[code], start)


def period_starts(code, year) -> list[date]:
    return [date(year, month, number) for month, number in STARTS[code]]


def pipeline_window(today, *, owed) -> tuple[date, date]:
    """Return the 18 months that a pipeline notice is about, first and last day.

    They begin with this financial year where its notice is still `owed`, or its
    window is open; else with the next.
    """
    start = last_period_start("UK1", today)
    if not owed and count_organisation_notice("UK1", start).date < today:
        start = next_period_start("UK1", start)
    return start, date(start.year + 1, 9, 30)


def last_half_year(today) -> tuple[date, date]:
    """Return the first and last day of the half-year that ended last."""
    end = last_period_start("UK17", today)
    year, month = (end.year, 4) if end.month == 9 else (end.year - 1, 10)
    return date(year, month, 1), end


def last_period_start(code, today) -> date:
    """Return the last such day that is not after today."""
    near = [*period_starts(code, today.year - 1), *period_starts(code, today.year)]
    return max(each for each in near if each <= today)


def next_period_start(code, start) -> date:
    """Return the next such day after one."""
    near = [*period_starts(code, start.year), *period_starts(code, start.year + 1)]
    return min(each for each in near if each > start)
