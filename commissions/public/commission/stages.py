"""The stages of a commission as a page shows them: what the facts show, the line,
and what is expected next.

`likely` finds, by the database alone, the commissions on which the facts may have
moved on; `with_facts` says what to fetch with them, so that any number costs the same
queries; `stage_shown` then asks the pure table. Only commissions that somebody here
is responsible for are asked: what is known from notices alone moves by the clock.

The line, from intention to review, takes the stage and its dates and gives back
plain values, as steps to draw and read. A planned date may be rough; it is written
as roughly as it was meant, and is late only when the whole of that month, quarter or
year has passed.

What is expected next, of whom and by when, comes from the stage, the planned steps and
what the record says of consultations and awards. Nothing is guessed: where no day
follows from the plan, the record or the law, the sentence says so.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from commissions.commission.models import kept_here
from commissions.commission.standstill import standstill_of
from commissions.law import lifecycle
from commissions.law.deadlines import count
from commissions.law.lifecycle import (
    BEFORE_TENDER,
    ORDER,
    SIGNED,
    STAGES,
    STATED_DAYS,
    StageFacts,
    path,
    stated_name,
)
from commissions.law.notices import NOTICE_TYPES, codes_that, notice_cited, notice_type
from commissions.models import Commission, Contract, DirectAward, Kind, Notice, Tender
from commissions.organisations.models import HolidayCalendars
from commissions.text.formats import how_many, london, on_day, roughly, span

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
    behind = gettext("The stage shown here has not been updated yet.")
    return f"{found.why} {behind}"


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


WIDTH = 960  # the drawing's units, and the CSS pixels it is first shown at
MIDDLE = 84  # how far down the line runs
LETTERS = 13  # a label is broken into rows of at most this many

WORDS = {
    "done": gettext_lazy("Done"),
    "now": gettext_lazy("Now"),
    "late": gettext_lazy("Late"),
    "next": gettext_lazy("To come"),
    "gap": gettext_lazy("Not recorded"),
}
STATED_WORDS = {
    "done": gettext_lazy("Stated"),
    "now": gettext_lazy("The latest stated"),
    "next": gettext_lazy("Planned"),
    "gap": gettext_lazy("Planned; nothing later is recorded here"),
}
"""The same of what is known from notices, which are not judged by their plans."""


@dataclass(frozen=True)
class DateMove:
    """A planned date that moved, and why."""

    before: date
    precision: str
    after: date
    reason: str
    moved_at: datetime


@dataclass(frozen=True)
class StageDates:
    """When one stage is planned and when it came; `moves` are oldest first."""

    planned: date | None = None
    precision: str = "day"
    actual: date | None = None
    moves: tuple[DateMove, ...] = ()


@dataclass(frozen=True)
class TimelineStep:
    """One stage on the line: its words, its dates, its place in the drawing.

    `due` is the last day that the planned date may mean.
    """

    code: str
    label: str
    means: str
    state: str
    words: str
    planned: str
    due: date | None
    actual: date | None
    short: str
    moves: tuple[dict, ...]
    moved: str
    x: float
    from_x: float
    rows: tuple[tuple[float, str], ...]
    date_y: float


def how_far_moved(dated: StageDates) -> str:
    """Say how often and how far a planned date moved: moved 2 times, 61 days in all."""
    if not dated.moves or dated.planned is None:
        return ""
    times, days = len(dated.moves), (dated.planned - dated.moves[0].before).days
    often = ngettext("Moved once", "Moved {n} times", times).format(n=times)
    far = how_many(abs(days), "day")
    if days == 0:
        said = gettext("{often}, back to the first date")
    elif days < 0:
        said = gettext("{often}, {far} earlier in all")
    else:
        said = gettext("{often}, {far} in all")
    return said.format(often=often, far=far)


def timeline_codes(
    stage: str,
    dates: Mapping[str, StageDates],
    regime: str,
    route: str = "",
    light_touch: bool = False,
) -> list[str]:
    """List the stages that this commission passes through, in order.

    Those that its law and route ask for; what was reached all the same is
    kept, and a standstill that is planned though it need not be. While no
    route is decided, a direct award that is reached or planned stands in for a
    competition. A cancelled commission has no stages to come.
    """
    reached = {code for code in dates if dates[code].actual}
    if stage == "cancelled":
        come = [code for code in ORDER if code in reached - {stage}]
        return [*(come or ["intention"]), "cancelled"]
    if not route and (stage == "direct_award" or "direct_award" in dates):
        route = "direct_award"
    wanted = {*path(regime, route, light_touch=light_touch), *reached, stage}
    if "standstill" in dates and regime != "in_house":
        wanted.add("standstill")
    return sorted(wanted - {"cancelled"}, key=ORDER.get)


def state_of(place: int, current: int, dated: StageDates, today: date) -> str:
    """Tell the state of a stage: done, now, next, late, or passed without a record."""
    if place == current:
        return "now"
    if place < current:
        return "done" if dated.actual else "gap"
    if dated.planned and span(dated.planned, dated.precision)[1] < today:
        return "late"
    return "next"


def short_date(dated: StageDates) -> str:
    """Write the date that the drawing shows beneath a stage's name."""
    if dated.actual:
        return roughly(dated.actual, short=True)
    if dated.planned:
        day = roughly(dated.planned, dated.precision, short=True)
        return gettext("plan {day}").format(day=day)
    return ""


def move_in_words(move: DateMove) -> dict:
    """Say one move in words."""
    return {
        "before": roughly(move.before, move.precision),
        "reason": move.reason,
        "on": move.moved_at,
    }


def timeline_step(
    code: str, place: int, state: str, dated: StageDates, gap: float, named: tuple
) -> TimelineStep:
    """Place one stage; words stand above and below in turn, so none touch.

    `named` is its name and how it stands, in words.
    """
    label, words = named
    rows = textwrap.wrap(str(label), LETTERS)
    above = place % 2 == 0
    top = MIDDLE - 42 - 18 * (len(rows) - 1) if above else MIDDLE + 32
    return TimelineStep(
        code=code,
        label=label,
        means=STAGES[code].means,
        state=state,
        words=words,
        planned=roughly(dated.planned, dated.precision) if dated.planned else "",
        due=span(dated.planned, dated.precision)[1] if dated.planned else None,
        actual=dated.actual,
        short=short_date(dated),
        moves=tuple(move_in_words(move) for move in dated.moves),
        moved=how_far_moved(dated),
        x=round(gap * (place + 0.5), 1),
        from_x=round(gap * max(place - 0.5, 0.5), 1),
        rows=tuple((top + 18 * n, text) for n, text in enumerate(rows)),
        date_y=MIDDLE - 24 if above else top + 18 * len(rows),
    )


def stage_timeline(
    stage: str,
    dates: Mapping[str, StageDates],
    today: date,
    regime: str = "not_stated",
    route: str = "",
    *,
    light_touch: bool = False,
) -> list[TimelineStep]:
    """Return the steps of a commission at `stage` as they stand `today`.

    `route` is empty while none is decided.
    """
    listed = timeline_codes(stage, dates, regime, route, light_touch)
    current, gap = listed.index(stage), WIDTH / len(listed)
    steps = []
    for place, code in enumerate(listed):
        dated = dates.get(code, StageDates())
        state = state_of(place, current, dated, today)
        named = STAGES[code].name, WORDS[state]
        steps.append(timeline_step(code, place, state, dated, gap, named))
    return steps


def stated_steps(stage: str, dates: Mapping[str, StageDates]) -> list[TimelineStep]:
    """Return the steps of which notices tell: the latest stage, and what has a date.

    What they do not tell is no gap, and a planned day that has passed is not late.
    """
    known = {code for code in dates if dates[code].actual or dates[code].planned}
    listed = sorted({*known, stage}, key=ORDER.get)
    current, gap = listed.index(stage), WIDTH / len(listed)
    steps = []
    for place, code in enumerate(listed):
        dated = dates.get(code, StageDates())
        state = state_of(place, current, dated, date.min)
        name = stated_name(code) if place == current else STATED_DAYS.get(code)
        named = name or stated_name(code), STATED_WORDS[state]
        steps.append(timeline_step(code, place, state, dated, gap, named))
    return steps


COLUMNS = (
    "stage",
    "planned_on",
    "precision",
    "actual_on",
    "changes__planned_before",
    "changes__precision_before",
    "changes__planned_after",
    "changes__reason",
    "changes__moved_at",
)
"""Of a stage date, what `dates_from` reads; joined with its changes."""


def dates_from(rows: Iterable[tuple]) -> dict[str, StageDates]:
    """Gather stage dates from rows, one for each move or one without a move.

    A row is (stage, planned, precision, actual, before, its precision, after,
    reason, moved at); the last five are None where the date never moved.
    """
    found: dict[str, StageDates] = {}
    for stage, planned, precision, actual, *move in rows:
        moves = found[stage].moves if stage in found else ()
        if move[0]:
            moves = (*moves, DateMove(*move))
        found[stage] = StageDates(planned, precision, actual, moves)
    return found


NOTHING_EXPECTED = ("closed", "cancelled")


@dataclass(frozen=True)
class ExpectedStep:
    """One thing to be done: by when (in words too), and where that comes from.

    `late` where it should have been done by now; the end of a waiting time
    that has passed is not late.
    """

    what: str
    on: date | None
    by: str
    because: str
    late: bool = False


def expected_announced(entries: Iterable[tuple[str, str, Mapping]]) -> dict[str, dict]:
    """Return each consultation's facts as the record left them, unanswered ones only.

    `entries` are (kind, subject, facts), oldest first. A later extension
    replaces the closing time; a published response takes it off the list.
    """
    open_: dict[str, dict] = {}
    for kind, subject, facts in entries:
        if kind == "consultation.published":
            open_[subject] = dict(facts)
        elif kind == "consultation.extended" and subject in open_:
            open_[subject]["closes_at"] = facts["closes_at"]
        elif kind == "response.published":
            open_.pop(subject.removesuffix("/response"), None)
    return open_


def from_consultations(entries, now: datetime) -> list[ExpectedStep]:
    """List comments to close, and responses to publish."""
    due = []
    for facts in expected_announced(entries).values():
        title = facts.get("title", gettext("the consultation"))
        closes = datetime.fromisoformat(facts["closes_at"])
        on = date.fromisoformat(facts["response_due_on"])
        if closes > now:
            due.append(
                ExpectedStep(
                    gettext("Keep “{title}” open for comment").format(title=title),
                    london(closes).date(),
                    gettext("until {day}").format(day=on_day(closes)),
                    gettext("Announced when it opened."),
                )
            )
        due.append(
            ExpectedStep(
                gettext(
                    "Answer every comment on “{title}” and publish the response"
                ).format(title=title),
                on,
                gettext("by {day}").format(day=on_day(on)),
                gettext("Promised when the consultation was announced."),
                late=on < now.date(),
            )
        )
    return due


STATED = gettext_lazy("The last day of the standstill, as the award states it.")


def from_stage(
    stage: str,
    closes: datetime | None,
    standstill: date | None,
    source: str = STATED,
    held_up: str = "",
):
    """List what the stage itself asks for; `source` says where its last day is from.

    `held_up` says why a standstill has no last day: representations were received.
    """
    if stage == "tender" and closes:
        on = london(closes).date()
        return [
            ExpectedStep(
                gettext("Take bids"),
                on,
                gettext("until {day}").format(day=on_day(on)),
                gettext("Stated in the tender."),
            )
        ]
    if stage == "standstill":
        if held_up:
            return [
                ExpectedStep(
                    gettext("Act on the representations (providers’ objections)"),
                    None,
                    gettext("no day set"),
                    held_up,
                )
            ]
        if not standstill:
            return [
                ExpectedStep(
                    gettext("Say when the standstill ends"),
                    None,
                    gettext("no day is published"),
                    gettext("The contract cannot be signed before it ends."),
                )
            ]
        return [
            ExpectedStep(
                gettext("Wait for the standstill to end before signing the contract"),
                standstill,
                gettext("until the end of {day}").format(day=on_day(standstill)),
                source,
            )
        ]
    return []


def from_plan(steps) -> list[ExpectedStep]:
    """Name the next stage that has a planned date; or say that none has."""
    planned = [step for step in steps if step.state in ("next", "late")]
    dated = next((step for step in planned if step.planned), None)
    if dated:
        return [
            ExpectedStep(
                gettext("Reach “{stage}”").format(stage=dated.label),
                dated.due,
                dated.planned,
                gettext(
                    "The published plan. If a date moves, the old date and the reason "
                    "stay on the page."
                ),
                late=dated.state == "late",
            )
        ]
    if not planned:
        return []
    return [
        ExpectedStep(
            gettext("Give a date for “{stage}”").format(stage=planned[0].label),
            None,
            gettext("no date is planned"),
            gettext("None of the stages to come has a date."),
        )
    ]


def expected_steps(
    *,
    stage,
    steps,
    entries,
    closes,
    standstill,
    now,
    source=STATED,
    held_up="",
    notices=(),
) -> list[ExpectedStep]:
    """Return what is expected next, soonest first; what has no day comes last.

    `standstill` is its last day, from `source`, or `held_up` says why it has none; `notices` are those to come
    (`commissions.public.commission.stages`).
    """
    if stage in NOTHING_EXPECTED:
        return []
    due = [
        *from_consultations(entries, now),
        *from_stage(stage, closes, standstill, source, held_up),
        *notices,
        *from_plan(steps),
    ]
    return sorted(due, key=lambda one: (one.on is None, one.on or date.max))


# The notices that are expected next of a commission: before its next move, and after.


FIRST = gettext_lazy(
    "Nothing is announced here before the central platform has published it."
)
PRACTICABLE = gettext_lazy("Procurement Act 2023, section 87(3)")


def awaited_notices(
    law, stage: str, steps, out: Iterable[str], today: date
) -> list[ExpectedStep]:
    """List the notices to come under a law (`commissions.law.lifecycle.Law`).

    `steps` are those of the line, `out` the codes of the notices published.
    """
    lawful = law.moves(stage)
    if stage in BEFORE_TENDER[:-1] or not lawful:
        return []
    known, dated = set(out), {step.code: step for step in steps}
    return [
        *expected_before(lawful[0], dated, known),
        *expected_after(lawful[0], dated, known, today),
    ]


def expected_before(move, dated, out):
    """Name the notices that the next move waits for."""
    step = dated.get(move.to)
    if step is None or move.once:
        return []
    before = gettext("before “{stage}”")
    if step.planned:
        before = gettext("before “{stage}”, planned for {day}")
    return [
        ExpectedStep(
            publish_in_words(code),
            step.due,
            before.format(stage=step.label, day=step.planned),
            FIRST,
        )
        for code in move.notices
        if code not in out
    ]


def publish_in_words(code):
    """Say that a notice is to be published."""
    return gettext("Publish the {notice}").format(
        notice=notice_cited(NOTICE_TYPES[code])
    )


def expected_after(move, dated, out, today):
    """Name the notice that is due once the contract is signed."""
    signed = dated["contract"].actual if "contract" in dated else None
    if not (move.due and signed and move.to in SIGNED) or move.due.code in out:
        return []
    what = publish_in_words(move.due.code)
    if not move.due.rule:
        soon = gettext("as soon as reasonably practicable")
        return [ExpectedStep(what, None, soon, PRACTICABLE)]
    clock = count(move.due.rule, signed)
    return [
        ExpectedStep(
            what,
            clock.date,
            gettext("by {day}").format(day=on_day(clock.date)),
            clock.source,
            late=clock.date < today,
        )
    ]


# What is expected next on one commission's page, from what the page has read.


def why_here(acts):
    """Say why it was called off or went back to its stage; or nothing."""
    moves = [entry.facts for entry in acts if entry.kind == Kind.STAGE_REACHED]
    reason = moves[-1].get("reason", "") if moves else ""
    return gettext("Why: {reason}").format(reason=reason) if reason else ""


def next_expected(page):
    """Return what the holder is expected to do next, and by when, as a page knows it."""
    commission = page.commission
    last, source, held_up = standstill_end(page)
    return expected_steps(
        stage=commission.stage,
        steps=page.timeline,
        entries=[(entry.kind, entry.subject, entry.facts) for entry in page.acts],
        closes=commission.window_closes_at,
        standstill=last,
        source=source,
        held_up=held_up,
        notices=notices_to_come(commission, page.timeline, page.today),
        now=timezone.localtime(page.now),
    )


def notices_to_come(commission, steps, today):
    """Return the notices expected next."""
    out = [notice.code for notice in commission.notices.all()]
    return awaited_notices(commission.law, commission.stage, steps, out, today)


def standstill_end(page):
    """Return the last day of a standstill, where it is from, what holds it up."""
    if page.commission.stage != "standstill":
        return None, STATED, ""
    found = standstill_of(page.commission, at=page.now, calendars=page.calendars)
    if found.state in ("review", "stopped"):
        return None, STATED, found.sentence
    return found.last, STATED if found.is_stated else working_of_step(found), ""


def working_of_step(clock):
    """Write how a last day was counted, and by what law."""
    return " ".join(filter(None, (clock.counting, clock.caution, f"{clock.source}.")))
