"""What pages say of a consultation: when it opens, and the words of its sections."""

from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe

from consultations.words.clean import clean

register = template.Library()


@register.filter
def opens_later(consultation):
    """Tell whether a consultation has yet to open."""
    return consultation.opens_at > timezone.now()


@register.filter
def section_words(text):
    """Show the words of a section: HTML, cleaned once more on its way out."""
    return mark_safe(clean(text.body))
