"""The contracts register as files, in the columns of the Transparency Code 2015."""

from datetime import datetime, time

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.commission.models import excludes_vat
from commissions.public.contracts.filters import ContractFilter
from commissions.public.contracts.rows import (
    CHARITIES,
    department_of_post,
    supplier_numbers,
    with_names,
)
from commissions.public.listing.exports import Column, Export, address_of_row, all_rows
from commissions.public.listing.feeds import AtomFeed

FEED = 100  # entries of a feed
YES_OR_NO = {True: "yes", False: "no", None: "not stated"}


def any_of(answers):
    """Join what several suppliers say: yes if one does, no if all say no."""
    answers = list(answers)
    if True in answers:
        return YES_OR_NO[True]
    return YES_OR_NO[False if answers and None not in answers else None]


def code_and_name(body):
    return [(each.scheme, each.value) for each in body.identifiers.all()]


def state_in_words(contract):
    """Return the code of its state: running, to_start, ended."""
    standing = contract.standing()
    return "ended" if standing.is_over else standing.state


def supplier_names(contract):
    return contract.suppliers.all()


def vcse_numbers(contract):
    """Write the numbers of charities and companies of suppliers that are VCSEs."""
    vcse = [body for body in supplier_names(contract) if body.is_vcse]
    return "; ".join(
        n
        for body in vcse
        for n in supplier_numbers(code_and_name(body), (*CHARITIES, "GB-COH"))
    )


def without_vat(contract):
    return excludes_vat(contract, contract.commission)


COLUMNS = [
    Column("reference", "reference"),
    Column("title", str),
    Column("organisation", "commission.organisation.name"),
    Column("department_responsible", department_of_post),
    Column("description", "description"),
    Column("supplier", lambda c: "; ".join(body.name for body in supplier_names(c))),
    Column(
        "supplier_number",
        lambda c: "; ".join(
            n
            for body in supplier_names(c)
            for n in supplier_numbers(code_and_name(body))
        ),
    ),
    Column("sum_excluding_vat", lambda c: c.amount if without_vat(c) else None),
    Column("sum_including_vat", "amount_gross"),
    Column("sum_vat_not_stated", lambda c: None if without_vat(c) else c.amount),
    Column("currency", "currency"),
    Column("irrecoverable_vat_pounds", "irrecoverable_vat"),
    Column("signed_date", "signed_on"),
    Column("start_date", "starts_on"),
    Column("end_date", "ends_on"),
    Column("latest_end_date", "latest_end_on"),
    Column("review_date", "review_on"),
    Column("ended_date", "ended_on"),
    Column("state", state_in_words),
    Column("may_be_renewed", "extension"),
    Column("may_be_added", "options"),
    Column("state_in_words", lambda c: c.standing().label_of(c.commission)),
    Column(
        "known_from", lambda c: "kept here" if c.commission.kept_here else "notices"
    ),
    Column("tendered", lambda c: YES_OR_NO[c.was_tendered]),
    Column("process", "commission.route"),
    Column(
        "supplier_is_sme", lambda c: any_of(body.is_sme for body in supplier_names(c))
    ),
    Column(
        "supplier_is_vcse", lambda c: any_of(body.is_vcse for body in supplier_names(c))
    ),
    Column("vcse_registration_number", vcse_numbers),
    Column("commission", "commission.reference"),
    Column("replaced_by", lambda c: "; ".join(each.reference for each in c.next_up)),
    Column("address", address_of_row),
]


def export_rows(filters):
    return all_rows(filters, lambda page: with_names(page, "suppliers__identifiers"))


def as_atom(listing):
    """Answer with the first of the register as an Atom feed."""
    feed = AtomFeed(
        title=gettext("Contracts – {portal}").format(portal=settings.PORTAL_NAME),
        link=f"{settings.PORTAL_ORIGIN}/contracts/",
        description="",
    )
    for contract in with_names(listing.read().page(size=FEED).rows):
        day = contract.signed_on or contract.starts_on
        names = ", ".join(body.name for body in contract.suppliers.all())
        feed.add_item(
            title=str(contract),
            link=address_of_row(contract),
            description=f"{contract.commission.organisation.name}. {names}",
            pubdate=day and timezone.make_aware(datetime.combine(day, time.min)),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


EXPORT = Export(
    "contracts",
    COLUMNS,
    export_rows,
    also={"atom": (gettext_lazy("Atom feed"), as_atom)},
)
export = EXPORT.view(ContractFilter)
