"""Read the record into histories, once for each new entry: two queries.

All the entries that a scorecard needs are read in their order, and what they
tell is kept in this process until the record grows.
"""

from functools import lru_cache

from django.utils import timezone

from commissions.models import Entry, Organisation
from commissions.scorecards.organisation_history import Body
from commissions.scorecards.replay import READERS, Histories


def histories() -> dict[str, Body]:
    """Return what the record tells of each organisation, by slug."""
    head = Entry.objects.filter(kind__in=READERS).head()
    return read_until(head) if head else {}


@lru_cache(maxsize=1)
def read_until(head: tuple) -> dict[str, Body]:
    """Read the entries up to the newest: the first (number, time) of the record's head."""
    rows = Entry.objects.filter(kind__in=READERS, pk__lte=head[0][0]).order_by("pk")
    return Histories().read(
        (
            entry.pk,
            timezone.localdate(entry.at),
            entry.kind,
            entry.subject,
            entry.commission,
            entry.facts,
        )
        for entry in rows.iterator(chunk_size=2000)
    )


def organisations(slugs) -> list[tuple[str, str, str]]:
    """Return (slug, name, kind) of the organisations with a history, by name."""
    rows = Organisation.objects.order_by("name", "pk")
    known = rows.values_list("slug", "name", "kind")
    return [row for row in known.iterator() if row[0] in slugs]
