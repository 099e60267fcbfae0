"""The releases of notices, exactly as they were received."""

from django.db import models
from django.utils import timezone

from commissions.procurement.models.notice import Notice


class Release(models.Model):
    """An OCDS release exactly as it was received.

    `body` is its JSON, compressed with zlib; kept apart from Notice so that
    no list has to read it.
    """

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="release")
    source = models.CharField(max_length=1000, help_text="The file or address.")
    received_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the JSON.")
    body = models.BinaryField()

    def __str__(self):
        return f"release of {self.notice}"
