"""Which stage the facts show, beside the one at which a commission stands, and why.

Notices, bids, signatures and days pass by themselves; a stage is moved by the
staff, for everybody to see. Where the two have come apart this says so, and which
move is next. It moves nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from commissions.law.dates import write_day as on_day
from commissions.law.lifecycle import transitions
from commissions.law.lifecycle.stages import ORDER, STAGES
from commissions.law.lifecycle.transitions import Law, moves
from commissions.law.notices import codes_that, name_of


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
            return f"Once it is, move it to {name}"
        return f"Move it to {name}" + (" first" if self.step != self.stage else "")


SAYS = {
    "engagement": "so the market is being asked",
    "tender": "so providers are invited to bid",
    "evaluation": "so providers are being compared",
    "direct_award": "so a provider is to be chosen without a competition",
    "standstill": "which begins the standstill",
    "contract": "so the contract is signed",
    "review": "so the contract has ended",
    "cancelled": "so it will not go ahead",
}
"""What a notice tells when it is out, by the stage that it opens."""

HAPPENED = (
    ("comments_closed", "considering", "Comments closed on {day}."),
    ("invited", "tender", "Providers were invited to bid on {day}."),
    ("bids_closed", "evaluation", "Bids closed on {day}."),
    ("signed", "contract", "The contract was signed on {day}."),
    ("started", "delivery", "By its contract the service began on {day}."),
    ("ended", "review", "The contract ended on {day}."),
)
"""Facts besides the notices: the name of the day, the stage, and the sentence."""

CHOOSING = ("tender", "evaluation", "direct_award")
JUSTIFIED = "It was said on {day} why there is no competition."
MAY_SIGN = "The standstill ended on {day}: the contract may be signed."


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
            why = f"The {name_of(code)} was published on {on_day(on)}, {SAYS[stage]}."
            yield StageSign(stage, on, why)
    if known.standstill_over and known.stage == "standstill":
        over = known.standstill_over
        yield StageSign("contract", over, MAY_SIGN.format(day=on_day(over)), may=True)


def sign_happened(known: StageFacts) -> Iterable[StageSign]:
    """Yield what the facts besides the notices tell."""
    for name, stage, sentence in HAPPENED:
        if on := getattr(known, name):
            yield StageSign(stage, on, sentence.format(day=on_day(on)))
    if known.justified:
        way = "evaluation" if known.law.route == "psr_msp" else "direct_award"
        why = JUSTIFIED.format(day=on_day(known.justified))
        yield StageSign(way, known.justified, why)


def inferred_from(law: Law) -> Iterable[tuple[str, str]]:
    """Yield each stage with the notice that opens it under a law, or tells of it."""
    kind = law.regime, law.route
    due = transitions.award_notice(*kind, light_touch=law.light_touch)
    found = [
        ("engagement", *codes_that(lambda notice: notice.engages_market)),
        *((each, transitions.opening_notice(*kind, each)) for each in CHOOSING),
        ("standstill", transitions.intention_notice(*kind)),
        ("contract", due.code if due else ""),
        *(
            (end, *transitions.notices_asked_before(*kind, end))
            for end in ("closed", "cancelled")
        ),
    ]
    for stage, *codes in found:
        for code in filter(None, codes):
            yield "review" if stage == "closed" else stage, code
