"""The project as an app: it adds to the table of what is kept what it keeps itself."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

SIGN_IN_FOR = timedelta(days=30)
CLOSED_FOR = timedelta(days=30)


def erase_sign_in_counts(at):
    """Erase the counts of failed sign-ins that are a month old."""
    from commissioning_portal.sign_in.models import SignInCount

    return SignInCount.objects.filter(last_at__lt=at - SIGN_IN_FOR).delete()[0]


def erase_closed_accounts(at):
    """Take the name and the address out of accounts that were closed a month ago."""
    from commissioning_portal.sign_in.models import forget_closed_accounts

    return forget_closed_accounts(at - CLOSED_FOR)


class PortalConfig(AppConfig):
    name = "commissioning_portal"

    def ready(self):
        """Add what is kept of staff, who may see it, and what guards it."""
        from commissioning_portal.staff_trail import models as trail
        from commissioning_portal.staff_trail import triggers
        from commissions.desk import permissions
        from consultations import retention

        accounts = retention.Row(
            gettext_lazy("Staff accounts"),
            gettext_lazy("To keep the site secure and accountable"),
            format_lazy(
                gettext_lazy(
                    "While you work on the site, and {days} after your account is "
                    "closed. What you published stays on the record under your post"
                ),
                days=retention.days(CLOSED_FOR),
            ),
            erase_closed_accounts,
        )
        failures = retention.Row(
            gettext_lazy("How often signing in to a staff account failed"),
            gettext_lazy("To stop people who guess passwords"),
            retention.days(SIGN_IN_FOR),
            erase_sign_in_counts,
        )
        acts = retention.Row(
            gettext_lazy(
                "What staff did or tried at the desk, and when they signed in"
            ),
            gettext_lazy("So that a public body can find who did what in its name"),
            retention.days(trail.KEPT_FOR),
            trail.erase_old,
        )
        retention.ROWS += [accounts, failures, acts]
        permissions.allow(
            "commissioning_portal",
            {
                role: {"view": "staffact"}
                for role in (permissions.Role.AUDITOR, permissions.Role.ADMINISTRATOR)
            },
        )
        permissions.BODY_PATHS["commissioning_portal.staffact"] = ("organisation",)
        post_migrate.connect(triggers.restore, sender=self)
