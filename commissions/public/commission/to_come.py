"""What is expected next on one commission's page, from what the page has read.

Asks the database for the bank holidays only, and only where a standstill runs
whose last day nobody has published; under the NHS regime also whether
representations hold it up.
"""

from django.utils import timezone

from commissions.commission import gates
from commissions.law import standstill
from commissions.law.deadlines import ClockError
from commissions.law.lifecycle import intention_notice
from commissions.models import Holiday, Kind
from commissions.public.commission.awaited import awaited
from commissions.public.commission.next_steps import STATED, expected


def why_here(acts):
    """Say why it was called off or went back to where it stands; or nothing."""
    moves = [entry.facts for entry in acts if entry.kind == Kind.STAGE_REACHED]
    reason = moves[-1].get("reason", "") if moves else ""
    return f"Why: {reason}" if reason else ""


def next_expected(commission, steps, acts, awards, notices):
    """Return what the holder is expected to do next, and by when."""
    last, source, held_up = standstill_of(commission, awards, notices)
    return expected(
        stage=commission.stage,
        steps=steps,
        entries=[(entry.kind, entry.subject, entry.facts) for entry in acts],
        closes=commission.window_closes_at,
        standstill=last,
        source=source,
        held_up=held_up,
        notices=[] if notices.more else notices_to_come(commission, steps, notices),
        now=timezone.localtime(),
    )


def notices_to_come(commission, steps, notices):
    """Return the notices expected next, where every one that is out is known."""
    law = (*gates.law_of(commission), gates.lighter(commission))
    out = [row["code"] for row in notices.rows]
    return awaited(law, commission.stage, steps, out, timezone.localdate())


def standstill_of(commission, awards, notices):
    """Return the last day of a running standstill, where it is from, what holds it up.

    As a review of representations leaves it; else the award's own day, or the
    law's, counted from the notice.
    """
    if review := review_of(commission):
        return as_reviewed(review)
    ends = [row["standstill_ends_on"] for row in awards.rows]
    stated = max(filter(None, ends), default=None)
    code = intention_notice(*gates.law_of(commission))
    told = [row["published_at"] for row in notices.rows if row["code"] == code]
    if stated or commission.stage != "standstill" or not told:
        return stated, STATED, ""
    holidays = Holiday.objects.calendar(commission.organisation.nation)
    try:
        clock = standstill.counted(commission, told[0], holidays)
    except ClockError:
        return None, STATED, ""
    return clock.date, working(clock), ""


def review_of(commission):
    """Return the representations that a standstill waits for, or None."""
    if (commission.stage, commission.regime) != ("standstill", "psr"):
        return None
    review = getattr(commission, "representations", None)
    return review if review and review.received else None


def as_reviewed(review):
    """Return what `standstill_of` does, where representations were received."""
    holidays = Holiday.objects.calendar("england")
    now = standstill.reviewed(review, holidays, timezone.localdate())
    if now.last:
        return now.last, working(now), ""
    return None, STATED, now.sentence


def working(clock):
    """Write how a last day was counted, and by what law."""
    return " ".join(filter(None, (clock.counting, clock.caution, f"{clock.source}.")))
