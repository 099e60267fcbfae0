"""The gates of a commission: what the record must show before a stage.

Gates read the record and nothing above the ground floor: whether a draft was
open for comment and every comment answered is what its entries say.
"""

import json

from commissions.lifecycle import BEFORE_TENDER
from commissions.models.exemptions import Exemption
from commissions.models.record import Entry, Kind


def missing(commission, stage):
    """List, as sentences, what a commission lacks before it may reach a stage.

    From tender on, the record must show that a draft specification was open
    for comment, that it closed, that the response is published with no
    comment unanswered, and that somebody is named as holder; or an exemption.
    """
    if stage in BEFORE_TENDER or stage in {"cancelled", "closed"}:
        return []
    if commission.stage not in BEFORE_TENDER:
        return []
    exempt = set(
        Exemption.objects.filter(commission=commission).values_list("gate", flat=True)
    )
    gaps = []
    if Exemption.Gate.HOLDER not in exempt and not commission.has_named_holder():
        gaps.append(
            "Name the holder: choose a post with a person in it, or a committee "
            "with members, under “Who holds this”."
        )
    if Exemption.Gate.DRAFT_OPEN not in exempt:
        gaps += comment_gaps(commission)
    return gaps


def comment_gaps(commission):
    """Say what is missing of: a draft open for comment, closed, answered."""
    opened = facts(commission, Kind.CONSULTATION_PUBLISHED)
    if not any(f["consultation_kind"] == "draft_specification" for f in opened):
        return [
            "Publish a draft specification and open it for comment, or enter an "
            "exemption that says which law allows going without."
        ]
    answered = facts(commission, Kind.RESPONSE_PUBLISHED)
    if not any(
        f["consultation_kind"] == "draft_specification" and f["unanswered"] == 0
        for f in answered
    ):
        return [
            "Give every comment on the draft an outcome, then publish the response "
            "once the consultation has closed."
        ]
    return []


def facts(commission, kind):
    """Return the facts of a commission's entries of one kind."""
    entries = Entry.objects.filter(commission=commission.reference, kind=kind)
    return [
        json.loads(body)["facts"] for body in entries.values_list("body", flat=True)
    ]
