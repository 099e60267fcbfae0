"""Plan one batch of releases: what each leads to, compared with what is kept."""

import zlib
from collections import defaultdict

from commissions.models import (
    Award,
    Commission,
    Contract,
    Document,
    Lot,
    Notice,
    Release,
    StageDate,
    StageDateChange,
    Tender,
)
from commissions.ocds.checking import Refused
from commissions.ocds.life import Sent
from commissions.ocds.mapping import NoBuyer, mapped
from commissions.ocds.merging import merged
from commissions.ocds.notices import notice_of
from commissions.ocds.organising import organisation
from commissions.ocds.parties import buyer_of, parties_of
from commissions.ocds.parts import Part, Unusable
from commissions.ocds.plan import Plan
from commissions.ocds.stored import Stored, apart, reference_of


class Planner:
    """Plans batches; knows the organisations, areas and topics of the run."""

    def __init__(self, register, gazetteer, now):
        self.register, self.gazetteer, self.now = register, gazetteer, now
        self.plan, self.stored = Plan(), None

    def batch(self, received):
        """Return the plan for a batch of checked releases."""
        self.plan = Plan()
        self.register.refresh()
        self.stored = Stored({each.ocid for each in received})
        fresh = self.fresh(received)
        again = [ocid for ocid in fresh if ocid in self.stored.commissions]
        earlier = self.stored.bodies(again)
        self.stored.read_rows(again)
        for ocid, releases in fresh.items():
            self.one(ocid, releases, earlier[ocid])
        return self.plan

    def refuse(self, received, reason):
        """Plan not to import a release, and say why."""
        self.plan.refused.append(Refused(received.where, reason, received.id))

    def fresh(self, received):
        """Return the releases that are new, by OCID; count or refuse the rest."""
        fresh, seen = defaultdict(list), {}
        for each in received:
            key = (each.ocid, each.id)
            kept = self.stored.digest(*key) or seen.get(key)
            if kept is None:
                seen[key] = each.digest
                fresh[each.ocid].append(each)
            elif kept == each.digest:
                self.plan.left_alone += 1
            else:
                self.refuse(
                    each,
                    "It was received before under this id with other content. A "
                    "release never changes, so the one received first is kept.",
                )
        return fresh

    def one(self, ocid, releases, earlier):
        """Plan what the new releases of one OCID lead to."""
        alone = len(releases) == 1 and not earlier
        good = releases if alone else [e for e in releases if self.sound(e)]
        try:
            notices = [self.notice(each) for each in good]
            found = good and self.meaning(ocid, good, notices, earlier)
        except Unusable as error:
            for each in good:
                self.refuse(each, str(error))
            return
        if found:
            first = min([each.at for each in good] + self.stored.times(ocid))
            commission = self.commission(ocid, found, first, good)
            self.receive(commission, good, notices)

    def meaning(self, ocid, releases, notices, earlier):
        """Map all that is known of an OCID, kept and new; raise Unusable."""
        history = self.stored.history(ocid) + [
            Sent(each.at, tuple(each.tags), notice["code"])
            for each, notice in zip(releases, notices, strict=True)
        ]
        history.sort(key=lambda sent: sent.at)
        urls = self.stored.urls(ocid) | {n["url"] for n in notices if n["url"]}
        whole = merged([*earlier, *(each.value for each in releases)])
        return mapped(whole, history=history, notices=urls, now=self.now)

    def sound(self, received):
        """Tell whether a release can be mapped by itself; refuse it if not."""
        try:
            self.alone(received)
        except Unusable as error:
            self.refuse(received, str(error))
            return False
        return True

    def alone(self, received):
        """Map a release by itself; raise Unusable.

        An update may leave out the buyer, whom an earlier release named.
        """
        self.notice(received)
        sent = {
            "history": [Sent(received.at, tuple(received.tags))],
            "notices": set(),
            "now": self.now,
        }
        try:
            mapped(received.value, **sent)
        except NoBuyer:
            mapped({**received.value, "buyer": {"id": "-", "name": "-"}}, **sent)

    def notice(self, received):
        """Return a release's columns as a notice."""
        release = Part(received.value)
        buyer = buyer_of(release, parties_of(release))
        columns = notice_of(
            release,
            tags=received.tags,
            publisher=received.publisher,
            contact=buyer.contact if buyer else {},
        )
        columns["published_at"] = min(received.at, self.now)
        return columns

    def receive(self, commission, releases, notices):
        """Plan to keep each release as received, with its notice."""
        for each, columns in zip(releases, notices, strict=True):
            columns["title"] = columns["title"] or commission.title
            notice = self.plan.add(Notice(commission=commission, **columns))
            self.plan.add(
                Release(
                    notice=notice,
                    source=each.where[:1000],
                    received_at=self.now,
                    digest=each.digest,
                    body=zlib.compress(each.text.encode(), 6),
                )
            )

    # Commissions

    def commission(self, ocid, found, first, releases):
        """Plan the commission of an OCID: new, changed, or somebody's own."""
        commission = self.stored.commissions.get(ocid)
        lead = self.organisation(found.lead)
        if commission is None:
            commission = self.new_commission(ocid, found, lead, first)
        elif commission.reference in self.stored.claimed:
            ids = ", ".join(each.id for each in releases)
            self.plan.remarks.append(
                f"{ids} joins commission {commission.reference}, which keeps its own "
                "words, stage and dates."
            )
            self.hang(commission, found)
            return commission
        else:
            published_at = min(commission.published_at or self.now, first)
            columns = {**self.columns(found), "published_at": published_at}
            if self.plan.put(commission, columns):
                commission.changed_at = self.now
        self.hang(commission, found)
        self.date(commission, found, releases[-1].id)
        self.join(commission, found)
        self.plan.touched.append(commission)
        return commission

    def columns(self, found):
        """Return a commission's columns."""
        topic = self.gazetteer.topic(found.cpv, found.columns["title"])
        return {**found.columns, "topic_id": topic.pk if topic else None}

    def new_commission(self, ocid, found, lead, first):
        """Plan a commission that is known from its notices only."""
        reference = reference_of(ocid)
        if reference in self.stored.references:
            reference = apart(ocid)
        self.stored.references.add(reference)
        return self.plan.add(
            Commission(
                ocid=ocid,
                reference=reference,
                organisation=lead.saved(),
                published_at=min(first, self.now),
                **self.columns(found),
            )
        )

    def join(self, commission, found):
        """Plan the links to areas and partners; what is linked stays linked."""
        for area in self.gazetteer.areas_of(found.places):
            self.plan.link(Commission.areas.through, commission=commission, area=area)
        for party in found.partners:
            self.plan.link(
                Commission.partners.through,
                commission=commission,
                organisation=self.organisation(party).saved(),
            )

    def date(self, commission, found, release_id):
        """Plan the dates of stages; a planned date that moves keeps the old one."""
        known = self.stored.of(StageDate, commission)
        for stage, (planned, actual) in found.dates.items():
            row = known.get(stage)
            if row is None:
                self.plan.add(
                    StageDate(
                        commission=commission,
                        stage=stage,
                        planned_on=planned,
                        actual_on=actual,
                    )
                )
                continue
            before = row.planned_on
            planned = planned or before
            self.plan.put(row, {"planned_on": planned, "actual_on": actual})
            if before and planned != before:
                self.plan.add(
                    StageDateChange(
                        stage_date=row,
                        planned_before=before,
                        planned_after=planned,
                        moved_at=self.now,
                        reason=f"Notice {release_id} gives this date.",
                    )
                )

    # What hangs on it: facts of the notices, whoever holds the commission

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

    def sign(self, commission, found, awards):
        """Plan the contracts."""
        for key, (each, suppliers, award_id) in found.contracts.items():
            ends = {
                "commission": commission,
                "contract_id": key,
                "award": awards.get(award_id),
            }
            row = self.row(Contract, commission, key, ends, each)
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

    def organisation(self, party):
        """Return the body that a party is, planning what is new about it."""
        return organisation(self.register, self.plan, party)
