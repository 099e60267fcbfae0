"""What the first page of the desk says is waiting, by what its user may do."""

from django import template
from django.db.models import Case, When

from commissions.desk.base import acting_as
from commissions.desk.dashboard import reminders_for
from commissions.desk.permissions import where
from commissions.models import Exemption, Post, Proposal
from consultations.models import Comment, Consultation, Correction, Question
from consultations.permissions import moderated_by

register = template.Library()
MOST = 10
MODERATE = "consultations.change_comment"
ANSWER = "consultations.publish_response"


@register.simple_tag(takes_context=True)
def what_waits(context):
    """Count what a moderator has to look at; list what a commissioner has to answer.

    A count is None where it is not for this user to do. The consultations are the
    closed ones without a response: those on what their own post holds first, then
    the soonest due; `more` tells whether some are left out. `notices` counts
    those that would change a commission, and wait for somebody to confirm it.
    `stages` are the commissions of which the facts show another stage.
    """
    user = context["request"].user
    waits = {"to_answer": [], "more": False, "stages": [], "more_stages": False}
    waits |= counts(user)
    if user.has_perm(ANSWER):
        due = Consultation.objects.closed().filter(response__published_at=None)
        rows = list(where(user, ANSWER, due).order_by(*mine_first(user))[: MOST + 1])
        waits |= {"to_answer": rows[:MOST], "more": len(rows) > MOST}
    waits["exemptions"] = exemptions_for(user)
    if user.has_perm("commissions.change_commission"):
        waits["stages"], waits["more_stages"] = reminders_for(user)
    return waits


def exemptions_for(user):
    """List the exemptions that the post of this user was asked to approve."""
    post = acting_as(user)
    if not isinstance(post, Post):
        return []
    asked = Exemption.objects.asked().filter(approver=post)
    return list(asked.select_related("commission")[:MOST])


def counts(user):
    """Count what waits for this user; None where it is not theirs to do."""
    waiting = {
        "comments": (
            MODERATE,
            Comment.objects.awaiting_moderation,
        ),
        "questions": (
            MODERATE,
            Question.objects.awaiting_moderation,
        ),
        "notices": ("commissions.change_proposal", Proposal.objects.waiting),
        "asked": ("consultations.change_question", Question.objects.waiting),
        "reports": ("consultations.change_correction", Correction.objects.open),
    }
    return {
        name: waiting_for(user, may, rows()).count() if user.has_perm(may) else None
        for name, (may, rows) in waiting.items()
    }


def waiting_for(user, may, rows):
    """Narrow what waits to what is this user's to do."""
    return moderated_by(user, rows) if may == MODERATE else where(user, may, rows)


def mine_first(user):
    """Return an order: what the user's post holds first, then the soonest due."""
    post = acting_as(user)
    if not isinstance(post, Post):
        return ["response_due_on"]
    return [Case(When(commission__post=post, then=0), default=1), "response_due_on"]
