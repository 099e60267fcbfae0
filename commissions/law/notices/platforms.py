"""The platforms on which notices are published: the shape of their references.

The central digital platform is Find a Tender (SI 2024/692, regulation 5). Those
of Wales and Northern Ireland pass their notices on to it.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit


def platform_host(url: str) -> str:
    """Return the host of a web address in lower case; nothing where it is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class NoticePlatform:
    """A platform: its name, its host, and what its references look like.

    `central` platforms carry the notices of the Act; the others those of
    earlier regulations. `page` is the address of a notice, where its
    reference alone makes it.
    """

    name: str
    host: str
    reference: str
    shape: str
    example: str
    central: bool = True
    page: str = ""

    def takes(self, reference: str) -> bool:
        """Tell whether a reference has this platform's shape."""
        return re.fullmatch(self.reference, reference) is not None

    def holds(self, url: str) -> bool:
        """Tell whether an address is on this platform's host."""
        host = platform_host(url)
        return host == self.host or host.endswith(f".{self.host}")

    def address(self, reference: str) -> str:
        """Return the address of a notice, where its reference alone makes it."""
        known = self.page and self.takes(reference)
        return self.page.format(reference=reference) if known else ""


PLATFORMS = {
    platform.name: platform
    for platform in (
        NoticePlatform(
            "Find a Tender",
            "find-tender.service.gov.uk",
            r"[0-9]{6}-20[0-9]{2}",
            "six digits, a hyphen and the year, such as 012345-2026",
            "https://www.find-tender.service.gov.uk/Notice/012345-2026",
            page="https://www.find-tender.service.gov.uk/Notice/{reference}",
        ),
        NoticePlatform(
            "Sell2Wales",
            "sell2wales.gov.wales",
            r"[A-Z]{3}[0-9]{5,7}",
            "three capital letters and six digits, such as NOV123456",
            "https://www.sell2wales.gov.wales/search/show/search_view.aspx?ID=NOV123456",
        ),
        NoticePlatform(
            "eTendersNI",
            "etendersni.gov.uk",
            r"[0-9]{4,10}",
            "the resource ID, four to ten digits",
            "https://etendersni.gov.uk/epps/cft/prepareViewCfTWS.do?resourceId=1234567",
        ),
        NoticePlatform(
            "Contracts Finder",
            "contractsfinder.service.gov.uk",
            r"\S(.{0,98}\S)?",
            "the reference that the notice shows, of 100 characters at most",
            "https://www.contractsfinder.service.gov.uk/notice/0f3c…",
            central=False,
        ),
        NoticePlatform(
            "Public Contracts Scotland",
            "publiccontractsscotland.gov.uk",
            r"[A-Z]{3}[0-9]{5,7}",
            "three capital letters and six digits, such as NOV123456",
            "https://www.publiccontractsscotland.gov.uk/search/show/search_view.aspx?ID=NOV123456",
            central=False,
        ),
    )
}
"""By name. A platform that is not listed has no shape of its own to check."""
