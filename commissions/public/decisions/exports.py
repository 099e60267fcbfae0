"""The forward plan as files: exactly the list asked for, also of one organisation."""

from itertools import islice

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.models import Entry
from commissions.public.decisions.filters import DecisionFilter, seated, with_notices
from commissions.public.decisions.notice_period import notice_period, particulars
from commissions.public.decisions.rows import when
from commissions.public.listing.atom import Feed
from commissions.public.listing.csv_json import csv_lines, download, json_lines
from commissions.public.listing.ical import calendar, whole_days
from commissions.public.people.holders import decider

FEED = 100  # entries of a feed
DATES = 1_000  # days of a calendar
HEADS = [
    "reference",
    "title",
    "question",
    "organisation",
    "kind",
    "is_key",
    "key_because",
    "decided_by",
    "members",
    "due_on",
    "due_until",
    "notice_published_on",
    "notice",
    "days_short_of_28_clear",
    "urgency",
    "urgency_reason",
    "papers",
    "how_to_see_papers",
    "is_private",
    "private_reason",
    "private_notice_on",
    "second_notice_on",
    "decided_on",
    "outcome",
    "commission",
    "address",
]
FORMATS = {
    "csv": "CSV",
    "json": "JSON",
    "atom": "Atom feed",
    "ics": "dates for your calendar",
}


def address(decision):
    """Return the full address of a decision's page."""
    return f"{settings.PORTAL_ORIGIN}{decision.get_absolute_url()}"


def facts(decision):
    """Return one decision as the plain values of a file."""
    found, said = notice_period(decision), particulars(decision)
    return {
        "reference": decision.reference,
        "title": decision.title,
        "question": decision.question,
        "organisation": decision.organisation.name,
        "kind": decision.kind,
        "is_key": decision.is_key,
        "key_because": decision.key_because,
        "decided_by": said["who"],
        "members": said["members"],
        "due_on": decision.due_on,
        "due_until": decision.due_until,
        "notice_published_on": timezone.localdate(decision.published_at),
        "notice": found.state,
        "days_short_of_28_clear": found.short_by,
        "urgency": decision.urgency,
        "urgency_reason": decision.urgency_reason,
        "papers": said["papers"],
        "how_to_see_papers": said["how"],
        "is_private": decision.is_private,
        "private_reason": decision.private_reason,
        "private_notice_on": decision.private_notice_on,
        "second_notice_on": decision.second_notice_on,
        "decided_on": decision.decided_on,
        "outcome": decision.outcome,
        "commission": public_reference(decision),
        "address": address(decision),
    }


def public_reference(decision):
    """Return the reference of its commission, if the public may see that."""
    commission = decision.commission
    return commission.reference if commission and commission.published_at else ""


def rows(filters):
    """Read the whole list, a few hundred at a time, as plain values."""
    for page in filters.read().pages():
        yield from map(facts, with_notices(page.rows))


def flat(row):
    """Write the lists of a row as the text of one cell each."""
    papers = [f"{paper['title']} {paper['url']}".strip() for paper in row["papers"]]
    return row | {"members": "; ".join(row["members"]), "papers": "; ".join(papers)}


def as_csv(filters):
    """Answer with the list as CSV."""
    lines = csv_lines(HEADS, map(flat, rows(filters)))
    return download(lines, "text/csv", "decisions.csv")


def as_json(filters):
    """Answer with the list as JSON."""
    lines = json_lines("decisions", rows(filters))
    return download(lines, "application/json", "decisions.json")


def as_atom(filters):
    """Answer with the first of the list as an Atom feed, dated by the record."""
    feed = Feed(
        title=f"Decisions – {settings.PORTAL_NAME}",
        link=f"{settings.PORTAL_ORIGIN}/decisions/",
        description="",
    )
    decisions = seated(filters.read().page(size=FEED).rows)
    changed = last_acts(decisions)
    for decision in decisions:
        feed.add_item(
            title=decision.title,
            link=address(decision),
            description=f"{when(decision)}. {decider(decision)}. "
            f"{decision.outcome or decision.question}",
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
    days = seated(list(islice(coming.order_by("due_on", "pk"), DATES)))
    changed = last_acts(days)
    events = [
        whole_days(
            uid=f"{decision.reference}@decision",
            first=decision.due_on,
            last=decision.due_until,
            now=changed.get(decision.record_name, decision.published_at),
            title=f"Decision: {decision.title}",
            words=f"{decision.organisation.name}. {decider(decision)}. "
            f"{decision.question}",
            url=address(decision),
        )
        for decision in days
    ]
    text = calendar(f"Decisions – {settings.PORTAL_NAME}", events)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


ANSWERS = {"csv": as_csv, "json": as_json, "atom": as_atom, "ics": as_ical}


@require_safe
def export(request, ending):
    """Answer with the list in the format that the address ends in."""
    if ending not in ANSWERS:
        raise Http404
    return ANSWERS[ending](DecisionFilter(request.GET))
