"""What the pages of a draft share: refusals shown, gaps led to their fields."""

from django.urls import reverse

from commissions.desk.action_views import sentences
from commissions.models import NotReady, Overtaken
from consultations.drafts.forms import AT_ONCE
from consultations.drafts.models import gaps_of


def next_step(draft):
    """Return the page to go on to: matching first, where there is a version before."""
    return "admin:draft-match" if draft.previous else "admin:draft-review"


def saved(form):
    """Save a form or a review; where a verb refuses, show why and return False."""
    try:
        form.save()
    except (NotReady, Overtaken) as refusal:
        if hasattr(form, "problems"):
            form.problems = sentences(refusal)
        else:
            form.add_error(None, sentences(refusal))
        return False
    return True


def linked(draft):
    """Return (address, sentence) for each thing that a working draft lacks."""
    texts = dict(draft.texts.order_by("order").values_list("section__key", "pk"))
    places = {key: place for place, key in enumerate(texts)}
    return [
        (address(draft, gap, texts, places), sentence)
        for gap, sentence in gaps_of(draft)
    ]


def address(draft, gap, texts, places):
    """Return where a gap is filled: the page of the review, or of the matching."""
    what, _, key = gap.partition("-")
    if what == "upload":
        reference = draft.specification.commission.reference
        return reverse("admin:specification-of", args=[reference])
    if what in {"match", "why"}:
        anchor = f"#id_s{texts[key]}-why" if key in texts else ""
        return reverse("admin:draft-match", args=[draft.pk]) + anchor
    page = places[key] // AT_ONCE + 1
    review = reverse("admin:draft-review", args=[draft.pk])
    return f"{review}?page={page}#id_s{texts[key]}-{what}"
