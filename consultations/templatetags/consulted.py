"""Who was asked about a commission, for pages of the ground floor."""

from django import template

from consultations.models import Consultation

register = template.Library()


@register.simple_tag
def consultations_about(commission):
    """List the public consultations on a commission, newest first, in one query."""
    found = Consultation.objects.published().filter(commission=commission)
    return list(found.order_by("-opens_at", "-pk"))
