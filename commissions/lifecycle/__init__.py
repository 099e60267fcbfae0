"""The life of a commission as a table: stages, paths, moves, gates and notices.

Pure: no Django, no database. `path` says which stages a commission passes
through under its law and route; `moves` which of them it may go to next, who
may move it, what must be shown first and which notices must be out; `shown` at
which stage the facts show it to stand. What the record shows of one commission
is read by `commissions.gates`.
"""

from commissions.lifecycle.conditions import CONDITIONS, Condition
from commissions.lifecycle.moves import (
    ADVANCE,
    COMMIT,
    Law,
    Move,
    move,
    moves,
    reachable,
)
from commissions.lifecycle.notices import Due, award_notice, intention_notice
from commissions.lifecycle.regimes import ROUTES, has_standstill, path
from commissions.lifecycle.shown import Known, Shown, shown
from commissions.lifecycle.stages import (
    BEFORE_TENDER,
    ENDS,
    LINE,
    ORDER,
    SIGNED,
    STAGES,
    Stage,
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
    "Condition",
    "Due",
    "Known",
    "Law",
    "Move",
    "Shown",
    "Stage",
    "award_notice",
    "has_standstill",
    "intention_notice",
    "move",
    "moves",
    "path",
    "reachable",
    "shown",
]
