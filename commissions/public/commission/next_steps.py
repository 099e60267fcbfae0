"""What is expected next of whoever holds a commission, and by when.

Pure: the stage, the planned steps and what the record says of consultations
and awards go in; sentences with a day come out. Nothing is guessed: where no
day follows from the plan, the record or the law, the sentence says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from commissions.text.formats import london, on_day

OVER = ("closed", "cancelled")


@dataclass(frozen=True)
class Expected:
    """One thing to be done: by when (in words too), and where that comes from.

    `late` where it should have been done by now; the end of a waiting time
    that has passed is not late.
    """

    what: str
    on: date | None
    by: str
    because: str
    late: bool = False


def announced(entries: Iterable[tuple[str, str, Mapping]]) -> dict[str, dict]:
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


def from_consultations(entries, now: datetime) -> list[Expected]:
    """List comments to close, and responses to publish."""
    due = []
    for facts in announced(entries).values():
        title = facts.get("title", "the consultation")
        closes = datetime.fromisoformat(facts["closes_at"])
        on = date.fromisoformat(facts["response_due_on"])
        if closes > now:
            due.append(
                Expected(
                    f"Keep “{title}” open for comment",
                    london(closes).date(),
                    f"until {on_day(closes)}",
                    "Announced when it opened.",
                )
            )
        due.append(
            Expected(
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
            Expected("Take bids", on, f"until {on_day(on)}", "Stated in the tender.")
        ]
    if stage == "standstill":
        if held_up:
            return [Expected("Act on the representations", None, "no day set", held_up)]
        if not standstill:
            return [
                Expected(
                    "Say when the standstill ends",
                    None,
                    "no day is published",
                    "No contract may be signed before it ends.",
                )
            ]
        return [
            Expected(
                "Wait for the standstill to end before a contract is signed",
                standstill,
                f"until the end of {on_day(standstill)}",
                source,
            )
        ]
    return []


def from_plan(steps) -> list[Expected]:
    """Name the next stage that has a planned date; or say that none has."""
    planned = [step for step in steps if step.state in ("next", "late")]
    dated = next((step for step in planned if step.planned), None)
    if dated:
        return [
            Expected(
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
        Expected(
            f"Give a date for “{planned[0].label}”",
            None,
            "no date is planned",
            "No coming stage has a date.",
        )
    ]


def expected(
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
) -> list[Expected]:
    """Return what is expected next, soonest first; what has no day comes last.

    `standstill` is its last day, from `source`, or `held_up` says why it has none; `notices` are those to come
    (`commissions.public.commission.awaited`).
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
