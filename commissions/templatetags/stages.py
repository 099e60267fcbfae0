"""What the form of a commission says of its stage."""

from django import template

from commissions.desk import dashboard

register = template.Library()


@register.simple_tag
def stage_prompt(commission):
    """Return what the facts show besides its stage, or None: `commissions.desk.dashboard`."""
    return dashboard.reminder_of(commission)
