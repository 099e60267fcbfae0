"""After closing: groups of near-identical comments, outcomes in bulk, the response.

The program proposes groups; a person decides. An outcome is never public before
the response, which publishes all at once.
"""

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac

from commissions.models import Overtaken
from consultations.comments import emails
from consultations.comments.near_duplicates import group_alike

A_DAY = 24 * 3600  # seconds


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
    groups = kept_groups([comment.text for comment in comments])
    return [
        (group.in_words, [comments[at] for at in group.members]) for group in groups
    ]


def kept_groups(texts):
    """Return the groups of these texts, worked out once a day for the same words.

    What is kept is places and scores, under a keyed digest: no words.
    """
    digest = salted_hmac("portal.alike", "\0".join(texts), algorithm="sha256")
    key = f"alike-{digest.hexdigest()}"
    return cache.get_or_set(key, lambda: group_alike(texts), A_DAY)


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
