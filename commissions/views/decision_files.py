"""The forward plan as files: exactly the list asked for, also of one organisation."""

from itertools import islice

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.lists.calendars import calendar, whole_days
from commissions.lists.decisions import DecisionFilter, seated
from commissions.lists.feeds import Feed
from commissions.lists.rows import holder
from commissions.lists.tables import csv_lines, download
from commissions.models import Entry
from commissions.pages.forward_plan import when
from commissions.pages.notice_period import notice_period

FEED = 100  # entries of a feed
DATES = 1_000  # days of a calendar
HEADS = [
    "reference",
    "title",
    "question",
    "organisation",
    "kind",
    "is_key",
    "decided_by",
    "due_on",
    "due_until",
    "notice_published_on",
    "notice",
    "days_short_of_28_clear",
    "is_private",
    "decided_on",
    "outcome",
    "commission",
    "address",
]
FORMATS = {"csv": "CSV", "atom": "Atom feed", "ics": "dates for your calendar"}


def address(decision):
    """Return the full address of a decision's page."""
    return f"{settings.PORTAL_ORIGIN}{decision.get_absolute_url()}"


def facts(decision):
    """Return one decision as the plain values of a file."""
    found = notice_period(decision)
    return {
        "reference": decision.reference,
        "title": decision.title,
        "question": decision.question,
        "organisation": decision.organisation.name,
        "kind": decision.kind,
        "is_key": decision.is_key,
        "decided_by": holder(decision)[0],
        "due_on": decision.due_on,
        "due_until": decision.due_until,
        "notice_published_on": timezone.localdate(decision.published_at),
        "notice": found.state,
        "days_short_of_28_clear": found.short_by,
        "is_private": decision.is_private,
        "decided_on": decision.decided_on,
        "outcome": decision.outcome,
        "commission": public_reference(decision),
        "address": address(decision),
    }


def public_reference(decision):
    """Return the reference of its commission, if the public may see that."""
    commission = decision.commission
    return commission.reference if commission and commission.published_at else ""


def as_csv(filters):
    """Answer with the list as CSV."""
    pages = filters.read().pages()
    rows = (facts(decision) for page in pages for decision in seated(page.rows))
    return download(csv_lines(HEADS, rows), "text/csv", "decisions.csv")


def as_atom(filters):
    """Answer with the first of the list as an Atom feed, dated by the record."""
    feed = Feed(
        title=f"Decisions – {settings.PORTAL_NAME}",
        link=f"{settings.PORTAL_ORIGIN}/decisions/",
        description="",
    )
    decisions = filters.read().page(size=FEED).rows
    changed = last_acts(decisions)
    for decision in decisions:
        feed.add_item(
            title=decision.title,
            link=address(decision),
            description=f"{when(decision)}. {decision.outcome or decision.question}",
            pubdate=decision.published_at,
            updateddate=changed.get(decision.record_name, decision.published_at),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def last_acts(decisions):
    """Return when something public last happened to each: {record name: time}."""
    about = Entry.objects.filter(subject__in=[each.record_name for each in decisions])
    return dict(about.order_by().values_list("subject").annotate(Max("at")))


def as_ical(filters):
    """Answer with the days of the decisions to come as a calendar."""
    coming = filters.narrowed().filter(decided_on__isnull=True)
    days = islice(coming.order_by("due_on", "pk"), DATES)
    events = [
        whole_days(
            uid=f"{decision.reference}@decision",
            first=decision.due_on,
            last=decision.due_until,
            now=decision.published_at,
            title=f"Decision: {decision.title}",
            url=address(decision),
        )
        for decision in days
    ]
    text = calendar(f"Decisions – {settings.PORTAL_NAME}", events)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


ANSWERS = {"csv": as_csv, "atom": as_atom, "ics": as_ical}


@require_safe
def export(request, ending):
    """Answer with the list in the format that the address ends in."""
    if ending not in ANSWERS:
        raise Http404
    return ANSWERS[ending](DecisionFilter(request.GET))
