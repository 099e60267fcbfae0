"""Places: the list of them, a postcode looked up in it, and the page of one.

A postcode is sent in the body of a request and is forgotten with it: no address, log,
cookie or row has it. Where it lies in one place the answer leads to the page of that
place, which is the same for all who live there.
"""

import re
from functools import cached_property

from django import forms
from django.db.models import Case, CharField, Count, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commissions.law.lifecycle import STAGES
from commissions.models import (
    Area,
    AreaExtent,
    Commission,
    Decision,
    Organisation,
    Post,
    PostcodeDistrict,
    Service,
)
from commissions.people.holdings import decider_in_words, read_holders
from commissions.places.import_postcodes import DEMONSTRATION
from commissions.places.postcodes import NARROWEST, is_like_postcode, lookup
from commissions.public.commission.rows import commission_result
from commissions.public.decisions.rows import decision_row
from commissions.public.forms import PublicForm
from commissions.public.listing.exports import Column, Export, all_rows, same_value
from commissions.public.listing.filters import (
    AreaField,
    ListFilter,
    TypedFilter,
    areas_inside,
    choice_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from commissions.public.listing.page import ListPage, excerpt
from commissions.public.pipeline.filters import with_next_date
from commissions.public.places.map import PlaceMap
from commissions.public.search.page import Answer
from commissions.text.formats import roughly

BODIES = 20  # named on a page
FACES = 3  # shown of each body
SHOWN = 5  # commissions in each list
ON_MAP = 120
WIDER = ("region", "nation")
BESIDE = ("combined", "health", "police", "fire")
"""The kinds of areas that districts and counties lie in without being part of them."""
LEAST = 0.005  # of its homes: less lies in another area by a slip of the list
FIRST = ("local_authority", "combined_authority", "nhs", "police", "fire", "parish")


class PostcodeForm(PublicForm):
    """Where a person lives, for one answer."""

    postcode = forms.CharField(
        label=gettext_lazy("Your postcode"),
        max_length=20,
        help_text=gettext_lazy("All of it, or just the start. We do not keep it."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={
            "max_length": gettext_lazy(
                "Enter a postcode of 8 letters and numbers or fewer"
            )
        },
    )

    def clean_postcode(self):
        """Return what is known of it; refuse what is none, or is unknown."""
        typed = self.cleaned_data["postcode"]
        if not is_like_postcode(typed):
            raise forms.ValidationError(
                gettext(
                    "Enter a postcode, such as SW1A 1AA, or its start, such as SW1A"
                )
            )
        if match := lookup(typed):
            return match
        if not PostcodeDistrict.objects.exists():
            raise forms.ValidationError(
                gettext(
                    "No postcodes are loaded here yet. Choose your council from the list"
                )
            )
        raise forms.ValidationError(
            gettext(
                "We do not know this postcode. Check it, or choose your council from "
                "the list"
            )
        )


class PlaceFilter(ListFilter):
    """Places, narrowed."""

    orders = {
        "name": (gettext_lazy("Name, A to Z"), [KeysetPart("name", CharField())]),
        "name-down": (
            gettext_lazy("Name, Z to A"),
            [KeysetPart("name", CharField(), down=True)],
        ),
    }
    searched = ["name", "code"]
    q = words_filter(gettext_lazy("A name, or an official code."))
    kind = choice_filter(gettext_lazy("Kind"), Area.Kind.choices)
    area = TypedFilter(AreaField, label=gettext_lazy("Inside"), method="by_area")

    def __init__(self, data):
        today = timezone.localdate()
        here = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
        super().__init__(data, Area.objects.filter(here).select_related("parent"))

    def by_area(self, rows, name, value):
        """Keep those inside one of these places, and themselves."""
        return rows.filter(pk__in=areas_inside(value).values("pk"))


COLUMNS = [
    *same_value("name", "code"),
    Column("kind", lambda area: area.get_kind_display()),
    Column("inside", "parent.name"),
    Column("slug", "slug"),
]
EXPORT = Export("places", COLUMNS, all_rows)
export = EXPORT.view(PlaceFilter)


class PlaceList(ListPage):
    """One page of places, with the question for a postcode above it."""

    filter_set = PlaceFilter
    template = "commissions/places/list.html"
    title = gettext_lazy("Who decides where you live")
    counted = ngettext_lazy("{n} place", "{n} places", "number")
    export = EXPORT
    match = None

    @cached_property
    def asking(self):
        """The form for a postcode, with what was sent of it."""
        sent = self.request.POST if self.request.method == "POST" else None
        return PostcodeForm(sent)

    @cached_property
    def sources(self):
        """The lists that the postcodes are from; credited where they are real."""
        found = PostcodeDistrict.objects.order_by().values_list("source", flat=True)
        return {
            "fictional": DEMONSTRATION in (names := set(found.distinct())),
            "real": bool(names - {DEMONSTRATION}),
        }

    def present(self, rows):
        """Count, in one query, the bodies that serve these places."""
        pks = [area.pk for area in rows]
        serving = Organisation.objects.commissioning().filter(area__in=pks).order_by()
        bodies = dict(serving.values_list("area").annotate(Count("pk")))
        return [{"area": area, "bodies": bodies.get(area.pk, 0)} for area in rows]


def answer_with_place(text):
    """Answer a search that is a postcode with who decides there; None where it is none."""
    match = lookup(text) if re.search(r"\d", text) and is_like_postcode(text) else None
    if not match or not match.homes:
        return None
    home, *others = match.homes
    names = ", ".join(area.name for area in match.homes[:3])
    return Answer(
        title=gettext("Who decides in {place}").format(place=match.written),
        url=reverse("commissions:place-list") if others else home.get_absolute_url(),
        detail=gettext("It is in more than one place: {names}").format(names=names)
        if others
        else names,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # nothing is changed or kept by asking, and the page needs no cookie
@sensitive_post_parameters("postcode")
def index(request):
    """List places; find those of a postcode that is posted."""
    page = PlaceList(request)
    if request.method == "POST":
        return found(request, page)
    return render(request, page.template, {"page": page})


@cache_control(private=True, no_store=True)
def found(request, page):
    """Lead to the place in which a postcode lies, or show those in which it may."""
    if not page.asking.is_valid():
        return render(request, page.template, {"page": page})
    match = page.asking.cleaned_data["postcode"]
    if len(match.homes) == 1 and not match.ended:
        return redirect(match.homes[0])
    return render(request, "commissions/places/found.html", {"match": match})


class PlacePage:
    """What is decided for those who live in one area."""

    def __init__(self, area, *, asked=""):
        self.area, self.asked = area, asked
        self.now, self.today = timezone.now(), timezone.localdate()
        read_holders([*self.posts, *(each.post for each in self.to_come.rows)])

    @cached_property
    def extent(self):
        """What postcodes say of it, or None."""
        return AreaExtent.objects.filter(code=self.area.code).first()

    @cached_property
    def shares(self):
        """The share of its homes that lies in each other area: {code: 0 to 1}."""
        if not self.extent or not self.extent.postcodes:
            return {}
        every = self.extent.postcodes
        shares = {code: n / every for code, n in self.extent.beside.items()}
        return {code: share for code, share in shares.items() if share >= LEAST}

    @cached_property
    def around(self):
        """The areas that it lies in, wholly or in part, and those beside it: one query."""
        above = self.area.path.strip("/").split("/")[:-1]
        found = Area.objects.filter(code__in={*above, *self.shares})
        return sorted(found, key=lambda area: (NARROWEST.index(area.kind), area.name))

    @cached_property
    def over(self):
        """The areas smaller than a region that it lies in, narrowest first."""
        if self.area.kind in (*BESIDE[1:], *WIDER):
            return []
        above = set(self.area.path.strip("/").split("/")[:-1])
        return [
            area
            for area in self.around
            if area.kind not in WIDER and (area.code in above or area.kind in BESIDE)
        ]

    @cached_property
    def wider(self):
        """The region and the nations that it lies in."""
        above = set(self.area.path.strip("/").split("/")[:-1])
        return [a for a in self.around if a.kind in WIDER and a.code in above]

    @cached_property
    def partly(self):
        """The codes of areas in which only a part of it lies."""
        return {code for code, share in self.shares.items() if share < 0.98}

    @cached_property
    def bodies(self):
        """The public bodies that decide for those who live here, nearest first."""
        codes = [self.area.code, *(area.code for area in self.over), *self.beside_codes]
        today = self.today
        order = Case(
            *[When(kind=kind, then=n) for n, kind in enumerate(FIRST)], default=9
        )
        served = Q(area__in=[self.area.pk, *(area.pk for area in self.over)])
        numbered = Q(
            pk__in=Organisation.objects.filter(
                identifiers__scheme="GSS", identifiers__value__in=codes
            ).values("pk")
        )
        rows = (
            Organisation.objects.commissioning()
            .filter(served | numbered)
            .filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=today))
            .select_related("area")
            .order_by(order, "name", "pk")
        )
        return excerpt(rows, "bodies", first=BODIES, asked=self.asked)

    @property
    def beside_codes(self):
        """Codes of NHS, police and fire areas that are known only from postcodes."""
        if self.area.kind in (*BESIDE[1:], *WIDER):
            return []
        return [
            c for c in self.shares if c.startswith(("E54", "E23", "E31", "W11", "W15"))
        ]

    @cached_property
    def posts(self):
        """The first posts of each body: those that may commit most, in one query."""
        highest = Window(
            RowNumber(),
            partition_by="organisation",
            order_by=[
                F("is_decision_level").desc(),
                F("ceiling").desc(nulls_last=True),
                "title",
                "pk",
            ],
        )
        posts = Post.objects.filter(
            organisation__in=[body.pk for body in self.bodies.rows],
            ended_on__isnull=True,
        )
        posts = posts.annotate(nth=highest).filter(nth__lte=FACES)
        return list(posts.select_related("organisation", "deputy").order_by("nth"))

    @cached_property
    def who(self):
        """List (body, its posts, whether only a part of the place is served by it)."""
        return [
            (
                body,
                [post for post in self.posts if post.organisation_id == body.pk],
                bool(body.area and body.area.code in self.partly),
            )
            for body in self.bodies.rows
        ]

    def places_of(self, model):
        """Select, by key, rows that name this place, one inside it, or one around it."""
        within = Q(area__path__startswith=self.area.path)
        around = Q(area__in=[area.pk for area in self.over])
        return model.areas.through.objects.filter(within | around)

    @cached_property
    def commissions(self):
        """The public commissions for those who live here."""
        here = self.places_of(Commission).values("commission")
        return Commission.objects.published(self.now).filter(pk__in=here)

    @cached_property
    def open(self):
        """What is open now, by whose closing comes first."""
        rows = self.commissions.open(self.now).select_related("organisation")
        return excerpt(
            rows.order_by("window_closes_at", "pk"),
            "open",
            first=SHOWN,
            asked=self.asked,
        )

    @property
    def open_rows(self):
        return [commission_result(each, self.now) for each in self.open.rows]

    @cached_property
    def coming(self):
        """What is planned next, the soonest first: planned dates."""
        rows = with_next_date(Q(planned_on__gte=self.today), self.commissions)
        rows = rows.select_related("commission__organisation")
        return excerpt(
            rows.order_by("planned_on", "pk"), "coming", first=SHOWN, asked=self.asked
        )

    @property
    def coming_rows(self):
        """Those in words: what is planned, and when."""
        return [
            {
                **commission_result(each.commission, self.now),
                "next": f"{STAGES[each.stage].name}: {roughly(each.planned_on, each.precision)}",
            }
            for each in self.coming.rows
        ]

    @cached_property
    def to_come(self):
        """The decisions to come of the bodies here, soonest first."""
        bodies = [body.pk for body in self.bodies.rows]
        plan = (
            Decision.objects.published(self.now)
            .to_come()
            .filter(organisation__in=bodies)
        )
        rows = plan.select_related("organisation", "post__deputy", "committee")
        return excerpt(rows, "decisions", first=5, asked=self.asked)

    @property
    def decisions(self):
        return [
            decision_row(each, decider_in_words(each)) for each in self.to_come.rows
        ]

    @cached_property
    def services(self):
        """The services for those who live here."""
        here = self.places_of(Service).values("service")
        rows = Service.objects.published(self.now).filter(pk__in=here)
        rows = rows.select_related("organisation").order_by("name", "pk")
        return excerpt(rows, "services", first=12, asked=self.asked)

    @cached_property
    def neighbours(self):
        """The places on its map: those inside it, else those beside it."""
        today = self.today
        there = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
        inside = Q(parent=self.area)
        if self.area.kind in BESIDE:
            inside |= Q(code__in=self.shares, kind__in=("district", "county"))
        if self.area.parent_id:
            inside |= Q(parent=self.area.parent_id, kind=self.area.kind)
        rows = Area.objects.filter(there & inside).annotate(
            inner=Case(When(parent=self.area, then=Value(0)), default=Value(1))
        )
        rows = list(rows.order_by("inner", "name")[: 2 * ON_MAP])
        inner = [area for area in rows if area.parent_id == self.area.pk]
        if self.area.kind in BESIDE:
            inner = [area for area in rows if area.kind in ("district", "county")]
        return (inner or [area for area in rows if area.inner])[:ON_MAP]

    @cached_property
    def map(self):
        """Those places, drawn, this one marked."""
        codes = [area.code for area in self.neighbours]
        extents = {e.code: e for e in AreaExtent.objects.filter(code__in=codes)}
        return PlaceMap(self.neighbours, extents, here=self.area)


@require_safe
def detail(request, slug):
    """Show who decides in one place, what is open there and what is coming."""
    area = get_object_or_404(Area.objects.select_related("parent"), slug=slug)
    page = PlacePage(area, asked=request.GET.get("all", ""))
    return render(request, "commissions/places/detail.html", {"page": page})
