"""The list of consultations: what is open, closing soonest; then what follows."""

from django.db.models import DateField, DateTimeField
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.public.commission.filters import choice
from commissions.public.listing.keyset import Part
from commissions.public.listing.views import ListFilter, organisation_filter, page_of
from consultations.comments.progress import Progress, progress_of
from consultations.consultation.timetable import STATES, standing, where
from consultations.models import Consultation


class ConsultationFilter(ListFilter):
    """Consultations, narrowed: by state, by whose they are, by topic."""

    about = "commission__topic"

    state = choice(
        "State", [(code, said[0]) for code, said in STATES.items()], method="by_state"
    )
    organisation = organisation_filter("commission__organisation")
    topic = choice("Topic", method="by_topic")

    def __init__(self, data):
        self.at = timezone.now()
        self.orders = {"usual": ("Open first, closing soonest", parts(self.at))}
        rows = Consultation.objects.published(self.at).select_related(
            "commission__organisation", "response"
        )
        super().__init__(data, rows)
        del self.filters["sort"]

    def by_state(self, rows, name, value):
        """Keep those in one state."""
        return rows.filter(where(value, self.at))


def parts(at):
    """Return the parts of the list: the most urgent first, in each its own order."""
    return [
        Part("closes_at", DateTimeField(), where=where("open", at)),
        Part("opens_at", DateTimeField(), where=where("upcoming", at)),
        Part("response_due_on", DateField(), where=where("awaiting", at)),
        Part("closes_at", DateTimeField(), down=True, where=where("answered", at)),
    ]


def described(consultations):
    """Give each consultation of a page its state and its progress, in one query."""
    found = progress_of(consultations)
    return [
        {
            "consultation": consultation,
            "standing": standing(consultation),
            "progress": found.get(consultation.pk, Progress()),
        }
        for consultation in consultations
    ]


@require_safe
def index(request):
    """Show one page of consultations."""
    return page_of(
        request,
        "consultations/consultation/list.html",
        ConsultationFilter(request.GET),
        names=("Consultations", "consultation", "consultations"),
        present=described,
    )
