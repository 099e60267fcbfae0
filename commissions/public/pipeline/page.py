"""The page of what is coming, by quarter: the picture and its table."""

from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext_lazy

from commissions.law.deadlines import count
from commissions.public.contracts.filters import ContractFilter
from commissions.public.listing.page import ListPage, list_view
from commissions.public.pipeline.chart import draw_pipeline
from commissions.public.pipeline.exports import EXPORT
from commissions.public.pipeline.filters import PipelineFilter
from commissions.public.pipeline.rows import describe_pipeline

SIZE = 12
TITLE = 40  # letters of a title that fit a phone's width in the picture
ENDING = "ends=366&next=nothing"  # asked of the contracts register
ENDS = 5  # contracts shown that end with nothing planned
EMPTY = {
    "": gettext_lazy("Nothing that is planned matches."),
    "passed": gettext_lazy(
        "No planned date has passed without the stage being reached."
    ),
    "none": gettext_lazy("Every commission here gives a date for what comes next."),
}


def shortened(title):
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


class PipelinePage(ListPage):
    """One page of what is coming."""

    filter_set = PipelineFilter
    template = "commissions/pipeline/list.html"
    title, caption = gettext_lazy("What is coming"), gettext_lazy("The pipeline")
    counted = ngettext_lazy("{n} commission", "{n} commissions", "number")
    export = EXPORT
    size = SIZE
    ending_asked = ENDING

    def present(self, rows):
        return describe_pipeline(rows, self.filters.today)

    @cached_property
    def chart(self):
        """The rows that have a date to be listed by, drawn; None where none has."""
        dated = [
            (shortened(row.commission.title), row.coming)
            for row in self.rows
            if row.coming.by
        ]
        return draw_pipeline(dated, self.filters.today) if dated else None

    @property
    def state(self):
        return self.filters.state

    @property
    def empty(self):
        return EMPTY[self.state]

    @cached_property
    def ending(self):
        """The contracts that end first within a year, with nothing planned after."""
        if self.filtered:
            return []
        return ContractFilter(QueryDict(ENDING)).read().page(size=ENDS).rows

    @cached_property
    def notice(self):
        return count("pipeline", self.filters.today)


index = list_view(PipelinePage)
