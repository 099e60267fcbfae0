"""One release as a notice: its code, platform, address, time and contact."""

from urllib.parse import urlsplit

from commissions.law.notices import NOTICE_TYPES, OF_BODIES_ALONE, is_of_the_act
from commissions.law.notices import PLATFORMS as SHAPES
from commissions.law.notices.forms import Shape, recognised
from commissions.law.regimes import is_welsh_psr
from commissions.ocds.importing.mapping.json_reader import plain_text
from commissions.ocds.importing.mapping.parties import web_address

PLATFORMS = {
    "find-tender.service.gov.uk": "Find a Tender",
    "contractsfinder.service.gov.uk": "Contracts Finder",
    "sell2wales.gov.wales": "Sell2Wales",
    "publiccontractsscotland.gov.uk": "Public Contracts Scotland",
    "etendersni.gov.uk": "eTendersNI",
}
PLATFORM_OF_PREFIX = {
    "ocds-h6vhtk": "Find a Tender",
    "ocds-b5fd17": "Contracts Finder",
    "ocds-kuma6s": "Sell2Wales",
    "ocds-r6ebe6": "Public Contracts Scotland",
}
TYPES_OF_TAG = {
    "planning": ("plannedProcurementNotice", "marketEngagementNotice"),
    "tender": ("tenderNotice", "contractNotice", "tenderCancellationNotice"),
    "award": ("awardNotice",),
    "contract": ("contractNotice", "contractTerminationNotice"),
    "implementation": ("implementationNotice",),
}


def documents_of_release(release):
    """Yield the documents of every section of a release."""
    for name in ("planning", "tender"):
        yield from release.part(name).parts("documents")
    for name in ("awards", "contracts"):
        for part in release.parts(name):
            yield from part.parts("documents")


def notice_document(release, tags):
    """Return the document that is the notice itself, or None.

    The one that names its notice type, else the type that goes with the
    release's tags; of several the last published.
    """
    listed = list(documents_of_release(release))
    coded = [each for each in listed if is_of_the_act(each.raw("noticeType"))]
    types = [
        name
        for start, names in TYPES_OF_TAG.items()
        if any(tag.startswith(start) for tag in tags)
        for name in names
    ]
    typed = [each for each in listed if each.raw("documentType") in types]
    dated = sorted(coded or typed, key=lambda each: each.raw("datePublished"))
    return dated[-1] if dated else None


def platform_of(ocid, url, publisher):
    """Name the platform: by the notice's address, the OCID, the publisher."""
    host = (urlsplit(url).hostname or "") if url else ""
    for domain, name in PLATFORMS.items():
        if host == domain or host.endswith(f".{domain}"):
            return name
    return PLATFORM_OF_PREFIX.get(ocid.lower()[:11]) or publisher[:100] or "Not stated"


def address_of(platform, reference):
    return SHAPES[platform].address(reference) if platform in SHAPES else ""


def words_of(release):
    """Return a release's own words on what it is: of its title, method and legal basis."""
    tender = release.part("tender")
    parts = [release, tender, *release.parts("awards"), *release.parts("contracts")]
    said = [part.raw(key) for part in parts for key in ("title", "description")]
    said += [
        tender.raw("procurementMethodDetails"),
        tender.raw("procurementMethodRationale"),
        tender.part("legalBasis").raw("description"),
        release.part("planning").raw("rationale"),
    ]
    return "\n".join(filter(None, said))


def shape_of(release, tags, platform, nation, url):
    """Return what tells the sort of a notice that has no code."""
    words = words_of(release)
    listed = list(documents_of_release(release))
    contracts = release.parts("contracts")
    basis = release.part("tender").part("legalBasis")
    return Shape(
        tags=tags,
        documents=frozenset(each.raw("documentType") for each in listed),
        platform=platform,
        title=release.part("tender").raw("title") or release.raw("title"),
        words=plain_text(words) if "<" in words or "&" in words else words,
        older=basis.raw("scheme").upper() == "CELEX",
        amends=any(each.values.get("amendments") for each in contracts),
        unnumbered=not url or is_welsh_psr(words, nation),
    )


def sort_of(release, code, tags, platform, nation, url):
    """Return a notice's code and, where it has none, the form that it has."""
    if is_of_the_act(code) and url:
        return "" if code in OF_BODIES_ALONE else code, ""
    found = recognised(shape_of(release, tags, platform, nation, url))
    return (found, "") if found in NOTICE_TYPES else ("", found)


def notice_of(release, *, tags, publisher, contact, nation="england"):
    """Return a notice's columns, apart from its commission.

    A code stands only with the address of its publication: platform first.
    """
    document = notice_document(release, tags)
    url = web_address(document.raw("url"), 1000) if document else ""
    ocid = release.raw("ocid")
    platform = platform_of(ocid, url, publisher)
    url = url or address_of(platform, release.raw("id"))
    said = document.raw("noticeType") if document else ""
    code, form = sort_of(release, said, tags, platform, nation, url)
    return {
        "ocid": ocid,
        "release_id": release.raw("id"),
        "code": code,
        "form": form,
        "title": release.text("title", 500)
        or release.part("tender").text("title", 500),
        "platform": platform,
        "tags": ",".join(tags)[:200],
        "url": url,
        "published_at": release.moment("date"),
        "contact_name": contact.get("name", ""),
        "contact_email": contact.get("email", ""),
        "contact_phone": contact.get("phone", ""),
        "contact_url": contact.get("url", ""),
    }
