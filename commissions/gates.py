"""The gate of a commission: what the record must show before providers are chosen.

The gate reads the record and nothing above the ground floor: whether a draft
was open for comment and every comment answered is what its entries say. It
stands before every stage from tender on, however a commission comes there, and
is not asked again of one that has passed it.
"""

from dataclasses import dataclass

from commissions.lifecycle import BEFORE_TENDER, STAGES
from commissions.models.record import Entry, Kind

ENDS = frozenset({"closed", "cancelled"})
GATED = frozenset(STAGES) - frozenset(BEFORE_TENDER) - ENDS
"""The stages behind the gate. What has ended is before it again: see `gaps`."""

DRAFT = "draft_specification"
NO_HOLDER = (
    "Name the holder: choose a post with a person in it, or a committee "
    "with members, under “Who holds this”."
)
NO_DRAFT = (
    "Publish a draft specification and open it for comment, or enter an "
    "exemption that says which law allows going without."
)
NOT_ANSWERED = (
    "Give every comment on the draft an outcome, then publish the response "
    "once the consultation has closed."
)


@dataclass(frozen=True)
class Gap:
    """One thing that the record does not show yet."""

    gate: str
    """The gate it belongs to, as an exemption names it."""
    sentence: str
    consultation: str = ""
    """The reference of the consultation that lacks its response, if one does."""


def missing(commission, stage):
    """List, as sentences, what a commission lacks before it may reach a stage."""
    return [gap.sentence for gap in gaps(commission, stage)]


def gaps(commission, stage="tender"):
    """List what a commission lacks before it may reach a stage.

    From tender on, the record must show that a draft specification was open
    for comment, that it closed, that the response is published with no comment
    unanswered, and that somebody is named as holder; or an exemption. A
    commission that was closed or cancelled is asked again: otherwise
    cancelling would be a way round the gate.
    """
    if stage not in GATED or commission.stage in GATED:
        return []
    exempt = set(commission.exemptions.values_list("gate", flat=True))
    found = []
    if "holder" not in exempt and not commission.has_named_holder():
        found.append(Gap("holder", NO_HOLDER))
    if "draft_open" not in exempt:
        found += comment_gaps(commission)
    return found


def comment_gaps(commission):
    """Say what is missing of: a draft open for comment, closed, each one answered."""
    opened = [
        subject.removeprefix("consultation/")
        for subject, facts in told(commission, Kind.CONSULTATION_PUBLISHED)
        if facts["consultation_kind"] == DRAFT
    ]
    answered = {
        facts["consultation"]
        for _, facts in told(commission, Kind.RESPONSE_PUBLISHED)
        if facts["unanswered"] == 0
    }
    if not opened:
        return [Gap("draft_open", NO_DRAFT)]
    return [
        Gap("draft_open", NOT_ANSWERED, reference)
        for reference in opened
        if reference not in answered
    ]


def told(commission, kind):
    """Return (subject, facts) of a commission's entries of one kind, oldest first."""
    entries = Entry.objects.filter(commission=commission.reference, kind=kind)
    return [(entry.subject, entry.facts) for entry in entries.order_by("pk")]
