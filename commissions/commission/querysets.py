"""Which commissions are public, open, and held by somebody named."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from commissions.commission.choices import Window
from commissions.people.models import Tenure


def named(on):
    """Ask of each commission whether somebody is in its post on a day."""
    return models.Exists(
        Tenure.objects.current(on).filter(post=models.OuterRef("post"))
    )


class CommissionQuerySet(models.QuerySet):
    """Commissions by who may see them and what is open."""

    def published(self, at=None):
        """Commissions that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())

    def open_for_comment(self, at=None):
        """Commissions whose draft anyone can comment on at a time."""
        return self.open(at).filter(window_for=Window.COMMENT)

    def open(self, at=None):
        """Commissions with something open at a time: comment, engagement, bids."""
        at = at or timezone.now()
        return self.filter(
            Q(window_opens_at__isnull=True) | Q(window_opens_at__lte=at),
            window_closes_at__gt=at,
        )

    def with_named_holder(self, on=None):
        """Commissions held by a post with a person in it, or by a committee."""
        return self.filter(named(on) | Q(committee__isnull=False))

    def without_named_holder(self, on=None):
        """Commissions nobody is named for: vacant posts, and notices without one."""
        return self.filter(~named(on), committee__isnull=True)
