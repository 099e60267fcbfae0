"""The ways from a commission's own pages in the admin to its specification."""

from django import template
from django.urls import reverse

from consultations.models import Consultation

register = template.Library()


@register.simple_tag
def supply(commission, gap):
    """Return the address at which a gap of the gate (`commissions.gates`) is filled."""
    if gap.gate == "holder":
        form = reverse("admin:commissions_commission_change", args=[commission.pk])
        return f"{form}#id_post"
    waiting = Consultation.objects.filter(reference=gap.consultation).first()
    if waiting:
        return reverse("admin:consultation-consider", args=[waiting.pk])
    return reverse("admin:specification-of", args=[commission.reference])
