"""From the rows of commissions to the stage that the facts show of each.

`likely` finds, by the database alone, those on which the facts may have moved on;
`with_facts` says what to fetch with them, so that any number costs the same
queries; `stage_shown` then asks the pure table. Only commissions that somebody here
holds are asked: what is known from notices alone moves by the clock (`closing`).
"""

from itertools import islice
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from commissions.commission.models import kept_here
from commissions.commission.standstill import standstill_of
from commissions.law import lifecycle
from commissions.law.lifecycle import StageFacts
from commissions.law.notices import codes_that, notice_type
from commissions.models import Commission, Contract, DirectAward, Notice, Tender
from commissions.organisations.holidays import HolidayCalendars

OPENS = attrgetter("opens_choosing")
INTENDS = attrgetter("opens_direct_award")
CHOOSES = attrgetter("starts_standstill")
SIGNS = attrgetter("signs_contract")
CANCELS = attrgetter("ends_procurement")
ENDS = attrgetter("ends_contract")
"""What a notice may do to a commission's stage, of its type."""

OVER = ("review", "closed", "cancelled")
CHUNK = 100  # commissions read at once where only the first are wanted


def stage_may_lag(at):
    """Return, as a condition, where a stage may lag behind the facts at a time.

    Each stage is asked only for what would move it on; none that is over.
    """
    today = timezone.localdate(at)
    its = {"commission": OuterRef("pk")}

    def out(*effects):
        """Tell whether a notice is out that a stage may wait for."""
        codes = codes_that(lambda notice: any(effect(notice) for effect in effects))
        return Exists(Notice.objects.filter(**its, code__in=codes))

    closed = Q(window_closes_at__lte=at)
    signed = Exists(Contract.objects.signed().filter(**its))
    begun = Exists(Contract.objects.signed().filter(**its, starts_on__lte=today))
    ended = Exists(Contract.objects.signed().ended(today).filter(**its))
    justified = Exists(DirectAward.objects.filter(**its))
    invited = Exists(Tender.objects.filter(**its, invited_at__lte=at))
    shut = Exists(Tender.objects.filter(**its, invited_at__lte=at, closes_at__lte=at))
    after = signed | out(CHOOSES, SIGNS, CANCELS)
    return kept_here() & (
        Q(stage__in=("intention", "engagement", "considering", "decided"))
        & (after | out(OPENS) | invited | justified)
        | Q(stage="draft_open") & (closed | after | out(OPENS) | invited)
        | Q(stage="tender") & (closed | shut | after | out(INTENDS) | justified)
        | Q(stage__in=("evaluation", "direct_award"))
        & (after | out(INTENDS) | justified)
        | Q(stage="standstill")
        | Q(stage__in=("contract", "mobilisation")) & (begun | ended | out(ENDS))
        | Q(stage="delivery") & (ended | out(ENDS))
    )


def with_facts(commissions):
    """Fetch with commissions all that the facts about their stage are read from."""
    return commissions.select_related(
        "organisation", "tender", "direct_award", "representations"
    ).prefetch_related("notices", "stage_dates", "awards", "contracts")


def stage_shown(commission, at=None, calendars=None):
    """Say which stage the facts show of a commission fetched so, or None.

    Give the same `calendars` with each of many: holidays are then read once.
    """
    reached = {each.stage: each.actual_on for each in commission.stage_dates.all()}
    return lifecycle.inferred_stage(
        known_of(
            commission, at or timezone.now(), calendars or HolidayCalendars(), reached
        )
    )


def lagging_commissions(commissions, at=None, most=None):
    """Return (commission, what the facts show) of those that lag, in their order.

    Of the first `most`, where that is given: no more are read than it takes.
    """
    at, calendars = at or timezone.now(), HolidayCalendars()
    asked = with_facts(commissions.filter(stage_may_lag(at), published_at__lte=at))
    rows = asked.iterator(chunk_size=CHUNK) if most else asked
    found = ((each, stage_shown(each, at, calendars)) for each in rows)
    return list(islice(((each, shown) for each, shown in found if shown), most))


def said_in_public(page):
    """Say on its page that the facts have gone on and its stage has not; else nothing.

    Of a draft and of what is known from notices nothing
    is said; that something may now be done is for the staff, and is left out.
    """
    commission = page.commission
    if (
        not commission.kept_here
        or not commission.published_at
        or commission.stage in OVER
    ):
        return ""
    reached = {stage: dated.actual for stage, dated in page.dates.items()}
    calendars = page.calendars if commission.stage == "standstill" else None
    found = lifecycle.inferred_stage(known_of(commission, page.now, calendars, reached))
    if not found or found.may:
        return ""
    return f"{found.why} The stage shown here has not been moved yet."


def known_of(commission, at, calendars, reached):
    """Return what the table needs of one commission; `reached` is when each stage came."""
    today = timezone.localdate(at)
    contracts = [each for each in commission.contracts.all() if each.is_signed]
    tender = getattr(commission, "tender", None)
    invited = tender.invited_at if tender else None
    direct = getattr(commission, "direct_award", None)
    commenting, bidding = windows_of(commission)
    out = newest_notice_days(commission, contracts, at)
    return StageFacts(
        law=commission.law,
        stage=commission.stage,
        reached=reached,
        notices=out,
        comments_closed=day_passed(commenting, at),
        invited=day_passed(invited, at),
        bids_closed=day_passed(bidding or (invited and tender.closes_at), at),
        justified=day_passed(direct and direct.justified_at, at),
        standstill_over=standstill_waited_until(commission, at, calendars),
        signed=first_day_passed((each.signed_on for each in contracts), today),
        started=first_day_passed((each.starts_on for each in contracts), today),
        ended=contracts_ended_on(contracts, today),
    )


def windows_of(commission):
    """Return until when it is open for comment, and until when for bids."""
    closes = commission.window_closes_at
    return tuple(
        closes if commission.window_for == window else None
        for window in (Commission.Window.COMMENT, Commission.Window.BIDS)
    )


def day_passed(moment, at):
    """Return the day in London of a moment that has passed, or None."""
    return timezone.localdate(moment) if moment and moment <= at else None


def first_day_passed(days, today):
    return min((day for day in days if day and day <= today), default=None)


def contracts_ended_on(contracts, today):
    """Return the day on which the last of them ended, or None while one runs.

    One with an option to extend that is still open runs until the last of those days.
    """
    ends = [each.standing(today).over_since for each in contracts]
    return max(ends) if ends and all(ends) else None


def newest_notice_days(commission, contracts, at):
    """Return the newest day of each notice that is out at a time, by its code.

    One that says a contract is over says nothing of the others where there are more.
    """
    listed = sorted(commission.notices.all(), key=lambda each: each.published_at)
    return {
        each.code: timezone.localdate(each.published_at)
        for each in listed
        if each.code
        and each.published_at <= at
        and (len(contracts) < 2 or not notice_type(each.code).ends_contract)
    }


def standstill_waited_until(commission, at, calendars):
    """Return the last day of a standstill that is over; None where none is kept."""
    if commission.stage != "standstill":
        return None
    found = standstill_of(commission, at=at, calendars=calendars)
    return found.last if found.state == "over" else None
