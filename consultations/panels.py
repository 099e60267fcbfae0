"""What consultations and questions add to the pages of commissions and to the record.

Registered in `consultations.apps`. Each panel reads what it shows in one query,
and one more for the bank holidays where the clock of a question is still running.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import attrgetter
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from commissions.public import panels
from commissions.public.record_sentences import day, says
from commissions.text.formats import span_of_times
from consultations.comments.models import AnsweringProgress
from consultations.models import CommentState, Consultation, Draft, Event, Question
from consultations.public_names import public_name_of
from consultations.questions import models as clarifications
from consultations.questions.deadlines import AnswerCalendars, status_in_short


@says("enquiry.published")
def asked(subject, facts, names):
    said = gettext("A question was published, to be answered by {day}")
    return said.format(day=day(facts.get("due_on")))


@says("enquiry.answered")
def answered(subject, facts, names):
    """A question was answered, on time or not."""
    if facts.get("answered_on", "") > facts.get("due_on", ""):
        said = gettext("A question was answered late. The answer was due on {day}")
    else:
        said = gettext("A question was answered. The answer was due on {day}")
    return said.format(day=day(facts.get("due_on")))


@says("event.published")
def event_announced(subject, facts, names):
    return gettext("Event announced: {event}").format(event=event_in_words(facts))


@says("event.changed")
def event_changed(subject, facts, names):
    """An event was moved or amended."""
    return gettext("Event changed: {event}").format(event=event_in_words(facts))


@says("event.cancelled")
def event_cancelled(subject, facts, names):
    return gettext("Event cancelled: {event}").format(event=facts.get("title", ""))


def event_in_words(facts):
    """Write what an event is and when, as its entry says."""
    said = [facts.get("starts_at"), facts.get("ends_at")]
    times = span_of_times(*map(datetime.fromisoformat, said)) if all(said) else ""
    return ", ".join(filter(None, [facts.get("title", ""), times]))


EVENTS = 10  # of one commission
QUESTIONS = 5  # shown of each page's questions
CLARIFICATIONS = 20
READ = 100


def register_panels():
    """Put the panels on their pages, and let pages lead to what is here."""
    asked = "consultations/questions/_of_commission.html"
    held = "consultations/consultation/_of_commission.html"
    panels.add_condition("commission", "has_events", has_events)
    for page, after, template, build, more in (
        ("commission", "summary", "consultations/consultation/_do_now.html", on_commission, {}),
        ("commission", "open", held, on_commission, {"only_with": "consultations"}),
        ("commission", "open", "consultations/events/_of_commission.html", events_of, {"only_with": "events"}),
        ("commission", "tender", "consultations/questions/_of_tender_on_commission.html", on_commission, {"only_with": "asked"}),
        ("commission", "consultations", asked, on_commission, {"only_with": "asked"}),
        ("tender", "questions", "consultations/questions/_of_tender.html", questions_on_commission, {"only_with": "asked"}),
        ("tender", "changes", "consultations/drafts/_versions.html", consultations_of, {}),
        ("award", "object", "consultations/questions/_of_award.html", questions_on_commission, {"only_with": "asked"}),
        ("decision", "commission", "consultations/consultation/_of_decision.html", consultations_before, {"only_with": "consultations"}),
        ("decision", "consulted", asked, questions_on_decision, {}),
        ("person", "before", asked, questions_to_person, {}),
        ("barrier", "elsewhere", "consultations/questions/_of_barrier.html", questions_on_barrier, {}),
        ("home", "closing", "consultations/consultation/_closing_soonest.html", closing_soonest, {}),
    ):  # fmt: skip
        panels.add(page, after=after, template=template, build=build, **more)
    panels.add_link(
        "report", lambda **asked: consultation_address("correction-create", asked)
    )
    panels.add_link("follow", follow_link)
    panels.add_link("follow-words", partial(page_of, "consultations:alert-create"))
    panels.add_link("ask", partial(reverse, "consultations:question-create"))
    panels.add_link("alerts", partial(page_of, "consultations:alert-index"))
    panels.add_link("outcomes", partial(page_of, "consultations:outcome-list"))
    for kind in ("consultation", "comment", "question"):
        panels.add_link(kind, partial(page_of, f"consultations:{kind}-detail"))


def page_of(name, *keys):
    """Return the address of one page."""
    return reverse(name, args=keys)


def consultation_address(name, query):
    """Return an address with a query string."""
    return f"{reverse(f'consultations:{name}')}?{urlencode(query)}"


def follow_link(search=None, **what):
    """Return the address of the form to follow a thing, or a search by its query."""
    if search is None:
        return consultation_address("alert-create", what)
    return f"{reverse('consultations:alert-create')}?{search.urlencode()}"


def on_commission(commission):
    """Say what people can do about a commission: its consultations, and questions.

    `open_now` is the consultation that takes comments, the one that closes first.
    """
    found = {**consultations_of(commission), **questions_on_commission(commission)}
    open_now = [each for each in found["consultations"] if each.is_open()]
    first = min(open_now, key=attrgetter("closes_at"), default=None)
    return {**found, "open_now": first, "inside": True}


def consultations_of(commission):
    """List a commission's public consultations, newest first, in one query.

    Each has `progress` and `newest_version`, the number of the
    newest public version of the draft it is on.
    """
    found = Consultation.objects.published().filter(commission=commission)
    rows = list(with_counts(found).select_related("response__draft", "draft"))
    for row in rows:
        row.progress = AnsweringProgress(row.answered, row.to_answer)
    return {"consultations": rows}


def has_events():
    """Return whether a commission has public events, as a condition of its query."""
    return Exists(Event.objects.published().filter(commission=OuterRef("pk")))


def events_of(commission):
    """List a commission's public events, those to come first, in one query or none."""
    if not commission.has_events:
        return {"events": []}
    now = timezone.now()
    rows = list(
        Event.objects.published(now)
        .filter(commission=commission)
        .order_by("-starts_at", "-pk")[:EVENTS]
    )
    coming = [row for row in rows if row.ends_at > now]
    past = [row for row in rows if row.ends_at <= now]
    return {"events": [*reversed(coming), *past]}


def with_counts(consultations):
    """Count with each consultation its comments, those answered, and the versions."""
    drafts = Draft.objects.published().filter(
        specification=OuterRef("draft__specification")
    )
    newest = drafts.order_by("-version").values("version")[:1]
    public = Q(comments__state=CommentState.PUBLISHED)
    return consultations.annotate(
        to_answer=Count("comments", filter=public),
        answered=Count("comments", filter=public & ~Q(comments__outcome="")),
        newest_version=Subquery(newest),
    )


def consultations_before(decision):
    """List the public consultations on a decision's public commission, newest first."""
    commission = decision.commission
    if not commission or not commission.published_at:
        return {"consultations": []}
    found = Consultation.objects.published().filter(commission=commission)
    return {"consultations": list(found.order_by("-opens_at", "-pk"))}


def closing_soonest(rows):
    """Lead from rows of commissions to the consultations open on them, in one query.

    A row (commissions.public.commission.rows) whose commission has no open
    consultation here still leads to the commission.
    """
    found = Consultation.objects.open().order_by("-closes_at", "-pk")
    urls = {
        consultation.commission.get_absolute_url(): consultation.get_absolute_url()
        for consultation in found.filter(commission__in=[row["pk"] for row in rows])
        .select_related("commission")
        .only("reference", "commission__reference")
    }
    return {"rows": [{**row, "url": urls.get(row["url"], row["url"])} for row in rows]}


@dataclass(frozen=True)
class Asked:
    """Questions asked about one thing, and how to ask another."""

    rows: list
    clarifications: list
    more: bool
    all_url: str
    ask_url: str
    closed_at: object
    promised: int | None


def questions_on_commission(commission):
    """Return the questions asked about a commission, where somebody keeps it here."""
    if not commission.kept_here:
        return {"asked": None, "about": commission}
    return questions_about(commission, commission.record_name, commission)


def questions_on_decision(decision):
    """Return the questions asked about a decision."""
    return questions_about(decision, decision.record_name, decision.commission)


def questions_to_person(person):
    """Return the questions asked of a person."""
    return questions_about(person, public_name_of(person))


def questions_on_barrier(barrier):
    """Return what was said about a barrier."""
    return questions_about(barrier, barrier.record_name)


def questions_about(thing, name, commission=None):
    """Return the questions asked about something with this name in addresses.

    What was asked after the tender opened is kept apart, with every answer.
    """
    found = newest_questions(thing)
    calendars = found and AnswerCalendars()
    bidders = [row for row in found if row.pseudonym]
    others = [row for row in found if not row.pseudonym]
    about = f"?about={name}"
    asked = Asked(
        rows=[(row, status_in_short(row, calendars)) for row in others[:QUESTIONS]],
        clarifications=[
            (row, status_in_short(row, calendars)) for row in bidders[:CLARIFICATIONS]
        ],
        more=len(others) > QUESTIONS or len(bidders) > CLARIFICATIONS,
        all_url=f"{reverse('consultations:question-list')}{about}",
        ask_url=f"{reverse('consultations:question-create')}{about}",
        closed_at=closed_at(commission),
        promised=promised_by(thing),
    )
    return {"asked": asked, "about": thing}


def newest_questions(thing):
    """Read the newest public questions about something."""
    return list(
        Question.objects.public()
        .about(thing)
        .select_related("body", "new_draft", "pending_edit", "speaks_for")
        .order_by("-confirmed_at", "-pk")[: READ + 1]
    )


def promised_by(thing):
    """Return the working days its body promises; None for a person."""
    body = getattr(thing, "organisation", None)
    return body and body.question_days


def closed_at(commission):
    """Return when questions about a tender closed; None while anybody may ask."""
    if not clarifications.is_tendering(commission):
        return None
    closes = clarifications.questions_close_at(commission)
    return closes if closes and closes <= timezone.now() else None
