"""What public bodies owe for themselves, in words for a page: UK1 and UK17."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Prefetch
from django.utils import timezone

from commissions.law.dates import day
from commissions.law.notices import OF_BODIES, notice_type, title_of
from commissions.law.notices_due import (
    Published,
    State,
    doubt_about_law,
    notices_due,
    owed_by_organisation,
)
from commissions.models import Contract, Notice
from commissions.procurement.notice_facts import facts_of

# From the rows of commissions to the notices that each owes, in words for a page.


COLOURS = {
    State.LATE: "red",
    State.DUE: "yellow",
    State.PUBLISHED: "green",
    State.UNRECORDED: "purple",
    State.NOT_KNOWN: "purple",
    State.NOT_YET: "blue",
    State.NOT_NEEDED: "",
}


def with_notices(commissions):
    """Fetch with commissions all that the days of their notices depend on."""
    contracts = Contract.objects.prefetch_related(
        "amendments", "extensions", "indicators"
    )
    return commissions.select_related(
        "organisation", "tender", "direct_award"
    ).prefetch_related(
        "notices",
        "stage_dates",
        "awards",
        Prefetch("contracts", contracts.order_by("signed_on", "pk")),
    )


def owed(commission, today=None):
    """List the notices of one commission fetched so, the most pressing first."""
    return notices_due(facts_of(commission, today or timezone.localdate()))


def doubt(commission, today=None):
    """Say where the value of a commission fetched so does not go with its law."""
    return doubt_about_law(facts_of(commission, today or timezone.localdate()))


def shown(due):
    """Present one notice that is owed, or is not."""
    late = due.state == State.PUBLISHED and due.days_late
    return {
        "code": due.code,
        "name": due.name,
        "tag": due.state_name,
        "colour": "yellow" if late else COLOURS[due.state],
        "sentence": due.sentence,
        "by": f"By {day(due.on)}" if due.on else due.state_name,
        "why": due.why,
        "counting": due.counting,
        "source": due.source,
        "about": due.about,
        "state": due.state.value,
    }


MOST = 300  # notices read for one page
RECENT = timedelta(days=800)  # the period before the last one is past by then


def owed_by(organisations, today=None):
    """Return {organisation's key: what it owes for itself}. One query for any number."""
    today = today or timezone.localdate()
    since = timezone.now() - RECENT
    rows = Notice.of_bodies([body.pk for body in organisations])
    rows = rows.filter(published_at__gte=since).order_by()
    columns = ("organisation", "commission__organisation", "code", "published_at")
    found = defaultdict(list)
    for own, led, code, at in rows.values_list(*columns):
        found[own or led].append(Published(code, timezone.localdate(at)))
    return {body.pk: due_of(body, today, found[body.pk]) for body in organisations}


def due_of(organisation, today, published):
    """Return what one body owes for itself on a day."""
    binds = {code: getattr(organisation, notice_type(code).duty) for code in OF_BODIES}
    nation = organisation.nation
    return owed_by_organisation(today, nation, binds=binds, published=published)


def what_is_owed(organisation, notices=None):
    """Present what one body owes for itself. One query, or none with its notices."""
    today = timezone.localdate()
    if notices is None:
        return [shown(due) for due in owed_by([organisation], today)[organisation.pk]]
    days = [(each.code, timezone.localdate(each.published_at)) for each in notices]
    dues = due_of(organisation, today, [Published(*pair) for pair in days])
    return [shown(due) for due in dues]


def told(notice):
    """Say one notice as an event of a timeline."""
    return {
        "when": timezone.localdate(notice.published_at),
        "title": f"{title_of(notice.code)} ({notice.code})",
        "url": notice.url,
        "text": notice.title,
        "by": f"published on {notice.platform} as {notice.release_id}",
    }
