"""How far the answering of comments has come, and what was not published.

These figures are public from the first comment on, before any outcome is:
how many comments stand, how many of them have an outcome, how many were not
published and how many have a passage hidden, by reason.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Q

from consultations.models import Comment, CommentState, DeclineReason, Redaction

ANSWERED = ~Q(outcome="")


@dataclass(frozen=True)
class AnsweringProgress:
    """Comments published, and how many of them have an outcome."""

    answered: int = 0
    of: int = 0

    def __str__(self):
        return f"Answered {self.answered:,} of {self.of:,}"


@dataclass
class CommentTally:
    """The counts of one consultation; `by_section` has None for the whole draft."""

    progress: AnsweringProgress = field(default_factory=AnsweringProgress)
    by_section: Counter = field(default_factory=Counter)
    declined: list = field(default_factory=list)
    redacted: list = field(default_factory=list)


def progress_of(consultations):
    """Count, in one query, the comments and outcomes of several consultations."""
    rows = (
        Comment.objects.public()
        .filter(consultation__in=consultations)
        .order_by()
        .values_list("consultation")
        .annotate(answered=Count("pk", filter=ANSWERED), of=Count("pk"))
    )
    return {pk: AnsweringProgress(answered, of) for pk, answered, of in rows}


def comment_tally(consultation):
    """Count the comments of one consultation, in two queries however many."""
    groups = (
        Comment.objects.filter(
            consultation=consultation,
            state__in=[CommentState.PUBLISHED, CommentState.DECLINED],
        )
        .order_by()
        .values_list("section_text", "state", "decline_reason")
        .annotate(n=Count("pk"), answered=Count("pk", filter=ANSWERED))
    )
    answered, by_section, declined = 0, Counter(), Counter()
    for section_text, state, reason, n, with_outcome in groups:
        if state == CommentState.PUBLISHED:
            by_section[section_text] += n
            answered += with_outcome
        else:
            declined[reason] += n
    progress = AnsweringProgress(answered, by_section.total())
    return CommentTally(
        progress, by_section, tally_in_words(declined), comments_not_shown(consultation)
    )


def comments_not_shown(consultation):
    """Count the published comments with a passage hidden, by reason."""
    rows = Redaction.objects.filter(
        undone_at__isnull=True,
        comment__consultation=consultation,
        comment__state=CommentState.PUBLISHED,
    ).order_by()
    found = rows.values_list("reason").annotate(Count("comment", distinct=True))
    return tally_in_words(dict(found))


def tally_in_words(counts):
    """Say each reason in words with its count, in the order of the list of reasons."""
    return [
        (reason.label, counts[reason.value])
        for reason in DeclineReason
        if counts.get(reason.value)
    ]
