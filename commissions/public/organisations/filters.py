"""The list of organisations: public bodies, and providers where they are asked for."""

from django.db.models import CharField, Count, Exists, OuterRef, Q

from commissions.models import Commission, Organisation, OtherName, Post
from commissions.public.listing.filters import (
    AreaField,
    ListFilter,
    TypedFilter,
    areas_inside,
    choice_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart


class OrganisationFilter(ListFilter):
    """Organisations, narrowed."""

    orders = {
        "name": ("Name, A to Z", [KeysetPart("name", CharField())]),
        "name-down": ("Name, Z to A", [KeysetPart("name", CharField(), down=True)]),
    }
    q = words_filter("A name it has or had.")
    kind = choice_filter("Kind", Organisation.Kind.choices, empty="Any public body")
    area = TypedFilter(AreaField, label="Place", method="by_area")
    vacancies = choice_filter(
        "Posts", [("yes", "Has a vacant post")], method="by_vacancies"
    )

    def __init__(self, data):
        super().__init__(data, Organisation.objects.select_related("area"))

    def narrowed(self):
        """Return what is left; providers only where their kind is asked for."""
        rows = super().narrowed()
        return rows if "kind" in self.asked else rows.commissioning()

    def has(self, word):
        """Look in all its names, present and other."""
        others = OtherName.objects.filter(name__icontains=word)
        return Q(name__icontains=word) | Q(pk__in=others.values("organisation"))

    def by_area(self, rows, name, value):
        """Keep those that serve one of these places, or a place inside one."""
        return rows.filter(area__in=areas_inside(value))

    def by_vacancies(self, rows, name, value):
        """Keep those with a post that nobody holds."""
        vacant = Post.objects.vacant().filter(organisation=OuterRef("pk"))
        return rows.filter(Exists(vacant))


def with_counts(organisations):
    """Count, in two queries, the commissions and vacancies of a page of them."""
    pks = [body.pk for body in organisations]
    commissions = by_body(Commission.objects.published(), pks)
    vacant = by_body(Post.objects.vacant(), pks)
    return [
        {
            "body": body,
            "commissions": commissions.get(body.pk, 0),
            "vacant": vacant.get(body.pk, 0),
        }
        for body in organisations
    ]


def by_body(rows, pks):
    """Count rows by the organisation they belong to."""
    rows = rows.filter(organisation__in=pks).order_by()
    return dict(rows.values_list("organisation").annotate(Count("pk")))
