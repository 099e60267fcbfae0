"""After closing: groups of near-identical comments, outcomes in bulk, the response.

The program proposes groups; a person decides. An outcome is never public before
the response, which publishes all at once.
"""

from django.db import transaction

from commissions.models import Overtaken
from consultations.comments import emails
from consultations.comments.near_duplicates import group_alike


def propose_groups(consultation):
    """Propose groups of near-identical comments that lack an outcome, largest first.

    Returns (what it is in words, the comments) for each.
    """
    comments = list(
        consultation.comments.without_outcome()
        .select_related("submission", "section_text")
        .prefetch_related("redactions")
        .order_by("stated_at", "pk")
    )
    groups = group_alike([comment.text for comment in comments])
    return [
        (group.in_words, [comments[at] for at in group.members]) for group in groups
    ]


def give_outcomes(comments, outcome, *, reason, section=None, theme=None):
    """Give several comments one outcome; return those that somebody else gave one.

    Raises NotReady, changing nothing, where the reason is missing or the
    response is out.
    """
    overtaken = []
    with transaction.atomic():
        for comment in comments:
            try:
                with transaction.atomic():
                    comment.give_outcome(
                        outcome,
                        reason=reason,
                        changed_section=section,
                        theme=theme,
                    )
            except Overtaken:
                overtaken.append(comment)
    return overtaken


def publish(response, *, by):
    """Publish the response as a batch and tell each commenter of their outcome.

    Raises NotReady with a sentence for each thing missing, and Overtaken
    where somebody has just published it.
    """
    with transaction.atomic():
        response.publish(by=by)
        emails.say_outcomes(response)
