"""The small parts of a release: money, days, classifications and documents."""

import json

from commissions.ocds.importing.mapping.parties import web_address
from commissions.text.labels import DOCUMENT_TYPES


def parts_by_id(parts, longest=255):
    """Return parts by id, told apart by a number where publishers repeat one.

    An exact repetition is dropped; a part without an id goes by its position.
    """
    found, seen = {}, set()
    for position, part in enumerate(parts, 1):
        whole = json.dumps(part.values, sort_keys=True)
        if whole in seen:
            continue
        seen.add(whole)
        name = part.code("id", longest - 6) or str(position)
        number = 1
        key = name
        while key in found:
            number += 1
            key = f"{name}#{number}"
        found[key] = part
    return found


def currency_of(value):
    return value.code("currency", 3).upper() or "GBP"


def amount_columns(part, key="value"):
    """Return a value as columns: amount, amount_gross and currency."""
    value = part.part(key)
    return {
        "amount": value.money("amount"),
        "amount_gross": value.money("amountGross"),
        "currency": currency_of(value),
    }


def first_and_last_day(part, key):
    """Return the first and last day of a period, the last never the earlier."""
    within = part.part(key)
    first, last = within.day("startDate"), within.day("endDate")
    return first, last if not (first and last) or first <= last else None


def main_category(*parts):
    """Return the main category that the first of some parts states."""
    stated = (part.code("mainProcurementCategory", 20) for part in parts)
    return next(filter(None, stated), "")


def renewal_in_words(part):
    """Return how a contract or a lot may be renewed, in the notice's words."""
    found = part.part("renewal")
    times = found.raw("maximumRenewals").removesuffix(".0")
    most = f"At most {times} renewals." if times and times != "0" else ""
    return "\n".join(filter(None, (found.text("description"), most)))


def cpv_codes(*parts):
    """Return the CPV codes of tenders, lots, items and awards, main ones first."""
    found = []
    for part in parts:
        each = [part.part("classification"), *part.parts("additionalClassifications")]
        found += [
            code.raw("id")[:8]
            for code in each
            if code.raw("scheme").upper() in {"CPV", ""}
        ]
        found += cpv_codes(*part.parts("items"))
    return [code for code in dict.fromkeys(found) if len(code) == 8 and code.isdigit()]


def cpv_codes_of_release(release):
    """Return the CPV codes, the tender's first."""
    tender = release.part("tender")
    return cpv_codes(
        tender,
        *tender.parts("lots"),
        *release.parts("awards"),
        *release.parts("contracts"),
    )


SECTIONS = ("planning", "tender", "awards", "contracts")


def sections_with_documents(release):
    """Yield each section that holds documents, with its name."""
    for name in SECTIONS:
        if name.endswith("s"):
            for key, part in parts_by_id(release.parts(name), 100).items():
                yield f"{name}/{key}", part
        else:
            yield name, release.part(name)


def documents_of(release, notices):
    """Return, by section and id, the documents that can be linked to.

    `notices` are the addresses of the notices themselves, which are shown as
    notices. A document without an address is left out: there is nothing to
    open.
    """
    documents = {}
    for section, part in sections_with_documents(release):
        for key, document in parts_by_id(part.parts("documents"), 140).items():
            url = web_address(document.raw("url"), 1000)
            if url and url not in notices:
                documents[f"{section}/{key}"] = document_columns(document, url)
    return documents


def document_columns(document, url):
    """Return a document's columns; its title falls back on what it is."""
    code = document.code("documentType", 60)
    title = document.text("title", 500) or document.text("description", 500)
    return {
        "title": title or DOCUMENT_TYPES.get(code, "Document"),
        "description": document.text("description") if document.raw("title") else "",
        "document_type": code,
        "url": url,
        "format": document.code("format", 120),
        "language": document.code("language", 20),
        "published_at": document.moment("datePublished"),
    }
