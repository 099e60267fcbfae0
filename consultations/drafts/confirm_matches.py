"""From one version to the next: what became of each section, as its author confirms.

The program proposes (`matching`), with the difference shown; the author says
of each section which earlier ones it came from. Nothing is matched silently:
only confirming gives sections their identity and stamps the draft.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from commissions.models import Overtaken
from consultations.drafts import authoring, match_sections
from consultations.drafts.diff import difference
from consultations.models import Comment, Section, SectionText


@dataclass
class Step:
    """One section of the new version: where it may come from, and what changed."""

    text: SectionText
    origins: list
    """Earlier texts, the likest first: confirmed before, or proposed."""
    change: str
    nearest: list = field(default_factory=list)
    """Other earlier texts that could be meant, with how alike they are."""
    commented: bool = False
    """Whether a comment stands behind the change."""

    @cached_property
    def compared(self):
        """Return what changed against the section it mostly comes from, or None."""
        if not self.origins:
            return None
        return difference(self.origins[0].body, self.text.body)


def olds(texts):
    """Return texts as matching takes them."""
    return [match_sections.OldSection(t.pk, t.heading, t.body) for t in texts]


def news(texts):
    """Return texts as matching takes them."""
    return [match_sections.NewSection(t.heading, t.body) for t in texts]


def steps(draft):
    """Propose for each section of a working draft where it comes from.

    Returns the steps, in order, and the earlier texts that nothing comes from.
    """
    earlier = list(draft.previous.texts.select_related("section"))
    texts = list(draft.texts.select_related("section").prefetch_related("came_from"))
    known = {text.pk: text for text in earlier}
    proposals = match_sections.propose(olds(earlier), news(texts))
    by_place = {place: each for each in proposals for place in each.new}
    commented = set(
        Comment.objects.exclude(changed_section=None)
        .values_list("changed_section", flat=True)
        .filter(changed_section__specification=draft.specification_id)
    )
    found = [
        step_of(text, place, by_place[place], known, commented)
        for place, text in enumerate(texts)
    ]
    used = {origin.pk for step in found for origin in step.origins}
    return found, [text for text in earlier if text.pk not in used]


def step_of(text, place, proposal, known, commented):
    """Return one step; what was confirmed before stands over what is proposed."""
    confirmed = [known[t.pk] for t in text.came_from.all() if t.pk in known]
    origins = confirmed or [known[pk] for pk in proposal.old]
    if text.change == "new":
        origins = []
    others = {alt.old: alt.score for alt in proposal.alternatives if alt.new == place}
    behind = {text.section_id, *(origin.section_id for origin in origins)}
    return Step(
        text,
        origins,
        proposal.change if not text.change else text.change,
        [(known[pk], score) for pk, score in others.items()],
        bool(behind & commented),
    )


def confirm(draft, chosen, whys, removed, *, stamped):
    """Confirm where each section comes from, and give it its identity.

    `chosen` maps the pk of each text to the pks of the earlier texts it comes
    from, `whys` to why it changed; `removed` maps the pk of an earlier text to
    why it was left out. Raises Overtaken where the draft changed since.
    """
    with transaction.atomic():
        authoring.lock(draft)
        if authoring.stamp(draft) != stamped:
            raise Overtaken("Somebody else changed this draft after you opened it.")
        earlier = {text.pk: text for text in draft.previous.texts.all()}
        texts = list(draft.texts.select_related("section"))
        links = [tuple(chosen.get(text.pk, ())) for text in texts]
        changes = match_sections.named(olds(earlier.values()), news(texts), links)
        identify(draft, texts, links, earlier)
        for text, link, change in zip(texts, links, changes, strict=True):
            text.change, text.why = change, whys.get(text.pk, "")
            if link:
                carry(earlier[link[0]], text)
            text.save(update_fields=["change", "why", *authoring.CARRIED])
            text.came_from.set(earlier[pk] for pk in link)
        draft.removals.all().delete()
        used = {pk for link in links for pk in link}
        for pk in set(earlier) - used:
            draft.removals.create(text=earlier[pk], why=removed.get(pk, ""))
        draft.matched_at = timezone.now()
        draft.save(update_fields=["matched_at"])
        authoring.sweep(draft.specification)


def carry(origin, text):
    """Keep the kind, reason and meaning of before where the author has given none."""
    for name in authoring.CARRIED:
        setattr(text, name, getattr(text, name) or getattr(origin, name))


def identify(draft, texts, links, earlier):
    """Give each text the identity of the first section it comes from, once each.

    Of a section that was split, the first part keeps the identity. Comments
    already said to have changed a section follow it.
    """
    taken, wanted = set(), {}
    for text, link in zip(texts, links, strict=True):
        free = [pk for pk in link if earlier[pk].section_id not in taken]
        if free:
            wanted[text.pk] = earlier[free[0]].section_id
            taken.add(wanted[text.pk])
    kept = {
        text.pk: text.section_id
        for text in texts
        if wanted.get(text.pk, text.section_id) == text.section_id
        and (text.pk in wanted or text.section_id not in set_of(earlier))
    }
    moving = [text for text in texts if text.pk not in kept]
    for text in moving:  # first out of each other's way: a section stands once
        fresh = Section.objects.create(specification=draft.specification)
        text.before, text.section = text.section_id, fresh
        text.save(update_fields=["section"])
    for text in moving:
        if text.pk in wanted:
            text.section_id = wanted[text.pk]
            text.save(update_fields=["section"])
        follow(draft, text, set_of(earlier))


def set_of(earlier):
    """Return the identities that stood in the version before."""
    return {text.section_id for text in earlier.values()}


def follow(draft, text, before):
    """Let the comments that changed a section name it by its new identity."""
    if text.before not in before:
        Comment.objects.filter(changed_section=text.before).update(
            changed_section=text.section_id
        )
