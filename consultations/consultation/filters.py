"""The list of consultations: what is open, closing soonest; then what follows."""

from django.db.models import DateField, DateTimeField
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
)
from commissions.public.listing.keyset import KeysetPart
from consultations.consultation.models import Consultation, ConsultationState


class ConsultationFilter(ListFilter):
    """Consultations, narrowed: by state, by whose they are, by topic."""

    about = "commission__topic"
    offers_orders = False

    state = choice_filter(
        gettext_lazy("State"), ConsultationState.choices, method="by_state"
    )
    organisation = organisation_filter("commission__organisation")
    topic = choice_filter(gettext_lazy("Topic"), method="by_topic")

    def __init__(self, data):
        self.at = timezone.now()
        self.orders = {
            "usual": (gettext_lazy("Open first, closing soonest"), parts(self.at))
        }
        rows = Consultation.objects.published(self.at).select_related(
            "commission__organisation", "response"
        )
        super().__init__(data, rows)

    def by_state(self, rows, name, value):
        """Keep those in one state."""
        return rows.filter(ConsultationState(value).at(self.at))


def parts(at):
    """Return the parts of the list: the most urgent first, in each its own order."""
    return [
        KeysetPart("closes_at", DateTimeField(), where=ConsultationState.OPEN.at(at)),
        KeysetPart(
            "opens_at", DateTimeField(), where=ConsultationState.UPCOMING.at(at)
        ),
        KeysetPart(
            "response_due_on", DateField(), where=ConsultationState.AWAITING.at(at)
        ),
        KeysetPart(
            "closes_at",
            DateTimeField(),
            down=True,
            where=ConsultationState.ANSWERED.at(at),
        ),
    ]
