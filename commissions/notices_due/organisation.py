"""The notices that an organisation owes, not a commission: UK1 and UK17."""

from datetime import date

from commissions.clocks import count
from commissions.clocks.counting import HALF_YEARS, period_end
from commissions.notice_types import NOTICE_TYPES
from commissions.notices_due.due import Due, State, day, worked


def owed_by_organisation(today: date, nation: str = "england") -> list[Due]:
    """List the next pipeline notice and payments notice of a contracting authority.

    Neither is called late: whether they are published is not recorded here.
    """
    return [pipeline(today, nation), payments(today, nation)]


def spared(code, today) -> Due:
    """Return a notice that Northern Irish rules do not ask for."""
    why = "Authorities under Northern Irish rules need none."
    return Due(code, State.NOT_NEEDED, why, today, source=NOTICE_TYPES[code].law)


def pipeline(today, nation):
    """UK1: the window of this year, or of the next."""
    if nation == "northern_ireland":
        return spared("UK1", today)
    clock = count("pipeline", today)
    opens = date(clock.date.year, 4, 1)
    why = (
        "Needed of an authority that expects to pay more than £100 million under "
        "relevant contracts in the financial year."
    )
    state = State.DUE if opens <= today else State.NOT_YET
    return Due("UK1", state, why, today, clock.date, **worked(clock))


def payments(today, nation):
    """UK17: the half-year whose notice is due now, or the one that runs."""
    if nation == "northern_ireland":
        return spared("UK17", today)
    ended = previous_end(today)
    clock = count("pa_payments_compliance", ended)
    if clock.date < today:
        ended = period_end(today, HALF_YEARS)
        clock = count("pa_payments_compliance", ended)
    why = f"How promptly the organisation paid, in the half-year to {day(ended)}."
    state = State.DUE if ended <= today else State.NOT_YET
    return Due("UK17", state, why, today, clock.date, **worked(clock))


def previous_end(today) -> date:
    """Return the last end of a half-year that is not after today."""
    end = period_end(today, HALF_YEARS)
    if end == today:
        return end
    return date(end.year, 3, 31) if end.month == 9 else date(end.year - 1, 9, 30)
