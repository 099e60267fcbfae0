"""The register of barriers: laws and policies in the way, and ways round them."""

from django.db.models import CharField

from commissions.models import Barrier
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart

SOLVED = {"yes": "Solved", "no": "Still in the way"}


class BarrierFilter(ListFilter):
    """Public barriers, narrowed."""

    orders = {"title": ("Title, A to Z", [KeysetPart("title", CharField())])}
    searched = ["title", "law", "stops", "workaround"]
    q = words_filter("In its title, the law, what it stops or the way round.")
    topic = choice_filter("Topic", method="by_topic")
    organisation = organisation_filter()
    solved = choice_filter("Solved or not", SOLVED.items(), method="by_solved")

    def __init__(self, data):
        rows = Barrier.objects.published().select_related("organisation", "topic")
        super().__init__(data, rows)

    def by_solved(self, rows, name, value):
        """Keep those that were solved, or those that were not."""
        return rows.filter(is_solved=value == "yes")
