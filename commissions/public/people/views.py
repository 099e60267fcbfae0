"""A commissioner's public page: the face, the posts, and what they hold."""

from collections import defaultdict

from django.db.models import CharField, Count, Exists, F, OuterRef, Q
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import (
    Commission,
    Commissioner,
    Decision,
    Organisation,
    Post,
    Tenure,
)
from commissions.people.holders import is_stale, read_holders
from commissions.public.commission.page import shown
from commissions.public.commission.results import result
from commissions.public.decisions.rows import row
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.filters import (
    KINDS,
    ListFilter,
    choice,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import Part
from commissions.public.listing.page import ListPage, list_view
from commissions.public.panels import Panels
from commissions.public.people.handover_lists import passings, passings_to_come

DECISIONS = 10  # to come, the soonest first


@require_safe
def detail(request, slug):
    """Show one person whose name may be public; anybody else is not found."""
    person = get_object_or_404(Commissioner.objects.named(), slug=slug)
    asked = request.GET.get("all", "")
    posts, seats = tenures(person, asked), memberships(person, asked)
    today = timezone.localdate()
    posts_now = [held for held in posts.rows if runs(held, today)]
    seats_now = [seat for seat in seats.rows if runs(seat, today)]
    through = (
        [held.post_id for held in posts_now],
        [seat.committee_id for seat in seats_now],
    )
    spells = (
        times((held.post_id, held) for held in posts.rows),
        times((seat.committee_id, seat) for seat in seats.rows),
    )
    context = {
        "person": person,
        "panels": Panels("person", person),
        "passings": [*passings_to_come(*spells), *passings(*spells)],
        "stale": is_stale(person.confirmed_on, today),
        "posts": posts,
        "seats": seats,
        "posts_now": posts_now,
        "posts_before": [held for held in posts.rows if not runs(held, today)],
        "seats_now": seats_now,
        "seats_before": [seat for seat in seats.rows if not runs(seat, today)],
        "commissions": held_through(*through, asked),
        "decisions": decisions_of(*through),
    }
    return render(request, "commissions/people/detail.html", context)


def times(spells):
    """Gather tenures or memberships by what they are of: {key: [(from, until)]}."""
    found = defaultdict(list)
    for key, spell in spells:
        found[key].append((spell.started_on, spell.ended_on))
    return dict(found)


def runs(time, today):
    """Tell whether a tenure or a membership has begun and has not ended."""
    return time.started_on <= today and not (time.ended_on and time.ended_on <= today)


def tenures(person, asked):
    """List the posts in which this person may be named, newest first."""
    rows = person.tenures.named().select_related("post__organisation", "post__deputy")
    return excerpt(rows.order_by("-started_on", "-pk"), "posts", first=20, asked=asked)


def memberships(person, asked):
    """List the committees on which this person sits or sat, newest first."""
    rows = person.memberships.select_related("committee__organisation")
    return excerpt(
        rows.order_by("-started_on", "-pk"), "committees", first=20, asked=asked
    )


def held_through(posts, committees, asked):
    """List the public commissions that these posts and committees hold."""
    rows = (
        Commission.objects.published()
        .filter(Q(post__in=posts) | Q(committee__in=committees))
        .select_related("organisation")
        .order_by("-published_at", "-pk")
    )
    now = timezone.now()
    return shown(
        excerpt(rows, "commissions", first=10, asked=asked),
        lambda commission: result(commission, now),
    )


def decisions_of(posts, committees):
    """List the public decisions that these posts and committees are to take."""
    to_come = Decision.objects.published().to_come()
    rows = to_come.filter(Q(post__in=posts) | Q(committee__in=committees))
    fetched = rows.select_related("organisation", "post", "committee")
    return [row(decision) for decision in fetched[:DECISIONS]]


# The list of who decides: each post with the face in it, or its vacancy.


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
    named = Tenure.objects.current().named().filter(post=OuterRef("pk"))
    return named.filter(commissioner__name__icontains=word)


def seated(posts):
    """Read, in two queries, who is in these posts and how much each holds."""
    if not posts:
        return []
    read_holders(posts)
    held = Commission.objects.published().filter(post__in=[post.pk for post in posts])
    counts = dict(held.order_by().values_list("post").annotate(Count("pk")))
    return [{"post": post, "lead": holds(counts.get(post.pk, 0))} for post in posts]


def holds(number):
    """Say how many commissions a post holds."""
    return (
        f"Holds {number} commission{pluralize(number)}" if number else "Holds none yet"
    )


class PostList(ListPage):
    """One page of posts, each with who is in it."""

    filter_set = PostFilter
    template = "commissions/people/list.html"
    title, noun, nouns = "Who decides", "post", "posts"

    def present(self, rows):
        """Read, in two queries, who is in these posts and how much each holds."""
        return seated(rows)


index = list_view(PostList)
