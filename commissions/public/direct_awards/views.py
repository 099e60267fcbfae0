"""Every choice made without a competition: the page, and the same list as files."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from commissions.public.direct_awards.filters import (
    DirectAwardFilter,
    described,
    unexplained,
)
from commissions.public.listing.exports import Column, Export, all_rows
from commissions.public.listing.page import ListPage, list_view


def pairs(awards):
    """Return each of them with its row in words."""
    return zip(awards, described(awards), strict=True)


def in_words(name):
    """Return a getter of what the row in words says."""
    return lambda pair: pair[1][name]


def stored(name):
    """Return a getter of what the direct award itself says."""
    return lambda pair: getattr(pair[0], name)


def representations_received(pair):
    """Return how many representations came; None where none could."""
    review = getattr(pair[0].commission, "representations", None)
    return review.received if review else None


def address(pair):
    """Return the full address of the page of the award."""
    page = reverse("commissions:award-detail", args=[pair[1]["reference"]])
    return f"{settings.PORTAL_ORIGIN}{page}"


COLUMNS = [
    Column("reference", in_words("reference")),
    Column("title", in_words("title")),
    Column("organisation", in_words("organisation")),
    Column("ground", stored("ground")),
    Column("law", lambda pair: pair[1]["ground"].law),
    Column("explanation", stored("explanation")),
    Column("supplier", in_words("supplier")),
    Column("value_pounds", stored("amount")),
    Column("value_vat", stored("vat")),
    Column("decided_by", in_words("decided_by")),
    Column("conflicts", stored("conflicts")),
    Column("conflicts_managed", stored("conflicts_managed")),
    Column("said_on", lambda pair: timezone.localdate(pair[0].justified_at)),
    Column("representations_until", in_words("closes_on")),
    Column("representations_received", representations_received),
    Column("address", address),
]
EXPORT = Export("direct-awards", COLUMNS, lambda filters: all_rows(filters, pairs))


class DirectAwardList(ListPage):
    """One page of the choices made without a competition."""

    filter_set = DirectAwardFilter
    template = "commissions/direct_awards/list.html"
    title = "Chosen without a competition"
    noun = "choice made without a competition"
    nouns = "choices made without a competition"
    export = EXPORT

    def present(self, rows):
        """Say a page of them in words."""
        return described(rows)

    @cached_property
    def unexplained(self):
        """The newest known from notices only, under the whole list."""
        return [] if self.filtered else unexplained(self.filters.at)


index = list_view(DirectAwardList)
export = EXPORT.view(DirectAwardFilter)
