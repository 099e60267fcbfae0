"""What pages say of a consultation: when it opens and closes."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def opens_later(consultation):
    """Tell whether a consultation has yet to open."""
    return consultation.opens_at > timezone.now()
