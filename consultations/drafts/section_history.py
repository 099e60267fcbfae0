"""Where each section comes from: proposed for a working draft, followed once confirmed.

The author confirms, version by version, what each section came from. Between
versions further apart the confirmed steps are followed one by one; nothing is
matched anew.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from consultations.drafts import matching
from consultations.drafts.diff import difference
from consultations.models import Change, Comment, RemovedSection, SectionText

WORDS = dict(Change.choices)


@dataclass
class SectionChange:
    """One section of the comparison: what it is now, what it was, and the change.

    `new` is None for a section left out since; `old` is empty for a new one.
    """

    new: SectionText | None
    old: list = field(default_factory=list)
    change: str = ""
    why: str = ""

    @property
    def label(self):
        return str(WORDS.get(self.change, ""))

    @property
    def text(self):
        """The section to show: as it is now, or as it was."""
        return self.new or self.old[0]

    @property
    def is_changed(self):
        return self.change != Change.UNCHANGED


class Lineage:
    """The sections of one specification from version to version, in three queries."""

    def __init__(self, older, newer):
        self.older, self.newer = older, newer
        texts = SectionText.objects.filter(
            draft__specification=newer.specification_id,
            draft__version__range=(older.version, newer.version),
            draft__published_at__isnull=False,
        )
        texts = texts.select_related("section", "draft").order_by(
            "draft__version", "order"
        )
        self.texts = {text.pk: text for text in texts}
        self.parents = self.confirmed()
        self.ancestors = {}
        for text in self.texts.values():  # oldest version first
            self.ancestors[text.pk] = self.trace(text)

    def confirmed(self):
        """Return, by section, the sections of the version before that it came from.

        Where the author named none, a section came from its own earlier words.
        """
        pairs = SectionText.came_from.through.objects.filter(
            from_sectiontext__in=self.texts
        )
        parents = defaultdict(list)
        for child, parent in pairs.order_by("to_sectiontext").values_list(
            "from_sectiontext", "to_sectiontext"
        ):
            if parent in self.texts:
                parents[child].append(parent)
        standing = {}
        for text in self.texts.values():
            before = standing.get(text.section_id)
            if before and text.change != Change.NEW and text.pk not in parents:
                parents[text.pk] = [before]
            standing[text.section_id] = text.pk
        return parents

    def trace(self, text):
        """Return the sections of the older version that a section came from."""
        if text.draft_id == self.older.pk:
            return [text.pk]
        found = [
            pk for parent in self.parents[text.pk] for pk in self.ancestors[parent]
        ]
        return list(dict.fromkeys(found))

    def of(self, draft):
        return [text for text in self.texts.values() if text.draft_id == draft.pk]

    def rows(self):
        """Return the comparison: the newer version in order, then what was left out."""
        now = self.of(self.newer)
        uses = defaultdict(int)
        for text in now:
            for pk in self.ancestors[text.pk]:
                uses[pk] += 1
        kept = [self.row(text, uses) for text in now]
        reasons = self.reasons()
        removed = [
            SectionChange(None, [text], Change.REMOVED, reasons.get(text.pk, ""))
            for text in self.of(self.older)
            if not uses[text.pk]
        ]
        return kept + removed

    def row(self, text, uses):
        """Say what became of one section that stands in the newer version."""
        old = [self.texts[pk] for pk in self.ancestors[text.pk]]
        steps = self.steps(text)
        why = next((step.why for step in reversed(steps) if step.why.strip()), "")
        return SectionChange(text, old, self.change(text, old, steps, uses), why)

    def steps(self, text):
        """Return a section's forms since the older version, oldest first."""
        steps, waiting = [], [text.pk]
        while waiting:
            pk = waiting.pop(0)
            if self.texts[pk].draft_id != self.older.pk:
                steps.insert(0, self.texts[pk])
                waiting += self.parents[pk]
        return steps

    def change(self, text, old, steps, uses):
        """Name the change: the author's word for one step, worked out for several."""
        if len(steps) == 1 and text.change and not is_mistaken(text, old):
            return text.change
        if not old:
            return Change.NEW
        if len(old) > 1:
            return Change.MERGED
        if uses[old[0].pk] > 1:
            return Change.SPLIT
        if words_of_section(text) != words_of_section(old[0]):
            return Change.REWORDED
        moved = any(step.change == Change.MOVED for step in steps)
        return Change.MOVED if moved else Change.UNCHANGED

    def reasons(self):
        """Return why sections of the older version were left out since."""
        removals = RemovedSection.objects.filter(
            text__in=self.texts,
            draft__version__lte=self.newer.version,
            draft__published_at__isnull=False,
        ).exclude(why="")
        return {
            pk: why
            for text, why in removals.values_list("text", "why")
            for pk in self.ancestors[text]
        }

    def descendants(self):
        """Return, for each section of any version, its sections in the newest."""
        became = defaultdict(list)
        for text in self.of(self.newer):
            seen, waiting = set(), [text.pk]
            while waiting:
                pk = waiting.pop()
                if pk not in seen:
                    seen.add(pk)
                    became[pk].append(text.pk)
                    waiting += self.parents[pk]
        return became


def is_mistaken(text, old):
    """Tell whether the author says “unchanged” or “moved” of words that differ."""
    same = text.change in (Change.UNCHANGED, Change.MOVED)
    return same and [words_of_section(text)] != [words_of_section(each) for each in old]


def words_of_section(text):
    """Return all of a section that counts as its words."""
    return text.heading, text.body, text.kind


@dataclass
class ProposedOrigins:
    """One section of the new version: where it may come from, and what changed."""

    text: SectionText
    origins: list
    """Earlier texts, the likest first: confirmed before, or proposed."""
    change: str
    nearest: list = field(default_factory=list)
    """Other earlier texts that could be meant, with how alike they are."""
    commented: bool = False
    """Whether a comment led to the change."""

    @cached_property
    def compared(self):
        """Return what changed against the section it mostly comes from, or None."""
        if not self.origins:
            return None
        return difference(self.origins[0].body, self.text.body)


def propose_origins(draft):
    """Propose for each section of a working draft where it comes from.

    Returns the steps, in order, and the earlier texts that nothing comes from.
    """
    earlier = list(draft.previous.texts.select_related("section"))
    texts = list(draft.texts.select_related("section").prefetch_related("came_from"))
    known = {text.pk: text for text in earlier}
    proposals = matching.propose_matches(old_sections(earlier), new_sections(texts))
    by_place = {place: each for each in proposals for place in each.new}
    commented = set(
        Comment.objects.exclude(changed_section=None)
        .values_list("changed_section", flat=True)
        .filter(changed_section__specification=draft.specification_id)
    )
    found = [
        origins_of(text, place, by_place[place], known, commented)
        for place, text in enumerate(texts)
    ]
    used = {origin.pk for step in found for origin in step.origins}
    return found, [text for text in earlier if text.pk not in used]


def origins_of(text, place, proposal, known, commented):
    """Return one step; what was confirmed before stands over what is proposed."""
    confirmed = [known[t.pk] for t in text.came_from.all() if t.pk in known]
    origins = confirmed or [known[pk] for pk in proposal.old]
    if text.change == "new":
        origins = []
    others = {alt.old: alt.score for alt in proposal.alternatives if alt.new == place}
    behind = {text.section_id, *(origin.section_id for origin in origins)}
    return ProposedOrigins(
        text,
        origins,
        proposal.change if not text.change else text.change,
        [(known[pk], score) for pk, score in others.items()],
        bool(behind & commented),
    )


def old_sections(texts):
    return [matching.OldSection(t.pk, t.heading, t.body) for t in texts]


def new_sections(texts):
    return [matching.NewSection(t.heading, t.body) for t in texts]
