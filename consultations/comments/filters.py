"""The filters of the comments on one consultation."""

from django.utils.translation import gettext, gettext_lazy

from commissions.public.listing.filters import ListFilter, choice_filter
from consultations.comments.labels import ROLES, STANCES
from consultations.comments.models import Outcome
from consultations.comments.page import OLDEST_FIRST
from consultations.responses.models import Theme

WHOLE = "whole"


class CommentFilter(ListFilter):
    """The public comments on one consultation, narrowed.

    Outcomes and themes can be asked for once the response is published.
    """

    offers_orders = False
    orders = {"oldest": (gettext_lazy("Oldest first"), OLDEST_FIRST)}
    section = choice_filter(gettext_lazy("Section"), method="by_section")
    stance = choice_filter(gettext_lazy("Supports it or not"), list(STANCES.items()))
    role = choice_filter(
        gettext_lazy("Who it is from"), list(ROLES.items()), method="by_role"
    )
    outcome = choice_filter(gettext_lazy("Outcome"), Outcome.choices)
    theme = choice_filter(gettext_lazy("Theme"), method="by_theme")

    def __init__(self, data, consultation):
        rows = consultation.comments.public().for_page()
        super().__init__(data, rows)
        self.filters["section"].extra["choices"] = sections_commented_on(consultation)
        if consultation.published_response:
            titles = Theme.objects.filter(consultation=consultation)
            self.filters["theme"].extra["choices"] = [
                (title, title) for title in titles.values_list("title", flat=True)
            ]
        else:
            del self.filters["outcome"], self.filters["theme"]

    def by_section(self, rows, name, value):
        """Keep those on one section, or on the whole draft."""
        if value == WHOLE:
            return rows.filter(section_text__isnull=True)
        return rows.filter(section_text__section__key=value)

    def by_role(self, rows, name, value):
        """Keep those by people who are one thing to the service."""
        return rows.filter(submission__role=value, submission__withheld_as="")

    def by_theme(self, rows, name, value):
        """Keep those answered together."""
        return rows.filter(theme__title=value)


def sections_commented_on(consultation):
    """Return the sections to choose from: (key, heading)."""
    if consultation.draft is None:
        return []
    texts = consultation.draft.texts.order_by("order")
    return [
        (WHOLE, gettext("The whole draft")),
        *texts.values_list("section__key", "heading"),
    ]
