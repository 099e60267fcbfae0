"""What the database holds of the commissions that a batch of releases is about."""

import json
import re
import zlib
from collections import defaultdict
from hashlib import sha256

from commissions.models import (
    Award,
    Commission,
    Contract,
    Document,
    Entry,
    Kind,
    Lot,
    Notice,
    Release,
    StageDate,
    Tender,
)
from commissions.ocds.life import Sent

SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*")
TOUCHED = (
    Kind.COMMISSION_CHANGED,
    Kind.COMMISSION_HELD,
    Kind.STAGE_REACHED,
    Kind.DATE_PLANNED,
    Kind.DATE_MOVED,
)
"""Acts of staff upon a commission: from then on its words and dates are theirs."""


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


def apart(ocid):
    """Return the reference to use where another commission has the plain one."""
    return f"{reference_of(ocid)[:200]}-{sha256(ocid.encode()).hexdigest()[:10]}"


class Stored:
    """The commissions, notices and rows of some OCIDs, read in a few queries."""

    def __init__(self, ocids):
        self.notices = defaultdict(dict)
        fields = ("ocid", "release_id", "published_at", "tags", "code", "url", "pk")
        kept = Notice.objects.filter(ocid__in=ocids).values_list(
            *fields, "release__digest"
        )
        for ocid, release_id, *notice in kept:
            self.notices[ocid][release_id] = notice
        self.commissions = {
            commission.ocid: commission
            for commission in Commission.objects.filter(ocid__in=ocids)
        }
        self.references = set(
            Commission.objects.filter(
                reference__in=[reference_of(ocid) for ocid in ocids]
            ).values_list("reference", flat=True)
        )
        self.claimed = self.claims()
        self.rows = {}

    def claims(self):
        """Return the references of commissions that somebody here answers for."""
        found = set()
        imported = []
        for ocid, each in self.commissions.items():
            own = each.reference not in {reference_of(ocid), apart(ocid)}
            if own or each.post_id or each.committee_id:
                found.add(each.reference)
            else:
                imported.append(each.reference)
        acts = Entry.objects.filter(commission__in=imported, kind__in=TOUCHED)
        return found | set(acts.values_list("commission", flat=True))

    def digest(self, ocid, release_id):
        """Return the digest of a release that is kept, or None."""
        notice = self.notices[ocid].get(release_id)
        return notice[-1] if notice else None

    def history(self, ocid):
        """Return what was sent about an OCID before."""
        return [
            Sent(at, tuple(tags.split(",")) if tags else (), code)
            for at, tags, code, *_ in self.notices[ocid].values()
        ]

    def times(self, ocid):
        """Return when the notices that are kept were published."""
        return [at for at, *_ in self.notices[ocid].values()]

    def urls(self, ocid):
        """Return the addresses of the notices that are kept."""
        return {url for _, _, _, url, *_ in self.notices[ocid].values() if url}

    def bodies(self, ocids):
        """Return the kept releases of some OCIDs, as they were received."""
        found = defaultdict(list)
        kept = Release.objects.filter(notice__ocid__in=ocids)
        for ocid, body in kept.values_list("notice__ocid", "body").iterator(200):
            found[ocid].append(json.loads(zlib.decompress(body)))
        return found

    def read_rows(self, ocids):
        """Read the rows of commissions that exist, to be compared."""
        pks = [self.commissions[ocid].pk for ocid in ocids if ocid in self.commissions]
        self.rows = {model: defaultdict(dict) for model in KEYS}
        for model, (parent, key) in KEYS.items():
            rows = model.objects.filter(**{f"{parent}__in": pks})
            rows = rows.select_related("tender") if model is Lot else rows
            for row in rows:
                pk = row.tender.commission_id if model is Lot else row.commission_id
                self.rows[model][pk][getattr(row, key)] = row

    def of(self, model, commission):
        """Return a commission's rows of one sort by their key in the release."""
        return self.rows[model][commission.pk] if commission.pk else {}


KEYS = {
    Tender: ("commission", "commission_id"),
    Lot: ("tender__commission", "lot_id"),
    Award: ("commission", "award_id"),
    Contract: ("commission", "contract_id"),
    Document: ("commission", "source_id"),
    StageDate: ("commission", "stage"),
}
"""The rows a release leads to: how they hang on a commission, and their key."""
