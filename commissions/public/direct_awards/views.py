"""Every choice made without a competition."""

from functools import cached_property

from commissions.public.direct_awards.exports import EXPORT
from commissions.public.direct_awards.filters import DirectAwardFilter
from commissions.public.direct_awards.rows import describe_direct_awards, is_unexplained
from commissions.public.listing.page import ListPage, list_view


class DirectAwardList(ListPage):
    """One page of the choices made without a competition."""

    filter_set = DirectAwardFilter
    template = "commissions/direct_awards/list.html"
    title = "Chosen without a competition"
    noun = "choice made without a competition"
    nouns = "choices made without a competition"
    export = EXPORT

    def present(self, rows):
        return describe_direct_awards(rows)

    @cached_property
    def unexplained(self):
        """The newest known from notices only, under the whole list."""
        return [] if self.filtered else is_unexplained(self.filters.at)


index = list_view(DirectAwardList)
