"""What hangs on a commission that is known from its notices: tender to documents."""

from commissions.models import Award, AwardCriterion, Contract, Document, Lot, Tender
from commissions.record.references import contract_reference


class Hanging:
    """The part of the planner that hangs rows on a commission.

    It needs `plan`, `stored` and `organisation` of the planner.
    """

    def hang(self, commission, found):
        """Plan the tender, lots, awards, contracts and documents."""
        lots = {}
        columns = found.tender or ({"title": commission.title} if found.lots else None)
        if columns:
            columns["title"] = columns["title"] or commission.title
            tender = self.row(
                Tender, commission, commission.pk, {"commission": commission}, columns
            )
            for key, each in found.lots.items():
                ends = {"tender": tender, "lot_id": key}
                lots[key] = self.row(Lot, commission, key, ends, each)
            self.judge(commission, found, tender, lots)
        awards = {}
        for key, (each, suppliers, of_lots) in found.awards.items():
            ends = {"commission": commission, "award_id": key}
            award = awards[key] = self.row(Award, commission, key, ends, each)
            self.supply(Award, award, suppliers)
            for lot in filter(None, map(lots.get, of_lots)):
                self.plan.link(Award.lots.through, award=award, lot=lot)
        self.sign(commission, found, awards)
        for key, each in found.documents.items():
            ends = {"commission": commission, "source_id": key}
            self.row(Document, commission, key, ends, each)

    def judge(self, commission, found, tender, lots):
        """Plan what bids are judged by; where it is said anew, the rest goes."""
        known = self.stored.of(AwardCriterion, commission) if found.criteria else {}
        for key in known.keys() - found.criteria.keys():
            self.plan.drop[known[key].pk] = known[key]
        for (lot_id, name), each in found.criteria.items():
            ends = {"tender": tender, "lot": lots.get(lot_id), "name": name}
            self.row(AwardCriterion, commission, (lot_id, name), ends, each)

    def sign(self, commission, found, awards):
        """Plan the contracts; what staff signed, changed or completed stays theirs."""
        for key, (each, suppliers, award_id) in found.contracts.items():
            ends = {
                "commission": commission,
                "contract_id": key,
                "award": awards.get(award_id),
                "reference": contract_reference(commission.reference, key),
            }
            known = self.stored.of(Contract, commission).get(key)
            if known is None or known.reference not in self.stored.kept_contracts:
                theirs = self.stored.completed.get(known and known.reference, ())
                columns = {n: value for n, value in each.items() if n not in theirs}
                row = self.row(Contract, commission, key, ends, columns)
                self.supply(Contract, row, suppliers)

    def supply(self, model, row, suppliers):
        """Plan the links of an award or a contract to its suppliers."""
        end = model._meta.model_name
        for party in suppliers:
            supplier = self.organisation(party).saved()
            self.plan.link(
                model.suppliers.through, **{end: row, "organisation": supplier}
            )

    def row(self, model, commission, key, ends, columns):
        """Plan to create a row, or to change the one there is."""
        row = self.stored.of(model, commission).get(key)
        if row is None:
            return self.plan.add(model(**ends, **columns))
        self.plan.put(row, columns)
        return row
