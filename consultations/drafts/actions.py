"""What an author does with a working draft: take in words, put right, match, discard.

Verbs over a draft and its sections. Everything here touches working drafts
only, which nobody outside has seen, so nothing goes on the record. Each step is
told which state of the draft its author had before them (`stamp`): of two who
save at once the second is told, and loses nothing.
"""

import hashlib
from html import escape

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from commissions.models import NotReady, Overtaken
from commissions.record.models import canonical
from consultations.drafts import matching
from consultations.drafts.document_import import Limits, SectionDraft, split_at
from consultations.drafts.document_import.sanitise import clean
from consultations.drafts.section_history import new_sections, old_sections
from consultations.models import Comment, Draft, Section, SectionText, Specification

STAMPED = ("pk", "order", "heading", "level", "body", "kind", "reason", "meaning")
WELSH = ("welsh_heading", "welsh_body")
MATCHED = {"heading", "body", "order"}
"""What the matching with the version before rests on: a change asks for it again."""
CARRIED = ("kind", "reason", "meaning")


def import_limits():
    """Return how large a document may be, as the settings say."""
    return Limits(
        file_bytes=settings.WORD_MAX_MB * 1_000_000,
        sections=settings.WORD_MAX_SECTIONS,
        markdown_characters=settings.MARKDOWN_MAX_CHARACTERS,
    )


def stamp_draft(draft):
    """Return a mark of everything an author may change in a working draft."""
    rows = [list(row) for row in draft.texts.order_by("pk").values_list(*STAMPED)]
    return hashlib.sha256(canonical(rows).encode()).hexdigest()[:20]


def lock_draft(draft):
    """Hold a working draft until the transaction ends; refuse a public one."""
    held = Draft.objects.select_for_update().filter(
        pk=draft.pk, published_at__isnull=True
    )
    if not held.exists():
        raise Overtaken("This version was published or discarded meanwhile.")


def import_document(specification, reading, *, name, replacing=""):
    """Write what was read into the working draft; return the draft.

    `replacing` is the stamp of the working draft that the author agreed to
    replace. Sections that stay the same section keep their identity, kind,
    reason and meaning. Raises NotReady where nobody agreed, Overtaken where
    the draft changed since.
    """
    with transaction.atomic():
        Specification.objects.select_for_update().get(pk=specification.pk)
        draft = specification.begin_draft()
        before = list(draft.texts.select_related("section"))
        if before and not replacing:
            raise NotReady(
                f"There is a working draft with {len(before)} sections already. Tick "
                "“Replace the working draft” if the new document is to take its place."
            )
        if before and replacing != stamp_draft(draft):
            raise Overtaken(
                "Somebody else changed the working draft meanwhile. Look at it, then "
                "choose the file again."
            )
        kept = same_sections(before, reading.sections)
        draft.texts.all().delete()
        draft.removals.all().delete()
        for place, read in enumerate(reading.sections):
            add_section(draft, place + 1, read, kept.get(place))
        draft.source_name, draft.matched_at = name[:255], None
        draft.save(update_fields=["source_name", "matched_at"])
        sweep_empty_drafts(specification)
    return draft


def same_sections(before, sections):
    """Pair sections read now with those of the working draft they take the place of."""
    proposals = matching.propose_matches(
        [matching.OldSection(n, t.heading, t.body) for n, t in enumerate(before)],
        [matching.NewSection(read.heading, read.html) for read in sections],
    )
    return {
        each.new[0]: before[each.old[0]]
        for each in proposals
        if len(each.old) == len(each.new) == 1
    }


def add_section(draft, order, read, known=None):
    """Add a section to a draft, in the place of a known one where there is one."""
    section = known.section if known else None
    return SectionText.objects.create(
        draft=draft,
        section=section or Section.objects.create(specification=draft.specification),
        order=order,
        heading=read.heading[:300],
        level=read.level,
        body=read.html,
        **{name: getattr(known, name) for name in carried(known, read)},
    )


def carried(known, read):
    """Name what a section read anew keeps of a known one: its Welsh, if it is the same."""
    if known is None:
        return ()
    same = (known.heading, known.body) == (read.heading[:300], read.html)
    return (*CARRIED, *WELSH) if same else CARRIED


def sweep_empty_drafts(specification):
    """Forget the identities that no words and no comment hold any more."""
    specification.sections.filter(texts__isnull=True, changed_by__isnull=True).delete()


def copy_forward(specification):
    """Begin the next version with the words of the last; return the draft."""
    with transaction.atomic():
        Specification.objects.select_for_update().get(pk=specification.pk)
        draft, last = specification.begin_draft(), specification.latest()
        if draft.texts.exists() or last is None:
            raise Overtaken("There is a working draft already.")
        for text in last.texts.all():
            text.pk, text.draft = None, draft
            text.change, text.why = "", ""
            text.save(force_insert=True)
    return draft


def review_sections(draft, rows, *, stamped):
    """Put right the sections of a working draft.

    `rows` are (text as changed, fate, heading to split at): a fate is "keep",
    "join" to the section before, or "out". Raises Overtaken where somebody
    changed the draft since it was shown.
    """
    with transaction.atomic():
        lock_draft(draft)
        if stamp_draft(draft) != stamped:
            raise Overtaken("Somebody else changed this draft after you opened it.")
        before = sorted(draft.texts.values_list("pk", *sorted(MATCHED)))
        for text, fate, heading in rows:
            save_section(text, split_at_heading=heading if fate == "keep" else "")
        renumber_sections(draft)
        for text, fate, _ in rows:
            if fate != "keep":
                take_out(text, joining=fate == "join")
        renumber_sections(draft)
        if before != sorted(draft.texts.values_list("pk", *sorted(MATCHED))):
            unmatch_section(draft)
        sweep_empty_drafts(draft.specification)


def save_section(text, *, split_at_heading):
    """Save a section; made two at a line of it that looks like a heading, if one is named."""
    text.save()
    if not split_at_heading:
        return
    whole = SectionDraft(text.heading, text.level, text.body, 0)
    first, second = split_at(whole, split_at_heading)
    text.body = first.html
    text.save(update_fields=["body"])
    add_section(text.draft, text.order, second)


def take_out(text, *, joining):
    """Take a section out; joining, its words go to the end of the one before."""
    before = text.draft.texts.filter(order__lt=text.order).order_by("order").last()
    if joining and before is None:
        raise NotReady(
            f"“{text.heading}” is the first section: there is none before it."
        )
    if joining:
        heading = f"<p><strong>{escape(text.heading)}</strong></p>"
        before.body = f"{before.body}{heading}{text.body}"
        before.save(update_fields=["body"])
    text.delete()


def renumber_sections(draft):
    """Number the sections 1, 2, 3 in the order they stand."""
    for order, text in enumerate(draft.texts.order_by("order", "pk"), 1):
        if text.order != order:
            SectionText.objects.filter(pk=text.pk).update(order=order)


def unmatch_section(draft):
    """Ask again what became of each section: the words have changed since."""
    Draft.objects.filter(pk=draft.pk).update(matched_at=None)


def rewrite_section(text, *, heading, body, stamped, welsh_heading="", welsh_body=""):
    """Change the words of one section, cleaned. Raises Overtaken as `review` does."""
    with transaction.atomic():
        lock_draft(text.draft)
        if section_stamp(SectionText.objects.get(pk=text.pk)) != stamped:
            raise Overtaken("Somebody else changed this section after you opened it.")
        text.heading, text.body = heading, clean(body)
        text.welsh_heading, text.welsh_body = welsh_heading, clean(welsh_body)
        text.save(update_fields=["heading", "body", *WELSH])
        unmatch_section(text.draft)


def section_stamp(text):
    """Return a mark of one section's words."""
    words = [text.heading, text.body, *(getattr(text, name) for name in WELSH)]
    return hashlib.sha256(canonical(words).encode()).hexdigest()[:20]


def discard_draft(draft):
    """Throw a working draft away, and the identities that only it had."""
    with transaction.atomic():
        draft.discard()
        sweep_empty_drafts(draft.specification)


def confirm_matches(draft, chosen, whys, removed, *, stamped):
    """Confirm where each section comes from, and give it its identity.

    `chosen` maps the pk of each text to the pks of the earlier texts it comes
    from, `whys` to why it changed; `removed` maps the pk of an earlier text to
    why it was left out. Raises Overtaken where the draft changed since.
    """
    with transaction.atomic():
        lock_draft(draft)
        if stamp_draft(draft) != stamped:
            raise Overtaken("Somebody else changed this draft after you opened it.")
        earlier = {text.pk: text for text in draft.previous.texts.all()}
        texts = list(draft.texts.select_related("section"))
        links = [tuple(chosen.get(text.pk, ())) for text in texts]
        changes = matching.name_changes(
            old_sections(earlier.values()), new_sections(texts), links
        )
        identify_sections(draft, texts, links, earlier)
        for text, link, change in zip(texts, links, changes, strict=True):
            text.change, text.why = change, whys.get(text.pk, "")
            if link:
                carry_forward(earlier[link[0]], text)
            text.save(update_fields=["change", "why", *CARRIED])
            text.came_from.set(earlier[pk] for pk in link)
        draft.removals.all().delete()
        used = {pk for link in links for pk in link}
        for pk in set(earlier) - used:
            draft.removals.create(text=earlier[pk], why=removed.get(pk, ""))
        draft.matched_at = timezone.now()
        draft.save(update_fields=["matched_at"])
        sweep_empty_drafts(draft.specification)


def carry_forward(origin, text):
    """Keep the kind, reason and meaning of before where the author has given none."""
    for name in CARRIED:
        setattr(text, name, getattr(text, name) or getattr(origin, name))


def identify_sections(draft, texts, links, earlier):
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
        and (text.pk in wanted or text.section_id not in section_ids(earlier))
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
        rename_in_comments(draft, text, section_ids(earlier))


def section_ids(earlier):
    return {text.section_id for text in earlier.values()}


def rename_in_comments(draft, text, before):
    """Let the comments that changed a section name it by its new identity."""
    if text.before not in before:
        Comment.objects.filter(changed_section=text.before).update(
            changed_section=text.section_id
        )
