"""Who decides: the list of posts with its filters, and the pages of people and posts."""

from collections import defaultdict
from functools import cached_property

from django.db.models import CharField, Count, Exists, F, OuterRef, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from commissions.models import (
    Commission,
    Commissioner,
    Decision,
    Organisation,
    Post,
    Tenure,
)
from commissions.people.holdings import is_unconfirmed, read_holders
from commissions.public.commission.page import show_rows
from commissions.public.commission.rows import commission_result
from commissions.public.decisions.rows import decision_row
from commissions.public.listing.filters import (
    KINDS,
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from commissions.public.listing.page import ListPage, excerpt, list_view
from commissions.public.panels import Panels
from commissions.public.people.handover_lists import handovers_of, handovers_to_come_of

IN_POST = {
    "named": gettext_lazy("Someone is in the post"),
    "vacant": gettext_lazy("Vacant"),
}


class PostFilter(ListFilter):
    """Posts that hold decisions, narrowed."""

    orders = {
        "organisation": (
            gettext_lazy("Organisation, A to Z"),
            [KeysetPart("body", CharField())],
        ),
        "post": (gettext_lazy("Post, A to Z"), [KeysetPart("title", CharField())]),
    }
    q = words_filter(gettext_lazy("A person’s name or a post."))
    organisation = organisation_filter()
    kind = choice_filter(gettext_lazy("Kind of organisation"), KINDS, method="by_kind")
    held = choice_filter(gettext_lazy("Posts"), IN_POST.items(), method="by_held")

    def __init__(self, data):
        rows = Post.objects.filter(ended_on__isnull=True).annotate(
            body=F("organisation__name")
        )
        super().__init__(data, rows.select_related("organisation", "deputy"))

    def has(self, word):
        """Look in a post's title and in the name shown for it, never in a hidden one."""
        return Q(title__folded__contains=word) | Exists(shown_as(word))

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
    return named.filter(commissioner__name__folded__contains=word)


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
    """Say how much a post is responsible for."""
    if not number:
        return gettext("Not responsible for a commission yet")
    return ngettext(
        "Responsible for {n} commission", "Responsible for {n} commissions", number
    ).format(n=f"{number:,}")


DECISIONS = 10  # to come, the soonest first


class PersonPage:
    """What the public sees of one person whose name may be shown."""

    def __init__(self, person, *, asked=""):
        self.person, self.asked = person, asked
        self.today = timezone.localdate()

    @cached_property
    def panels(self):
        """What apps above add to the page."""
        return Panels("person", self.person)

    @property
    def name(self):
        return f"commissioner/{self.person.slug}"

    @cached_property
    def tenures(self):
        """The posts in which this person may be named, newest first."""
        rows = self.person.tenures.named().order_by("-started_on", "-pk")
        fetched = rows.select_related("post__organisation", "post__deputy")
        return excerpt(fetched, "posts", first=20, asked=self.asked)

    @cached_property
    def memberships(self):
        """The committees on which this person sits or sat, newest first."""
        rows = self.person.memberships.order_by("-started_on", "-pk")
        fetched = rows.select_related("committee__organisation")
        return excerpt(fetched, "committees", first=20, asked=self.asked)

    @property
    def tenures_now(self):
        """The posts held today."""
        return [each for each in self.tenures.rows if runs_of_posts(each, self.today)]

    @property
    def tenures_before(self):
        """The posts that were held, or will be."""
        return [
            each for each in self.tenures.rows if not runs_of_posts(each, self.today)
        ]

    @property
    def memberships_now(self):
        """The committees of today."""
        return [
            each for each in self.memberships.rows if runs_of_posts(each, self.today)
        ]

    @property
    def memberships_before(self):
        """The committees that were, or will be."""
        return [
            each
            for each in self.memberships.rows
            if not runs_of_posts(each, self.today)
        ]

    @cached_property
    def handovers(self):
        """What passed to and from this person, that to come first."""
        spells = (
            times_in_post((each.post_id, each) for each in self.tenures.rows),
            times_in_post((each.committee_id, each) for each in self.memberships.rows),
        )
        return [*handovers_to_come_of(*spells), *handovers_of(*spells)]

    @property
    def is_stale(self):
        """Whether the details went unconfirmed for too long."""
        return is_unconfirmed(self.person.confirmed_on, self.today)

    @property
    def holds(self):
        """The condition that something is held through a post or committee of today."""
        return Q(post__in=[each.post_id for each in self.tenures_now]) | Q(
            committee__in=[each.committee_id for each in self.memberships_now]
        )

    @cached_property
    def commissions(self):
        """The public commissions that this person holds."""
        rows = Commission.objects.published().filter(self.holds)
        rows = rows.select_related("organisation").order_by("-published_at", "-pk")
        now = timezone.now()
        return show_rows(
            excerpt(rows, "commissions", first=10, asked=self.asked),
            lambda commission: commission_result(commission, now),
        )

    @cached_property
    def decisions(self):
        """The public decisions that this person is to take."""
        rows = Decision.objects.published().to_come().filter(self.holds)
        fetched = rows.select_related("organisation", "post", "committee")
        return [decision_row(decision) for decision in fetched[:DECISIONS]]


def times_in_post(spells):
    """Gather tenures or memberships by what they are of: {key: [(from, until)]}."""
    found = defaultdict(list)
    for key, spell in spells:
        found[key].append((spell.started_on, spell.ended_on))
    return dict(found)


def runs_of_posts(time, today):
    """Tell whether a tenure or a membership has begun and has not ended."""
    return time.started_on <= today and not (time.ended_on and time.ended_on <= today)


class PostList(ListPage):
    """One page of posts, each with who is in it."""

    filter_set = PostFilter
    template = "commissions/people/list.html"
    title = gettext_lazy("Who decides")
    noun, nouns = gettext_lazy("post"), gettext_lazy("posts")

    def present(self, rows):
        """Read, in two queries, who is in these posts and how much each holds."""
        return describe_posts(rows)


index = list_view(PostList)


@require_safe
def detail(request, slug):
    """Show one person whose name may be public; anybody else is not found."""
    person = get_object_or_404(Commissioner.objects.named(), slug=slug)
    page = PersonPage(person, asked=request.GET.get("all", ""))
    return render(request, "commissions/people/detail.html", {"page": page})
