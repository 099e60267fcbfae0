"""What staff may do at the desk: a role, at one body, from a day to a day.

One person may have several roles at several bodies. What a role permits is in
`commissions.desk.permissions`. An administrator of the installation (Django's
superuser) needs none.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from commissions.fields import DayField
from commissions.organisations.models import Organisation


class StaffRoleQuerySet(models.QuerySet):
    """Roles, by day."""

    def current(self, on=None):
        """Those in force on a day (today, unless said): its last day included."""
        on = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class StaffRole(models.Model):
    """What one account may do for one body, and from when to when."""

    class Role(models.TextChoices):
        """The roles, from who writes to who only reads."""

        EDITOR = "editor", "Editor: writes drafts"
        PUBLISHER = "publisher", "Publisher: publishes, answers, hands over, signs"
        MODERATOR = "moderator", "Moderator: decides which comments are published"
        ADMINISTRATOR = "administrator", "Administrator: people, posts and roles"
        AUDITOR = "auditor", "Auditor: reads everything, changes nothing"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="staff_roles",
        verbose_name="account",
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="staff_roles"
    )
    role = models.CharField(max_length=20, choices=Role)
    starts_on = DayField("first day", default=timezone.localdate)
    ends_on = DayField(
        "last day", null=True, blank=True, help_text="Empty while no end is known."
    )

    objects = StaffRoleQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "user", "role", "starts_on"]
        verbose_name = "role at a body"
        verbose_name_plural = "roles at bodies"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "starts_on"],
                name="role_begins_once_a_day",
                violation_error_message="This account has this role from that day already.",
            ),
            models.CheckConstraint(
                name="role_ends_after_it_began",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} at {self.organisation}"
