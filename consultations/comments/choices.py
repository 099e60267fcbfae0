"""Where a comment stands, what was decided about it, and who may see it."""

from django.db import models


class State(models.TextChoices):
    """Where a comment stands. Only a published one is public."""

    UNCONFIRMED = "unconfirmed", "Waiting for the sender to confirm by email"
    AWAITING = "awaiting", "Waiting for a moderator"
    PUBLISHED = "published", "Published"
    DECLINED = "declined", "Not published"
    WITHDRAWN = "withdrawn", "Withdrawn by the sender"


class Outcome(models.TextChoices):
    """What was decided about a comment, with a reason."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OUT_OF_SCOPE = "out_of_scope", "Outside what this consultation decides"
    ALREADY = "already", "Already so"


class DeclineReason(models.TextChoices):
    """Why a comment is not published, or a passage is hidden."""

    PERSONAL = "personal", "It contains somebody's personal details"
    ABUSIVE = "abusive", "It is abusive or threatening"
    UNLAWFUL = "unlawful", "It may be against the law to publish it"
    ADVERTISING = "advertising", "It is advertising"
    UNRELATED = "unrelated", "It is not about this consultation"
    DUPLICATE = "duplicate", "The same person sent the same words before"


class CommentQuerySet(models.QuerySet):
    """Comments by who may see them."""

    def public(self):
        """Comments that everybody may read."""
        return self.filter(state=State.PUBLISHED)

    def awaiting_moderation(self):
        """Comments that a moderator has yet to look at, oldest first."""
        return self.filter(state=State.AWAITING).order_by("stated_at", "pk")

    def to_answer(self):
        """Comments that need an outcome before a response is published.

        A declined or withdrawn comment needs none.
        """
        return self.public()

    def unanswered(self):
        """Comments that still lack an outcome."""
        return self.to_answer().filter(outcome="")
