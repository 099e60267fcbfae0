"""Whether somebody's details were confirmed lately enough to be relied on."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone


def stale(confirmed_on, today=None):
    """Tell whether details went unconfirmed for too long, or were never confirmed.

    HOLDER_CONFIRM_DAYS says how many days they may.
    """
    today = today or timezone.localdate()
    longest = timedelta(days=settings.HOLDER_CONFIRM_DAYS)
    return confirmed_on is None or confirmed_on + longest < today
