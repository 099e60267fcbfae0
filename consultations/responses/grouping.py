"""Considering what was said: themes, proposals of groups, outcomes in bulk.

The program proposes groups of near-identical comments; a person decides. An
outcome is never public before the response, which publishes all at once.
"""

from collections import Counter

from django.db import transaction

from commissions.models import NotReady, Overtaken
from consultations.comments import emails as comments_emails
from consultations.comments.near_duplicates import group_alike
from consultations.responses.models import Theme


def proposals(consultation):
    """Propose groups of near-identical comments that lack an outcome, largest first.

    Returns (what it is in words, the comments) for each.
    """
    comments = list(
        consultation.comments.unanswered()
        .select_related("submission", "section_text")
        .prefetch_related("redactions")
        .order_by("stated_at", "pk")
    )
    groups = group_alike([comment.text for comment in comments])
    return [
        (group.in_words, [comments[at] for at in group.members]) for group in groups
    ]


def answer_all(comments, outcome, *, reason, section=None, theme=None, by):
    """Give several comments one outcome; return those that somebody else answered.

    Raises NotReady, changing nothing, where the reason is missing or the
    response is out.
    """
    overtaken = []
    with transaction.atomic():
        for comment in comments:
            try:
                with transaction.atomic():
                    comment.answer(
                        outcome,
                        reason=reason,
                        changed_section=section,
                        theme=theme,
                        by=by,
                    )
            except Overtaken:
                overtaken.append(comment)
    return overtaken


def theme_named(consultation, title):
    """Return the theme with a title, making it the first time."""
    return Theme.objects.get_or_create(consultation=consultation, title=title)[0]


def progress(consultation):
    """Count the comments that need an outcome, and those that have one."""
    outcomes = Counter(
        consultation.comments.to_answer().values_list("outcome", flat=True)
    )
    total = sum(outcomes.values())
    return {"answered": total - outcomes[""], "total": total, "outcomes": outcomes}


def gaps(response):
    """List, as sentences, what is missing before the response can be published."""
    unsaid = [
        f"Say under “{theme.title}” what people said and what you did about it."
        for theme in response.consultation.themes.all()
        if not theme.you_said.strip() or not theme.we_did.strip()
    ]
    return unsaid + response.publication_gaps()


def publish(response, *, by):
    """Publish the response as a batch and tell each commenter of their outcome.

    Raises NotReady with a sentence for each thing missing, and Overtaken
    where somebody has just published it.
    """
    if missing := gaps(response):
        raise NotReady(*missing)
    with transaction.atomic():
        response.publish(by=by)
        comments_emails.say_answered(response)
