"""Which notices a commission, or a body for itself, owes: in words for a page."""

from collections import defaultdict
from datetime import timedelta
from hashlib import sha256

from django.core.cache import caches
from django.db.models import Count, Max, OuterRef, Prefetch, Subquery
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from commissions.law.dates import write_day
from commissions.law.notices import OF_BODIES, notice_type, title_of
from commissions.law.notices_due import (
    NoticeState,
    PublishedNotice,
    doubt_about_law,
    notices_due,
    owed_by_organisation,
)
from commissions.models import Commission, Contract, Entry, Notice
from commissions.procurement.notice import facts_of

COLOURS = {
    NoticeState.LATE: "red",
    NoticeState.DUE: "yellow",
    NoticeState.PUBLISHED: "green",
    NoticeState.UNRECORDED: "purple",
    NoticeState.NOT_KNOWN: "purple",
    NoticeState.NOT_YET: "blue",
    NoticeState.NOT_NEEDED: "",
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


def notices_owed(commission, today=None):
    """List the notices of one commission fetched so, the most pressing first."""
    return notices_due(facts_of(commission, today or timezone.localdate()))


def doubt_about_law_of(commission, today=None):
    """Say where the value of a commission fetched so does not go with its law."""
    return doubt_about_law(facts_of(commission, today or timezone.localdate()))


def show_notice_due(due):
    """Present one notice that is owed, or is not."""
    late = due.state == NoticeState.PUBLISHED and due.days_late
    return {
        "code": due.code,
        "name": due.name,
        "tag": due.state_name,
        "colour": "yellow" if late else COLOURS[due.state],
        "sentence": due.sentence,
        "by": by_day(due),
        "why": due.why,
        "counting": due.counting,
        "source": due.source,
        "about": due.about,
        "state": due.state.value,
    }


def by_day(due):
    """Say by when a notice is due; its state where no day is set."""
    if not due.on:
        return due.state_name
    return gettext("By {day}").format(day=write_day(due.on))


# What each commission owes, kept until something happens to that commission. To count
# what a thousand commissions owe takes seconds, and each public act changes one of
# them. So each is kept by what its days depend on: the day, its entries on the record,
# when it was last changed, whose it is, and the language of the reasons in words. One act then has one commission counted
# again, whoever asks first.

CACHE = "notices"
VERSION = 3
"""Raised when the rules or the form of what is kept change."""

STANDINGS = {
    "late": gettext_lazy("Late"),
    "due": gettext_lazy("Due"),
    "published_late": gettext_lazy("Published late"),
    "published_on_time": gettext_lazy("Published on time"),
    "not_known": gettext_lazy("Not known whether it is required"),
}
"""Where a notice stands that a list shows; the others need nothing from anybody."""

KEPT = 26 * 60 * 60  # seconds: a day, and an hour at each change of the clocks
COLUMNS = (
    *("pk", "reference", "title", "changed_at"),
    *("organisation__name", "organisation__nation", "organisation__kind"),
)
UNREAD = (
    *("summary", "need", "outcomes", "fixed", "still_open", "unknowns"),
    *("changes_for", "equality_impact", "funding"),
)


def owed_by_each(commissions, today):
    """Return (reference, title, organisation, notices) of each, in their order.

    Notices are (a key of STANDINGS, Due). One query, and eight more where anything
    has to be counted.
    """
    rows = list(commissions.values(*COLUMNS, **newest_entries()))
    keys = {row["pk"]: cache_key_of(row, today) for row in rows}
    cache = caches[CACHE]
    known = cache.get_many(filter(None, keys.values()))
    missing = [pk for pk, key in keys.items() if key not in known]
    fresh = count_notices_owed(missing, today)
    cache.set_many({keys[pk]: dues for pk, dues in fresh.items() if keys[pk]}, KEPT)
    found = {**{pk: known.get(key) for pk, key in keys.items()}, **fresh}
    return [
        (row["reference"], row["title"], row["organisation__name"], found[row["pk"]])
        for row in rows
        if found[row["pk"]] is not None
    ]


def newest_entries():
    """Ask of a commission its newest entry, and how many entries it has.

    Both, since of two acts at once the one with the lower number may be seen last.
    """
    its = Entry.objects.filter(commission=OuterRef("reference")).order_by()
    its = its.values("commission")
    return {
        "newest": Subquery(its.annotate(last=Max("pk")).values("last")),
        "acts": Subquery(its.annotate(number=Count("pk")).values("number")),
    }


def cache_key_of(row, today):
    """Return the key of what one commission owes; None where no entry tells its age."""
    if row["newest"] is None:
        return None
    said = "|".join(map(str, (*row.values(), today, get_language())))
    return f"owed:{VERSION}:{sha256(said.encode()).hexdigest()}"


def count_notices_owed(keys, today):
    """Count what some commissions owe: {key: [(where it stands, Due)]}."""
    if not keys:
        return {}
    rows = Commission.objects.filter(pk__in=keys).defer(*UNREAD)
    return {
        each.pk: notices_listed(notices_owed(each, today))
        for each in with_notices(rows)
    }


def notices_listed(dues):
    """Return, with where each stands, the notices that a list shows."""
    stand = [(due.standing, due) for due in dues]
    return [(standing, due) for standing, due in stand if standing in STANDINGS]


# What public bodies owe for themselves: UK1 and UK17.


RECENT = timedelta(days=800)  # the period before the last one is past by then


def owed_by_organisations(organisations, today=None):
    """Return {organisation's key: what it owes for itself}. One query for any number."""
    today = today or timezone.localdate()
    since = timezone.now() - RECENT
    rows = Notice.of_bodies([body.pk for body in organisations])
    rows = rows.filter(published_at__gte=since).order_by()
    columns = ("organisation", "commission__organisation", "code", "published_at")
    found = defaultdict(list)
    for own, led, code, at in rows.values_list(*columns):
        found[own or led].append(PublishedNotice(code, timezone.localdate(at)))
    return {
        body.pk: owed_by_body(body, today, found[body.pk]) for body in organisations
    }


def owed_by_body(organisation, today, published):
    """Return what one body owes for itself on a day."""
    binds = {code: getattr(organisation, notice_type(code).duty) for code in OF_BODIES}
    nation = organisation.nation
    return owed_by_organisation(today, nation, binds=binds, published=published)


def what_is_owed(organisation, notices=None):
    """Present what one body owes for itself. One query, or none with its notices."""
    today = timezone.localdate()
    if notices is None:
        return [
            show_notice_due(due)
            for due in owed_by_organisations([organisation], today)[organisation.pk]
        ]
    days = [(each.code, timezone.localdate(each.published_at)) for each in notices]
    dues = owed_by_body(organisation, today, [PublishedNotice(*pair) for pair in days])
    return [show_notice_due(due) for due in dues]


def notice_event(notice):
    """Say one notice as an event of a timeline."""
    return {
        "when": timezone.localdate(notice.published_at),
        "title": f"{title_of(notice.code)} ({notice.code})",
        "url": notice.url,
        "text": notice.title,
        "by": gettext("published on {platform} as {reference}").format(
            platform=notice.platform, reference=notice.release_id
        ),
    }
