"""Writing over several days, alone or together: guarded, so that no words are lost."""

from django.db import transaction

from consultations.comments.submissions import Contribution, Workspace


def keep(consultation, organisation, comments, prompt_answers):
    """Keep what somebody has written so far in a new workspace, and return it.

    `comments` are the fields of comments; `prompt_answers` are {prompt: text}.
    """
    with transaction.atomic():
        workspace = Workspace.objects.create(
            consultation=consultation,
            organisation=organisation,
            prompt_answers={
                str(prompt.pk): text for prompt, text in prompt_answers.items()
            },
        )
        Contribution.objects.bulk_create(
            Contribution(workspace=workspace, **fields) for fields in comments
        )
    return workspace


def written(workspace):
    """Return what stands in each box, by the key of its section's words (None: whole)."""
    return {c.section_text_id: c for c in workspace.contributions.all()}


def write(workspace, section_text, text, *, version, author):
    """Write one box; return the other's words where somebody was first, else None.

    `version` is the one the writer had read; 0 where the box was empty.
    """
    box = Contribution.objects.filter(workspace=workspace, section_text=section_text)
    standing = box.first()
    if standing is None:
        return begin(workspace, section_text, text, author)
    if standing.text == text:
        return None
    moved = box.filter(version=version).update(
        text=text, author=author, version=version + 1
    )
    return None if moved else box.get()


def begin(workspace, section_text, text, author):
    """Write the first words of a box, unless somebody has just done so."""
    if not text.strip():
        return None
    box, new = Contribution.objects.get_or_create(
        workspace=workspace,
        section_text=section_text,
        defaults={"text": text, "author": author},
    )
    return None if new or box.text == text else box
