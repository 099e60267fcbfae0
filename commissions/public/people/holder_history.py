"""The trail of hands of one commission or decision, read in two queries at most."""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from commissions.models import Commissioner, Entry, Holding, Kind
from commissions.public.people.hands import Held, Served, height, trail

MOST = 500  # stretches, and acts, read for one page

ACTS = {
    Kind.COMMISSION_PUBLISHED: "intention published",
    Kind.STAGE_REACHED: "stage reached",
    Kind.DATE_MOVED: "date moved",
    Kind.DOCUMENT_ADDED: "document added",
    Kind.DRAFT_PUBLISHED: "draft published",
    Kind.CONSULTATION_PUBLISHED: "consultation announced",
    Kind.CONSULTATION_EXTENDED: "consultation extended",
    Kind.RESPONSE_PUBLISHED: "response published",
    Kind.QUESTION_ANSWERED: "question answered",
    Kind.PEOPLE_INVOLVED: "people involved",
    Kind.LESSON_LEARNT: "lesson entered",
    Kind.INVOLVEMENT_CORRECTED: "involvement corrected",
    Kind.LESSON_CORRECTED: "lesson corrected",
    Kind.EXEMPTION_ENTERED: "exemption entered",
    Kind.NOTICE_PUBLISHED: "notice published",
    Kind.TENDER_INVITED: "bids invited",
    Kind.AWARD_ANNOUNCED: "award announced",
    Kind.DIRECT_AWARD_JUSTIFIED: "choice without a competition justified",
    Kind.REPRESENTATIONS_SETTLED: "objections settled",
    Kind.CONTRACT_SIGNED: "contract signed",
    Kind.CONTRACT_EXTENDED: "contract extended",
    Kind.CONTRACT_AMENDED: "contract changed",
    Kind.CONTRACT_RATED: "performance rated",
    Kind.CONTRACT_ENDED: "contract ended",
    Kind.DECISION_PUBLISHED: "decision announced",
    Kind.DECISION_DEFERRED: "decision moved",
    Kind.PRIVACY_CONFIRMED: "second notice of privacy",
    Kind.DECISION_TAKEN: "decision taken",
}
"""What a holder does, by the kind of its entry. Others' acts are left out."""


def entries_of(held, newest):
    """Read the newest entries about a commission, and all that a holder did. One query.

    Newest first; `newest` is how many of any kind are wanted. Of a decision
    only its own entries are read.
    """
    name = held.record_name
    about = Q(subject=name)
    if name.startswith("commission/"):
        about = Q(commission=held.reference)
    rows = Entry.objects.filter(about).order_by("-pk")
    wanted = Q(pk__in=rows.values("pk")[:newest])
    done = rows.filter(kind__in=ACTS)
    return list(rows.filter(wanted | Q(pk__in=done.values("pk")[:MOST])))


def acts_of(entries):
    """Return, of entries newest first, what a holder did, oldest first."""
    return [entry for entry in reversed(entries) if entry.kind in ACTS]


def stretches(held, acts):
    """Return the trail of a commission or decision, to draw and to list.

    `acts` are those of `acts_of`. One query. A person is named where the
    post decides or they agreed to it, and their name is public today.
    """
    holdings, tenures = read(held)
    done = [(timezone.localdate(entry.at), ACTS[entry.kind]) for entry in acts]
    rows = trail(holdings, tenures, done, timezone.localdate())
    return {"rows": rows, "height": height(rows)}


def read(held):
    """Read holdings and the tenures of the posts that had it: ([Held], {key: [Served]})."""
    public = Commissioner.objects.named().filter(
        pk=OuterRef("post__tenures__commissioner")
    )
    rows = (
        Holding.objects.of(held)
        .annotate(
            nameable=Case(
                When(
                    Q(Exists(public))
                    & (
                        Q(post__is_decision_level=True)
                        | Q(post__tenures__commissioner__name_consent_on__isnull=False)
                    ),
                    then=Value(True),
                ),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .values_list(
            "pk",
            "post",
            "post__title",
            "committee__name",
            "since",
            "until",
            "why",
            "nameable",
            "post__tenures__started_on",
            "post__tenures__ended_on",
            "post__tenures__commissioner__name",
            "post__tenures__commissioner__slug",
        )[:MOST]
    )
    holdings, tenures = {}, {}
    for pk, post, title, committee, since, until, why, nameable, *person in rows:
        holdings[pk] = Held(post, title or committee, since, until, why, not post)
        if person[0]:
            tenures.setdefault(post, set()).add(served(nameable, *person))
    return list(holdings.values()), {key: [*who] for key, who in tenures.items()}


def served(nameable, since, until, name, slug):
    """Say one tenure, with a name and a page only where both may be public."""
    if not nameable:
        return Served(since, until, "Somebody who is not named here")
    return Served(
        since, until, name, reverse("commissions:commissioner-detail", args=[slug])
    )
