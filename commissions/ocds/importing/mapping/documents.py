"""The documents of every section of a release as columns."""

from commissions.ocds.importing.mapping.parties import web_address
from commissions.ocds.importing.mapping.values import parts_by_id
from commissions.text.labels import DOCUMENT_TYPES

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
