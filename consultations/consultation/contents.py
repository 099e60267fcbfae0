"""A draft's contents: each section, its kind, how hard it is to read, its comments.

A published draft never changes, so what is worked out from its words is kept
in the cache under the moment it was published.
"""

from dataclasses import dataclass

from django.core.cache import cache

from commissions.text.charts import bar
from consultations.drafts.readability import Readability, readability
from consultations.models import SectionKind, SectionText

KEPT = 24 * 3600  # seconds


@dataclass(frozen=True)
class Line:
    """One line of the contents."""

    text: SectionText
    reading: Readability | None
    comments: int


def contents(draft, by_section):
    """List the sections of a published draft; `by_section` counts their comments."""
    texts = draft.texts.defer("body", "meaning", "reason", "why")
    readings = readings_of(draft)
    return [
        Line(text, readings.get(text.pk), by_section[text.pk])
        for text in texts.select_related("section")
    ]


def readings_of(draft):
    """Return the readability of each section of a published draft, by its key."""
    kept = f"readability-{draft.pk}-{draft.published_at.timestamp()}"
    found = cache.get(kept)
    if found is None:
        bodies = draft.texts.order_by().values_list("pk", "body")
        found = {pk: readability(body) for pk, body in bodies}
        cache.set(kept, found, KEPT)
    return found


def kinds(lines):
    """Lay out the mix of kinds as a bar, in the order from outcome to legal."""
    held = [line.text.kind for line in lines]
    return bar([(kind, kind.label, held.count(kind.value)) for kind in SectionKind])
