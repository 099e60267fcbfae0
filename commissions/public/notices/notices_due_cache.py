"""What each commission owes, kept until something happens to that commission.

To count what a thousand commissions owe takes seconds, and each public act
changes one of them. So each is kept by what its days depend on: the day, its
entries on the record, when it was last changed, and whose it is. One act then
has one commission counted again, whoever asks first.
"""

from hashlib import sha256

from django.core.cache import caches
from django.db.models import Count, Max, OuterRef, Subquery

from commissions.models import Commission, Entry
from commissions.public.notices.notices_due import owed, with_notices

CACHE = "notices"
VERSION = 1
"""Raised when the rules or the form of what is kept change."""

STANDINGS = {
    "late": "Late",
    "due": "Due",
    "published_late": "Published late",
    "published_on_time": "Published on time",
    "not_known": "Not known whether it is owed",
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
    rows = list(commissions.values(*COLUMNS, **acts()))
    keys = {row["pk"]: key_of(row, today) for row in rows}
    cache = caches[CACHE]
    known = cache.get_many(filter(None, keys.values()))
    missing = [pk for pk, key in keys.items() if key not in known]
    fresh = counted(missing, today)
    cache.set_many({keys[pk]: dues for pk, dues in fresh.items() if keys[pk]}, KEPT)
    found = {**{pk: known.get(key) for pk, key in keys.items()}, **fresh}
    return [
        (row["reference"], row["title"], row["organisation__name"], found[row["pk"]])
        for row in rows
        if found[row["pk"]] is not None
    ]


def acts():
    """Ask of a commission its newest entry, and how many entries it has.

    Both, since of two acts at once the one with the lower number may be seen last.
    """
    its = Entry.objects.filter(commission=OuterRef("reference")).order_by()
    its = its.values("commission")
    return {
        "newest": Subquery(its.annotate(last=Max("pk")).values("last")),
        "acts": Subquery(its.annotate(number=Count("pk")).values("number")),
    }


def key_of(row, today):
    """Return the key of what one commission owes; None where no entry tells its age."""
    if row["newest"] is None:
        return None
    said = "|".join(map(str, (*row.values(), today)))
    return f"owed:{VERSION}:{sha256(said.encode()).hexdigest()}"


def counted(keys, today):
    """Count what some commissions owe: {key: [(where it stands, Due)]}."""
    if not keys:
        return {}
    rows = Commission.objects.filter(pk__in=keys).defer(*UNREAD)
    return {each.pk: listed(owed(each, today)) for each in with_notices(rows)}


def listed(dues):
    """Return, with where each stands, the notices that a list shows."""
    stand = [(due.standing, due) for due in dues]
    return [(standing, due) for standing, due in stand if standing in STANDINGS]
