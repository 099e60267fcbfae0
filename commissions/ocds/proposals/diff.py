"""What a notice would change on a commission that people hold: [ours, theirs].

Pure: rows and mapped columns in, plain JSON values out. What a notice leaves
out is no change; words (title, summary) stay those of the people who hold it.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

from commissions.law.lifecycle import LINE, STAGES
from commissions.law.thresholds import VAT

COLUMNS = ("regime", "route", "light_touch", "starts_on", "ends_on", "extension")
UNSAID = {
    "route": ("other", "not_decided"),
    "regime": ("not_stated",),
    "light_touch": (False,),
}
"""Values by which a notice says nothing."""


AHEAD = {code: place for place, code in enumerate(LINE)}
AHEAD |= {"direct_award": AHEAD["evaluation"] - 0.5, "cancelled": len(STAGES)}


def plain_value(value):
    """Return a column's value as plain JSON, written one way only."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain_value(each) for each in value]
    if isinstance(value, dict):
        return {key: plain_value(each) for key, each in value.items()}
    return value


def is_stated(value):
    """Tell whether a notice says anything by a value."""
    return value not in (None, "", [], {})


def row_difference(ours, theirs):
    """Return [ours, theirs] of the columns that differ, or None where none does.

    `ours` is None where there is no such row yet.
    """
    theirs = {key: value for key, value in theirs.items() if is_stated(value)}
    if ours is None:
        return [None, theirs]
    differing = [
        key for key, value in theirs.items() if key in ours and ours[key] != value
    ]
    if not differing:
        return None
    return [
        {key: ours.get(key) for key in differing},
        {k: theirs[k] for k in differing},
    ]


def paired_rows(ours, theirs):
    """Return, for each of their keys, the key of our row that it is.

    The same key; or, where each side has only one, that one: a publisher
    numbers its awards and contracts in its own way.
    """
    alone = len(ours) == len(theirs) == 1
    only = next(iter(ours), None)
    return {key: key if key in ours or not alone else only for key in theirs}


def rows_differences(kind, ours, theirs):
    """Return the differing rows of one kind as {kind/key: [ours, theirs]}."""
    found = {}
    for key, mine in paired_rows(ours, theirs).items():
        if difference := row_difference(ours.get(mine), theirs[key]):
            found[f"{kind}/{mine}"] = difference
    return found


def column_differences(ours, theirs):
    """Return what differs in law, money and term."""
    found = {}
    for name in COLUMNS:
        value = theirs.get(name)
        if (
            is_stated(value)
            and value not in UNSAID.get(name, ())
            and ours[name] != value
        ):
            found[name] = [ours[name], value]
    if worth_asking(ours["value"], theirs["value"]):
        found["value"] = [ours["value"], theirs["value"]]
    return found


def worth_asking(ours, theirs):
    """Tell whether a notice states another value: [lowest, highest, VAT].

    One that does not say whether VAT is counted says nothing new about that, nor
    does one that gives only the highest we give, or the same before VAT.
    """
    if theirs[1] is None or theirs[2] != "not_stated":
        return theirs[1] is not None and ours != theirs
    if theirs[0] == theirs[1] and ours[1] is not None:
        return not (theirs[1] == ours[1] or before_vat(theirs[1], ours))
    return ours[:2] != theirs[:2]


def before_vat(amount, ours):
    """Tell whether an amount is our highest one without its VAT, to the pound."""
    if ours[2] != "included":
        return False
    return abs(Decimal(amount) * VAT - Decimal(ours[1])) <= 1


def stage_difference(ours, theirs):
    """Return a stage further on, or another closing time for bids."""
    found = {}
    closes_at = theirs["closes_at"]
    if AHEAD[theirs["stage"]] > AHEAD[ours["stage"]]:
        found["stage"] = [ours["stage"], theirs["stage"]]
    elif theirs["stage"] != ours["stage"]:
        return found
    if theirs["stage"] == "tender" and closes_at and closes_at != ours["closes_at"]:
        found["closes_at"] = [ours["closes_at"], closes_at]
    return found


def planned_differences(ours, theirs, stage):
    """Return the days planned that differ, for stages that lie ahead of one."""
    found = {}
    for code, (on, _) in theirs.items():
        before, actual = ours.get(code, [None, None])
        if on and on != before and not actual and AHEAD[code] > AHEAD[stage]:
            found[f"plan/{code}"] = [before, on]
    return found


def proposal_differences(ours, theirs):
    """Return all that a notice would change.

    Each side is {columns, stage, plans, tender, lots, criteria, awards,
    contracts, documents}, in plain values.
    """
    found = stage_difference(ours["stage"], theirs["stage"])
    stage = found.get("stage", [None, ours["stage"]["stage"]])[1]
    found |= planned_differences(ours["plans"], theirs["plans"], stage)
    found |= column_differences(ours["columns"], theirs["columns"])
    if theirs["tender"]:
        tender = row_difference(ours["tender"], theirs["tender"])
        found |= {"tender": tender} if tender else {}
    if theirs["criteria"] and theirs["criteria"] != ours["criteria"]:
        found["criteria"] = [ours["criteria"] or None, theirs["criteria"]]
    for kind in ("lot", "award", "contract"):
        found |= rows_differences(kind, ours[f"{kind}s"], theirs[f"{kind}s"])
    new = {
        key: each
        for key, each in theirs["documents"].items()
        if not {key, each["url"]} & ours["documents"]
    }
    if new:
        found["documents"] = [None, new]
    return found


def undecided_differences(changes, decided):
    """Leave out what people have decided on before: {what: theirs} of each time."""
    return {
        what: change
        for what, change in changes.items()
        if not any(what in once and once[what] == change[1] for once in decided)
    }


def stages_that_came(dates):
    """Return the days on which stages came, as the notices say, by stage."""
    return {stage: actual for stage, (_, actual) in dates.items() if actual}


def proposals_summary(changes):
    """Say what becomes of the changes, for whoever runs the import."""
    if not changes:
        return "it has nothing new to say"
    number = len(changes)
    return f"{number} {'change' if number == 1 else 'changes'} to confirm"
