"""Which commission of ours a platform's release is about.

In this order: the commission to which staff linked its OCID; the one whose own
OCID it has; the one that it names as its planning process; the one on
which staff recorded a notice under this number before the release came.
"""

from django.db.models import F

from commissions.models import Commission, LinkedOcid, Notice
from commissions.ocds.importing.mapping.notice import platform_of

SAME = {"planning", ""}
"""Relations that mean one exercise. A framework, a renewal or a sub-contract
is another commission, and is not joined."""


class CommissionMatches:
    """The commissions of some releases by OCID, read in a few queries.

    `found` are the commissions; `links` are the OCIDs that joined by what a
    release says or by a recorded notice, and that nobody has linked yet;
    `named` are those that joined only because a release says so;
    `kept` are notices that are here already, by (platform, number), each with
    the `digest` of its release or None.
    """

    def __init__(self, received):
        self.found = own_commissions({each.ocid for each in received})
        add_linked(self.found, {each.ocid for each in received})
        self.links, self.named = {}, set()
        others = [each for each in received if each.ocid not in self.found]
        self.by_relation(others)
        self.kept = kept_commissions(received)
        self.by_number([each for each in others if each.ocid not in self.found])

    def by_relation(self, received):
        """Join what names a commission of ours as its planning process."""
        named = {each.ocid: related_ocids(each.value) for each in received}
        wanted = {ocid for ocids in named.values() for ocid in ocids}
        known = own_commissions(wanted) if wanted else {}
        if wanted:
            add_linked(known, wanted)
        for ocid, ocids in named.items():
            if target := next(filter(None, map(known.get, ocids)), None):
                self.join(ocid, target)
                self.named.add(ocid)

    def by_number(self, received):
        """Join what staff recorded before under the notice's number."""
        for each in received:
            notice = self.notice_of(each)
            if notice and notice.commission:
                self.join(each.ocid, notice.commission)

    def join(self, ocid, commission):
        self.found[ocid] = self.links[ocid] = commission

    def notice_of(self, received):
        """Return the notice that staff recorded for a release, or None."""
        platform = platform_of(received.ocid, "", received.publisher)
        notice = self.kept.get((platform, received.id))
        return notice if notice and notice.digest is None else None


def own_commissions(ocids):
    """Return commissions by their own OCID."""
    rows = Commission.objects.filter(ocid__in=ocids).select_related("organisation")
    return {commission.ocid: commission for commission in rows}


def add_linked(found, ocids):
    """Add the commissions to which OCIDs were linked, in place of a stand-in."""
    known = {commission.pk: commission for commission in found.values()}
    rows = LinkedOcid.objects.filter(ocid__in=ocids).select_related(
        "commission__organisation"
    )
    for link in rows:
        one = known.setdefault(link.commission_id, link.commission)
        found[link.ocid] = one


def kept_commissions(received):
    """Return the notices that are here under these numbers, received or by hand."""
    numbers = {each.id for each in received}
    rows = (
        Notice.objects.filter(release_id__in=numbers)
        .select_related("commission__organisation", "organisation")
        .annotate(digest=F("release__digest"))
    )
    return {(notice.platform, notice.release_id): notice for notice in rows}


def related_ocids(value):
    """List the OCIDs that a release names as the process it follows on from."""
    listed = value.get("relatedProcesses")
    return [
        str(each["identifier"])
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and means_the_same(each)
    ]


def means_the_same(each):
    """Tell whether a related process is named by OCID, as the same exercise."""
    relations = each.get("relationship")
    relations = relations if isinstance(relations, list) else [relations or ""]
    return (
        str(each.get("scheme", "")).lower() == "ocid"
        and isinstance(each.get("identifier"), str)
        and bool(SAME.intersection(map(str, relations or [""])))
    )
