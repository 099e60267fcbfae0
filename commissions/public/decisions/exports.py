"""The forward plan as files: exactly the list asked for, also of one organisation."""

from itertools import islice

from django.conf import settings
from django.db.models import Max
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.models import Entry
from commissions.people.holdings import decider_in_words
from commissions.public.decisions.filters import (
    DecisionFilter,
    with_notices,
    with_seats,
)
from commissions.public.decisions.notice_findings import find_notice_period
from commissions.public.decisions.rows import decision_when, notice_particulars
from commissions.public.listing.exports import (
    Column,
    Export,
    address_of_row,
    all_rows,
    same_value,
)
from commissions.public.listing.feeds import AtomFeed, ical_calendar, whole_days

FEED = 100  # entries of a feed
DATES = 1_000  # days of a calendar


def public_reference(decision):
    """Return the reference of its commission, if the public may see that."""
    commission = decision.commission
    return commission.reference if commission and commission.published_at else ""


def decision_said(name):
    """Return a getter of what the notice says: see `particulars`."""
    return lambda decision: notice_particulars(decision)[name]


COLUMNS = [
    *same_value("reference", "title", "question"),
    Column("organisation", "organisation.name"),
    *same_value("kind", "is_key", "key_because"),
    Column("decided_by", decision_said("who")),
    Column("members", decision_said("members")),
    *same_value("due_on", "due_until"),
    Column("notice_published_on", lambda d: timezone.localdate(d.published_at)),
    Column("notice", lambda d: find_notice_period(d).state),
    Column("days_short_of_28_clear", lambda d: find_notice_period(d).short_by),
    *same_value("urgency", "urgency_reason", "early_reason"),
    Column("papers", decision_said("papers")),
    Column("how_to_see_papers", decision_said("how")),
    *same_value(
        "is_private", "private_reason", "private_notice_on", "second_notice_on"
    ),
    *same_value("decided_on", "outcome"),
    Column("commission", public_reference),
    Column("address", address_of_row),
]


def export_rows(filters):
    """Yield the whole list, a few hundred at a time."""
    return all_rows(filters, with_notices)


def as_atom(filters):
    """Answer with the first of the list as an Atom feed, dated by the record."""
    feed = AtomFeed(
        title=gettext("Decisions – {portal}").format(portal=settings.PORTAL_NAME),
        link=f"{settings.PORTAL_ORIGIN}/decisions/",
        description="",
    )
    decisions = with_seats(filters.read().page(size=FEED).rows)
    changed = last_acts(decisions)
    for decision in decisions:
        feed.add_item(
            title=decision.title,
            link=address_of_row(decision),
            description=f"{decision_when(decision)}. {decider_in_words(decision)}. "
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
    days = with_seats(list(islice(coming.order_by("due_on", "pk"), DATES)))
    changed = last_acts(days)
    events = [
        whole_days(
            uid=f"{decision.reference}@decision",
            first=decision.due_on,
            last=decision.due_until,
            now=changed.get(decision.record_name, decision.published_at),
            title=gettext("Decision: {title}").format(title=decision.title),
            words=f"{decision.organisation.name}. {decider_in_words(decision)}. "
            f"{decision.question}",
            url=address_of_row(decision),
        )
        for decision in days
    ]
    name = gettext("Decisions – {portal}").format(portal=settings.PORTAL_NAME)
    text = ical_calendar(name, events)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


EXPORT = Export(
    "decisions",
    COLUMNS,
    export_rows,
    also={
        "atom": (gettext_lazy("Atom feed"), as_atom),
        "ics": (gettext_lazy("dates for your calendar"), as_ical),
    },
)
export = EXPORT.view(DecisionFilter)
