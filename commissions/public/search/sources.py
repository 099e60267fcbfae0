"""What can be found on the ground floor, and what is read of each.

A source names the public rows of a kind, and a document only what everybody can read
of one. The floor above registers its own (`consultations.search`).
"""

from datetime import datetime, time, timedelta

from django.db.models import Prefetch
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.commission.documents import Document as Paper
from commissions.commission.models import Commission
from commissions.contracts.models import Contract
from commissions.decisions.models import Decision
from commissions.involvement.models import Barrier
from commissions.law.lifecycle import ENDS
from commissions.organisations.models import Organisation
from commissions.people.models import (
    Commissioner,
    Committee,
    CommitteeMember,
    Post,
    Tenure,
)
from commissions.places.models import Area
from commissions.procurement.tender import Tender
from commissions.search.index import Document, Source, register
from commissions.services.models import Service
from commissions.text.formats import on_day


def names_of(bodies):
    """Return every name of some bodies, current and other."""
    return [
        name
        for body in bodies
        for name in (body.name, *(other.name for other in body.other_names.all()))
    ]


def topic_names(topic):
    """Return the name of a topic, and of the one it is part of."""
    return [topic.name, topic.parent.name if topic.parent else ""] if topic else []


def end_of(day):
    """Return the moment at which a day has passed in London; None without a day."""
    return day and timezone.make_aware(
        datetime.combine(day + timedelta(days=1), time())
    )


PARTING = " · "
"""What is between the parts of the line about a thing."""


def in_line(*parts):
    return PARTING.join(str(part) for part in parts if part)


def goes_on(commission):
    return commission.stage not in ENDS


def commission_rows():
    return (
        Commission.objects.published()
        .select_related("organisation", "topic__parent", "tender", "post", "committee")
        .prefetch_related("organisation__other_names", "partners__other_names", "areas")
    )


def commission_document(commission):
    """Read a commission: its titles, whose it is, where, and what it is about."""
    tender = getattr(commission, "tender", None)
    holder = commission.post or commission.committee
    return Document(
        title=commission.title,
        url=commission.get_absolute_url(),
        detail=in_line(commission.organisation, commission.get_stage_display()),
        reference=commission.reference,
        names=(
            commission.ocid,
            *names_of([commission.organisation, *commission.partners.all()]),
            *topic_names(commission.topic),
            *(area.name for area in commission.areas.all()),
            getattr(holder, "title", "") or getattr(holder, "name", ""),
        ),
        texts=(
            commission.welsh_title,
            commission.summary,
            commission.welsh_summary,
            commission.need,
            commission.welsh_need,
            commission.outcomes,
            commission.fixed,
            commission.still_open,
            commission.changes_for,
            "Staff move: TUPE applies" if commission.tupe == "applies" else "",
            *((tender.title, tender.description) if tender else ()),
        ),
        live=goes_on(commission),
    )


def service_document(service):
    return Document(
        title=service.name,
        url=service.get_absolute_url(),
        detail=in_line(gettext("Service"), service.organisation),
        names=(
            *names_of([service.organisation, *service.providers.all()]),
            *topic_names(service.topic),
            *(area.name for area in service.areas.all()),
        ),
        texts=(service.summary, service.who_uses_it),
    )


def service_rows():
    return (
        Service.objects.published()
        .select_related("organisation", "topic__parent")
        .prefetch_related(
            "organisation__other_names", "providers__other_names", "areas"
        )
    )


def organisation_rows():
    return Organisation.objects.select_related("area", "successor").prefetch_related(
        "other_names", "identifiers"
    )


def organisation_document(body):
    """Read a body: its names, its numbers in registers, and where it is."""
    provides = body.kind == Organisation.Kind.PROVIDER
    ended = f"Ended on {on_day(body.dissolved_on)}" if body.dissolved_on else ""
    return Document(
        title=body.name,
        url=body.get_absolute_url(),
        detail=in_line(
            gettext("Supplier") if provides else body.get_kind_display(), ended
        ),
        names=(
            *(other.name for other in body.other_names.all()),
            *(identifier.value for identifier in body.identifiers.all()),
            body.area.name if body.area else "",
            body.successor.name if body.successor else "",
        ),
        texts=(body.about,),
        live=not body.dissolved_on or body.dissolved_on > timezone.localdate(),
        until=body.dissolved_on and end_of(body.dissolved_on - timedelta(days=1)),
    )


CURRENT = "now_in"


def person_rows():
    """Select the people whose names may be shown, with what they hold."""
    seats = CommitteeMember.objects.current().select_related("committee__organisation")
    return Commissioner.objects.named().prefetch_related(
        Prefetch(
            "tenures",
            Tenure.objects.current().naming().select_related("post__organisation"),
            to_attr=CURRENT,
        ),
        Prefetch("memberships", seats, to_attr="seats"),
    )


def person_document(person):
    """Read a person by name, by what they hold, and by what they say themselves."""
    posts = [tenure.post for tenure in person.now_in]
    seats = [seat.committee for seat in person.seats]
    held = [*(post.title for post in posts), *(seat.name for seat in seats)]
    bodies = [each.organisation.name for each in (*posts, *seats)]
    ends = [tenure.ended_on for tenure in person.now_in if tenure.ended_on]
    return Document(
        title=person.name,
        url=person.get_absolute_url(),
        detail=in_line(", ".join(held), *dict.fromkeys(bodies)),
        names=(*held, *bodies),
        texts=(person.statement, *(post.may_decide for post in posts)),
        live=bool(held),
        until=end_of(min(ends) - timedelta(days=1)) if ends and not seats else None,
    )


def post_rows():
    tenures = Tenure.objects.current().naming().select_related("commissioner")
    return (
        Post.objects.filter(ended_on__isnull=True)
        .select_related("organisation")
        .prefetch_related(Prefetch("tenures", tenures, to_attr=CURRENT))
    )


def post_document(post):
    """Read a post: it is shown with the person in it, or with its body."""
    person = post.now_in[0].commissioner if post.now_in else None
    shown = person or post.organisation
    return Document(
        title=post.title,
        url=shown.get_absolute_url(),
        detail=in_line(gettext("Post"), person, post.organisation),
        names=(post.team, post.organisation.name, person.name if person else ""),
        texts=(post.may_decide,),
    )


def committee_document(committee):
    return Document(
        title=committee.name,
        url=committee.organisation.get_absolute_url(),
        detail=in_line(gettext("Committee"), committee.organisation),
        names=(committee.organisation.name,),
        texts=(committee.may_decide,),
    )


def committee_rows():
    return Committee.objects.select_related("organisation")


def place_url(area):
    """Return the address of a place's page, or of what is commissioned there."""
    try:
        return reverse("commissions:place-detail", args=[area.slug])
    except NoReverseMatch:
        return f"{reverse('commissions:commission-list')}?area={area.slug}"


def place_document(area):
    return Document(
        title=area.name,
        url=place_url(area),
        detail=in_line(area.get_kind_display(), area.parent),
        names=(*(code.value for code in area.codes.all()),),
        reference=area.code,
        live=not area.ended_on or area.ended_on > timezone.localdate(),
    )


def place_rows():
    return Area.objects.select_related("parent").prefetch_related("codes")


def public_commission(commission):
    """Return a commission that everybody can see, else None."""
    return commission if commission and commission.published_at else None


def decision_rows():
    return Decision.objects.published().select_related(
        "organisation", "commission", "post", "committee"
    )


def decision_document(decision):
    """Read a decision: what is asked, and what was decided and why."""
    commission = public_commission(decision.commission)
    when = (
        f"decided on {on_day(decision.decided_on)}"
        if decision.decided_on
        else f"due on {on_day(decision.due_on)}"
    )
    return Document(
        title=decision.title,
        url=decision.get_absolute_url(),
        detail=in_line(f"Decision, {when}", decision.organisation),
        reference=decision.reference,
        names=(
            decision.organisation.name,
            commission.title if commission else "",
            commission.reference if commission else "",
            decision.post.title if decision.post else "",
            decision.committee.name if decision.committee else "",
        ),
        texts=(decision.question, decision.outcome, decision.reasons),
        live=commission is None or goes_on(commission),
    )


def tender_rows():
    return Tender.objects.filter(
        commission__published_at__lte=timezone.now()
    ).select_related("commission__organisation")


def tender_document(tender):
    """Read a tender: it is over when its commission is, or when bids have closed."""
    commission = tender.commission
    closed = tender.closes_at and tender.closes_at <= timezone.now()
    return Document(
        title=tender.title or commission.title,
        url=reverse("commissions:tender-detail", args=[commission.reference]),
        detail=in_line(gettext("Tender"), commission.organisation),
        reference=tender.own_reference,
        names=(commission.title, commission.reference, commission.organisation.name),
        texts=(tender.description,),
        live=goes_on(commission) and not closed,
        until=tender.closes_at,
    )


def contract_rows():
    return (
        Contract.objects.published()
        .select_related("commission__organisation")
        .prefetch_related("suppliers__other_names")
    )


def contract_document(contract):
    """Read a contract with who supplies it."""
    commission = contract.commission
    standing = contract.standing(timezone.localdate())
    suppliers = list(contract.suppliers.all())
    return Document(
        title=contract.title or commission.title,
        url=contract.get_absolute_url(),
        detail=in_line(
            gettext("Contract"),
            ", ".join(body.name for body in suppliers),
            commission.organisation,
        ),
        reference=contract.reference,
        names=(
            *names_of(suppliers),
            commission.organisation.name,
            commission.title,
            commission.reference,
            contract.contract_id,
        ),
        texts=(contract.description,),
        live=not standing.is_over,
        until=None if standing.is_over else end_of(contract.ends_on),
    )


def paper_rows():
    return Paper.objects.filter(
        commission__published_at__lte=timezone.now()
    ).select_related("commission__organisation")


def paper_document(paper):
    commission = paper.commission
    page = commission.get_absolute_url()
    return Document(
        title=paper.title,
        url=f"{page}#documents",
        detail=in_line(gettext("Document"), commission.title),
        names=(commission.title, commission.reference, commission.organisation.name),
        texts=(paper.description,),
        live=goes_on(commission),
    )


def barrier_document(barrier):
    return Document(
        title=barrier.title,
        url=barrier.get_absolute_url(),
        detail=in_line(gettext("Barrier"), barrier.organisation),
        names=(barrier.organisation.name,),
        texts=(barrier.law, barrier.stops, barrier.workaround),
    )


def barrier_rows():
    return Barrier.objects.published().select_related("organisation")


def register_sources():
    """Let everything on the ground floor be found. A number never changes."""
    own, whose, of_it = ("pk",), ("organisation",), ("commission",)
    register(
        Source(
            "commission",
            0,
            gettext_lazy("commission"),
            gettext_lazy("commissions"),
            "commissions.Commission",
            commission_rows,
            commission_document,
            {
                "commission": own,
                "tender": ("tender",),
                "organisation": ("organisation", "partners"),
                "topic": ("topic", "topic__parent"),
                "area": ("areas",),
                "linkedocid": ("linked_ocids",),
                "notice": ("notices",),
            },
        ),
        Source(
            "service",
            1,
            gettext_lazy("service"),
            gettext_lazy("services"),
            "commissions.Service",
            service_rows,
            service_document,
            {
                "service": own,
                "organisation": ("organisation", "providers"),
                "topic": ("topic", "topic__parent"),
                "area": ("areas",),
            },
        ),
        Source(
            "organisation",
            2,
            gettext_lazy("organisation"),
            gettext_lazy("organisations and suppliers"),
            "commissions.Organisation",
            organisation_rows,
            organisation_document,
            {"organisation": own},
        ),
        Source(
            "person",
            3,
            gettext_lazy("person"),
            gettext_lazy("people"),
            "commissions.Commissioner",
            person_rows,
            person_document,
            {
                "commissioner": own,
                "post": ("tenures__post",),
                "committee": ("committees",),
            },
        ),
        Source(
            "post",
            4,
            gettext_lazy("post"),
            gettext_lazy("posts"),
            "commissions.Post",
            post_rows,
            post_document,
            {
                "post": own,
                "organisation": whose,
                "commissioner": ("tenures__commissioner",),
            },
        ),
        Source(
            "committee",
            5,
            gettext_lazy("committee"),
            gettext_lazy("committees"),
            "commissions.Committee",
            committee_rows,
            committee_document,
            {"committee": own, "organisation": whose},
        ),
        Source(
            "place",
            6,
            gettext_lazy("place"),
            gettext_lazy("places"),
            "commissions.Area",
            place_rows,
            place_document,
            {"area": own},
        ),
        Source(
            "decision",
            7,
            gettext_lazy("decision"),
            gettext_lazy("decisions"),
            "commissions.Decision",
            decision_rows,
            decision_document,
            {"decision": own, "commission": of_it, "organisation": whose},
        ),
        Source(
            "tender",
            8,
            gettext_lazy("tender"),
            gettext_lazy("tenders"),
            "commissions.Tender",
            tender_rows,
            tender_document,
            {"tender": own, "commission": of_it, "notice": ("commission__notices",)},
        ),
        Source(
            "contract",
            9,
            gettext_lazy("contract"),
            gettext_lazy("contracts"),
            "commissions.Contract",
            contract_rows,
            contract_document,
            {
                "contract": own,
                "commission": of_it,
                "notice": ("commission__notices",),
                "organisation": ("suppliers", "commission__organisation"),
            },
        ),
        Source(
            "document",
            10,
            gettext_lazy("document"),
            gettext_lazy("documents"),
            "commissions.Document",
            paper_rows,
            paper_document,
            {"document": own, "commission": of_it, "notice": ("commission__notices",)},
        ),
        Source(
            "barrier",
            11,
            gettext_lazy("barrier"),
            gettext_lazy("barriers"),
            "commissions.Barrier",
            barrier_rows,
            barrier_document,
            {"barrier": own, "organisation": whose},
        ),
    )
