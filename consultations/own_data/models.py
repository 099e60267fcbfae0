"""A request to see what is held about oneself, answered by an emailed link."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from consultations.signed_links import PrivateLinkQuerySet, new_key

LINK_FOR = timedelta(days=1)


class DataRequestQuerySet(PrivateLinkQuerySet):
    """Requests by whether their link still opens."""

    def valid(self, at=None):
        return self.filter(asked_at__gt=(at or timezone.now()) - LINK_FOR)


class DataRequest(models.Model):
    """Somebody asked to see what is held under an address."""

    email = models.EmailField()
    key = models.CharField(max_length=40, unique=True, default=new_key)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = DataRequestQuerySet.as_manager()

    def __str__(self):
        return f"Request {self.pk}"
