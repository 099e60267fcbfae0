"""One act of a member of staff, done or refused."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from commissions.models import Organisation

KEPT_FOR = timedelta(days=2 * 365)


class StaffAct(models.Model):
    """What an account tried, and what came of it. The database refuses to change one.

    `changed` are the names of the fields that were changed, never what they say.
    """

    class Result(models.TextChoices):
        """What came of it."""

        DONE = "done", "Done"
        REFUSED = "refused", "Refused"

    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="staff_acts",
        verbose_name="account",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="staff_acts",
        help_text="The body whose thing it was.",
    )
    roles = models.CharField(
        max_length=200,
        blank=True,
        help_text="The roles of the account at that body, then.",
    )
    post = models.CharField(
        max_length=255, blank=True, help_text="The post in whose name it was."
    )
    act = models.CharField(max_length=100)
    subject = models.CharField(
        "on what", max_length=255, blank=True, help_text="By its public name."
    )
    result = models.CharField(max_length=10, choices=Result)
    why = models.TextField("why it was refused", blank=True)
    changed = models.JSONField("fields changed", default=list, blank=True)
    network = models.CharField(
        max_length=60, blank=True, help_text="Where from, its last part left out."
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "act of staff"
        verbose_name_plural = "acts of staff"
        indexes = [
            models.Index(fields=["organisation", "-at"], name="staff_act_by_body"),
            models.Index(fields=["user", "-at"], name="staff_act_by_account"),
        ]

    def __str__(self):
        return f"{self.act} {self.subject}".strip()


def erase_old(at):
    """Erase the acts that are older than they are kept; return how many."""
    return StaffAct.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
