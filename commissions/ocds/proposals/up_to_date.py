"""A proposal as it stands today: our side may have changed since its notice came."""

from commissions.ocds.importing.existing import Stored
from commissions.ocds.importing.validation import Received
from commissions.ocds.proposals.snapshots import Held


def up_to_date(proposal):
    """Return the changes of a proposal with our side as it is now.

    Some fifteen queries, however many changes there are.
    """
    commission, ocid = proposal.commission, proposal.ocid
    stored = Stored([Received({}, "", ocid=ocid)])
    stored.commissions[ocid] = commission
    stored.read_rows([ocid])
    side = Held(stored, [commission.pk]).side(commission)
    return {
        what: [ours(side, what, theirs), theirs]
        for what, (_, theirs) in proposal.changes.items()
    }


def ours(side, what, theirs):
    """Return what our side says of one change, in the shape of theirs."""
    kind, _, key = what.partition("/")
    if what in side["stage"]:
        return side["stage"][what]
    if kind == "plan":
        return side["plans"].get(key, [None])[0]
    if what in side["columns"]:
        return side["columns"][what]
    if what == "criteria":
        return side["criteria"] or None
    if what == "documents":
        return None
    row = side["tender"] if what == "tender" else side[f"{kind}s"].get(key)
    return row and {name: row.get(name) for name in theirs}
