"""The project as an app: it adds to the table of what is kept what it keeps itself."""

from datetime import timedelta

from django.apps import AppConfig

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
        """Add the rows of staff accounts and of failed sign-ins."""
        from consultations import retention

        accounts = retention.Row(
            "Staff accounts",
            "To keep the site secure and accountable",
            f"While you work on the site, and {retention.days(CLOSED_FOR)} after your "
            "account is closed; what you published stays on the record under your post",
            erase_closed_accounts,
        )
        failures = retention.Row(
            "How often signing in to a staff account failed",
            "To stop people who guess passwords",
            retention.days(SIGN_IN_FOR),
            erase_sign_in_counts,
        )
        retention.ROWS += [accounts, failures]
