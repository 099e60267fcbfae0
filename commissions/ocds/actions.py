"""Linking an OCID under which notices came in before anybody linked it.

Notices are imported night by night, often before anybody has said under which
OCID a platform knows a commission of ours. The importer has then made a
stand-in, known from its notices only. It gives way: its notices come over as
they were received, it is shown no more, and its address leads to ours. What
was read from them (tender, award, contract) comes to ours by a proposal, as
from any notice.
"""

from django.db import transaction
from django.utils import timezone

from commissions.models import Commission, LinkedOcid, Notice
from commissions.ocds.importing.existing import Gazetteer, StoredCommissions
from commissions.ocds.importing.match import OrganisationRegister
from commissions.ocds.importing.plan import apply_plan
from commissions.ocds.importing.planner import ImportPlanner
from commissions.ocds.importing.releases import ReceivedRelease
from commissions.search.index import index_subjects


def link_ocid(commission, ocid, *, by, at=None):
    """Link an OCID to a commission; take over from what stood in for it.

    Raises NotReady as `LinkedOcid.link` does. Where there was a stand-in the
    index of organisations is read, which takes a second for each 100,000.
    """
    with transaction.atomic():
        stand_in = stand_in_of(ocid)
        linked = LinkedOcid.link(commission, ocid, by=by, at=at, stand_in=stand_in)
        if stand_in:
            Notice.objects.filter(commission=stand_in).update(commission=commission)
            Commission.objects.filter(pk=stand_in.pk).update(published_at=None)
            index_subjects([stand_in])
            propose_changes(ocid)
    return linked


def stand_in_of(ocid):
    """Return the commission that has an OCID and is known from notices only."""
    stored = StoredCommissions([ReceivedRelease({}, "", ocid=ocid)])
    found = stored.commissions.get(ocid)
    return found if found and found.reference not in stored.claimed else None


def propose_changes(ocid):
    """Ask what the kept notices of an OCID would change."""
    planner = ImportPlanner(OrganisationRegister(), Gazetteer(), timezone.now())
    apply_plan(planner.propose_again(ocid))
