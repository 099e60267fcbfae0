"""A commission as plain values, for `commissions.ocds.exporting.release`.

Nothing here is more than the public page shows, but for the working draft that
staff may read before it is public.
"""

from django.conf import settings

from commissions.models import CpvCode
from commissions.ocds.exporting.plainly import body, moment, number
from commissions.ocds.exporting.release import PLATFORM
from commissions.ocds.exporting.telling_awards import chosen, contract, signed

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
