"""An organisation's public page: its posts, what it commissions, what it provides."""

from django.db.models import CharField, Count, DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import (
    Award,
    Commission,
    Contract,
    Notice,
    Organisation,
    OtherName,
    Post,
)
from commissions.people.holders import decider, members, read_holders
from commissions.public.commission.page import newest, show_notice, shown, web
from commissions.public.commission.results import result
from commissions.public.decisions.rows import row
from commissions.public.listing.excerpts import excerpt
from commissions.public.listing.exports import Column, Export, all_rows, same
from commissions.public.listing.filters import (
    AreaField,
    ListFilter,
    TypedFilter,
    choice,
    inside,
    words_filter,
)
from commissions.public.listing.keyset import Part
from commissions.public.listing.page import ListPage, list_view
from commissions.public.notices.notices_due import told, what_is_owed
from commissions.public.people.handover_lists import handed_over
from commissions.text.formats import amount
from commissions.text.labels import AWARD_STATES, REGISTERS

MOST = 300  # identifiers, other names and predecessors read for one page


@require_safe
def detail(request, slug):
    """Show one organisation."""
    found = Organisation.objects.select_related("parent", "area", "successor")
    found = found.annotate(committees_in_all=Count("committees"))
    organisation = get_object_or_404(found, slug=slug)
    asked = request.GET.get("all", "")
    coming = decisions(organisation, asked)
    in_post = posts(organisation, asked)
    read_holders([*in_post.rows, *(decision.post for decision in coming.rows)])
    owed, notices = own_notices(organisation, asked)
    context = {
        "organisation": organisation,
        "website": web(organisation.website),
        **known_as(organisation),
        "posts": in_post,
        "events": happened(organisation, notices),
        "owed": owed,
        "notices": shown(notices, show_notice),
        "committees": committees(organisation, asked),
        "commissions": commissions(organisation, asked),
        "decisions": shown(coming, lambda decision: row(decision, decider(decision))),
        "services": services(organisation, asked),
        "awards": awards(organisation, asked),
        "contracts": contracts(organisation, asked),
    }
    return render(request, "commissions/organisations/detail.html", context)


def known_as(organisation):
    """Return, in one query, its identifiers, other names and predecessors.

    Each identifier comes with its register in words.
    """
    identifiers = said_of("identifier", organisation.identifiers, "scheme", "value")
    names = said_of("name", organisation.other_names, "name", "name")
    before = said_of(
        "before", organisation.predecessors, "slug", "name", "dissolved_on"
    )
    rows = sorted(identifiers.union(names, before, all=True)[:MOST])
    return {
        "identifiers": [
            (REGISTERS.get(scheme, scheme), value)
            for role, scheme, value, _ in rows
            if role == "identifier"
        ],
        "other_names": [name for role, _, name, _ in rows if role == "name"],
        "predecessors": [row[1:] for row in rows if row[0] == "before"],
    }


def said_of(role, rows, key, text, day=None):
    """Select (role, key, text, day) from rows about an organisation."""
    on = F(day) if day else Value(None, output_field=DateField())
    return rows.order_by().values_list(
        Value(role, output_field=CharField()),
        Cast(key, CharField()),
        Cast(text, CharField()),
        Cast(on, DateField()),
    )


def own_notices(organisation, asked):
    """Return what it owes for itself, and the notices of that which are recorded."""
    if organisation.kind == Organisation.Kind.PROVIDER:
        return [], excerpt([], "notices", first=5, asked=asked)
    rows = list(
        Notice.of_bodies([organisation.pk]).order_by("-published_at", "-pk")[:MOST]
    )
    owed = what_is_owed(organisation, rows)
    return owed, excerpt(rows, "notices", first=5, asked=asked)


def happened(organisation, notices):
    """List what it handed over and the notices it published, newest first."""
    events = [*handed_over(organisation), *map(told, notices.rows)]
    return sorted(events, key=lambda event: event["when"], reverse=True)


def posts(organisation, asked):
    """List its posts; `seat` then reads the person in each or the vacancy."""
    rows = organisation.posts.filter(ended_on__isnull=True).select_related(
        "organisation", "deputy"
    )
    return excerpt(rows.order_by("title", "pk"), "posts", first=12, asked=asked)


def committees(organisation, asked):
    """List its committees, each with who sits on it.

    Those with members come with them in one query; the others are asked for
    only where the organisation has more committees than that.
    """
    sitting = members(organisation.committees.all())
    found = {row.committee for rows in sitting.values() for row in rows}
    if len(found) < organisation.committees_in_all:
        found |= set(organisation.committees.all())
    rows = sorted(found, key=lambda committee: (committee.name, committee.pk))
    part = excerpt(rows, "committees", first=12, asked=asked)
    return shown(part, lambda committee: (committee, sitting[committee.pk]))


def commissions(organisation, asked):
    """List what it commissions, newest first."""
    rows = (
        Commission.objects.published()
        .filter(organisation=organisation)
        .select_related("organisation")
        .order_by("-published_at", "-pk")
    )
    now = timezone.now()
    return shown(
        excerpt(rows, "commissions", first=10, asked=asked),
        lambda commission: result(commission, now),
    )


def decisions(organisation, asked):
    """List its decisions to come, soonest first."""
    plan = organisation.decisions.published().to_come()
    rows = plan.select_related("organisation", "post__deputy", "committee")
    return excerpt(rows, "decisions", first=5, asked=asked)


def services(organisation, asked):
    """List the services that it commissions or provides."""
    rows = organisation.services.published().order_by("name")
    return excerpt(rows, "services", first=12, asked=asked)


def awards(organisation, asked):
    """List the choices of it as a supplier."""
    rows = newest(supplied(Award, organisation), "decided_on")
    return shown(
        excerpt(rows, "awards", first=10, asked=asked),
        lambda award: show_supply(award, award.decided_on, "Decided on", AWARD_STATES),
    )


def contracts(organisation, asked):
    """List the contracts signed with it."""
    rows = newest(supplied(Contract, organisation), "starts_on")
    return shown(
        excerpt(rows, "contracts", first=10, asked=asked),
        lambda contract: {
            **show_supply(contract, contract.signed_on, "Signed on", {}),
            "status": contract.standing().label,
            "url": contract.get_absolute_url(),
        },
    )


def supplied(model, organisation):
    """Select awards or contracts to it, under commissions that are public."""
    return model.objects.filter(
        suppliers=organisation, commission__published_at__lte=timezone.now()
    ).select_related("commission__organisation")


def show_supply(made, day, lead, states):
    """Present one award or contract, under the name of its commission."""
    return {
        "title": made.title or made.commission.title,
        "url": made.commission.get_absolute_url(),
        "by": made.commission.organisation.name,
        "status": states.get(made.status, ""),
        "amount": amount(made.amount, made.amount_gross, made.currency),
        "lead": lead,
        "day": day,
        "starts_on": made.starts_on,
        "ends_on": made.ends_on,
    }


# The list of organisations: public bodies, and providers where they are asked for.


class OrganisationFilter(ListFilter):
    """Organisations, narrowed."""

    orders = {
        "name": ("Name, A to Z", [Part("name", CharField())]),
        "name-down": ("Name, Z to A", [Part("name", CharField(), down=True)]),
    }
    q = words_filter("A name it has or had.")
    kind = choice("Kind", Organisation.Kind.choices, empty="Any public body")
    area = TypedFilter(AreaField, label="Place", method="by_area")
    vacancies = choice("Posts", [("yes", "Has a vacant post")], method="by_vacancies")

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
        return rows.filter(area__in=inside(value))

    def by_vacancies(self, rows, name, value):
        """Keep those with a post that nobody holds."""
        vacant = Post.objects.vacant().filter(organisation=OuterRef("pk"))
        return rows.filter(Exists(vacant))


def counted(organisations):
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


COLUMNS = [
    *same("name", "kind"),
    Column("place", lambda body: body.area.name if body.area else ""),
    *same("website", "contact_email", "dissolved_on", "slug"),
]
EXPORT = Export("organisations", COLUMNS, all_rows, endings=["csv"])
export = EXPORT.view(OrganisationFilter)


class OrganisationList(ListPage):
    """One page of organisations."""

    filter_set = OrganisationFilter
    template = "commissions/organisations/list.html"
    title, noun, nouns = "Organisations", "organisation", "organisations"
    export = EXPORT

    def present(self, rows):
        """Count, in two queries, the commissions and vacancies of a page of them."""
        return counted(rows)


index = list_view(OrganisationList)
