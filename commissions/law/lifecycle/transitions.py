"""The moves between stages that each law allows, and which stage the facts show.

The table of moves says from a stage to which others, who may, on what terms, and the
notices that a move waits for or that fall due after it.

Notices, bids, signatures and days pass by themselves; a stage is moved by the
staff, for everybody to see. Where the two have come apart `inferred_stage` says so,
and which move is next. It moves nothing.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from commissions.law.dates import write_day as on_day
from commissions.law.language import gettext, marked
from commissions.law.lifecycle.conditions import CHOSEN_OPENLY
from commissions.law.lifecycle.stages import (
    BEFORE_TENDER,
    ENDS,
    ORDER,
    ROUTES,
    SIGNED,
    STAGES,
    has_standstill,
    path,
)
from commissions.law.notices import NOTICE_TYPES, codes_that, name_of

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


ADVANCE = "commissions.publish_commission"
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


@dataclass(frozen=True)
class StageFacts:
    """What is known of one commission: its law, its stage, and days that have come.

    `reached` is the day on which each stage came, `notices` the newest day of each
    code. Of the others None means that it has not happened: comments and bids
    closed, bids were invited, a direct award was justified, the last day of a
    standstill that is over, a contract was signed, its service began, all ended.
    """

    law: Law
    stage: str
    reached: Mapping[str, date] = field(default_factory=dict)
    notices: Mapping[str, date] = field(default_factory=dict)
    comments_closed: date | None = None
    invited: date | None = None
    bids_closed: date | None = None
    justified: date | None = None
    standstill_over: date | None = None
    signed: date | None = None
    started: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class StageSign:
    """One fact that tells of a stage: the day, and a sentence with it.

    `may`: it only lets the stage come, as the end of a standstill lets somebody sign.
    """

    stage: str
    on: date
    why: str
    may: bool = False


@dataclass(frozen=True)
class InferredStage:
    """The stage that the facts show, why, and the move that comes first on the way.

    `on` is the day of that move, None where nothing gives it.
    """

    stage: str
    why: str
    step: str
    on: date | None
    may: bool

    @property
    def todo(self) -> str:
        """What is to be done, as the words of a link."""
        name = f"“{STAGES[self.step].name}”"
        if self.may:
            return gettext("Once it is, move it to {name}").format(name=name)
        first = gettext("Move it to {name} first")
        said = first if self.step != self.stage else gettext("Move it to {name}")
        return said.format(name=name)


SAYS = {
    "engagement": marked(
        "The {notice} was published on {day}, so the market is being asked."
    ),
    "tender": marked(
        "The {notice} was published on {day}, so providers are invited to bid."
    ),
    "evaluation": marked(
        "The {notice} was published on {day}, so providers are being compared."
    ),
    "direct_award": marked(
        "The {notice} was published on {day}, so a provider is to be chosen without a "
        "competition."
    ),
    "standstill": marked(
        "The {notice} was published on {day}, which begins the standstill."
    ),
    "contract": marked(
        "The {notice} was published on {day}, so the contract is signed."
    ),
    "review": marked("The {notice} was published on {day}, so the contract has ended."),
    "cancelled": marked(
        "The {notice} was published on {day}, so it will not go ahead."
    ),
}
"""What a notice tells when it is out, by the stage that it opens."""

HAPPENED = (
    ("comments_closed", "considering", marked("Comments closed on {day}.")),
    ("invited", "tender", marked("Providers were invited to bid on {day}.")),
    ("bids_closed", "evaluation", marked("Bids closed on {day}.")),
    ("signed", "contract", marked("The contract was signed on {day}.")),
    ("started", "delivery", marked("By its contract the service began on {day}.")),
    ("ended", "review", marked("The contract ended on {day}.")),
)
"""Facts besides the notices: the name of the day, the stage, and the sentence."""

CHOOSING = ("tender", "evaluation", "direct_award")
JUSTIFIED = marked("It was said on {day} why there is no competition.")
MAY_SIGN = marked("The standstill ended on {day}: the contract can be signed.")


def inferred_stage(known: StageFacts) -> InferredStage | None:
    """Say which stage the facts show ahead of where a commission stands, or None.

    Of several the one furthest on. The first move is the furthest on the way that
    the law allows at once; each gate still has its say when somebody makes it.
    """
    law = known.law
    lawful = [
        each.to
        for each in moves(
            law.regime,
            law.route,
            known.stage,
            light_touch=law.light_touch,
            small=law.small,
        )
    ]
    ahead = [sign for sign in stage_signs(known) if sign_tells(known, sign, lawful)]
    if not ahead:
        return None
    found = furthest_stage(ahead)
    step = furthest_stage(sign for sign in ahead if sign.stage in lawful)
    on = (step or found).on
    since = known.reached.get(known.stage)
    return InferredStage(
        stage=found.stage,
        why=found.why,
        step=step.stage if step else lawful[0],
        on=None if (step or found).may else max(filter(None, (on, since))),
        may=found.may,
    )


def furthest_stage(found: Iterable[StageSign]) -> StageSign | None:
    """Return the sign whose stage lies furthest on, the first of several alike."""
    return max(found, key=lambda sign: ORDER[sign.stage], default=None)


def sign_tells(known: StageFacts, sign: StageSign, lawful: list[str]) -> bool:
    """Tell whether a sign lies ahead, on the way of this law, and is not spent.

    It is spent where that stage came already and staff went back from it since.
    """
    here = known.reached.get(known.stage)
    came = known.reached.get(sign.stage)
    spent = here and came and came <= here and sign.on <= here
    on_the_way = sign.stage in known.law.path or sign.stage in lawful
    return (
        bool(lawful)
        and on_the_way
        and not spent
        and ORDER[sign.stage] > ORDER[known.stage]
    )


def stage_signs(known: StageFacts) -> Iterable[StageSign]:
    """Yield what the facts tell; of one stage the surest first."""
    yield from sign_happened(known)
    for stage, code in inferred_from(known.law):
        if on := known.notices.get(code):
            why = gettext(SAYS[stage]).format(notice=name_of(code), day=on_day(on))
            yield StageSign(stage, on, why)
    if known.standstill_over and known.stage == "standstill":
        over = known.standstill_over
        yield StageSign(
            "contract", over, gettext(MAY_SIGN).format(day=on_day(over)), may=True
        )


def sign_happened(known: StageFacts) -> Iterable[StageSign]:
    """Yield what the facts besides the notices tell."""
    for name, stage, sentence in HAPPENED:
        if on := getattr(known, name):
            yield StageSign(stage, on, gettext(sentence).format(day=on_day(on)))
    if known.justified:
        way = "evaluation" if known.law.route == "psr_msp" else "direct_award"
        why = gettext(JUSTIFIED).format(day=on_day(known.justified))
        yield StageSign(way, known.justified, why)


def inferred_from(law: Law) -> Iterable[tuple[str, str]]:
    """Yield each stage with the notice that opens it under a law, or tells of it."""
    kind = law.regime, law.route
    due = award_notice(*kind, light_touch=law.light_touch)
    found = [
        ("engagement", *codes_that(lambda notice: notice.engages_market)),
        *((each, opening_notice(*kind, each)) for each in CHOOSING),
        ("standstill", intention_notice(*kind)),
        ("contract", due.code if due else ""),
        *((end, *notices_asked_before(*kind, end)) for end in ("closed", "cancelled")),
    ]
    for stage, *codes in found:
        for code in filter(None, codes):
            yield "review" if stage == "closed" else stage, code
