"""What the database holds already: a batch's commissions; areas and topics of a run."""

import json
import re
import zlib
from collections import defaultdict
from hashlib import sha256
from operator import attrgetter

from commissions.classification.import_cpv import TOPIC_OF, topic_of
from commissions.law.notices import OF_BODIES_ALONE
from commissions.models import (
    Amendment,
    Area,
    Award,
    AwardCriterion,
    Commission,
    Contract,
    CpvCode,
    Document,
    Entry,
    Indicator,
    Kind,
    Lot,
    Notice,
    Rating,
    Release,
    StageDate,
    Tender,
    Topic,
)
from commissions.ocds.importing.mapping.stage import Sent
from commissions.ocds.importing.match import CommissionMatches
from commissions.places.seed_data import ENGLAND

SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*")
TOUCHED = (
    Kind.COMMISSION_CHANGED,
    Kind.COMMISSION_HELD,
    Kind.HANDED_OVER,
    Kind.EXEMPTION_ENTERED,
    Kind.DRAFT_PUBLISHED,
    Kind.CONSULTATION_PUBLISHED,
    Kind.NOTICE_PUBLISHED,
    Kind.STAGE_REACHED,
    Kind.DATE_PLANNED,
    Kind.DATE_MOVED,
    Kind.OCID_LINKED,
    Kind.TENDER_INVITED,
    Kind.AWARD_ANNOUNCED,
    Kind.DIRECT_AWARD_JUSTIFIED,
    Kind.PROVIDER_CHOSEN,
    Kind.CRITERIA_WEIGHED,
    Kind.REPRESENTATIONS_OPENED,
    Kind.REPRESENTATIONS_RECEIVED,
    Kind.REPRESENTATIONS_SETTLED,
    Kind.CONTRACT_SIGNED,
)
"""Acts of staff upon a commission: from then on its words and dates are theirs."""

KEPT = (
    Kind.CONTRACT_SIGNED,
    Kind.CONTRACT_EXTENDED,
    Kind.CONTRACT_AMENDED,
    Kind.CONTRACT_ENDED,
)
"""Acts of staff upon a contract: from then on its value and its days are theirs."""


def reference_of(ocid):
    """Return the reference of a commission that is known from its notices only.

    The OCID in lower case; one that no address could hold is made safe, and
    told apart by a digest.
    """
    reference = ocid.lower()
    if SAFE.fullmatch(reference):
        return reference
    stem = re.sub(r"[^a-z0-9._-]+", "-", reference).strip("-.")[:200] or "ocid"
    return f"{stem}-{sha256(ocid.encode()).hexdigest()[:10]}"


def ids_apart(ocid):
    """Return the reference to use where another commission has the plain one."""
    return f"{reference_of(ocid)[:200]}-{sha256(ocid.encode()).hexdigest()[:10]}"


class StoredCommissions:
    """The commissions, notices and rows of some OCIDs, read in a few queries."""

    def __init__(self, received):
        ocids = {each.ocid for each in received}
        self.notices = defaultdict(dict)
        fields = ("ocid", "release_id", "published_at", "tags", "code", "form", "url")
        kept = Notice.objects.filter(ocid__in=ocids).values_list(
            *fields, "pk", "release__digest"
        )
        for ocid, release_id, *notice in kept:
            self.notices[ocid][release_id] = notice
        self.matches = CommissionMatches(received)
        self.commissions = self.matches.found
        self.references = set(
            Commission.objects.filter(
                reference__in=[reference_of(ocid) for ocid in ocids]
            ).values_list("reference", flat=True)
        )
        self.claimed = self.claims()
        self.kept_contracts, self.completed = self.contracts_kept()
        self.rows = {}

    def claims(self):
        """Return the references of commissions that somebody here answers for."""
        found = set()
        imported = []
        for each in self.commissions.values():
            own = each.reference not in {reference_of(each.ocid), ids_apart(each.ocid)}
            if own or each.post_id or each.committee_id:
                found.add(each.reference)
            else:
                imported.append(each.reference)
        acts = Entry.objects.filter(commission__in=imported, kind__in=TOUCHED)
        return found | set(acts.values_list("commission", flat=True))

    def contracts_kept(self):
        """Return what of the contracts is staff's: whole ones, and fields of others.

        The references of those that they signed, changed or gave an option to
        extend, and {reference: fields} of those of which they completed some.
        """
        known = [each.reference for each in self.commissions.values()]
        kinds = (*KEPT, Kind.CONTRACT_CHANGED)
        kept, completed = set(), defaultdict(set)
        for act in Entry.objects.filter(commission__in=known, kind__in=kinds):
            reference = act.subject.removeprefix("contract/")
            completed[reference].update(act.facts.get("fields", ()))
            if act.kind in KEPT or "extensions" in completed[reference]:
                kept.add(reference)
        return kept, completed

    def held(self, ocids):
        """Return, of some OCIDs, the keys of the commissions that people hold."""
        rows = map(self.commissions.get, ocids)
        return [row.pk for row in rows if row and row.reference in self.claimed]

    def recorded(self, received, commission):
        """Return the notice that staff recorded for a release.

        It stands on the commission, or on a body: of a pipeline notice only the
        release tells which contract to come it is about. Of what is about a body
        alone there is no release.
        """
        notice = self.matches.notice_of(received)
        if notice is None or notice.code in OF_BODIES_ALONE:
            return None
        if notice.organisation_id:
            return notice
        same = commission and notice.commission_id == commission.pk
        return notice if same else None

    def digest(self, ocid, release_id):
        """Return the digest of a release that is kept, or None."""
        notice = self.notices[ocid].get(release_id)
        return notice[-1] if notice else None

    def history(self, ocid):
        """Return what was sent about an OCID before."""
        return [
            Sent(at, tuple(tags.split(",")) if tags else (), code, form)
            for at, tags, code, form, *_ in self.notices[ocid].values()
        ]

    def times(self, ocid):
        return [at for at, *_ in self.notices[ocid].values()]

    def urls(self, ocid):
        return {url for _, _, _, _, url, *_ in self.notices[ocid].values() if url}

    def bodies(self, ocids):
        """Return the kept releases of some OCIDs, as they were received."""
        found = defaultdict(list)
        kept = Release.objects.filter(notice__ocid__in=ocids)
        for ocid, body in (
            kept.order_by("pk").values_list("notice__ocid", "body").iterator(200)
        ):
            found[ocid].append(json.loads(zlib.decompress(body)))
        return found

    def read_rows(self, ocids):
        """Read the rows of commissions that exist, to be compared."""
        pks = [self.commissions[ocid].pk for ocid in ocids if ocid in self.commissions]
        self.rows = {model: defaultdict(dict) for model in KEYS}
        for model, (parent, key) in KEYS.items():
            rows = model.objects.filter(**{f"{parent}__in": pks})
            for row in rows.select_related(*WITH.get(model, ())):
                self.rows[model][ABOVE.get(model, ITSELF)(row)][key(row)] = row

    def of(self, model, commission):
        return self.rows[model][commission.pk] if commission.pk else {}


def criterion_key(row):
    return row.lot.lot_id if row.lot else "", row.name


def rating_key(row):
    return row.indicator.contract.contract_id, row.indicator.title, row.starts_on


WITH = {
    Lot: ("tender",),
    AwardCriterion: ("tender", "lot"),
    Amendment: ("contract",),
    Indicator: ("contract",),
    Rating: ("indicator__contract",),
}
"""The rows that hang on a tender or a contract, and what is read with them."""

ITSELF = attrgetter("commission_id")
ABOVE = {
    Lot: attrgetter("tender.commission_id"),
    AwardCriterion: attrgetter("tender.commission_id"),
    Amendment: attrgetter("contract.commission_id"),
    Indicator: attrgetter("contract.commission_id"),
    Rating: attrgetter("indicator.contract.commission_id"),
}
"""How to find the commission of such a row."""

KEYS = {
    Tender: ("commission", attrgetter("commission_id")),
    Lot: ("tender__commission", attrgetter("lot_id")),
    AwardCriterion: ("tender__commission", criterion_key),
    Award: ("commission", attrgetter("award_id")),
    Contract: ("commission", attrgetter("contract_id")),
    Amendment: (
        "contract__commission",
        attrgetter("contract.contract_id", "source_id"),
    ),
    Indicator: ("contract__commission", attrgetter("contract.contract_id", "title")),
    Rating: ("indicator__contract__commission", rating_key),
    Document: ("commission", attrgetter("source_id")),
    StageDate: ("commission", attrgetter("stage")),
}
"""The rows a release leads to: how they hang on a commission, and their key."""


class Gazetteer:
    """Areas by the codes of notices, topics by CPV code; read once for a run."""

    def __init__(self):
        self.areas = {
            value: area
            for area in Area.objects.prefetch_related("codes")
            for value in (area.code, *(code.value for code in area.codes.all()))
        }
        self.topics = Topic.objects.in_bulk(field_name="slug")
        chosen = CpvCode.objects.filter(topic__isnull=False)
        self.cpv = TOPIC_OF | dict(chosen.values_list("code", "topic__slug"))

    def area(self, code):
        """Return the area of a code, or of the nearest place around it."""
        if code == "England":
            return self.areas.get(ENGLAND)
        while code and code not in self.areas:
            code = code[:-1]
        return self.areas.get(code)

    def areas_of(self, codes):
        """Return the areas of codes; one that holds another of them adds nothing."""
        found = {area.path: area for code in codes if (area := self.area(code))}
        return [
            area
            for path, area in found.items()
            if not any(other != path and other.startswith(path) for other in found)
        ]

    def topic(self, cpv, title):
        return self.topics.get(topic_of(cpv, title, self.cpv))
