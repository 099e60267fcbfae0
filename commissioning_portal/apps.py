"""The project as an app: it adds to the table of what is kept what it keeps itself."""

from datetime import timedelta

from django.apps import AppConfig

SIGN_IN_FOR = timedelta(days=30)


def erase_sign_in_counts(at):
    """Erase the counts of failed sign-ins that are a month old."""
    from commissioning_portal.sign_in.models import SignInCount

    return SignInCount.objects.filter(last_at__lt=at - SIGN_IN_FOR).delete()[0]


class PortalConfig(AppConfig):
    name = "commissioning_portal"

    def ready(self):
        """Add the row of failed sign-ins."""
        from consultations import retention

        retention.ROWS.append(
            retention.Row(
                "How often signing in to a staff account failed",
                "To stop people who guess passwords",
                retention.days(SIGN_IN_FOR),
                erase_sign_in_counts,
            )
        )
