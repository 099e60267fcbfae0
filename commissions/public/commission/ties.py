"""What a commission is tied to by name, in one query.

Places, partners, services, the suppliers of each award and contract, and the
lots of each award are six many-to-many relations; asked one by one they would
be half of what a page may ask of the database.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from commissions.models import Award, Commission, Contract
from commissions.public.commission import related

MOST = 1000  # names read for one page

PAGES = {
    "service": "commissions:service-detail",
    "partner": "commissions:organisation-detail",
    "award": "commissions:organisation-detail",
    "contract": "commissions:organisation-detail",
    "replaces": "commissions:contract-detail",
}
NAMELESS = {"lot": "Lot", "replaces": "Contract"}
"""What stands before the reference of what has no title."""


@dataclass(frozen=True)
class Tie:
    """One thing by its name, and its page where it has one."""

    name: str
    url: str = ""


def select(role, rows, *, owner="commission_id", name, slug):
    """Select (role, key of the owner, name, slug) from the rows of one relation."""
    return rows.order_by().values_list(
        Value(role, output_field=CharField()),
        F(owner),
        Cast(F(name), CharField()),
        Cast(F(slug), CharField()),
    )


def relations(commission):
    """List one query for each kind of tie; a service must be public to be named."""
    body = {"name": "organisation__name", "slug": "organisation__slug"}
    areas = Commission.areas.through.objects.filter(commission=commission)
    partners = Commission.partners.through.objects.filter(commission=commission)
    services = Commission.services.through.objects.filter(
        commission=commission, service__published_at__lte=timezone.now()
    )
    awarded = Award.suppliers.through.objects.filter(award__commission=commission)
    lots = Award.lots.through.objects.filter(award__commission=commission)
    contracted = Contract.suppliers.through.objects.filter(
        contract__commission=commission
    )
    replaced = Commission.replaces.through.objects.filter(
        commission=commission, contract__commission__published_at__lte=timezone.now()
    )
    return [
        select("area", areas, name="area__name", slug="area__slug"),
        select("service", services, name="service__name", slug="service__slug"),
        select("partner", partners, **body),
        select("award", awarded, owner="award_id", **body),
        select("contract", contracted, owner="contract_id", **body),
        select(
            "replaces", replaced, name="contract__title", slug="contract__reference"
        ),
        select("lot", lots, owner="award_id", name="lot__title", slug="lot__lot_id"),
    ]


def address(role, slug):
    """Return the page of one tied thing; a lot has none."""
    if role == "area":
        return f"{reverse('commissions:commission-list')}?area={slug}"
    return reverse(PAGES[role], args=[slug]) if role in PAGES else ""


def ties(commission):
    """Return what a commission is tied to: {(role, key of the owner): [Tie]}.

    Roles: area, partner, service (owner: the commission), award, contract
    (their suppliers), replaces (the contracts it follows), lot (the lots of an
    award). What `particulars` packed
    comes as mappings, under its own roles.
    """
    first, *others = [*related.selects(commission), *relations(commission)]
    rows = first.union(*others, all=True)[:MOST]
    found = defaultdict(list)
    for role, owner, name, slug in sorted(rows, key=lambda row: row[2]):
        found[role, owner].append(
            related.unpacked(name)
            if role in related.ROLES
            else Tie(name or f"{NAMELESS.get(role, '')} {slug}", address(role, slug))
        )
    return found
