"""The two sides of a proposal in plain values: ours as kept, theirs as mapped."""

from collections import defaultdict

from commissions.models import (
    Award,
    AwardCriterion,
    Contract,
    DirectAward,
    Document,
    Lot,
    Proposal,
    StageDate,
    Tender,
)
from commissions.ocds.importing.existing import StoredCommissions
from commissions.ocds.importing.releases import ReceivedRelease
from commissions.ocds.proposals.diff import COLUMNS, plain_value

STORED = {
    Tender: {"id", "commission"},
    Lot: {"id", "tender", "lot_id"},
    Award: {"id", "commission", "award_id"},
    Contract: {"id", "commission", "contract_id", "award", "reference"},
}
"""Columns that tell which row it is, not what it says."""
LINKS = {Award: ("suppliers", "lots"), Contract: ("suppliers",)}


class OurSide:
    """Our side of the commissions of a batch that people hold."""

    def __init__(self, stored, held):
        self.stored = stored
        self.links = defaultdict(list)
        self.waiting, self.decided = {}, defaultdict(list)
        self.justified, self.addresses = {}, defaultdict(set)
        if held:
            listed = Document.objects.filter(commission__in=held).exclude(url="")
            for pk, url in listed.values_list("commission", "url"):
                self.addresses[pk].add(url)
            said = DirectAward.objects.filter(commission__in=held)
            self.justified = dict(said.values_list("commission", "explanation"))
            self.read_links(held)
            self.read_proposals(held)

    def read_links(self, held):
        """Read suppliers and lots of the awards and contracts there are."""
        for model, field, end in (
            (Award, "suppliers", "organisation__slug"),
            (Contract, "suppliers", "organisation__slug"),
            (Award, "lots", "lot__lot_id"),
        ):
            name = model._meta.model_name
            through = getattr(model, field).through.objects
            rows = through.filter(**{f"{name}__commission__in": held})
            for pk, value in rows.order_by(end).values_list(name, end):
                self.links[model, field, pk].append(value)

    def read_proposals(self, held):
        """Read what waits, and what was asked and decided before."""
        for each in Proposal.objects.filter(commission__in=held):
            key = each.commission_id, each.ocid
            if each.state == Proposal.State.WAITING:
                self.waiting[key] = each
            elif each.decided_at:
                asked = {what: theirs for what, (_, theirs) in each.changes.items()}
                self.decided[key].append(asked)

    def columns(self, model, row):
        """Return what a row says, with its suppliers and lots."""
        skip = STORED[model]
        said = {
            field.name: plain_value(getattr(row, field.attname))
            for field in model._meta.concrete_fields
            if field.name not in skip
        }
        for name in LINKS.get(model, ()):
            said[name] = self.links[model, name, row.pk]
        return said

    def rows(self, model, commission):
        """Return the rows of one sort by their key."""
        rows = self.stored.of(model, commission)
        return {key: self.columns(model, row) for key, row in rows.items()}

    def criteria(self, commission):
        """Return what bids are judged by, in order."""
        rows = self.stored.of(AwardCriterion, commission).items()
        listed = sorted(rows, key=lambda item: (item[1].order, item[1].pk))
        return [
            plain_value([*key, row.kind, row.weight, row.description])
            for key, row in listed
        ]

    def tender(self, commission):
        """Return the tender; why there is no competition may have been said here."""
        found = next(iter(self.rows(Tender, commission).values()), None)
        said = self.justified.get(commission.pk)
        if found and said and not found["no_competition_because"]:
            found["no_competition_because"] = said
        return found

    def of(self, commission):
        """Return our side of one commission."""
        return {
            "columns": columns_of(commission),
            "stage": {
                "stage": commission.stage,
                "closes_at": plain_value(commission.window_closes_at),
            },
            "plans": {
                stage: plain_value([row.planned_on, row.actual_on])
                for stage, row in self.stored.of(StageDate, commission).items()
            },
            "tender": self.tender(commission),
            "lots": self.rows(Lot, commission),
            "criteria": self.criteria(commission),
            "awards": self.rows(Award, commission),
            "contracts": self.rows(Contract, commission),
            "documents": {
                *self.stored.of(Document, commission),
                *self.addresses[commission.pk],
            },
        }


def columns_of(commission):
    """Return law, money and term of a commission."""
    money = (commission.value_min, commission.value_max, commission.value_vat)
    columns = {name: plain_value(getattr(commission, name)) for name in COLUMNS}
    return {**columns, "value": plain_value(money)}


def their_side(found, slug_of):
    """Return the side of a mapped release; `slug_of` names a party's body."""
    said = found.columns
    money = (said["value_min"], said["value_max"], said["value_vat"])

    def slugs(parties):
        return sorted({slug_of(party) for party in parties})

    return {
        "columns": {
            **plain_value({n: said[n] for n in COLUMNS}),
            "value": plain_value(money),
        },
        "stage": {
            "stage": said["stage"],
            "closes_at": plain_value(said["window_closes_at"]),
        },
        "plans": plain_value(found.dates),
        "tender": plain_value(found.tender),
        "lots": plain_value(found.lots),
        "criteria": [
            plain_value([*key, each["kind"], each["weight"], each["description"]])
            for key, each in found.criteria.items()
        ],
        "awards": {
            key: {
                **plain_value(each),
                "suppliers": slugs(who),
                "lots": sorted({lot for lot in lots if lot in found.lots}),
            }
            for key, (each, who, lots) in found.awards.items()
        },
        "contracts": {
            key: {**plain_value(each), "suppliers": slugs(who), "award": award}
            for key, (each, who, award) in found.contracts.items()
        },
        "documents": plain_value(found.documents),
    }


def up_to_date(proposal):
    """Return the changes of a proposal with our side as it is now.

    Some fifteen queries, however many changes there are.
    """
    commission, ocid = proposal.commission, proposal.ocid
    stored = StoredCommissions([ReceivedRelease({}, "", ocid=ocid)])
    stored.commissions[ocid] = commission
    stored.read_rows([ocid])
    side = OurSide(stored, [commission.pk]).of(commission)
    return {
        what: [our_side(side, what, theirs), theirs]
        for what, (_, theirs) in proposal.changes.items()
    }


def our_side(side, what, theirs):
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
