"""What is expected next of whoever holds a commission, and by when.

Pure: the stage, the planned steps and what the record says of consultations
and awards go in; sentences with a day come out. Nothing is guessed: where no
day follows from the plan, the record or the law, the sentence says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from commissions.commission.standstill import standstill_of
from commissions.law.deadlines import count
from commissions.law.lifecycle import BEFORE_TENDER, SIGNED
from commissions.law.notices import NOTICE_TYPES, notice_cited
from commissions.models import Kind
from commissions.text.formats import london, on_day

OVER = ("closed", "cancelled")


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
        title = facts.get("title", "the consultation")
        closes = datetime.fromisoformat(facts["closes_at"])
        on = date.fromisoformat(facts["response_due_on"])
        if closes > now:
            due.append(
                ExpectedStep(
                    f"Keep “{title}” open for comment",
                    london(closes).date(),
                    f"until {on_day(closes)}",
                    "Announced when it opened.",
                )
            )
        due.append(
            ExpectedStep(
                f"Answer every comment on “{title}” and publish the response",
                on,
                f"by {on_day(on)}",
                "Promised when the consultation was announced.",
                late=on < now.date(),
            )
        )
    return due


STATED = "The last day of the standstill, as the award states it."


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
                "Take bids", on, f"until {on_day(on)}", "Stated in the tender."
            )
        ]
    if stage == "standstill":
        if held_up:
            return [
                ExpectedStep("Act on the representations", None, "no day set", held_up)
            ]
        if not standstill:
            return [
                ExpectedStep(
                    "Say when the standstill ends",
                    None,
                    "no day is published",
                    "No contract may be signed before it ends.",
                )
            ]
        return [
            ExpectedStep(
                "Wait for the standstill to end before a contract is signed",
                standstill,
                f"until the end of {on_day(standstill)}",
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
                f"Reach “{dated.label}”",
                dated.due,
                dated.planned,
                "The published plan; each move of it keeps the old date and the reason.",
                late=dated.state == "late",
            )
        ]
    if not planned:
        return []
    return [
        ExpectedStep(
            f"Give a date for “{planned[0].label}”",
            None,
            "no date is planned",
            "No coming stage has a date.",
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
    (`commissions.public.commission.next_steps`).
    """
    if stage in OVER:
        return []
    due = [
        *from_consultations(entries, now),
        *from_stage(stage, closes, standstill, source, held_up),
        *notices,
        *from_plan(steps),
    ]
    return sorted(due, key=lambda one: (one.on is None, one.on or date.max))


# The notices that are expected next of a commission: before its next move, and after.


FIRST = "Nothing is announced here before the central platform has published it."
PRACTICABLE = "Procurement Act 2023, section 87(3)"


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
    planned = f", planned for {step.planned}" if step.planned else ""
    return [
        ExpectedStep(
            f"Publish the {notice_cited(NOTICE_TYPES[code])}",
            step.due,
            f"before “{step.label}”{planned}",
            FIRST,
        )
        for code in move.notices
        if code not in out
    ]


def expected_after(move, dated, out, today):
    """Name the notice that is due once the contract is signed."""
    signed = dated["contract"].actual if "contract" in dated else None
    if not (move.due and signed and move.to in SIGNED) or move.due.code in out:
        return []
    what = f"Publish the {notice_cited(NOTICE_TYPES[move.due.code])}"
    if not move.due.rule:
        soon = "as soon as reasonably practicable"
        return [ExpectedStep(what, None, soon, PRACTICABLE)]
    clock = count(move.due.rule, signed)
    return [
        ExpectedStep(
            what,
            clock.date,
            f"by {on_day(clock.date)}",
            clock.source,
            late=clock.date < today,
        )
    ]


# What is expected next on one commission's page, from what the page has read.


def why_here(acts):
    """Say why it was called off or went back to where it stands; or nothing."""
    moves = [entry.facts for entry in acts if entry.kind == Kind.STAGE_REACHED]
    reason = moves[-1].get("reason", "") if moves else ""
    return f"Why: {reason}" if reason else ""


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
