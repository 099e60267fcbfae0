"""What the form of a commission says of its stage."""

from django import template

from commissions.admin import prompting

register = template.Library()


@register.simple_tag
def stage_prompt(commission):
    """Return what the facts show besides its stage, or None: `commissions.admin.prompting`."""
    return prompting.prompt_of(commission)
