"""The ways from a commission's own pages in the admin to its specification."""

import re

from django import template
from django.urls import reverse

from consultations.models import Consultation

register = template.Library()


@register.simple_tag
def supply(commission, gap):
    """Return the address at which a gap of the gate (`commissions.commission.gates`) is filled."""
    waiting = Consultation.objects.filter(reference=gap.consultation).first()
    if waiting:
        return reverse("admin:consultation-consider", args=[waiting.pk])
    if gap.gate in ("draft_open", "draft_published"):
        return reverse("admin:specification-of", args=[commission.reference])
    if gap.gate == "decision" and (begun := begun_decision(commission)):
        act = "decision-decide" if begun.published_at else "commissions_decision_change"
        return reverse(f"admin:{act}", args=[begun.pk])
    name, mark, rest = re.match(r"([^#?]+)([#?]?)(.*)", gap.fills).groups()
    if mark == "?":
        return f"{reverse(name)}?{rest}{commission.pk}"
    asked = f"?code={gap.notice}" if gap.notice else ""
    return f"{reverse(name, args=[commission.pk])}{asked}{mark}{rest}"


def begun_decision(commission):
    """Return the decision about a commission that is to be taken next, or None."""
    rows = commission.decisions.to_come()
    return rows.published().first() or rows.first()
