"""What the first page of the desk says is waiting, by what its user may do."""

from django import template

from commissions.admin.scope import visible_to
from consultations import moderation
from consultations.models import Consultation, Enquiry

register = template.Library()
MOST = 5


@register.simple_tag(takes_context=True)
def what_waits(context):
    """Count what a moderator has to look at; list what a commissioner has to answer.

    A count is None where the user is no moderator. The consultations are the
    closed ones without a response, the soonest due first.
    """
    user = context["request"].user
    waits = {"comments": None, "questions": None, "to_answer": []}
    if user.has_perm("consultations.change_comment"):
        waits["comments"] = visible_to(user, moderation.waiting()).count()
        asked = Enquiry.objects.awaiting_moderation()
        waits["questions"] = visible_to(user, asked).count()
    if user.has_perm("consultations.change_response"):
        due = Consultation.objects.closed().filter(response__published_at=None)
        waits["to_answer"] = visible_to(user, due).order_by("response_due_on")[:MOST]
    return waits
