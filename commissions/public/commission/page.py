"""The papers of one commission as its page shows them, newest first.

Documents, notices, the tender with its lots, awards, contracts, and the public
record in words. Each list is an excerpt: see `commissions.public.listing.excerpts`.
"""

from dataclasses import replace

from django.db.models import F
from django.utils import timezone

from commissions.commission.standstill import ends_of
from commissions.models import Award, Contract, Lot
from commissions.public.listing.excerpts import excerpt
from commissions.public.record_sentences import event
from commissions.public.record_sentences.names import names_in
from commissions.text.formats import amount, how_far
from commissions.text.labels import (
    ACCESSIBLE,
    AWARD_STATES,
    LOT_STATES,
    METHODS,
    document_type,
    file_format,
    notice_name,
)


def web(url):
    """Return an address that a page may link to: the web's, or nothing."""
    return url if url.startswith(("http://", "https://")) else ""


def newest(rows, field):
    """Put the newest first and those without a date last, on every database."""
    return rows.order_by(F(field).desc(nulls_last=True), "-pk")


def shown(part, show):
    """Return an excerpt with each row as `show` presents it."""
    return replace(part, rows=[show(row) for row in part.rows])


def documents(commission, asked):
    """List documents with their type and format in words."""
    rows = newest(commission.documents, "published_at")
    return shown(excerpt(rows, "documents", first=10, asked=asked), show_document)


def show_document(document):
    """Present one document."""
    return {
        "title": document.title,
        "description": document.description,
        "url": document.file.url if document.file else web(document.url),
        "type": document_type(document.document_type),
        "format": file_format(document.format),
        "published_at": document.published_at,
        "accessible": ACCESSIBLE[document.is_accessible],
    }


def notices(commission, asked):
    """List notices with their names in words."""
    rows = commission.notices.order_by("-published_at", "-pk")
    return shown(excerpt(rows, "notices", first=10, asked=asked), show_notice)


def show_notice(notice):
    """Present one notice."""
    return {
        "code": notice.code,
        "name": notice_name(notice.code, notice.tags),
        "title": notice.title,
        "platform": notice.platform,
        "reference": notice.release_id,
        "published_at": notice.published_at,
        "url": web(notice.url),
        "contact_name": notice.contact_name,
        "contact_email": notice.contact_email,
        "contact_phone": notice.contact_phone,
    }


def newest_contact(listed):
    """Return the newest notice that names a contact, or None."""
    named = ("contact_name", "contact_email", "contact_phone")
    return next((n for n in listed.rows if any(n[field] for field in named)), None)


def tender(commission):
    """Present the tender, or None where there is none yet."""
    found = getattr(commission, "tender", None)
    return found and {
        "title": found.title,
        "description": found.description,
        "status": found.get_status_display(),
        "method": found.method_details or METHODS.get(found.method, ""),
        "amount": amount(found.amount, found.amount_gross, found.currency),
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "questions_close_at": found.questions_close_at,
        "how_to_bid": found.how_to_bid,
        "suits": [
            words
            for words, true in (
                ("small and medium-sized firms", found.suits_sme),
                ("voluntary and community bodies", found.suits_vcse),
            )
            if true
        ],
    }


def lots(commission, asked):
    """List the lots of the tender; asks nothing where it is known to have none."""
    rows = Lot.objects.filter(tender__commission=commission)
    rows = rows if getattr(commission, "has_lots", True) else rows.none()
    return shown(excerpt(rows, "lots", first=10, asked=asked), show_lot)


def show_lot(lot):
    """Present one lot."""
    return {
        "title": str(lot),
        "description": lot.description,
        "status": LOT_STATES.get(lot.status, ""),
        "amount": amount(lot.amount),
        "starts_on": lot.starts_on,
        "ends_on": lot.ends_on,
    }


def awards(commission, tied, asked):
    """List awards with their suppliers and lots, which `tied` holds."""
    known = getattr(commission, "has_awards", True)
    rows = newest(commission.awards if known else Award.objects.none(), "decided_on")
    cut = excerpt(rows, "awards", first=10, asked=asked)
    ends = ends_of(commission, [each for each in cut.rows if each.standstill_ends_on])
    return shown(
        cut,
        lambda award: {
            "title": str(award),
            "description": award.reasons or award.description,
            "status": AWARD_STATES.get(award.status, ""),
            "suppliers": tied["award", award.pk],
            "lots": tied["lot", award.pk],
            "amount": amount(award.amount, award.amount_gross, award.currency),
            "decided_on": award.decided_on,
            "standstill_ends_on": ends.get(award.pk),
            "starts_on": award.starts_on,
            "ends_on": award.ends_on,
        },
    )


def contracts(commission, tied, asked):
    """List contracts with their suppliers, which `tied` holds."""
    today = timezone.localdate()
    known = getattr(commission, "has_contracts", True)
    rows = newest(
        commission.contracts if known else Contract.objects.none(), "starts_on"
    )
    return shown(
        excerpt(rows, "contracts", first=10, asked=asked),
        lambda contract: {
            "title": str(contract),
            "url": contract.get_absolute_url(),
            "description": contract.description,
            "status": contract.standing(today).label,
            "suppliers": tied["contract", contract.pk],
            "amount": amount(contract.amount, contract.amount_gross, contract.currency),
            "signed_on": contract.signed_on,
            "starts_on": contract.starts_on,
            "ends_on": contract.ends_on,
            "ends": contract.ends_on and how_far(contract.ends_on, today),
            "latest_end_on": contract.latest_end_on,
        },
    )


RECORD = 15  # entries shown before a reader asks for all


def record(commission, entries, asked):
    """List what the public record says about it, in sentences, newest first."""
    bodies = (
        commission.organisation,
        commission.post,
        commission.committee,
    )
    names = {
        body.record_name: getattr(body, "title", None) or body.name
        for body in bodies
        if body
    }
    called = names_in(entries, names)
    return shown(
        excerpt(entries, "record", first=RECORD, asked=asked),
        lambda entry: event(entry, called),
    )
