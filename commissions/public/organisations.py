"""Organisations: the list with its filters, and the page of one."""

from functools import cached_property

from django.db.models import CharField, Count, DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from commissions.commission.models import worth
from commissions.models import (
    Award,
    Commission,
    Contract,
    Notice,
    Organisation,
    OtherName,
    Post,
)
from commissions.people.holdings import (
    committee_members,
    decider_in_words,
    read_holders,
)
from commissions.public.commission.page import newest_first, show_notice, show_rows
from commissions.public.commission.rows import commission_result
from commissions.public.decisions.rows import decision_row
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
from commissions.public.listing.page import ListPage, excerpt, list_view
from commissions.public.notices.notices_due import notice_event, what_is_owed
from commissions.public.people.handover_lists import handovers_of_organisation
from commissions.text.formats import web_address
from commissions.text.labels import AWARD_STATES, REGISTERS


class OrganisationFilter(ListFilter):
    """Organisations, narrowed."""

    orders = {
        "name": (gettext_lazy("Name, A to Z"), [KeysetPart("name", CharField())]),
        "name-down": (
            gettext_lazy("Name, Z to A"),
            [KeysetPart("name", CharField(), down=True)],
        ),
    }
    q = words_filter(gettext_lazy("A name it has now or had before."))
    kind = choice_filter(
        gettext_lazy("Kind"),
        Organisation.Kind.choices,
        empty=gettext_lazy("Any public body"),
    )
    area = TypedFilter(AreaField, label=gettext_lazy("Place"), method="by_area")
    vacancies = choice_filter(
        gettext_lazy("Posts"),
        [("yes", gettext_lazy("Has a vacant post"))],
        method="by_vacancies",
    )

    def __init__(self, data):
        super().__init__(data, Organisation.objects.select_related("area"))

    def narrowed(self):
        """Return what is left; providers only where their kind is asked for."""
        rows = super().narrowed()
        return rows if "kind" in self.asked else rows.commissioning()

    def has(self, word):
        """Look in all its names, present and other."""
        others = OtherName.objects.filter(name__folded__contains=word)
        return Q(name__folded__contains=word) | Q(pk__in=others.values("organisation"))

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


MOST = 300  # identifiers, other names and predecessors read for one page


def for_page():
    """Select organisations with what a page of one names."""
    found = Organisation.objects.select_related("parent", "area", "successor")
    return found.annotate(committees_in_all=Count("committees"))


class OrganisationPage:
    """What the public sees of one organisation, of those of `for_page`.

    `asked` names the list that the reader wants whole.
    """

    def __init__(self, organisation, *, asked=""):
        self.organisation, self.asked = organisation, asked
        read_holders([*self.posts.rows, *(each.post for each in self.to_come.rows)])

    @property
    def website(self):
        """Its address on the web, where that is one."""
        return web_address(self.organisation.website)

    @cached_property
    def known_as(self):
        """Its identifiers, names and predecessors, in one query: sorted rows."""
        body = self.organisation
        identifiers = labelled_commissions(
            "identifier", body.identifiers, "scheme", "value"
        )
        names = labelled_commissions("name", body.other_names, "name", "name")
        before = labelled_commissions(
            "before", body.predecessors, "slug", "name", "dissolved_on"
        )
        return sorted(identifiers.union(names, before, all=True)[:MOST])

    @property
    def identifiers(self):
        """Its numbers, each with the register in words."""
        return [
            (REGISTERS.get(scheme, scheme), value)
            for role, scheme, value, _ in self.known_as
            if role == "identifier"
        ]

    @property
    def other_names(self):
        """What else it is or was called."""
        return [name for role, _, name, _ in self.known_as if role == "name"]

    @property
    def predecessors(self):
        """What it took over from: (slug, name, day)."""
        return [each[1:] for each in self.known_as if each[0] == "before"]

    @cached_property
    def posts(self):
        """Its posts, by title."""
        rows = self.organisation.posts.filter(ended_on__isnull=True)
        rows = rows.select_related("organisation", "deputy").order_by("title", "pk")
        return excerpt(rows, "posts", first=12, asked=self.asked)

    @cached_property
    def own_notices(self):
        """The notices about itself that are recorded, newest first."""
        body = self.organisation
        if body.kind == Organisation.Kind.PROVIDER:
            return []
        rows = Notice.of_bodies([body.pk]).order_by("-published_at", "-pk")
        return list(rows[:MOST])

    @cached_property
    def owed(self):
        """What it has to publish about itself; asked only of a body whose staff keep posts here."""
        if self.organisation.kind == Organisation.Kind.PROVIDER or not self.posts.rows:
            return []
        return what_is_owed(self.organisation, self.own_notices)

    @cached_property
    def recorded(self):
        return excerpt(self.own_notices, "notices", first=5, asked=self.asked)

    @cached_property
    def notices(self):
        """The first of those notices, in words."""
        return show_rows(self.recorded, show_notice)

    @cached_property
    def events(self):
        """What it handed over and the notices it published, newest first."""
        events = [
            *handovers_of_organisation(self.organisation),
            *map(notice_event, self.recorded.rows),
        ]
        return sorted(events, key=lambda event: event["when"], reverse=True)

    @cached_property
    def committees(self):
        """Its committees, each with who sits on it.

        Those with members come with them in one query; the others are asked for
        only where the organisation has more committees than that.
        """
        every = self.organisation.committees.all()
        sitting = committee_members(every)
        found = {each.committee for rows in sitting.values() for each in rows}
        if len(found) < self.organisation.committees_in_all:
            found |= set(every)
        rows = sorted(found, key=lambda committee: (committee.name, committee.pk))
        part = excerpt(rows, "committees", first=12, asked=self.asked)
        return show_rows(part, lambda committee: (committee, sitting[committee.pk]))

    @cached_property
    def commissions(self):
        """What it commissions, newest first."""
        rows = Commission.objects.published().filter(organisation=self.organisation)
        rows = rows.select_related("organisation").order_by("-published_at", "-pk")
        now = timezone.now()
        return show_rows(
            excerpt(rows, "commissions", first=10, asked=self.asked),
            lambda commission: commission_result(commission, now),
        )

    @cached_property
    def to_come(self):
        """Its decisions to come, soonest first."""
        plan = self.organisation.decisions.published().to_come()
        rows = plan.select_related("organisation", "post__deputy", "committee")
        return excerpt(rows, "decisions", first=5, asked=self.asked)

    @cached_property
    def decisions(self):
        return show_rows(
            self.to_come,
            lambda decision: decision_row(decision, decider_in_words(decision)),
        )

    @cached_property
    def services(self):
        """The services that it commissions or provides."""
        rows = self.organisation.services.published().order_by("name")
        return excerpt(rows, "services", first=12, asked=self.asked)

    @cached_property
    def awards(self):
        """The choices of it as a supplier."""
        rows = newest_first(supplied_contracts(Award, self.organisation), "decided_on")
        return show_rows(
            excerpt(rows, "awards", first=10, asked=self.asked),
            lambda award: supply_row(
                award,
                award.decided_on,
                gettext("Decided on"),
                AWARD_STATES.get(award.status, ""),
            ),
        )

    @cached_property
    def contracts(self):
        """The contracts signed with it."""
        rows = newest_first(
            supplied_contracts(Contract, self.organisation), "starts_on"
        )
        return show_rows(
            excerpt(rows, "contracts", first=10, asked=self.asked),
            lambda contract: {
                **supply_row(
                    contract,
                    contract.signed_on,
                    gettext("Signed on"),
                    contract.standing().label_of(contract.commission),
                ),
                "url": contract.get_absolute_url(),
            },
        )


def labelled_commissions(role, rows, key, text, day=None):
    """Select (role, key, text, day) from rows about an organisation."""
    on = F(day) if day else Value(None, output_field=DateField())
    return rows.order_by().values_list(
        Value(role, output_field=CharField()),
        Cast(key, CharField()),
        Cast(text, CharField()),
        Cast(on, DateField()),
    )


def supplied_contracts(model, organisation):
    """Select awards or contracts to it, under commissions that are public."""
    return model.objects.filter(
        suppliers=organisation, commission__published_at__lte=timezone.now()
    ).select_related("commission__organisation")


def supply_row(made, day, lead, status):
    """Present one award or contract, under the name of its commission."""
    return {
        "title": made.title or made.commission.title,
        "url": made.commission.get_absolute_url(),
        "by": made.commission.organisation.name,
        "status": status,
        "amount": worth(made, made.commission),
        "lead": lead,
        "day": day,
        "starts_on": made.starts_on,
        "ends_on": made.ends_on,
    }


COLUMNS = [
    *same_value("name", "kind"),
    Column("place", lambda body: body.area.name if body.area else ""),
    *same_value("website", "contact_email", "dissolved_on", "slug"),
]
EXPORT = Export("organisations", COLUMNS, all_rows, endings=["csv"])
export = EXPORT.view(OrganisationFilter)


class OrganisationList(ListPage):
    """One page of organisations."""

    filter_set = OrganisationFilter
    template = "commissions/organisations/list.html"
    title = gettext_lazy("Organisations")
    counted = ngettext_lazy("{n} organisation", "{n} organisations", "number")
    export = EXPORT

    def present(self, rows):
        """Count, in two queries, the commissions and vacancies of a page of them."""
        return with_counts(rows)


index = list_view(OrganisationList)


@require_safe
def detail(request, slug):
    """Show one organisation."""
    organisation = get_object_or_404(for_page(), slug=slug)
    page = OrganisationPage(organisation, asked=request.GET.get("all", ""))
    return render(request, "commissions/organisations/detail.html", {"page": page})
