"""What a working draft lacks before it may be published, and where to supply it."""

from consultations.drafts.changes import PRESCRIPTIVE, UNEXPLAINED


def gaps_of(draft):
    """List (place, sentence) for each thing that a working draft lacks.

    A place is `upload`, `match`, or the key of a section with `kind`, `reason`
    or `why` before it: where the author supplies what is missing.
    """
    texts = list(draft.texts.select_related("section"))
    if not texts:
        return [
            ("upload", "Add at least one section: upload a Word file or paste text.")
        ]
    found = [
        (
            f"kind-{text.section.key}",
            f"Say what kind “{text.heading}” is: outcome, output, process, input or legal.",
        )
        for text in texts
        if not text.kind
    ]
    found += [
        (
            f"reason-{text.section.key}",
            f"Give a reason why “{text.heading}” prescribes how the work is done "
            "(Procurement Act 2023, section 56(2)).",
        )
        for text in texts
        if text.kind in PRESCRIPTIVE and not text.reason.strip()
    ]
    return found + (unmatched(draft, texts) if draft.previous else [])


def unmatched(draft, texts):
    """List what is not said yet of the way from the version before."""
    if not draft.matched_at:
        return [
            (
                "match",
                "Confirm what became of each section since the last version, "
                "under “Match sections”.",
            )
        ]
    commented = set(
        draft.specification.sections.filter(changed_by__isnull=False).values_list(
            "pk", flat=True
        )
    )
    changed = [
        (text.section, text.heading, "changed")
        for text in texts
        if text.change in UNEXPLAINED and not text.why.strip()
    ]
    removed = [
        (row.text.section, row.text.heading, "was removed")
        for row in draft.removals.select_related("text__section")
        if not row.why.strip()
    ]
    return [
        (
            f"why-{section.key}",
            f"Say why “{heading}” {became}: no comment stands behind it.",
        )
        for section, heading, became in changed + removed
        if section.pk not in commented
    ]
