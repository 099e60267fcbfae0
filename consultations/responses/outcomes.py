"""What comments came to: outcomes by kind, of each consultation, each body and all.

Counted are the public comments of consultations whose response is published, each
kind of outcome as a share of those that have one. The body that answers chooses the
outcome: whether anything changed because of a comment the figures cannot tell.
"""

from functools import cached_property

from django.db.models import Count, DateTimeField, F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy

from commissions.public.listing.exports import Column, Export, address_of_row, all_rows
from commissions.public.listing.filters import ListFilter, organisation_filter
from commissions.public.listing.keyset import KeysetPart
from commissions.public.listing.page import ListPage, list_view
from consultations.comments.models import CommentState, Outcome
from consultations.consultation.models import Consultation
from consultations.responses.views import ORDER

PUBLIC = Q(comments__state=CommentState.PUBLISHED)


def count_outcomes():
    """Count the public comments, and those with each outcome."""
    return {
        "published": Count("comments", filter=PUBLIC),
        **{
            outcome.value: Count(
                "comments", filter=PUBLIC & Q(comments__outcome=outcome.value)
            )
            for outcome in ORDER
        },
    }


class OutcomeFilter(ListFilter):
    """Consultations whose response is published, narrowed by whose they are."""

    orders = {
        "newest": (
            gettext_lazy("Answered last"),
            [KeysetPart("answered_at", DateTimeField(), down=True)],
        )
    }
    offers_orders = False
    organisation = organisation_filter("commission__organisation")

    def __init__(self, data):
        rows = Consultation.objects.published().filter(
            response__published_at__lte=timezone.now()
        )
        rows = rows.annotate(answered_at=F("response__published_at"))
        super().__init__(data, rows.select_related("commission__organisation"))


class Outcomes:
    """The outcomes of some comments: each kind, of how many that have an outcome."""

    def __init__(self, counted):
        self.published = counted["published"]
        self.by = {outcome: counted[outcome.value] for outcome in ORDER}
        self.answered = sum(self.by.values())

    @property
    def taken_up(self):
        """How many were accepted, or accepted in part."""
        return self.by[Outcome.ACCEPTED] + self.by[Outcome.PARTLY]

    @property
    def rows(self):
        """(what, how many, share) of each kind, and first of what was taken up."""
        said = [(gettext("Accepted, or accepted in part"), self.taken_up)]
        said += [(outcome.label, number) for outcome, number in self.by.items()]
        return [(what, number, self.share(number)) for what, number in said]

    def share(self, number):
        """Write a part of those that have an outcome: 12 %."""
        return f"{100 * number / self.answered:.0f}%" if self.answered else ""


def with_outcomes(consultations):
    """Pair consultations with their outcomes, in one query."""
    keys = [each.pk for each in consultations]
    rows = (
        Consultation.objects.filter(pk__in=keys).order_by().annotate(**count_outcomes())
    )
    found = {row["pk"]: Outcomes(row) for row in rows.values("pk", *count_outcomes())}
    return [(each, found[each.pk]) for each in consultations]


COLUMNS = [  # of (consultation, its outcomes)
    Column("reference", lambda row: row[0].reference),
    Column("title", lambda row: row[0].title),
    Column("organisation", lambda row: row[0].commission.organisation.name),
    Column("commission", lambda row: row[0].commission.reference),
    Column("comments_published", lambda row: row[1].published),
    Column("comments_with_an_outcome", lambda row: row[1].answered),
    Column("accepted", lambda row: row[1].by[Outcome.ACCEPTED]),
    Column("accepted_in_part", lambda row: row[1].by[Outcome.PARTLY]),
    Column("already_so", lambda row: row[1].by[Outcome.ALREADY]),
    Column("out_of_scope", lambda row: row[1].by[Outcome.OUT_OF_SCOPE]),
    Column("not_accepted", lambda row: row[1].by[Outcome.NOT_ACCEPTED]),
    Column("address", lambda row: address_of_row(row[0])),
]
EXPORT = Export("outcomes", COLUMNS, lambda filters: all_rows(filters, with_outcomes))
export = EXPORT.view(OutcomeFilter)


class OutcomeList(ListPage):
    """One page of consultations that were answered, with what comments came to."""

    filter_set = OutcomeFilter
    template = "consultations/responses/outcomes.html"
    title = gettext_lazy("What happened to comments")
    noun, nouns = "consultation", "consultations"
    counted = ngettext_lazy("{n} consultation", "{n} consultations", "number")
    export = EXPORT

    def present(self, rows):
        return with_outcomes(rows)

    @cached_property
    def whole(self):
        """The outcomes of all that is listed, on every page of it."""
        rows = self.filters.narrowed().order_by()
        return Outcomes(rows.aggregate(**count_outcomes()))


index = list_view(OutcomeList)
