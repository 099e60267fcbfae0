"""How a draft is put to the public in the story: each step ends in a verb.

A consultation is told as a dictionary: `sections` of the draft, the days on
which it `opens`, `closes` and is `answered`, `comments` with what became of
each, and what else happened to it. Days count from the day of loading.
"""

from datetime import timedelta

from commissioning_portal.demo.acts import holder
from commissions.models import Commission
from consultations.drafts.document_import.sanitise import clean
from consultations.models import (
    Consultation,
    Response,
    Section,
    SectionText,
    Specification,
)

INTRODUCTION = (
    "This is what we would ask for. Tell us what is missing, what would not work, and "
    "what you would say instead. Every comment gets an answer with a reason."
)


def prose(text):
    """Return paragraphs, parted by empty lines, and lists, lines with a dash, as HTML."""
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    return clean("".join(map(block_of, blocks)))


def block_of(lines):
    """Return one paragraph or list as HTML."""
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{line[2:]}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{' '.join(lines)}</p>"


def plain_sections(commission, told):
    """Return the sections of a short draft: its aims, what is to be done, the limits."""
    wanted = {
        "aims": {
            "kind": "outcome",
            "heading": "What should be better in people’s lives",
            "text": commission.outcomes,
        },
        **told,
    }
    if commission.fixed:
        wanted["limits"] = {
            "kind": "legal",
            "heading": "What cannot change",
            "text": commission.fixed,
        }
    return wanted


def write(draft, sections, permanent=None):
    """Write the sections of a working draft; return its texts by their names.

    `permanent` holds, by name, the identity that a section has from before.
    """
    texts = {}
    for order, (name, told) in enumerate(sections.items(), 1):
        section = (permanent or {}).get(name) or Section.objects.create(
            specification=draft.specification
        )
        texts[name] = SectionText.objects.create(
            draft=draft,
            section=section,
            order=order,
            heading=told["heading"],
            level=told.get("level", 1),
            body=prose(told["text"]),
            kind=told["kind"],
            reason=told.get("reason", ""),
            meaning=told.get("meaning", ""),
            change=told.get("change", ""),
            why=told.get("why", ""),
        )
    return texts


def draft_for(commission, known, at):
    """Publish version 1 of what a commission asks for; return its texts by name."""
    specification = Specification.objects.create(
        commission=commission, title=f"What we ask for: {commission.title}"
    )
    draft = specification.begin_draft()
    told = known["sections"]
    whole = told if known.get("whole") else plain_sections(commission, told)
    texts = write(draft, whole)
    draft.publish(by=holder(commission), at=at)
    return draft, texts


def announce(story, known, told, *, at):
    """Publish the draft where there is one, and announce the consultation."""
    commission = Commission.objects.get(reference=known["commission"])
    at = min(at, story.time(known["opens"], 9, 0))
    draft, told["texts"] = None, {}
    if known.get("kind", "draft_specification") == "draft_specification":
        draft, told["texts"] = draft_for(commission, known, at)
    consultation = Consultation.objects.create(
        reference=reference(known),
        commission=commission,
        kind=known.get("kind", "draft_specification"),
        title=known.get("title", f"Your say on: {commission.title}"),
        introduction=known.get("introduction", INTRODUCTION),
        audience=known.get("audience", commission.changes_for),
        draft=draft,
        opens_at=story.time(known["opens"], 9, 0),
        closes_at=story.time(known["closes"], 17, 0),
        response_due_on=story.day(known.get("due", known["closes"] + 84)),
        short_reason=known.get("short_reason", ""),
    )
    for order, question in enumerate(known.get("questions", ()), 1):
        told.setdefault("questions", []).append(
            consultation.prompts.create(order=order, **question)
        )
    consultation.publish(by=holder(commission), at=at)
    told["consultation"] = consultation


def reference(known):
    """Return the reference of a consultation of the story."""
    return known.get("reference", f"{known['commission']}-1")


def extend(story, known, told, *, at):
    """Close later than announced, for a reason."""
    _, closes, reason = known["extended"]
    consultation = told["consultation"]
    by = holder(consultation.commission)
    consultation.extend(story.time(closes, 17, 0), reason=reason, by=by, at=at)


def respond(story, known, told, *, at):
    """Give each comment its outcome, write the themes, publish the response."""
    consultation = told["consultation"]
    by = holder(Commission.objects.get(pk=consultation.commission_id))
    second = write_second(known, told, at=at) if "second" in known else None
    answer(known, told, by=by, at=at - timedelta(minutes=5))
    if second:
        second.publish(by=by, at=at)
    response = Response.objects.create(
        consultation=consultation,
        introduction=known.get("response", "Thank you. This is what became of it."),
        draft=second,
    )
    response.publish(by=by, at=at)


def answer(known, told, *, by, at):
    """Answer the comments that have an outcome in the story, under their themes."""
    consultation = told["consultation"]
    themes = {
        name: consultation.themes.create(order=order, title=title, **words)
        for order, (name, (title, words)) in enumerate(known.get("themes", {}).items())
    }
    for comment, said in told.get("comments", ()):
        if "outcome" in said and comment.state == "published":
            changed = told["texts"].get(said.get("changed"))
            comment.answer(
                said["outcome"],
                reason=said["reason"],
                changed_section=changed.section if changed else None,
                theme=themes.get(said.get("theme")),
                by=by,
                at=at,
            )


def write_second(known, told, *, at):
    """Write version 2, with what became of each section since the first."""
    first = told["consultation"].draft
    permanent = {name: text.section for name, text in told["texts"].items()}
    kept = set(known["second"]["sections"]) & set(permanent)
    for name, origins in known["second"]["came_from"].items():
        if name not in kept and origins[0] not in kept:
            permanent[name] = permanent[origins[0]]
            kept.add(origins[0])
    draft = first.specification.begin_draft()
    draft.summary = known["second"]["summary"]
    texts = write(draft, known["second"]["sections"], permanent)
    for name, origins in known["second"]["came_from"].items():
        texts[name].came_from.set(told["texts"][origin] for origin in origins)
    for name, why in known["second"].get("removed", {}).items():
        draft.removals.create(text=told["texts"][name], why=why)
    draft.matched_at = at
    draft.save(update_fields=["summary", "matched_at"])
    told["texts"] = told["texts"] | texts
    return draft
