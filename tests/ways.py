"""Every way through the table of moves: which stages are reached without a gate or a notice.

The stages and the laws are written out, not read from the table, so that a
table that lost something cannot vouch for itself.
"""

from itertools import product

from commissions.law.lifecycle import ROUTES, moves
from commissions.models import Commission

BEFORE = ("intention", "engagement", "draft_open", "considering", "decided")
CHOSEN = {"tender", "evaluation", "direct_award", "standstill", "contract"}
RUNNING = {"mobilisation", "delivery", "review", "closed"}
STATED = {"procurement_act", "psr", "below_threshold"}
"""The laws of which a route must be chosen."""

KINDS = list(
    product(
        Commission.Regime.values,
        Commission.Route.values,
        (False, True),  # light touch
        (False, True),  # too small for notices
    )
)
"""Every law with every route, whether it knows the route or not, lighter or not."""

LAWFUL = [
    (law, route, light, False)
    for law, routes in ROUTES.items()
    for route in routes
    for light in (False, True)
]
"""Every law with the routes it knows, worth enough for its notices."""


def leaving(kind, stage):
    """Return the moves of the table from a stage."""
    regime, route, light, small = kind
    return moves(regime, route, stage, light_touch=light, small=small)


def bringing_in(stage, step):
    """Tell whether a move brings in a contract that was made before the portal."""
    return stage == "intention" and step.to in {"contract", *RUNNING}


def reached(kind, *, without, since="intention"):
    """Return the stages that are reached though some moves are taken out.

    `without(stage, move)` tells which.
    """
    seen, waiting = {since}, [since]
    while waiting:
        stage = waiting.pop()
        for step in leaving(kind, stage):
            if step.to not in seen and not without(stage, step):
                seen.add(step.to)
                waiting.append(step.to)
    return seen


def without_gate(kind, *codes):
    """Return the stages reached by those who meet none of these gates."""
    return reached(
        kind,
        without=lambda stage, step: (
            set(codes) & set(step.gates) or bringing_in(stage, step)
        ),
    )


def without_notice(kind, code):
    """Return the stages reached by those who never publish a notice."""
    return reached(
        kind,
        without=lambda stage, step: code in step.notices or bringing_in(stage, step),
    )


def of(regime, *routes):
    """Return the kinds of a law and of some of its routes, or of every one."""
    return [
        kind
        for kind in LAWFUL
        if kind[0] == regime and (not routes or kind[1] in routes)
    ]
