"""Where the change can be read that an answer to a question points to."""

from django import template
from django.urls import reverse

from consultations.consultation.models import Consultation

register = template.Library()


@register.simple_tag
def where_changed(question):
    """Return where the change that an answer points to can be read; empty if nowhere.

    Beside the version consulted on before, else with the consultation on itself.
    """
    draft = question.new_draft
    consulted = Consultation.objects.published().filter(
        draft__specification=draft.specification_id, draft__version__lte=draft.version
    )
    consultation = consulted.select_related("draft").order_by("draft__version").first()
    if consultation is None:
        return ""
    if consultation.draft == draft:
        return consultation.get_absolute_url()
    versions = consultation.draft.version, draft.version
    return reverse(
        "consultations:draft-compare", args=[consultation.reference, *versions]
    )
