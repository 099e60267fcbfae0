"""The table of moves: from a stage to which others, who may, on what terms, and the
notices that a move waits for or that fall due after it."""

from collections import deque
from dataclasses import dataclass

from commissions.law.lifecycle.conditions import CHOSEN_OPENLY
from commissions.law.lifecycle.stages import (
    BEFORE_TENDER,
    ENDS,
    ORDER,
    ROUTES,
    SIGNED,
    has_standstill,
    path,
)
from commissions.law.notices import NOTICE_TYPES, codes_that

CALL_OFF = "framework"


@dataclass(frozen=True)
class DueNotice:
    """A notice that the law wants after a contract is signed.

    `rule` is the clock that counts from the day it was signed; empty where the
    law says as soon as reasonably practicable, which no clock counts.
    """

    code: str
    rule: str = ""


def notices_asked_at(regime: str, route: str, stage: str) -> str:
    """Name the notice that a law wants for a stage of a commission, if any."""
    for code, notice in NOTICE_TYPES.items():
        if notice.stage == stage and notice.is_asked(regime, route):
            return code
    return ""


def intention_notice(regime: str, route: str) -> str:
    """Name the notice that announces the choice, before a contract: UK6 or a PSR one."""
    return notices_asked_at(regime, route, "standstill")


def award_notice(
    regime: str, route: str, *, light_touch: bool = False
) -> DueNotice | None:
    """Return the notice due once a contract is signed, or None."""
    code = notices_asked_at(regime, route, "contract")
    if not code:
        return None
    notice = NOTICE_TYPES[code]
    rule = notice.light_touch_rule if light_touch and notice.light_touch_rule else ""
    counted = regime != "below_threshold"  # there as soon as reasonably practicable
    return DueNotice(code, (rule or notice.rule) if counted else "")


def opening_notice(regime: str, route: str, stage: str) -> str:
    """Name the notice that opens the choosing of a provider at a stage, if any.

    A call-off from a framework has none (section 45), nor has a competition
    below the threshold that is not advertised (section 87).
    """
    choosing = ("tender", "evaluation", "direct_award")
    return notices_asked_at(regime, route, stage) if stage in choosing else ""


GATES = {"contract": "standstill", "closed": "review"}


"""By the stage that is moved to: the stage whose notice has to be out before it."""


def notices_asked_before(regime: str, route: str, to: str) -> tuple[str, ...]:
    """Return the codes of the notices that must be out before a stage."""
    stages = ("tender", "evaluation", "direct_award", "standstill", "cancelled", *GATES)
    found = notices_asked_at(regime, route, GATES.get(to, to)) if to in stages else ""
    return (found,) if found else ()


def only_once(to: str) -> tuple[str, ...]:
    """Return the notices of which one must be out for the end of it to need a notice."""
    if to != "cancelled":
        return ()
    return codes_that(lambda notice: notice.begins_procurement)


ADVANCE = "commissions.change_commission"
COMMIT = "commissions.commit_commission"
"""The rights that a move needs: to work on it, and to choose, sign or call it off."""

CHOSEN = ("standstill", "contract")
COMMITTING = {"direct_award", "standstill", "contract", "cancelled"}

SKIPS = {
    "contract": ("delivery", "closed"),
    "mobilisation": ("closed",),
    "delivery": ("closed",),
}
"""Stages that may be left out once a contract is signed: it can end early."""

BACK = {
    "considering": ("draft_open",),
    "decided": ("draft_open",),
    "standstill": ("evaluation", "direct_award"),
    "review": ("delivery",),
}
"""Moves back: to another draft, to another choice, to an extended contract."""

BEFORE_STAGE = {
    "draft_open": ("draft_published",),
    "considering": ("comments_closed",),
    "decided": ("comments_closed", *CHOSEN_OPENLY),
}
"""What is asked before a stage at which the ask can still be changed."""

NOT_BIDDING = ("tender", "evaluation")  # from which section 43 allows a direct award


@dataclass(frozen=True)
class Move:
    """One lawful move, and what it takes.

    `notices` are the codes that must be out before it; where `once` names
    others, only if one of those is out. `due` fell due when a contract was
    signed, and is asked for once its last day has passed.
    """

    to: str
    who: str
    gates: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    due: DueNotice | None = None


@dataclass(frozen=True)
class Law:
    """What decides which moves there are: the law, the route, the lighter rules."""

    regime: str
    route: str
    light_touch: bool = False
    small: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        return path(self.regime, self.route, light_touch=self.light_touch)

    @property
    def stands_still(self) -> bool:
        return has_standstill(self.regime, self.route, light_touch=self.light_touch)

    def moves(self, stage: str) -> tuple["Move", ...]:
        """Return the lawful moves from a stage, the next one of the path first."""
        return tuple(
            terms_of_move(self, stage, to)
            for to in dict.fromkeys(stages_reachable_at_once(self, stage))
        )

    def move(self, stage: str, to: str) -> "Move | None":
        return next((each for each in self.moves(stage) if each.to == to), None)


def moves(
    regime: str,
    route: str,
    stage: str,
    *,
    light_touch: bool = False,
    small: bool = False,
) -> tuple[Move, ...]:
    """Return the lawful moves from a stage, the next one of the path first.

    `small`: worth less than the Act's rules for below-threshold contracts
    begin at (section 84: £12,000 or £30,000), so no notice is asked for.
    """
    return Law(regime, route, light_touch, small).moves(stage)


def move(regime: str, route: str, stage: str, to: str, **more) -> Move | None:
    return Law(regime, route, **more).move(stage, to)


def stages_reachable_at_once(law: Law, stage: str):
    """Yield the stages that may follow one, the next of the path first."""
    if stage in ENDS:
        return
    onward = [code for code in law.path if ORDER[code] > ORDER[stage]]
    if stage in BEFORE_TENDER[:-1]:
        yield from (code for code in onward if code in BEFORE_TENDER)
    else:
        yield onward[0]
        yield from skipped_stages(law, stage, onward)
    if stage == "intention":
        yield from SIGNED[:-1] if law.regime != "in_house" else SIGNED[1:-1]
    yield from (code for code in BACK.get(stage, ()) if code in law.path)
    if may_be_cancelled(law, stage):
        yield "cancelled"


def skipped_stages(law: Law, stage: str, onward: list[str]):
    """Yield the stages after the next that the law allows at once."""
    yield from (code for code in SKIPS.get(stage, ()) if code in onward)
    if law.regime == "in_house" and stage == "decided":
        yield "delivery"
    if law.regime == "procurement_act":
        yield from of_the_act(law, stage)
    if stage == "tender":
        yield from moves_after_bids(law)
    if chooses_provider(law, stage):
        yield from CHOSEN


def of_the_act(law: Law, stage: str):
    """Yield what the Act alone allows: to call off at once, to switch (section 43)."""
    if law.route == CALL_OFF and stage == "decided":
        yield from CHOSEN
    if stage in NOT_BIDDING and law.route != "direct_award":
        yield "direct_award"


def chooses_provider(law: Law, stage: str) -> bool:
    """Tell whether a choice is made at a stage, under a law with a standstill.

    One that is not mandatory may be kept; one that is may be waived.
    """
    act, psr = law.regime == "procurement_act", law.regime == "psr"
    known = act or (psr and law.stands_still)
    return known and stage in ("evaluation", "direct_award")


def moves_after_bids(law: Law):
    """Yield what may follow a tender whose bids were assessed without saying so."""
    yield next(code for code in law.path if ORDER[code] > ORDER["evaluation"])


def may_be_cancelled(law: Law, stage: str) -> bool:
    """Tell whether it can be called off: until a contract is signed, or a service set up."""
    last = "mobilisation" if law.regime == "in_house" else "standstill"
    return ORDER[stage] <= ORDER[last]


def terms_of_move(law: Law, stage: str, to: str) -> Move:
    """Say what one move takes."""
    begun = to in SIGNED and stage in SIGNED
    return Move(
        to=to,
        who=COMMIT if to in COMMITTING else ADVANCE,
        gates=tuple(dict.fromkeys(gates_of_move(law, stage, to))),
        notices=() if adopts_draft(stage, to) else notices_before_move(law, to),
        once=only_once(to),
        due=notices_due_after_move(law) if begun else None,
    )


def notices_before_move(law: Law, to: str) -> tuple[str, ...]:
    return () if law.small else notices_asked_before(law.regime, law.route, to)


def notices_due_after_move(law: Law) -> DueNotice | None:
    """Return the notice due once a contract is signed, or None."""
    if law.small:
        return None
    return award_notice(law.regime, law.route, light_touch=law.light_touch)


def adopts_draft(stage: str, to: str) -> bool:
    """Tell whether a move brings in a contract made before the portal was used."""
    return stage == "intention" and to in SIGNED


def gates_of_move(law: Law, stage: str, to: str):
    """Yield the codes of the conditions before one move."""
    if to == "cancelled" or ORDER[to] < ORDER[stage]:
        yield "reason"
        yield from BEFORE_STAGE.get(to, ())
    elif adopts_draft(stage, to):
        yield from ("holder", "under_way")
    elif to in BEFORE_TENDER:
        yield from BEFORE_STAGE.get(to, ())
    elif stage == "decided":
        yield from CHOSEN_OPENLY
    if to == "closed" and law.regime == "procurement_act" and not law.light_touch:
        yield "performance"
    yield from choice_gates(law, stage, to)


def choice_gates(law: Law, stage: str, to: str):
    """Yield what is asked when a provider is looked for, chosen or signed with."""
    if stage not in BEFORE_TENDER or to not in BEFORE_TENDER:
        yield from law_gates(law, stage, to)
    if stage == "tender" and to not in ("direct_award", "cancelled"):
        yield "bids_closed"
    if adopts_draft(stage, to):
        return
    if (law.regime, law.route) == ("psr", "psr_msp") and to in CHOSEN:
        yield "wait_of_14_days"
    if to == "contract":
        yield from standstill_gates(law, stage)


def law_gates(law: Law, stage: str, to: str):
    """Yield whether the law and the route must be stated."""
    begins = stage == "decided" and to != "cancelled"
    if begins or to in ("tender", "direct_award", "standstill", "contract"):
        yield "regime"
        if law.regime in ROUTES:
            yield "route"


def standstill_gates(law: Law, stage: str):
    """Yield what a contract waits for: a standstill kept, or its waiver."""
    if stage == "standstill":
        yield "standstill_over"
    elif law.stands_still:
        yield "no_standstill"


def reachable_stages(regime: str, route: str, *, light_touch: bool = False) -> set[str]:
    """Return every stage that some chain of moves from the intention reaches."""
    seen, waiting = {"intention"}, deque(["intention"])
    while waiting:
        for each in moves(regime, route, waiting.popleft(), light_touch=light_touch):
            if each.to not in seen:
                seen.add(each.to)
                waiting.append(each.to)
    return seen
