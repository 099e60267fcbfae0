"""Until when nobody may sign: the one reader of a commission's rows.

The award's page, the commission's page, the signing of a contract, the gates, the
lists and the desk all ask here; `commissions.law.standstill` says what the law makes
of it. All its awards and notices are read, however many a page shows.
"""

from django.utils import timezone

from commissions.law.direct_award_grounds import GROUNDS
from commissions.law.standstill import Standstill, standstill
from commissions.organisations.models import HolidayCalendars

LOST = ("cancelled", "unsuccessful", "withdrawn")
"""OCDS states of an award that came to nothing."""


def standstill_of(
    commission, on=None, *, at=None, award=None, calendars=None
) -> Standstill:
    """Say when the standstill of a commission ends, as it stands on a day.

    Counted from the newest notice that begins one and is out `at` a moment (now), and
    from what its awards state: all of them. Of one `award` the notice that announced
    it counts, and what it states itself. Rows that were prefetched are not read again;
    `calendars` saves the query of the holidays.
    """
    at = at or timezone.now()
    times = begun_at(commission, at)
    awards = [award] if award else commission.awards.all()
    started = announced_by(award, times) if award else times[-1:]
    return of_rows(commission, awards, started, on or timezone.localdate(at), calendars)


def ends_of(commission, awards, calendars=None):
    """Return by key of each award until when nobody may sign, None where none is known."""
    if not awards:
        return {}
    calendars, now = calendars or HolidayCalendars(), timezone.now()
    times, today = begun_at(commission, now), timezone.localdate(now)
    return {
        award.pk: of_rows(
            commission, [award], announced_by(award, times), today, calendars
        ).last
        for award in awards
    }


def of_rows(commission, awards, started, today, calendars):
    """Ask the law, of the awards and of the first of some notices."""
    stated = (each.standstill_ends_on for each in awards if each.status not in LOST)
    return standstill(
        commission,
        started=next(iter(started), None),
        stated=max(filter(None, stated), default=None),
        holidays=(calendars or HolidayCalendars()).of(commission.organisation.nation),
        today=today,
        urgent=is_urgent(commission),
        review=getattr(commission, "representations", None),
    )


def announced_by(award, times):
    """Return when the notice of one award was published, as a list of one or none.

    Of one announced here that is the newest before it: the notice comes first. Of one
    known from notices it is the first since the decision; else the newest.
    """
    if award.announced_at:
        return [at for at in times if at <= award.announced_at][-1:] or times[-1:]
    since = [
        at
        for at in times
        if award.decided_on and timezone.localdate(at) >= award.decided_on
    ]
    return since[:1] or times[-1:]


def begun_at(commission, at):
    """List when the notices that begin a standstill were published, oldest first."""
    return sorted(
        each.published_at
        for each in commission.notices.all()
        if each.type.starts_standstill and each.published_at <= at
    )


def started_at(commission, at=None):
    """Return when the newest notice that begins a standstill was published, or None."""
    return next(iter(begun_at(commission, at or timezone.now())[-1:]), None)


def is_urgent(commission):
    """Tell whether it is awarded directly on an urgent ground, which waits for nothing."""
    direct = getattr(commission, "direct_award", None)
    return bool(direct and GROUNDS[direct.ground].urgent)
