"""The contracts register as files, in the columns of the Transparency Code 2015."""

from datetime import datetime, time

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.public.contracts.filters import ContractFilter
from commissions.public.contracts.rows import (
    CHARITIES,
    department,
    numbers,
    with_names,
)
from commissions.public.listing.atom import Feed
from commissions.public.listing.csv_json import csv_lines, download, json_lines

FEED = 100  # entries of a feed
YES_OR_NO = {True: "yes", False: "no", None: "not stated"}
HEADS = [
    "reference",
    "title",
    "organisation",
    "department_responsible",
    "description",
    "supplier",
    "supplier_number",
    "sum_pounds_excluding_vat",
    "sum_pounds_including_vat",
    "currency",
    "irrecoverable_vat_pounds",
    "signed_date",
    "start_date",
    "end_date",
    "latest_end_date",
    "review_date",
    "ended_date",
    "state",
    "tendered",
    "process",
    "supplier_is_sme",
    "supplier_is_vcse",
    "vcse_registration_number",
    "commission",
    "replaced_by",
    "address",
]
FORMATS = {"csv": "CSV", "json": "JSON", "atom": "Atom feed"}


def address(contract):
    """Return the full address of a contract's page."""
    return f"{settings.PORTAL_ORIGIN}{contract.get_absolute_url()}"


def any_of(answers):
    """Join what several suppliers say: yes if one does, no if all say no."""
    answers = list(answers)
    if True in answers:
        return YES_OR_NO[True]
    return YES_OR_NO[False if answers and None not in answers else None]


def pairs(body):
    """Return a supplier's numbers as (scheme, value)."""
    return [(each.scheme, each.value) for each in body.identifiers.all()]


def state(contract):
    """Return the code of where it stands: running, to_start, ended."""
    standing = contract.standing()
    return "ended" if standing.is_over else standing.state


def of_suppliers(suppliers):
    """Return the columns that say who the suppliers are."""
    vcse = [body for body in suppliers if body.is_vcse]
    return {
        "supplier": "; ".join(body.name for body in suppliers),
        "supplier_number": "; ".join(
            n for body in suppliers for n in numbers(pairs(body))
        ),
        "supplier_is_sme": any_of(body.is_sme for body in suppliers),
        "supplier_is_vcse": any_of(body.is_vcse for body in suppliers),
        "vcse_registration_number": "; ".join(
            n for body in vcse for n in numbers(pairs(body), (*CHARITIES, "GB-COH"))
        ),
    }


def facts(contract):
    """Return one contract as the plain values of a file."""
    return {
        "reference": contract.reference,
        "title": str(contract),
        "organisation": contract.commission.organisation.name,
        "department_responsible": department(contract),
        "description": contract.description,
        **of_suppliers(contract.suppliers.all()),
        "sum_pounds_excluding_vat": contract.amount,
        "sum_pounds_including_vat": contract.amount_gross,
        "currency": contract.currency,
        "irrecoverable_vat_pounds": contract.irrecoverable_vat,
        "signed_date": contract.signed_on,
        "start_date": contract.starts_on,
        "end_date": contract.ends_on,
        "latest_end_date": contract.latest_end_on,
        "review_date": contract.review_on,
        "ended_date": contract.ended_on,
        "state": state(contract),
        "tendered": YES_OR_NO[contract.was_tendered],
        "process": contract.commission.route,
        "commission": contract.commission.reference,
        "replaced_by": "; ".join(each.reference for each in contract.next_up),
        "address": address(contract),
    }


def rows(listing):
    """Read the whole register, a few hundred at a time, as plain values."""
    for page in listing.read().pages():
        yield from map(facts, with_names(page.rows, "suppliers__identifiers"))


def as_csv(listing):
    """Answer with the register as CSV."""
    return download(csv_lines(HEADS, rows(listing)), "text/csv", "contracts.csv")


def as_json(listing):
    """Answer with the register as JSON."""
    lines = json_lines("contracts", rows(listing))
    return download(lines, "application/json", "contracts.json")


def as_atom(listing):
    """Answer with the first of the register as an Atom feed."""
    feed = Feed(
        title=f"Contracts – {settings.PORTAL_NAME}",
        link=f"{settings.PORTAL_ORIGIN}/contracts/",
        description="",
    )
    for contract in with_names(listing.read().page(size=FEED).rows):
        day = contract.signed_on or contract.starts_on
        names = ", ".join(body.name for body in contract.suppliers.all())
        feed.add_item(
            title=str(contract),
            link=address(contract),
            description=f"{contract.commission.organisation.name}. {names}",
            pubdate=day and timezone.make_aware(datetime.combine(day, time.min)),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


ANSWERS = {"csv": as_csv, "json": as_json, "atom": as_atom}


@require_safe
def export(request, ending):
    """Answer with the register in the format that the address ends in."""
    if ending not in ANSWERS:
        raise Http404
    return ANSWERS[ending](ContractFilter(request.GET))
