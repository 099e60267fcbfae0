"""Version against version as a page shows it, with the comments that led to each change.

Both versions are frozen, so a difference is worked out once and kept in the
cache under the moments they were published.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy

from consultations.drafts.diff import MARKED, kept_differences
from consultations.drafts.section_history import Lineage, SectionChange
from consultations.models import Change, Comment

SHOWN = 5
"""Comments shown beside one section; the others are counted."""
COUNTED = {
    Change.REWORDED: gettext_lazy("{n} reworded"),
    Change.MOVED: gettext_lazy("{n} moved"),
    Change.SPLIT: gettext_lazy("{n} split"),
    Change.MERGED: gettext_lazy("{n} merged"),
    Change.NEW: gettext_lazy("{n} new"),
    Change.REMOVED: gettext_lazy("{n} removed"),
    Change.UNCHANGED: gettext_lazy("{n} unchanged"),
}


@dataclass
class ComparedSection:
    """One section of the comparison, its difference and the comments that led to it.

    `marked` is cleaned HTML; `beside` is the first part of a section that was
    split, under which the difference of all parts is shown.
    """

    row: SectionChange
    marked: str = ""
    summary: str = ""
    beside: object = None
    comments: list = field(default_factory=list)
    comment_count: int = 0

    @property
    def is_unexplained(self):
        """Whether it changed and neither a comment nor a reason says why."""
        changed = self.row.change not in (Change.UNCHANGED, Change.MOVED)
        return changed and not self.comment_count and not self.row.why

    @property
    def is_unmarked(self):
        """Whether its words changed and were too long to be compared here."""
        changed = self.row.change in MARKED and bool(self.row.old)
        return changed and not self.marked and self.beside is None

    @property
    def renamed_from(self):
        """The heading it had, where that is another."""
        old = [text.heading for text in self.row.old]
        return (
            old[0] if self.row.new and len(old) == 1 and old[0] != self.heading else ""
        )

    @property
    def heading(self):
        return self.row.text.heading

    @property
    def kind_before(self):
        """The kind it had, in words, where that is another."""
        old = self.row.old[0] if self.row.new and self.row.old else None
        return old.get_kind_display() if old and old.kind != self.row.new.kind else ""


class ComparisonPage:
    """What the public sees of two published versions of a consultation's draft."""

    def __init__(self, consultation, older, newer, versions):
        self.consultation, self.older, self.newer = consultation, older, newer
        self.versions = versions

    @cached_property
    def response(self):
        return self.consultation.published_response

    @cached_property
    def sections(self):
        """Every section compared, with the comments that led to the change."""
        lineage = Lineage(self.older, self.newer)
        found = compared_sections(lineage)
        add_comments(found, lineage)
        return found

    @cached_property
    def summary(self):
        """How many sections changed, and how: “6 reworded, 2 new, 1 removed”."""
        found = Counter(each.row.change for each in self.sections)
        return ", ".join(
            said.format(n=found[each]) for each, said in COUNTED.items() if found[each]
        )


def changes_of(text, newest):
    """Return what became of one section's words in the newest version."""
    if newest.version <= text.draft.version:
        return []
    shown = compared_sections(Lineage(text.draft, newest))
    return [each for each in shown if text in each.row.old]


def compared_sections(lineage):
    """Return every section of a comparison with its difference."""
    rows = lineage.rows()
    shown = [ComparedSection(row) for row in rows]
    marks = kept_differences(rows)
    for each, (marked, summary, leads) in zip(shown, marks, strict=True):
        each.marked, each.summary = marked, summary
        each.beside = None if leads is None else rows[leads].text
    return shown


def add_comments(shown, lineage):
    """Give each section the comments that changed it, in any version since the older."""
    descendants = lineage.descendants()
    rows = {each.row.new.pk: each for each in shown if each.row.new}
    places = {
        (text.section_id, text.draft.version): [
            rows[now] for now in descendants[text.pk]
        ]
        for text in lineage.texts.values()
    }
    answered = comments_with_outcome(lineage.older, lineage.newer)
    totals = answered.order_by().values_list("changed_section", "led_to")
    for section, version, number in totals.annotate(number=Count("pk")):
        for each in places.get((section, version), ()):
            each.comment_count += number
    for comment in first_comments(answered):
        for each in places.get((comment.changed_section_id, comment.led_to), ()):
            each.comments.append(comment)


def comments_with_outcome(older, newer):
    """Return the comments that changed a section between two versions, once public.

    `led_to` is the version that the response names; where it names none, the
    one after the version commented on.
    """
    named = F("consultation__response__draft__version")
    following = F("consultation__draft__version") + 1
    answered = Comment.objects.public().filter(
        changed_section__specification=newer.specification_id,
        consultation__response__published_at__isnull=False,
    )
    answered = answered.annotate(led_to=Coalesce(named, following))
    return answered.filter(led_to__gt=older.version, led_to__lte=newer.version)


def first_comments(answered):
    """Return the first few comments that led to each change."""
    each = [F("changed_section"), F("led_to")]
    place = Window(RowNumber(), partition_by=each, order_by=F("pk").asc())
    shown = answered.annotate(place=place).filter(place__lte=SHOWN)
    return (
        shown.select_related("submission", "consultation")
        .prefetch_related("redactions")
        .order_by("pk")
    )
