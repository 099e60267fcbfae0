"""Choices made without a competition as files."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commissions.public.direct_awards.filters import DirectAwardFilter
from commissions.public.direct_awards.rows import describe_direct_awards
from commissions.public.listing.exports import Column, Export, all_rows


def direct_award_address(row):
    """Return the full address of the page of the award."""
    page = reverse("commissions:award-detail", args=[row.commission.reference])
    return f"{settings.PORTAL_ORIGIN}{page}"


COLUMNS = [
    Column("reference", "commission.reference"),
    Column("title", "commission.title"),
    Column("organisation", "commission.organisation.name"),
    Column("ground", "award.ground"),
    Column("law", "ground.law"),
    Column("explanation", "award.explanation"),
    Column(
        "supplier", lambda row: row.award.supplier.name if row.award.supplier else ""
    ),
    Column("value_pounds", "award.amount"),
    Column("value_vat", "award.vat"),
    Column("decided_by", "decided_by"),
    Column("conflicts", "award.conflicts"),
    Column("conflicts_managed", "award.conflicts_managed"),
    Column("said_on", lambda row: timezone.localdate(row.award.justified_at)),
    Column("representations_until", "closes_on"),
    Column("representations_received", "representations.received"),
    Column("address", direct_award_address),
]
EXPORT = Export(
    "direct-awards", COLUMNS, lambda filters: all_rows(filters, describe_direct_awards)
)
export = EXPORT.view(DirectAwardFilter)
