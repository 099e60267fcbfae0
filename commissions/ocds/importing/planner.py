"""Plan one batch of releases: what each leads to, compared with what is kept.

A commission that is known from its notices only is changed at once. Of one that
people hold they are asked: what a notice would change is a proposal.
"""

import zlib
from collections import defaultdict

from commissions.law.notices import PLATFORMS
from commissions.models import (
    Amendment,
    Award,
    AwardCriterion,
    Commission,
    Contract,
    Document,
    Indicator,
    LinkedOcid,
    Lot,
    Notice,
    Proposal,
    Rating,
    Release,
    StageDate,
    StageDateChange,
    Tender,
)
from commissions.ocds.importing.existing import (
    StoredCommissions,
    ids_apart,
    reference_of,
)
from commissions.ocds.importing.mapping.json_reader import Part, Unusable
from commissions.ocds.importing.mapping.notice import notice_of
from commissions.ocds.importing.mapping.parties import buyer_of, parties_of
from commissions.ocds.importing.mapping.release import (
    NoBuyer,
    amend,
    buyers_of,
    map_release,
)
from commissions.ocds.importing.mapping.stage import Sent
from commissions.ocds.importing.match import organisation
from commissions.ocds.importing.merge import apart_by_buyer, merge_releases
from commissions.ocds.importing.plan import BY, ImportPlan
from commissions.ocds.importing.releases import ReceivedRelease, RefusedRelease
from commissions.ocds.proposals.diff import (
    proposal_differences,
    proposals_summary,
    stages_that_came,
    undecided_differences,
)
from commissions.ocds.proposals.snapshots import OurSide, their_side
from commissions.record.references import contract_reference

TAKEN_BY_A_COMMISSION = (
    "{platform} has one notice {number}, and it is recorded here already, on {where}. "
    "If both are the same notice, link the OCID {ocid} to that commission and import "
    "it again; otherwise ask whoever publishes the release."
)
TAKEN_BY_A_BODY = (
    "{platform} has one notice {number}, and it is recorded here already, on {body} as "
    "its own notice {code}, of which there is no release. One of the two numbers is "
    "wrong: ask {body}, or whoever publishes the release."
)


class ImportPlanner:
    """Plans batches; knows the organisations, areas and topics of the run."""

    def __init__(self, register, gazetteer, now):
        self.register, self.gazetteer, self.now = register, gazetteer, now
        self.plan, self.stored, self.our_side = ImportPlan(), None, None
        self.numbers = {}  # of this batch: the OCID of each (platform, number)

    def batch(self, received):
        """Return the plan for a batch of checked releases."""
        self.begin(received)
        fresh = self.fresh(received)
        earlier = self.read([o for o in fresh if o in self.stored.commissions])
        for ocid, releases in fresh.items():
            self.add_ocid(ocid, releases, earlier[ocid])
        return self.plan

    def begin(self, received):
        """Forget the last batch; read which commissions this one is about."""
        self.plan = ImportPlan()
        self.register.refresh()
        self.stored, self.numbers = StoredCommissions(received), {}

    def read(self, ocids):
        """Read what is kept of some OCIDs; return their releases as received."""
        self.stored.read_rows(ocids)
        held = self.stored.held(ocids)
        self.our_side = OurSide(self.stored, held) if held else None
        return self.stored.bodies(ocids)

    def propose_again(self, ocid):
        """Return the plan of asking what the kept notices of an OCID would change."""
        self.begin([ReceivedRelease({}, "", ocid=ocid)])
        found = self.map_whole(ocid, [], [], self.read([ocid])[ocid])
        notices = list(Notice.objects.filter(ocid=ocid))
        self.propose(ocid, self.stored.commissions[ocid], found, notices)
        return self.plan

    def refuse(self, received, reason):
        self.plan.refused.append(RefusedRelease(received.where, reason, received.id))

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

    def add_ocid(self, ocid, releases, earlier):
        """Plan what the new releases of one OCID lead to."""
        alone = len(releases) == 1 and not earlier
        good = releases if alone else [e for e in releases if self.maps_alone(e)]
        try:
            notices = [self.notice(each) for each in good]
            found = good and self.map_whole(ocid, good, notices, earlier)
        except Unusable as error:
            for each in good:
                self.refuse(each, str(error))
            return
        if found:
            self.remark(good, found.dropped)
            self.unlink_other_buyers(ocid, found)
            once = self.refuse_taken_numbers(ocid, good, notices)
            if once != good:
                self.add_ocid(ocid, once, earlier)
                return
            first = min([each.at for each in good] + self.stored.times(ocid))
            commission = self.add_commission(ocid, found, first, good)
            kept = self.add_notices(commission, good, notices)
            if commission.reference in self.stored.claimed:
                self.propose(ocid, commission, found, kept)

    def remark(self, releases, dropped):
        """Name what was left out of some releases, and how they were come by."""
        for each in releases:
            self.plan.remarks += [f"{each.id}: {note}" for note in each.notes]
        named = ", ".join(each.id for each in releases)
        self.plan.remarks += [f"{named}: {what} It was left out." for what in dropped]

    def map_whole(self, ocid, releases, notices, earlier):
        """Map all that is known of an OCID, kept and new; raise Unusable."""
        history = self.stored.history(ocid) + [
            Sent(each.at, tuple(each.tags), notice["code"], notice["form"])
            for each, notice in zip(releases, notices, strict=True)
        ]
        history.sort(key=lambda sent: sent.at)
        urls = self.stored.urls(ocid) | {n["url"] for n in notices if n["url"]}
        values = [*earlier, *(each.value for each in releases)]
        values, buyers = apart_by_buyer(values) if len(values) > 1 else (values, {})
        merged = merge_releases(values)
        found = map_release(merged, history=history, notices=urls, now=self.now)
        if found.contracts:
            amend(found, values)
        found.buyers |= buyers_of(buyers, merged)
        return found

    def maps_alone(self, received):
        """Tell whether a release can be mapped by itself; refuse it if not.

        An update may leave out the buyer, whom an earlier release named.
        """
        history = [Sent(received.at, tuple(received.tags))]
        buyer = {"buyer": {"id": "-", "name": "-"}}
        try:
            self.notice(received)
            try:
                map_release(
                    received.value, history=history, notices=set(), now=self.now
                )
            except NoBuyer:
                value = {**received.value, **buyer}
                map_release(value, history=history, notices=set(), now=self.now)
        except Unusable as error:
            self.refuse(received, str(error))
            return False
        return True

    def notice(self, received):
        """Return a release's columns as a notice."""
        release = Part(received.value)
        buyer = buyer_of(release, parties_of(release))
        columns = notice_of(
            release,
            tags=received.tags,
            publisher=received.publisher,
            contact=buyer.contact if buyer else {},
            nation=buyer.nation if buyer else "england",
        )
        columns["published_at"] = min(received.at, self.now)
        return columns

    def add_notices(self, commission, releases, notices):
        """Plan to keep each release as received, and return their notices.

        A notice that staff recorded before its release came is that notice.
        """
        kept = []
        for each, columns in zip(releases, notices, strict=True):
            columns["title"] = columns["title"] or commission.title
            notice = self.stored.recorded(each, commission)
            if notice:
                known = {k: v for k, v in columns.items() if v}
                place = {"commission": commission, "organisation": None}
                self.plan.put(notice, {**known, **place})
            else:
                notice = self.plan.add(Notice(commission=commission, **columns))
            kept.append(notice)
            self.plan.add(
                Release(
                    notice=notice,
                    source=each.where[:1000],
                    received_at=self.now,
                    digest=each.digest,
                    body=zlib.compress(each.text.encode(), 6),
                )
            )
        return kept

    def add_commission(self, ocid, found, first, releases):
        """Plan the commission of an OCID: new, changed, or somebody's own."""
        commission = self.stored.commissions.get(ocid)
        lead = self.organisation(found.lead)
        if commission is None:
            commission = self.new_commission(ocid, found, lead, first)
        elif commission.reference in self.stored.claimed:
            if ocid in self.stored.matches.links:
                self.plan.add(
                    LinkedOcid(commission=commission, ocid=ocid, linked_by=BY)
                )
            return commission
        else:
            published_at = min(commission.published_at or self.now, first)
            columns = {**self.columns(found), "published_at": published_at}
            if self.plan.put(commission, columns):
                commission.changed_at = self.now
        self.add_sections(commission, found)
        self.add_dates(commission, found, releases[-1].id)
        self.link_areas_and_partners(commission, found)
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
            reference = ids_apart(ocid)
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

    def link_areas_and_partners(self, commission, found):
        """Plan the links to areas and partners; what is linked stays linked."""
        for area in self.gazetteer.areas_of(found.places):
            self.plan.link(Commission.areas.through, commission=commission, area=area)
        for party in found.partners:
            self.plan.link(
                Commission.partners.through,
                commission=commission,
                organisation=self.organisation(party).saved(),
            )

    def add_dates(self, commission, found, release_id):
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

    def add_sections(self, commission, found):
        """Plan the tender, lots, awards, contracts and documents."""
        lots = {}
        columns = found.tender or ({"title": commission.title} if found.lots else None)
        if columns:
            columns["title"] = columns["title"] or commission.title
            tender = self.add_or_change(
                Tender, commission, commission.pk, {"commission": commission}, columns
            )
            for key, each in found.lots.items():
                ends = {"tender": tender, "lot_id": key}
                lots[key] = self.add_or_change(Lot, commission, key, ends, each)
            self.add_criteria(commission, found, tender, lots)
        awards = {}
        for key, (each, suppliers, of_lots) in found.awards.items():
            ends = {"commission": commission, "award_id": key}
            award = awards[key] = self.add_or_change(Award, commission, key, ends, each)
            self.name_buyer(award, found.buyers.get(key))
            self.link_suppliers(Award, award, suppliers)
            for lot in filter(None, map(lots.get, of_lots)):
                self.plan.link(Award.lots.through, award=award, lot=lot)
        self.add_contracts(commission, found, awards)
        for key, each in found.documents.items():
            ends = {"commission": commission, "source_id": key}
            self.add_or_change(Document, commission, key, ends, each)

    def add_criteria(self, commission, found, tender, lots):
        """Plan what bids are judged by; where it is said anew, the rest goes."""
        known = self.stored.of(AwardCriterion, commission) if found.criteria else {}
        for key in known.keys() - found.criteria.keys():
            self.plan.drop[known[key].pk] = known[key]
        for (lot_id, name), each in found.criteria.items():
            ends = {"tender": tender, "lot": lots.get(lot_id), "name": name}
            self.add_or_change(AwardCriterion, commission, (lot_id, name), ends, each)

    def name_buyer(self, award, buyer):
        """Plan to say who made an award, where several bodies buy."""
        if buyer and award.buyer_id is None:
            award.buyer = self.organisation(buyer).saved()
            self.plan.touch(award, "buyer")

    def add_contracts(self, commission, found, awards):
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
                row = self.add_or_change(Contract, commission, key, ends, columns)
                self.link_suppliers(Contract, row, suppliers)
                self.add_life(commission, found, key, row)

    def add_life(self, commission, found, key, contract):
        """Plan what happened to one contract: its changes, indicators and ratings."""
        for source, each in found.amendments.get(key, {}).items():
            ends = {"contract": contract, "source_id": source}
            self.add_or_change(Amendment, commission, (key, source), ends, each)
        for title, (target, marks) in found.indicators.get(key, {}).items():
            ends = {"contract": contract, "title": title}
            indicator = self.add_or_change(
                Indicator, commission, (key, title), ends, {"target": target}
            )
            for mark in marks:
                ends = {"indicator": indicator, "starts_on": mark["starts_on"]}
                columns = {n: v for n, v in mark.items() if n != "starts_on"}
                its = (key, title, mark["starts_on"])
                self.add_or_change(Rating, commission, its, ends, columns)

    def link_suppliers(self, model, row, suppliers):
        """Plan the links of an award or a contract to its suppliers."""
        end = model._meta.model_name
        for party in suppliers:
            supplier = self.organisation(party).saved()
            self.plan.link(
                model.suppliers.through, **{end: row, "organisation": supplier}
            )

    def add_or_change(self, model, commission, key, ends, columns):
        """Plan to create a row, or to change the one there is."""
        row = self.stored.of(model, commission).get(key)
        if row is None:
            return self.plan.add(model(**ends, **columns))
        self.plan.put(row, columns)
        return row

    def propose(self, ocid, commission, found, notices):
        """Plan what people are asked to confirm, in place of what waited before."""
        key = commission.pk, ocid
        waiting = self.our_side.waiting.get(key)
        if waiting:
            self.plan.put(waiting, {"state": Proposal.State.SUPERSEDED})
        theirs = their_side(found, self.slug)
        changes = proposal_differences(self.our_side.of(commission), theirs)
        changes = undecided_differences(changes, self.our_side.decided[key])
        newest = max(notices, key=lambda notice: notice.published_at)
        if changes:
            self.plan.add(
                Proposal(
                    commission=commission,
                    notice=newest,
                    ocid=ocid,
                    changes=changes,
                    came=stages_that_came(theirs["plans"]),
                    proposed_at=self.now,
                )
            )
        self.plan.remarks.append(
            f"{newest.release_id} joins commission {commission.reference}, which "
            f"people hold: {proposals_summary(changes)}."
        )

    def unlink_other_buyers(self, ocid, found):
        """Join nothing by itself to a commission of which another body leads.

        Anybody who publishes notices can name any process as the one that its
        own follows on from. Staff link such an OCID by hand where it is right.
        """
        matches = self.stored.matches
        if ocid not in matches.named or self.is_one_of(matches.links[ocid], found):
            return
        commission = matches.links.pop(ocid)
        matches.named.discard(ocid)
        del self.stored.commissions[ocid]
        self.plan.remarks.append(
            f"{ocid} names commission {commission.reference}, but another body "
            "publishes it: staff link it by hand where that is right."
        )

    def is_one_of(self, commission, found):
        """Tell whether a body that buys leads a commission, or is its partner."""
        slugs = {self.slug(party) for party in (found.lead, *found.partners)}
        bodies = (commission.organisation, *commission.partners.all())
        return bool(slugs & {body.slug for body in bodies})

    def slug(self, party):
        return self.organisation(party).slug

    def refuse_taken_numbers(self, ocid, releases, notices):
        """Return the releases whose number no other notice has; refuse the others."""
        kept = []
        for each, columns in zip(releases, notices, strict=True):
            if why := self.number_taken(ocid, each, columns):
                self.refuse(each, why)
            else:
                kept.append(each)
        return kept

    def number_taken(self, ocid, received, columns):
        """Say that another notice has the number of a release, and where; or nothing."""
        platform, number = key = columns["platform"], columns["release_id"]
        if platform not in PLATFORMS:
            return ""
        said = {"platform": platform, "number": number, "ocid": ocid}
        first = self.numbers.setdefault(key, ocid)
        if first != ocid:
            return TAKEN_BY_A_COMMISSION.format(
                **said, where=f"the commission of OCID {first}"
            )
        notice = self.stored.matches.kept.get(key)
        mine = self.stored.recorded(received, self.stored.commissions.get(ocid))
        if notice is None or (mine and mine.pk == notice.pk):
            return ""
        if body := notice.organisation:
            return TAKEN_BY_A_BODY.format(**said, body=body, code=notice.code)
        its = notice.commission
        return TAKEN_BY_A_COMMISSION.format(
            **said, where=f"commission {its.reference} (“{its}”)"
        )

    def organisation(self, party):
        return organisation(self.register, self.plan, party)
