"""The list of who decides: each post with the face in it, or its vacancy."""

from django.db.models import CharField, Count, Exists, F, OuterRef, Q
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_safe

from commissions.models import Commission, Organisation, Post, Tenure
from commissions.public.commission.filters import KINDS, choice
from commissions.public.listing.keyset import Part
from commissions.public.listing.views import (
    ListFilter,
    organisation_filter,
    page_of,
    words_filter,
)
from commissions.public.people.holders import seat

IN_POST = {"named": "Somebody is in it", "vacant": "Vacant"}


class PostFilter(ListFilter):
    """Posts that hold decisions, narrowed."""

    orders = {
        "organisation": ("Organisation, A to Z", [Part("body", CharField())]),
        "post": ("Post, A to Z", [Part("title", CharField())]),
    }
    q = words_filter("A person’s name or a post.")
    organisation = organisation_filter()
    kind = choice("Kind of organisation", KINDS, method="by_kind")
    held = choice("Posts", IN_POST.items(), method="by_held")

    def __init__(self, data):
        rows = Post.objects.filter(ended_on__isnull=True).annotate(
            body=F("organisation__name")
        )
        super().__init__(data, rows.select_related("organisation", "deputy"))

    def has(self, word):
        """Look in a post's title and in the name shown for it, never in a hidden one."""
        return Q(title__icontains=word) | Exists(shown_as(word))

    def by_kind(self, rows, name, value):
        """Keep the posts of one kind of organisation."""
        return rows.filter(organisation__in=Organisation.objects.filter(kind=value))

    def by_held(self, rows, name, value):
        """Keep posts with somebody in them, or those without."""
        if value == "vacant":
            return rows.vacant()
        return rows.filter(Exists(Tenure.objects.current().filter(post=OuterRef("pk"))))


def shown_as(word):
    """Return the tenures of a post whose person is named in public and has a word."""
    nameable = Q(post__is_decision_level=True) | Q(
        commissioner__name_consent_on__isnull=False
    )
    named = Tenure.objects.current().filter(nameable, post=OuterRef("pk"))
    return named.filter(commissioner__name__icontains=word)


def seated(posts):
    """Read, in two queries, who is in these posts and how much each holds."""
    if not posts:
        return []
    seat(posts)
    held = Commission.objects.published().filter(post__in=[post.pk for post in posts])
    counts = dict(held.order_by().values_list("post").annotate(Count("pk")))
    return [{"post": post, "lead": holds(counts.get(post.pk, 0))} for post in posts]


def holds(number):
    """Say how many commissions a post holds."""
    return (
        f"Holds {number} commission{pluralize(number)}" if number else "Holds none yet"
    )


@require_safe
def index(request):
    """Show one page of posts."""
    return page_of(
        request,
        "commissions/people/list.html",
        PostFilter(request.GET),
        names=("Who decides", "post", "posts"),
        present=seated,
    )
