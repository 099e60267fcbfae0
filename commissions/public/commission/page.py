"""The page of one commission: who holds it, its stage, what is open to you.

`CommissionPage` is given to the template whole. What other pages show of a
commission too (documents, notices, the tender, the record) is presented here first.
Each list is an excerpt: see `commissions.public.listing.page`.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import (
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.commission.choices import Rung
from commissions.commission.models import worth
from commissions.commission.standstill import ends_of
from commissions.law.direct_award_grounds import WITHOUT_COMPETITION
from commissions.law.regimes import regulations_of
from commissions.models import (
    Award,
    Barrier,
    Commission,
    Contract,
    Decision,
    DirectAward,
    Document,
    EasyReadPart,
    Exemption,
    Handover,
    Involvement,
    Lesson,
    Lot,
)
from commissions.organisations.models import HolidayCalendars
from commissions.people.holdings import committee_members, read_holders
from commissions.public import panels as added
from commissions.public.commission.stages import (
    COLUMNS,
    dates_from,
    next_expected,
    said_in_public,
    stage_timeline,
    stated_steps,
    why_here,
)
from commissions.public.listing.page import MOST_ROWS, Excerpt, excerpt
from commissions.public.panels import Panels
from commissions.public.people.holder_history import (
    acts_of,
    entries_of,
    holder_history_of,
)
from commissions.public.record_sentences import event, names_in
from commissions.text import labels
from commissions.text.formats import (
    first_sentences,
    how_far,
    on_day,
    value_range,
    web_address,
)
from commissions.text.labels import (
    ACCESSIBLE,
    AWARD_STATES,
    LOT_STATES,
    METHODS,
    document_type,
    file_format,
    notice_name,
)
from commissions.text.languages import said

CORRECTION_COLUMNS = {
    name: name for name in ("id", "corrects", "corrected_because", "entered_at")
}


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


def packed_relations(commission):
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
        packed(
            "lesson",
            lessons,
            learnt="learnt",
            next_time="next_time",
            **CORRECTION_COLUMNS,
        ),
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
        {**row, "earlier": list(earlier_rows(row, known))}
        for row in rows
        if row["id"] not in corrected
    ]


def earlier_rows(row, known):
    """Yield what a row corrected, and what that had corrected before."""
    while row["corrects"] in known:
        before = known[row["corrects"]]
        on = read_iso_day(row["entered_at"][:10])
        yield {**before, "corrected_on": on, "why": row["corrected_because"]}
        row = before


def read_iso_day(text):
    """Read an ISO date that JSON carried; None stays None."""
    return date.fromisoformat(text) if text else None


def list_decisions(rows):
    """List its decisions: those to come by date, then those taken, newest first."""
    coming = [row for row in rows if not row["decided_on"]]
    taken = [row for row in rows if row["decided_on"]]
    coming.sort(key=lambda row: (row["due_on"], row["reference"]))
    taken.sort(key=lambda row: (row["decided_on"], row["reference"]), reverse=True)
    return [show_decision(row) for row in (*coming, *taken)]


def show_decision(row):
    """Present one decision: its title, how it stands, and when."""
    decided, until = read_iso_day(row["decided_on"]), read_iso_day(row["due_until"])
    if decided:
        tag, kind = gettext("Taken"), "green"
        when = gettext("on {day}").format(day=on_day(decided))
    elif until < timezone.localdate():
        tag, kind = gettext("Overdue"), "red"
        when = gettext("was due by {day}").format(day=on_day(until))
    else:
        tag, kind = gettext("To come"), "blue"
        when = gettext("due by {day}").format(day=on_day(until))
    url = reverse("commissions:decision-detail", args=[row["reference"]])
    return {"title": row["title"], "url": url, "tag": tag, "kind": kind, "when": when}


def list_involvement(commission, rows):
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
    first, last = read_iso_day(row["started_on"]), read_iso_day(row["ended_on"])
    when = gettext("{first} to {last}") if last else gettext("Since {first}")
    return {
        **row,
        "when": when.format(first=on_day(first), last=on_day(last)),
        "rung": Rung(row["rung"]).label,
        "step": row["rung"],
        "earlier": [show_involvement(one) for one in row.get("earlier", ())],
    }


MOST_NAMES = 1000  # names read for one page


PAGES_OF_RELATED = {
    "service": "commissions:service-detail",
    "partner": "commissions:organisation-detail",
    "award": "commissions:organisation-detail",
    "contract": "commissions:organisation-detail",
    "replaces": "commissions:contract-detail",
}


NAMELESS = {"lot": gettext_lazy("Lot"), "replaces": gettext_lazy("Contract")}


"""What is written before the reference of what has no title."""


@dataclass(frozen=True)
class NamedRelation:
    """One thing by its name, and its page where it has one."""

    name: str
    url: str = ""


def select_names(role, rows, *, owner="commission_id", name, slug):
    """Select (role, key of the owner, name, slug) from the rows of one relation."""
    return rows.order_by().values_list(
        Value(role, output_field=CharField()),
        F(owner),
        Cast(F(name), CharField()),
        Cast(F(slug), CharField()),
    )


def named_relations(commission):
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
        select_names("area", areas, name="area__name", slug="area__slug"),
        select_names("service", services, name="service__name", slug="service__slug"),
        select_names("partner", partners, **body),
        select_names("award", awarded, owner="award_id", **body),
        select_names("contract", contracted, owner="contract_id", **body),
        select_names(
            "replaces", replaced, name="contract__title", slug="contract__reference"
        ),
        select_names(
            "lot", lots, owner="award_id", name="lot__title", slug="lot__lot_id"
        ),
    ]


def address_of_related(role, slug):
    """Return the page of one related thing; a lot has none."""
    if role == "area":
        return f"{reverse('commissions:commission-list')}?area={slug}"
    return (
        reverse(PAGES_OF_RELATED[role], args=[slug]) if role in PAGES_OF_RELATED else ""
    )


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
        first, *others = [
            *packed_relations(self.commission),
            *named_relations(self.commission),
        ]
        rows = first.union(*others, all=True)[:MOST_NAMES]
        found = defaultdict(list)
        for role, owner, name, slug in sorted(rows, key=lambda row: row[2]):
            found[role, owner].append(
                json.loads(name)
                if role in PACKED
                else NamedRelation(
                    name or f"{NAMELESS.get(role, '')} {slug}",
                    address_of_related(role, slug),
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
        return list_decisions(self.own("decision"))

    @cached_property
    def involvement(self):
        """Each group with how it took part."""
        return list_involvement(self.commission, self.own("involvement"))

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


UNDECIDED = {Commission.Route.NOT_DECIDED, Commission.Route.OTHER}
WANTS = {
    "summary": ("summary", gettext_lazy("In short")),
    "need": ("need", gettext_lazy("The need")),
    "outcomes": ("outcomes", gettext_lazy("What it should achieve")),
    "changes": ("changes_for", gettext_lazy("Who it changes things for")),
}
LIMITS = {
    "fixed": ("fixed", gettext_lazy("What is fixed")),
    "influence": ("still_open", gettext_lazy("What you can still influence")),
    "unknowns": ("unknowns", gettext_lazy("What we do not know yet")),
}
"""What is said of a commission: its part of the page, its field and its heading."""

LEAD = 2  # sentences of the summary on the first screen


def for_page(commissions):
    """Fetch with each commission what its page shows of one row each.

    Tell also whether it has an exemption, a direct award, awards, contracts and
    documents, so that nothing is asked about what is not there.
    """
    its = {"commission": OuterRef("pk")}
    return commissions.annotate(
        is_exempted=Exists(Exemption.objects.filter(**its)),
        is_passing_on=Exists(Handover.objects.announced().order_by().filter(**its)),
        is_direct=Exists(DirectAward.objects.filter(**its)),
        has_awards=Exists(Award.objects.filter(**its)),
        has_contracts=Exists(Contract.objects.filter(**its)),
        has_documents=Exists(Document.objects.filter(**its)),
        has_easy_read=Exists(EasyReadPart.objects.filter(**its)),
        **added.conditions("commission"),
    ).select_related(
        "organisation",
        "topic",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
        "tender",
        "direct_award",
        "representations",
    )


class CommissionPage:
    """What the public sees of one commission, fetched by `for_page`.

    `asked` names the list that the reader wants whole: documents, notices, awards,
    contracts or record. With `preview` a banner says that the page is not public; the
    commission may then be a working draft.
    """

    def __init__(self, commission, *, asked="", preview=False, now=None):
        self.commission, self.asked, self.preview = commission, asked, preview
        self.now = now or timezone.now()
        self.today = timezone.localdate(self.now)
        self.panels = Panels("commission", commission)
        awards = Award.objects if commission.has_awards else Award.objects.none()
        signed = (
            Contract.objects if commission.has_contracts else Contract.objects.none()
        )
        prefetch_related_objects(
            [commission],
            "notices",
            Prefetch("awards", newest_first(awards, "decided_on")),
            Prefetch("contracts", newest_first(signed, "starts_on")),
        )
        read_holders([commission.post, *[each.approver for each in self.exemptions]])

    @cached_property
    def calendars(self):
        """The bank holidays, read once for all that is counted."""
        return HolidayCalendars()

    # Who holds it, and who held it.

    @cached_property
    def members(self):
        """Who sits on the committee that holds it."""
        committee = self.commission.committee_id
        return committee_members([committee]).get(committee, []) if committee else []

    @cached_property
    def handover(self):
        """The hand-over that is announced, or None."""
        passing_on = self.commission.is_passing_on
        return Handover.to_come(self.commission) if passing_on else None

    @property
    def exceeds_limit(self):
        """Whether somebody other than its holder has to decide on its value."""
        return self.commission.exceeds_limit and self.commission.stage != "cancelled"

    @cached_property
    def decision_above_limit(self):
        """The decision on record of who may commit its value, or None."""
        if not (self.exceeds_limit and self.related.own("decision")):
            return None
        return self.commission.decision_above_limit()

    @cached_property
    def latest_notice(self):
        """The newest notice seen of a commission known from notices only, or None."""
        return latest_notice(self.commission)

    @cached_property
    def contact(self):
        return newest_contact(self.notices)

    @cached_property
    def holder_history(self):
        """Who held it from when to when, doing what: {rows, height}."""
        return holder_history_of(self.commission, self.acts)

    # Where it stands, and what comes next.

    @cached_property
    def dates(self):
        """When each stage is planned and when it came, with every date that moved."""
        rows = self.commission.stage_dates.order_by(
            "pk", "changes__moved_at", "changes__pk"
        )
        return dates_from(rows.values_list(*COLUMNS))

    @cached_property
    def timeline(self):
        """The steps from intention to review."""
        commission = self.commission
        if not commission.kept_here:
            return stated_steps(
                "evaluation" if commission.bids_closed else commission.stage, self.dates
            )
        return stage_timeline(
            commission.stage,
            self.dates,
            self.today,
            commission.regime,
            "" if commission.route in UNDECIDED else commission.route,
            light_touch=commission.light_touch,
        )

    @cached_property
    def is_silent_since_closing(self):
        """Whether bids closed, and no notice seen is from after that."""
        commission = self.commission
        newest = commission.latest_notice
        return commission.bids_closed and not (
            newest and newest.published_at > commission.window_closes_at
        )

    @cached_property
    def why_here(self):
        """Why it was called off or went back, or nothing."""
        return why_here(self.acts)

    @cached_property
    def stage_behind(self):
        """What says that the facts have gone on and its stage has not, or nothing."""
        return said_in_public(self)

    @cached_property
    def next_steps(self):
        """What its holder is expected to do next, and by when.

        Of what is known from notices alone nothing is expected.
        """
        return next_expected(self) if self.commission.kept_here else []

    @cached_property
    def window(self):
        """What somebody outside can do now."""
        return window_of(self.commission, self.now)

    @property
    def bids_open(self):
        """Whether providers can bid now, on a tender that has a page."""
        window = self.window
        return window.state == "open" and window.kind == "bids" and bool(self.tender)

    @cached_property
    def exemptions(self):
        """The gates that it passes unmet, with the posts that approved."""
        if not self.commission.is_exempted:
            return []
        return list(
            self.commission.exemptions.select_related(
                "approver__organisation", "approver__deputy"
            )
        )

    # What is said of it.

    @cached_property
    def lead(self):
        """The first sentences of its summary, or of the need."""
        lead = said(self.commission, "summary") or said(self.commission, "need")
        return first_sentences(lead, LEAD)

    @property
    def title(self):
        """Its title, in Welsh for a reader of Welsh where its body gave it."""
        return said(self.commission, "title")

    @cached_property
    def wants(self):
        """What is needed and wanted: (id, heading, text) of each part; not the lead again."""
        parts = self.said(WANTS)
        return [part for part in parts if " ".join(part[2].split()) != self.lead]

    @cached_property
    def limits(self):
        """What is fixed, what can change and what is not known yet, likewise."""
        return self.said(LIMITS)

    @property
    def says_wants(self):
        """Whether anything is said of what is needed; of one kept here also what is not."""
        commission = self.commission
        effects = commission.equality_impact or commission.equality_impact_url
        return bool(commission.kept_here or self.wants or effects or commission.tupe)

    @property
    def says_responsible(self):
        """Whether it is known who is, or was, responsible."""
        commission = self.commission
        return bool(
            commission.post or commission.committee or self.holder_history["rows"]
        )

    def said(self, parts):
        """List (id, heading, text) of the parts that have a text."""
        found = [
            (part, heading, said(self.commission, field))
            for part, (field, heading) in parts.items()
        ]
        return [each for each in found if each[2].strip()]

    @cached_property
    def unsaid(self):
        """What is not said yet, by name."""
        parts = {**WANTS, **LIMITS}
        said = {part for part, _, _ in self.said(parts)}
        return [
            gettext("a summary") if part == "summary" else str(heading).lower()
            for part, (_, heading) in parts.items()
            if part not in said
        ]

    @cached_property
    def words(self):
        """Its codes and its money in plain words."""
        commission = self.commission
        return {
            "regime": law_in_words(commission),
            "route": labels.ROUTES.get(commission.route, ""),
            "light_touch": labels.LIGHT_TOUCH if commission.light_touch else "",
            "rung": labels.RUNGS.get(commission.rung, ""),
            "value": value_range(
                commission.value_min,
                commission.value_max,
                commission.get_value_vat_display(),
            ),
        }

    @cached_property
    def related(self):
        """Its decisions, involvement, barriers, lessons; places, bodies and services."""
        return Related(self.commission)

    # Papers, newest first.

    @cached_property
    def documents(self):
        if not self.commission.has_documents:
            return Excerpt("documents", [], more=False, whole=False)
        return list_documents(self.commission, self.asked)

    @cached_property
    def notices(self):
        return list_notices(self.commission, self.asked)

    @cached_property
    def tender(self):
        return show_tender(self.commission)

    @cached_property
    def is_direct(self):
        """Whether its provider was chosen without a competition."""
        commission = self.commission
        return commission.is_direct or (
            commission.has_awards and commission.route in WITHOUT_COMPETITION
        )

    @cached_property
    def has_many_buyers(self):
        """Whether several bodies buy under it, each for itself: then none leads."""
        return any(each.buyer_id for each in self.found_awards.rows)

    @cached_property
    def found_awards(self):
        rows = self.commission.awards.all()
        return excerpt(rows, "awards", first=10, asked=self.asked)

    @cached_property
    def awards(self):
        """Its awards, with their suppliers and lots."""
        cut = self.found_awards
        dated = [each for each in cut.rows if each.standstill_ends_on]
        ends = standstill_ends(self.commission, dated, self.calendars)
        return show_rows(
            cut,
            lambda award: {
                "title": str(award),
                "description": award.reasons or award.description,
                "status": AWARD_STATES.get(award.status, ""),
                "suppliers": self.related.of("award", award.pk),
                "lots": self.related.of("lot", award.pk),
                "amount": worth(award, self.commission),
                "decided_on": award.decided_on,
                "standstill_ends_on": ends.get(award.pk),
                "starts_on": award.starts_on,
                "ends_on": award.ends_on,
            },
        )

    @cached_property
    def contracts(self):
        """Its contracts, with their suppliers."""
        rows = self.commission.contracts.all()
        return show_rows(
            excerpt(rows, "contracts", first=10, asked=self.asked), self.show_contract
        )

    def show_contract(self, contract):
        """Present one contract."""
        return {
            "title": str(contract),
            "url": contract.get_absolute_url(),
            "description": contract.description,
            "status": contract.standing(self.today).label_of(self.commission),
            "suppliers": self.related.of("contract", contract.pk),
            "amount": worth(contract, self.commission),
            "signed_on": contract.signed_on,
            "starts_on": contract.starts_on,
            "ends_on": contract.ends_on,
            "ends": contract.ends_on and how_far(contract.ends_on, self.today),
            "latest_end_on": contract.latest_end_on,
        }

    # The public record.

    @cached_property
    def entries(self):
        """The newest entries about it, and all that a holder did."""
        wanted = MOST_ROWS if self.asked == "record" else RECORD
        return entries_of(self.commission, wanted + 1)

    @cached_property
    def acts(self):
        """What its holders did, oldest first."""
        return acts_of(self.entries)

    @cached_property
    def record(self):
        return list_record(self.commission, self.entries, self.asked)

    @property
    def says_until_when(self):
        """Whether a panel of an app above says until when people can comment."""
        panels = self.panels.after("summary")
        return any(context.get("open_now") for _, context in panels)

    @cached_property
    def contents(self):
        """What is on the page: (id, heading) of each part that is there."""
        parts = [
            ("next", gettext("What happens next"), True),
            ("open", gettext("Have your say"), True),
            ("want", gettext("What we need and want"), self.says_wants),
            ("change", gettext("What is fixed and what can change"), self.limits),
            ("involved", gettext("Who was involved"), True),
            ("hands", gettext("Who has been responsible"), self.says_responsible),
            ("exemptions", gettext("Exemptions"), self.exemptions),
            ("decisions", gettext("Decisions"), self.related.decisions),
            ("barriers", gettext("Barriers met"), self.related.barriers),
            ("lessons", gettext("What was learnt"), self.related.lessons),
            ("terms", gettext("Money and law"), True),
            ("tender", gettext("Tender"), self.tender),
            ("awards", gettext("Who was chosen"), self.awards.rows or self.is_direct),
            ("contracts", gettext("Contracts"), self.contracts.rows),
            ("documents", gettext("Documents and notices"), True),
            ("record", gettext("The record"), True),
        ]
        return [(part, heading) for part, heading, *there in parts if all(there)]


# What somebody outside can do about a commission, and until when.

DOING = {
    "comment": gettext_lazy(
        "Comment on the draft: say what would work, what would not, and why."
    ),
    "engagement": gettext_lazy(
        "Share what you know with the people responsible, whether you use the service, "
        "care for someone who does, work in it or provide it."
    ),
    "bids": gettext_lazy("Providers can bid. Anyone can read what is asked for."),
}


@dataclass(frozen=True)
class Invitation:
    """`state` is before, open, closed or none; `doing` says what one can do."""

    state: str
    kind: str = ""
    doing: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


def window_of(commission, at):
    """Tell what somebody outside can do about a commission at a time."""
    return invitation_to(
        commission.window_for,
        commission.window_opens_at,
        commission.window_closes_at,
        at,
    )


def invitation_to(
    kind: str, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> Invitation:
    """Tell what a window of this kind lets people do at a moment."""
    if not kind or closes_at is None:
        return Invitation("none")
    if closes_at <= now:
        return Invitation("closed", kind, "", opens_at, closes_at)
    if opens_at and opens_at > now:
        return Invitation("before", kind, DOING[kind], opens_at, closes_at)
    return Invitation("open", kind, DOING[kind], opens_at, closes_at)


# What a page lists, in words.


def newest_first(rows, field):
    """Put the newest first and those without a date last, on every database."""
    return rows.order_by(F(field).desc(nulls_last=True), "-pk")


def show_rows(part, show):
    return replace(part, rows=[show(row) for row in part.rows])


def list_documents(commission, asked):
    """List documents with their type and format in words."""
    rows = newest_first(commission.documents, "published_at")
    cut = excerpt(rows, "documents", first=10, asked=asked)
    return show_rows(
        cut, lambda document: show_document(document, commission.kept_here)
    )


def show_document(document, kept_here):
    """Present one document; whether it was checked is asked of who keeps it here."""
    checked = kept_here or document.is_accessible is not None
    return {
        "title": document.title,
        "description": document.description,
        "url": document.file.url if document.file else web_address(document.url),
        "type": document_type(document.document_type),
        "format": file_format(document.format),
        "published_at": document.published_at,
        "accessible": ACCESSIBLE[document.is_accessible] if checked else "",
    }


def list_notices(commission, asked):
    """List notices with their names in words."""
    rows = list(commission.notices.all())[::-1]
    return show_rows(excerpt(rows, "notices", first=10, asked=asked), show_notice)


def law_in_words(commission):
    """Say what its law means, and under which Regulations of which nation."""
    said = labels.REGIMES.get(commission.regime, "")
    under = regulations_of(commission.regime, commission.organisation.nation)
    return f"{said} {under}".strip()


def show_notice(notice):
    """Present one notice."""
    return {
        "code": notice.code,
        "name": notice_name(notice.code, notice.tags, notice.form),
        "title": notice.title,
        "platform": notice.platform,
        "reference": notice.release_id,
        "published_at": notice.published_at,
        "url": web_address(notice.url),
        "contact_name": notice.contact_name,
        "contact_email": notice.contact_email,
        "contact_phone": notice.contact_phone,
        "contact_url": web_address(notice.contact_url),
    }


def latest_notice(commission):
    """Present the newest notice seen of a commission that is known from notices only."""
    found = None if commission.kept_here else commission.latest_notice
    return found and show_notice(found)


def standstill_ends(commission, awards, calendars):
    """Return until when nobody may sign, by key of each award that states a day.

    Of what is known from notices alone that is the day they state, not one counted.
    """
    if not commission.kept_here:
        return {each.pk: each.standstill_ends_on for each in awards}
    return ends_of(commission, awards, calendars)


def newest_contact(listed):
    """Return the newest notice that names a contact, or None."""
    named = ("contact_name", "contact_email", "contact_phone")
    return next((n for n in listed.rows if any(n[field] for field in named)), None)


def show_tender(commission):
    """Present the tender, or None where there is none yet."""
    found = getattr(commission, "tender", None)
    return found and {
        "title": found.title,
        "description": found.description,
        "status": tender_status(commission, found),
        "method": found.method_details or METHODS.get(found.method, ""),
        "amount": worth(found, commission),
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "questions_close_at": found.questions_close_at,
        "how_to_bid": found.how_to_bid,
        "suits": [
            words
            for words, true in (
                (gettext("small and medium-sized firms"), found.suits_sme),
                (gettext("voluntary and community bodies"), found.suits_vcse),
            )
            if true
        ],
    }


def tender_status(commission, tender):
    """Say the state of a tender; of one known from notices as far as they state it."""
    if commission.kept_here or tender.status != tender.Status.ACTIVE:
        return tender.get_status_display()
    if not tender.closes_at:
        return gettext("Published")
    is_open = tender.closes_at > timezone.now()
    return gettext("Open for bids") if is_open else gettext("Bids closed")


def list_lots(commission, asked):
    """List the lots of the tender; asks nothing where it is known to have none."""
    rows = Lot.objects.filter(tender__commission=commission)
    rows = rows if getattr(commission, "has_lots", True) else rows.none()
    return show_rows(
        excerpt(rows, "lots", first=10, asked=asked),
        lambda lot: show_lot(lot, commission),
    )


def show_lot(lot, commission):
    """Present one lot; that it is active is no news of what only notices tell."""
    said = commission.kept_here or lot.status != "active"
    return {
        "title": str(lot),
        "description": lot.description,
        "status": LOT_STATES.get(lot.status, "") if said else "",
        "amount": worth(lot, commission),
        "starts_on": lot.starts_on,
        "ends_on": lot.ends_on,
        "duration": lot.duration,
        "said": [
            (heading, text)
            for heading, text in (
                (gettext("What a provider must have or show"), lot.conditions),
                (gettext("How it can be renewed"), lot.extension),
                (gettext("What can be added"), lot.options),
            )
            if text
        ],
    }


RECORD = 15  # entries shown before a reader asks for all


def list_record(commission, entries, asked):
    """List what the public record says about it, in sentences, newest first."""
    bodies = (
        commission.organisation,
        commission.post,
        commission.committee,
    )
    names = {
        body.record_name: getattr(body, "title", None) or body.name
        for body in bodies
        if body
    }
    called = names_in(entries, names)
    return show_rows(
        excerpt(entries, "record", first=RECORD, asked=asked),
        lambda entry: event(entry, called),
    )
