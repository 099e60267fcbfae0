"""The notices that are expected next of a commission: before its next move, and after.

Pure: the law, the stage, the steps of its line and the codes that are out go
in. A notice before a move has no day of its own, so the plan's stands for it;
one after a contract has the day that the clock of the law gives.
"""

from collections.abc import Iterable
from datetime import date

from commissions.law.deadlines import count
from commissions.law.lifecycle import BEFORE_TENDER, SIGNED, moves
from commissions.law.notices import NOTICE_TYPES, cited
from commissions.public.commission.next_steps import Expected
from commissions.text.formats import on_day

FIRST = "Nothing is announced here before the central platform has published it."
PRACTICABLE = "Procurement Act 2023, section 87(3)"


def awaited(law, stage: str, steps, out: Iterable[str], today: date) -> list[Expected]:
    """List the notices to come: `law` is (regime, route, lighter rules).

    `steps` are those of the line, `out` the codes of the notices published.
    """
    regime, route, lighter = law
    lawful = moves(regime, route, stage, **lighter)
    if stage in BEFORE_TENDER[:-1] or not lawful:
        return []
    known, dated = set(out), {step.code: step for step in steps}
    return [*before(lawful[0], dated, known), *after(lawful[0], dated, known, today)]


def before(move, dated, out):
    """Name the notices that the next move waits for."""
    step = dated.get(move.to)
    if step is None or move.once:
        return []
    planned = f", planned for {step.planned}" if step.planned else ""
    return [
        Expected(
            f"Publish the {cited(NOTICE_TYPES[code])}",
            step.due,
            f"before “{step.label}”{planned}",
            FIRST,
        )
        for code in move.notices
        if code not in out
    ]


def after(move, dated, out, today):
    """Name the notice that is due once the contract is signed."""
    signed = dated["contract"].actual if "contract" in dated else None
    if not (move.due and signed and move.to in SIGNED) or move.due.code in out:
        return []
    what = f"Publish the {cited(NOTICE_TYPES[move.due.code])}"
    if not move.due.rule:
        soon = "as soon as reasonably practicable"
        return [Expected(what, None, soon, PRACTICABLE)]
    clock = count(move.due.rule, signed)
    return [
        Expected(
            what,
            clock.date,
            f"by {on_day(clock.date)}",
            clock.source,
            late=clock.date < today,
        )
    ]
