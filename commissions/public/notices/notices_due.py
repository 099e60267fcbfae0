"""What public bodies owe for themselves, in words for a page: UK1 and UK17."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from commissions.law.notices_due import Published, owed_by_organisation
from commissions.models import Notice
from commissions.public.notices.owed import shown
from commissions.text.labels import NOTICES

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
    binds = {
        "UK1": organisation.owes_pipeline_notice,
        "UK17": organisation.owes_payments_notice,
    }
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
        "title": f"{NOTICES[notice.code]} ({notice.code})",
        "url": notice.url,
        "text": notice.title,
        "by": f"published on {notice.platform} as {notice.release_id}",
    }
