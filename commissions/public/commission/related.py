"""What a commission is related to, read for its page in one query.

Its places, bodies, services and contracts by name; its decisions, involvement,
barriers and lessons packed as JSON by the database, so that they come with the names.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from commissions.commission.choices import Rung
from commissions.models import (
    Award,
    Barrier,
    Commission,
    Contract,
    Decision,
    Involvement,
    Lesson,
)
from commissions.text.formats import on_day

KEPT = {name: name for name in ("id", "corrects", "corrected_because", "entered_at")}
"""The columns that lead from a correction to what it corrects."""

PACKED = {"decision", "involvement", "barrier", "lesson"}


class Packed(Func):
    """Some columns as a JSON object.

    Django's JSONObject asks SQLite in every new thread whether it knows JSON;
    every SQLite that Django supports does.
    """

    function = "JSON_OBJECT"
    output_field = TextField()

    def __init__(self, **columns):
        pairs = [
            part
            for name, column in columns.items()
            for part in (Cast(Value(name), TextField()), F(column))
        ]
        super().__init__(*pairs)

    def as_postgresql(self, compiler, connection, **context):
        """Name PostgreSQL's function."""
        return super().as_sql(
            compiler, connection, function="JSON_BUILD_OBJECT", **context
        )


def packed(role, rows, **columns):
    """Select (role, key of the commission, the columns as JSON, nothing)."""
    return rows.order_by().values_list(
        Value(role, output_field=CharField()),
        F("commission_id"),
        Cast(Packed(**columns), CharField()),
        Value("", output_field=CharField()),
    )


def selects(commission):
    """List one query for each sort, those that are public only."""
    decisions = Decision.objects.published().filter(commission=commission)
    involved = Involvement.objects.entered().filter(commission=commission)
    lessons = Lesson.objects.entered().filter(commission=commission)
    met = Barrier.commissions.through.objects.filter(
        commission=commission, barrier__published_at__lte=timezone.now()
    )
    names = [field.name for field in Involvement._meta.fields]
    return [
        packed(
            "decision",
            decisions,
            **{
                name: name
                for name in ("reference", "title", "due_on", "due_until", "decided_on")
            },
        ),
        packed(
            "involvement",
            involved,
            **{name: name for name in names if name != "commission"},
        ),
        packed("lesson", lessons, learnt="learnt", next_time="next_time", **KEPT),
        packed(
            "barrier",
            met,
            title="barrier__title",
            slug="barrier__slug",
            is_solved="barrier__is_solved",
        ),
    ]


def uncorrected(rows):
    """Return the rows that hold, each with `earlier`: what it corrected, newest first.

    An earlier row carries why it was corrected, and when.
    """
    known = {row["id"]: row for row in rows}
    corrected = {row["corrects"] for row in rows}
    return [
        {**row, "earlier": list(earlier(row, known))}
        for row in rows
        if row["id"] not in corrected
    ]


def earlier(row, known):
    """Yield what a row corrected, and what that had corrected before."""
    while row["corrects"] in known:
        before = known[row["corrects"]]
        on = day(row["entered_at"][:10])
        yield {**before, "corrected_on": on, "why": row["corrected_because"]}
        row = before


def day(text):
    """Read an ISO date that JSON carried; None stays None."""
    return date.fromisoformat(text) if text else None


def decisions(rows):
    """List its decisions: those to come by date, then those taken, newest first."""
    coming = [row for row in rows if not row["decided_on"]]
    taken = [row for row in rows if row["decided_on"]]
    coming.sort(key=lambda row: (row["due_on"], row["reference"]))
    taken.sort(key=lambda row: (row["decided_on"], row["reference"]), reverse=True)
    return [show_decision(row) for row in (*coming, *taken)]


def show_decision(row):
    """Present one decision: its title, how it stands, and when."""
    decided, until = day(row["decided_on"]), day(row["due_until"])
    if decided:
        tag, kind, when = "Taken", "green", f"on {on_day(decided)}"
    elif until < timezone.localdate():
        tag, kind, when = "Overdue", "red", f"was due by {on_day(until)}"
    else:
        tag, kind, when = "To come", "blue", f"due by {on_day(until)}"
    url = reverse("commissions:decision-detail", args=[row["reference"]])
    return {"title": row["title"], "url": url, "tag": tag, "kind": kind, "when": when}


def involvement(commission, rows):
    """List every group with how it took part; an empty list says that it did not.

    Nothing at all where nobody holds the commission and nothing is recorded:
    whoever published a bare notice has not said that nobody was involved.
    """
    if not rows and not commission.kept_here:
        return []
    found = sorted(uncorrected(rows), key=lambda row: row["started_on"])
    return [
        (label, [show_involvement(row) for row in found if row["group"] == group])
        for group, label in Involvement.Group.choices
    ]


def show_involvement(row):
    """Present how one group took part."""
    first, last = day(row["started_on"]), day(row["ended_on"])
    return {
        **row,
        "when": f"{on_day(first)} to {on_day(last)}"
        if last
        else f"Since {on_day(first)}",
        "rung": Rung(row["rung"]).label,
        "step": row["rung"],
        "earlier": [show_involvement(one) for one in row.get("earlier", ())],
    }


# What it is related to by name.


MOST = 1000  # names read for one page

PAGES = {
    "service": "commissions:service-detail",
    "partner": "commissions:organisation-detail",
    "award": "commissions:organisation-detail",
    "contract": "commissions:organisation-detail",
    "replaces": "commissions:contract-detail",
}
NAMELESS = {"lot": "Lot", "replaces": "Contract"}
"""What stands before the reference of what has no title."""


@dataclass(frozen=True)
class Named:
    """One thing by its name, and its page where it has one."""

    name: str
    url: str = ""


def select(role, rows, *, owner="commission_id", name, slug):
    """Select (role, key of the owner, name, slug) from the rows of one relation."""
    return rows.order_by().values_list(
        Value(role, output_field=CharField()),
        F(owner),
        Cast(F(name), CharField()),
        Cast(F(slug), CharField()),
    )


def relations(commission):
    """List one query for each kind of relation; a service must be public to be named."""
    body = {"name": "organisation__name", "slug": "organisation__slug"}
    areas = Commission.areas.through.objects.filter(commission=commission)
    partners = Commission.partners.through.objects.filter(commission=commission)
    services = Commission.services.through.objects.filter(
        commission=commission, service__published_at__lte=timezone.now()
    )
    awarded = Award.suppliers.through.objects.filter(award__commission=commission)
    lots = Award.lots.through.objects.filter(award__commission=commission)
    contracted = Contract.suppliers.through.objects.filter(
        contract__commission=commission
    )
    replaced = Commission.replaces.through.objects.filter(
        commission=commission, contract__commission__published_at__lte=timezone.now()
    )
    return [
        select("area", areas, name="area__name", slug="area__slug"),
        select("service", services, name="service__name", slug="service__slug"),
        select("partner", partners, **body),
        select("award", awarded, owner="award_id", **body),
        select("contract", contracted, owner="contract_id", **body),
        select(
            "replaces", replaced, name="contract__title", slug="contract__reference"
        ),
        select("lot", lots, owner="award_id", name="lot__title", slug="lot__lot_id"),
    ]


def address(role, slug):
    """Return the page of one related thing; a lot has none."""
    if role == "area":
        return f"{reverse('commissions:commission-list')}?area={slug}"
    return reverse(PAGES[role], args=[slug]) if role in PAGES else ""


class Related:
    """All that one commission is related to, by role and key of the owner.

    Roles: area, partner, service (owner: the commission), award, contract (their
    suppliers), replaces (the contracts it follows), lot (the lots of an award), each
    a list of Named. What is packed comes as mappings, under roles of its own.
    """

    def __init__(self, commission):
        self.commission = commission

    @cached_property
    def rows(self):
        """What the one query found: {(role, key of the owner): [row]}."""
        first, *others = [*selects(self.commission), *relations(self.commission)]
        rows = first.union(*others, all=True)[:MOST]
        found = defaultdict(list)
        for role, owner, name, slug in sorted(rows, key=lambda row: row[2]):
            found[role, owner].append(
                json.loads(name)
                if role in PACKED
                else Named(
                    name or f"{NAMELESS.get(role, '')} {slug}", address(role, slug)
                )
            )
        return found

    def of(self, role, owner):
        """Return what is related under a role to an owner, by its key."""
        return self.rows.get((role, owner), [])

    def own(self, role):
        """Return what belongs to the commission itself under a role."""
        return self.of(role, self.commission.pk)

    @property
    def areas(self):
        """The places it is for."""
        return self.own("area")

    @property
    def partners(self):
        """The bodies that commission it with the one that leads."""
        return self.own("partner")

    @property
    def services(self):
        return self.own("service")

    @property
    def replaces(self):
        """The contracts that it follows."""
        return self.own("replaces")

    @cached_property
    def decisions(self):
        """Its decisions: those to come by date, then those taken."""
        return decisions(self.own("decision"))

    @cached_property
    def involvement(self):
        """Each group with how it took part."""
        return involvement(self.commission, self.own("involvement"))

    @property
    def rung_is_not_shown(self):
        """Whether a step of the ladder is claimed that no involvement recorded reaches."""
        steps = [row["rung"] for row in uncorrected(self.own("involvement"))]
        return (self.commission.rung or 0) > max(steps, default=0)

    @cached_property
    def barriers(self):
        """The barriers that it met."""
        return [
            {**row, "url": reverse("commissions:barrier-detail", args=[row["slug"]])}
            for row in sorted(self.own("barrier"), key=lambda row: row["title"])
        ]

    @cached_property
    def lessons(self):
        """What was learnt."""
        return sorted(uncorrected(self.own("lesson")), key=lambda row: row["id"])
