"""The life of a commission as a table: stages, paths, moves, gates and notices.

Pure: no Django, no database. `path` says which stages a commission passes
through under its law and route; `moves` which of them it may go to next, who
may move it, what must be shown first and which notices must be out; `shown` at
which stage the facts show it to stand. What the record shows of one commission
is read by `commissions.commission.gates`.
"""

from commissions.law.lifecycle.conditions import CONDITIONS, GateCondition
from commissions.law.lifecycle.stages import (
    BEFORE_TENDER,
    ENDS,
    LINE,
    ORDER,
    ROUTES,
    SIGNED,
    STAGES,
    STATED_DAYS,
    Stage,
    has_standstill,
    path,
    stated_name,
)
from commissions.law.lifecycle.transitions import (
    ADVANCE,
    COMMIT,
    DueNotice,
    InferredStage,
    Law,
    Move,
    StageFacts,
    award_notice,
    inferred_stage,
    intention_notice,
    move,
    moves,
    reachable_stages,
)

__all__ = [
    "ADVANCE",
    "BEFORE_TENDER",
    "COMMIT",
    "CONDITIONS",
    "ENDS",
    "LINE",
    "ORDER",
    "ROUTES",
    "SIGNED",
    "STAGES",
    "STATED_DAYS",
    "DueNotice",
    "GateCondition",
    "InferredStage",
    "Law",
    "Move",
    "Stage",
    "StageFacts",
    "award_notice",
    "has_standstill",
    "inferred_stage",
    "intention_notice",
    "move",
    "moves",
    "path",
    "reachable_stages",
    "stated_name",
]
