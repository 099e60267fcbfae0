"""Which questions to holders may be seen, and which still wait for an answer."""

from django.db import models
from django.utils import timezone

from consultations.comments.choices import State
from consultations.comments.submissions import UNCONFIRMED_FOR, key_of


class WhyNot(models.TextChoices):
    """Why a question is not published."""

    PERSONAL = "personal", "It contains somebody’s personal details"
    OWN_CASE = "own_case", "It is about one person’s own care or case"
    ABUSIVE = "abusive", "It is abusive or threatening"
    UNLAWFUL = "unlawful", "It may be against the law to publish it"
    ADVERTISING = "advertising", "It is advertising"
    UNRELATED = "unrelated", "It is not a question for this holder"
    DUPLICATE = "duplicate", "The same question is asked here already"


class EnquiryQuerySet(models.QuerySet):
    """Questions by who may see them and whether they are answered."""

    def public(self):
        """Questions that everybody may read."""
        return self.filter(state=State.PUBLISHED)

    def awaiting_moderation(self):
        """Questions that a moderator has yet to look at, oldest first."""
        return self.filter(state=State.AWAITING).order_by("stated_at", "pk")

    def waiting(self):
        """Public questions without an answer, oldest and so longest due first."""
        return (
            self.public()
            .filter(answered_at__isnull=True)
            .order_by("confirmed_at", "pk")
        )

    def about(self, thing):
        """Questions about one commission, decision, commissioner or barrier."""
        return self.filter(**{thing._meta.model_name: thing})

    def lapsed(self, at=None):
        """Those not confirmed within seven days: to be erased."""
        return self.filter(
            confirmed_at__isnull=True,
            erased_at__isnull=True,
            received_at__lt=(at or timezone.now()) - UNCONFIRMED_FOR,
        )

    def by_token(self, purpose, token):
        """The one that a private link opens; none where the link is not ours."""
        key = key_of(purpose, token)
        return self.filter(key=key, erased_at__isnull=True) if key else self.none()
