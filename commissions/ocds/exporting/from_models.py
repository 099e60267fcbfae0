"""A commission as plain values, for `commissions.ocds.exporting.release`.

Nothing here is more than the public page shows, but for the working draft that
staff may read before it is public.
"""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone

from commissions.models import CpvCode
from commissions.ocds.exporting.release import PLATFORM
from commissions.ocds.importing.mapping.awards_contracts import BIDS

# Times, amounts and bodies as plain values, for a release.


OURS = ("GB-PPON",)
"""Registers whose number goes first, since the platform knows bodies by it."""


def moment(value):
    """Write a day or a time as OCDS does; a day begins at midnight in London."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = timezone.make_aware(datetime.combine(value, time.min))
    return timezone.localtime(value).isoformat(timespec="seconds")


def number(value):
    """Return an amount as a number, to the penny."""
    return None if value is None else float(value)


def body(organisation):
    """Return a public body or a provider as plain values."""
    known = [(each.scheme, each.value) for each in organisation.identifiers.all()]
    known.sort(key=lambda pair: pair[0] not in OURS)
    first, *others = known or [("", "")]
    return {
        "scheme": first[0],
        "id": first[1],
        "others": others,
        "slug": organisation.slug,
        "name": organisation.name,
        "email": organisation.contact_email,
        "phone": organisation.contact_phone,
        "address": organisation.contact_address,
        "url": organisation.website,
        "contact_name": "",
        "scale": {True: "sme", False: "large"}.get(organisation.is_sme),
        "vcse": organisation.is_vcse,
    }


# Awards and contracts as plain values, for `commissions.ocds.exporting.release`.


AWARD_STATES = {"pending", "active", "cancelled", "unsuccessful"}
CONTRACT_STATES = {"pending", "active", "cancelled", "terminated"}


def award(each):
    """Return one award."""
    return {
        "id": each.award_id,
        "title": each.title,
        "reasons": each.reasons or each.description,
        "status": each.status if each.status in AWARD_STATES else "pending",
        "decided": moment(each.decided_on),
        "amount": number(each.amount),
        "gross": number(each.amount_gross),
        "suppliers": [body(supplier) for supplier in each.suppliers.all()],
        "starts": moment(each.starts_on),
        "ends": moment(each.ends_on),
        "standstill_ends": moment(each.standstill_ends_on),
        "lots": [one.lot_id for one in each.lots.all()],
        "bids": {measure: getattr(each, name) for measure, name in BIDS.items()},
    }


def chosen(commission):
    """Return its awards; where none is kept, what a direct award or a contract tells."""
    rows = commission.awards.prefetch_related("suppliers__identifiers", "lots")
    found = [award(each) for each in rows] or without_award(commission)
    alone = signed(commission).filter(award=None) if rows or not found else ()
    return [*found, *map(behind, alone)]


def behind(contract):
    """Return the award behind a contract that came without one: it names the supplier."""
    return {
        "id": award_of(contract),
        "title": contract.title,
        "reasons": "",
        "status": "active",
        "decided": None,
        "amount": number(contract.amount),
        "gross": number(contract.amount_gross),
        "suppliers": [body(supplier) for supplier in contract.suppliers.all()],
        "starts": moment(contract.starts_on),
        "ends": moment(contract.ends_on),
        "standstill_ends": None,
        "lots": [],
        "bids": {},
    }


def award_of(contract):
    """Return the id of the award that a contract follows."""
    if contract.award:
        return contract.award.award_id
    others = contract.commission.awards.exists()
    announced = not others and hasattr(contract.commission, "direct_award")
    return "1" if announced else f"of-contract-{contract.contract_id}"


def without_award(commission):
    """Return the award that a direct award announces, before there is one."""
    direct = getattr(commission, "direct_award", None)
    if direct is None:
        return []
    counts = direct.vat == commission.Vat.INCLUDED
    amount = number(direct.amount)
    return [
        {
            "id": "1",
            "title": commission.title,
            "reasons": direct.explanation,
            "status": "pending",
            "decided": None,
            "amount": None if counts else amount,
            "gross": amount if counts else None,
            "suppliers": [body(direct.supplier)] if direct.supplier else [],
            "starts": moment(commission.starts_on),
            "ends": moment(commission.ends_on),
            "standstill_ends": None,
            "lots": [],
            "bids": {},
        }
    ]


def signed(commission):
    """Return its contracts with all that a notice may tell of them."""
    return commission.contracts.select_related("award").prefetch_related(
        "amendments", "indicators__ratings"
    )


def contract(each):
    """Return one contract."""
    return {
        "id": each.contract_id,
        "award": award_of(each),
        "title": each.title,
        "description": each.description,
        "status": each.status if each.status in CONTRACT_STATES else "active",
        "signed": moment(each.signed_on),
        "amount": number(each.amount),
        "gross": number(each.amount_gross),
        "starts": moment(each.starts_on),
        "ends": moment(each.ends_on),
        "longest": moment(each.latest_end_on),
        "ended": moment(each.ended_on),
        "ending": each.ended_why or each.get_ending_display(),
        "no_metrics_because": each.no_indicators_because,
        "metrics": [metric(one) for one in each.indicators.all()],
        "amendments": [
            {
                "id": str(count),
                "date": moment(one.made_on),
                "description": one.changed,
                "rationale": one.reason,
            }
            for count, one in enumerate(each.amendments.all(), 1)
        ],
    }


def metric(indicator):
    """Return one key performance indicator with its ratings."""
    return {
        "id": str(indicator.pk),
        "title": indicator.title,
        "target": indicator.target,
        "ratings": [
            {
                "starts": moment(each.starts_on),
                "ends": moment(each.ends_on),
                "level": each.level,
                "name": each.get_level_display(),
                "note": each.note,
            }
            for each in indicator.ratings.all()
        ],
    }


METHODS = {
    "open": "open",
    "competitive_flexible": "selective",
    "framework": "selective",
    "dynamic_market": "selective",
    "direct_award": "direct",
    "psr_a": "direct",
    "psr_b": "open",
    "psr_c": "direct",
    "psr_msp": "direct",
    "psr_competitive": "open",
}


def own_ocid(commission):
    """Return the OCID under the portal's own prefix, whatever a platform minted."""
    if commission.ocid.startswith(f"{settings.OCID_PREFIX}-"):
        return commission.ocid
    tail = commission.reference.lower().removeprefix("ocds-")
    return f"{settings.OCID_PREFIX}-{tail}"


def platform_ocids(commission):
    """List the OCIDs under which platforms know it."""
    found = list(commission.linked_ocids.values_list("ocid", flat=True))
    theirs = commission.ocid.startswith(PLATFORM)
    return [commission.ocid, *found] if theirs else found


def tell(commission, *, code, at):
    """Return all that a release of one notice may say."""
    tender = getattr(commission, "tender", None)
    direct = getattr(commission, "direct_award", None)
    dates = {d.stage: d.planned_on for d in commission.stage_dates.all()}
    return {
        "ocid": own_ocid(commission),
        "platform_ocids": platform_ocids(commission),
        "id": f"{commission.reference.lower()}-{code.lower()}-draft-{at:%Y%m%d%H%M%S}",
        "date": moment(at),
        "reference": commission.reference,
        "regime": commission.regime,
        "light_touch": commission.light_touch,
        "title": commission.title,
        "description": commission.summary or commission.need,
        "need": commission.need,
        "buyer": {**body(commission.organisation), **contact(commission)},
        "partners": [body(each) for each in commission.partners.all()],
        "period": (moment(commission.starts_on), moment(commission.ends_on)),
        "extension": commission.extension,
        "places": [area.name for area in commission.areas.all()],
        "method": (
            METHODS.get(commission.route),
            commission.get_route_display() if commission.route in METHODS else "",
        ),
        "without_competition": direct.explanation if direct else "",
        "documents": [document(each) for each in commission.documents.all()],
        "engagement_closes": moment(
            commission.window_closes_at
            if commission.window_for == commission.Window.ENGAGEMENT
            else None
        ),
        "tender_planned": moment(dates.get("tender")),
        **of_the_tender(commission, tender),
        "awards": chosen(commission),
        "contracts": [contract(each) for each in signed(commission)],
    }


def contact(commission):
    """Return whom to ask: the post that holds it, by its role mailbox."""
    post = commission.post
    if post is None:
        return {}
    known = {"email": post.mailbox, "phone": post.phone, "address": post.postal_address}
    return {"contact_name": post.title} | {k: v for k, v in known.items() if v}


def document(each):
    """Return one paper."""
    return {
        "id": each.source_id or str(each.pk),
        "documentType": each.document_type,
        "title": each.title,
        "description": each.description,
        "url": each.url or f"{settings.PORTAL_ORIGIN}{each.file.url}",
        "datePublished": moment(each.published_at),
        "format": each.format,
        "language": each.language,
    }


def of_the_tender(commission, tender):
    """Return what the tender says; empty where there is none yet."""
    return {
        "category": (tender and tender.category) or None,
        "cpv": cpv(tender),
        "value": worth(commission, tender),
        "lots": [lot(each) for each in tender.lots.all()] if tender else [],
        "criteria": [criterion(c) for c in tender.criteria.select_related("lot")]
        if tender
        else [],
        "bids": (moment(tender.opens_at), moment(tender.closes_at))
        if tender
        else (None, None),
        "questions_close": moment(tender.questions_close_at) if tender else None,
        "award_expected": moment(tender.award_expected_on) if tender else None,
        "suits": (tender.suits_sme, tender.suits_vcse) if tender else (None, None),
        **{
            name: getattr(tender, name, "")
            for name in ("conditions", "risks", "how_to_bid", "no_lots_because")
        },
    }


def cpv(tender):
    """Return the CPV code and its words."""
    code = tender.cpv if tender else ""
    known = CpvCode.objects.filter(code=code).first() if code else None
    return code, known.description if known else ""


def worth(commission, tender):
    """Return the value without and with VAT: the tender's, or else the plan's."""
    if tender and (tender.amount or tender.amount_gross):
        return number(tender.amount), number(tender.amount_gross)
    most = number(commission.value_max)
    counts = commission.value_vat == commission.Vat.INCLUDED
    return (None, most) if counts else (most, None)


def lot(each):
    """Return one lot."""
    return {
        "id": each.lot_id,
        "title": each.title,
        "description": each.description,
        "amount": number(each.amount),
        "starts": moment(each.starts_on),
        "ends": moment(each.ends_on),
    }


def criterion(each):
    """Return one award criterion."""
    return {
        "name": each.name,
        "lot": each.lot.lot_id if each.lot else None,
        "kind": each.kind,
        "description": each.description,
        "weight": number(each.weight),
    }
