"""The list of commissions as asked for: filtered, in order, page by page.

The page, the files and the feeds all read the one list from here.
"""

from functools import cached_property

from django.conf import settings
from django.db.models import DateTimeField, DecimalField, Q

from commissions.models import Commission
from commissions.public.commission.filters import CommissionFilter
from commissions.public.listing.keyset import Keyset, Part, Ranking
from commissions.search import query as search_query

NEWEST = Part("published_at", DateTimeField(), down=True)
VALUE = DecimalField(max_digits=18, decimal_places=2)


def parts(order, at):
    """Return the parts of the list in an order, at a time."""
    if order == "closing":
        # Few things are open at a time: SQLite is told to begin with those, and
        # not with all of a stage.
        closing = Commission.objects.filter(window_closes_at__gt=at)
        to_come = Q(window_closes_at__gt=at)
        first = to_come & Q(pk__in=closing.values("pk"))
        return [
            Part("window_closes_at", DateTimeField(), where=first),
            Part("published_at", DateTimeField(), down=True, where=~to_come),
        ]
    if order == "value":
        known = Q(value_max__isnull=False)
        return [
            Part("value_max", VALUE, down=True, where=known),
            Part("published_at", DateTimeField(), down=True, where=~known),
        ]
    return [NEWEST]


class Listing:
    """What a query string asks of the list of commissions."""

    def __init__(self, data):
        self.filters = CommissionFilter(data)
        self.form = self.filters.form
        self.at = self.filters.at

    @cached_property
    def rows(self):
        """Return all that is left, in no order."""
        return self.filters.narrowed()

    @cached_property
    def order(self):
        """The order the list is in; a refused search has no best match."""
        order = self.filters.order
        return order if order != "relevance" or "q" in self.filters.asked else "closing"

    def read(self, fetched):
        """Return the list ready to be paged; `fetched` adds what rows need."""
        if self.order == "relevance":
            rows = self.filters.narrowed(recent=True)
            keys = search_query.ranked(rows, self.filters.words)
            return Ranking(fetched(self.filters.queryset), keys)
        return Keyset(fetched(self.rows), parts(self.order, self.at), name=self.order)


def for_robots(request):
    """Return what a list tells search engines: its address, and whether it is all.

    A filtered list, or a page of one, is followed but not indexed.
    """
    return {
        "canonical": f"{settings.PORTAL_ORIGIN}{request.path}",
        "filtered": bool(request.GET),
    }
