"""The list of who decides: each post with the person in it, or its vacancy."""

from django.db.models import CharField, Count, Exists, F, OuterRef, Q

from commissions.models import Commission, Organisation, Post, Tenure
from commissions.people.holdings import read_holders
from commissions.public.listing.filters import (
    KINDS,
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from commissions.text.formats import how_many

IN_POST = {"named": "Somebody is in it", "vacant": "Vacant"}


class PostFilter(ListFilter):
    """Posts that hold decisions, narrowed."""

    orders = {
        "organisation": ("Organisation, A to Z", [KeysetPart("body", CharField())]),
        "post": ("Post, A to Z", [KeysetPart("title", CharField())]),
    }
    q = words_filter("A person’s name or a post.")
    organisation = organisation_filter()
    kind = choice_filter("Kind of organisation", KINDS, method="by_kind")
    held = choice_filter("Posts", IN_POST.items(), method="by_held")

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
    named = Tenure.objects.current().named().filter(post=OuterRef("pk"))
    return named.filter(commissioner__name__icontains=word)


def describe_posts(posts):
    """Read, in two queries, who is in these posts and how much each holds."""
    if not posts:
        return []
    read_holders(posts)
    held = Commission.objects.published().filter(post__in=[post.pk for post in posts])
    counts = dict(held.order_by().values_list("post").annotate(Count("pk")))
    return [
        {"post": post, "lead": holdings_of_posts(counts.get(post.pk, 0))}
        for post in posts
    ]


def holdings_of_posts(number):
    return f"Holds {how_many(number, 'commission')}" if number else "Holds none yet"
