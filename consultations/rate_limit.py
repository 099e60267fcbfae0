"""How often one network or one address may write, counted in the database.

Counts are kept by the hour under a digest keyed with the day, so that what is
stored cannot be turned back into an address, nor followed from day to day.
"""

import ipaddress
import re

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

ADDRESS = re.compile(
    r'"?(?:\[?(?P<six>[0-9a-f:]+:[0-9a-f:.]*)(?:%[\w.-]+)?(?:\](?::\d+)?)?'
    r'|(?P<four>[\d.]+)(?::\d+)?)"?',
    re.IGNORECASE,
)


class Throttle(models.Model):
    """How often one network or one address has written in one hour.

    `key` is a keyed digest that changes every day: no address is kept.
    """

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "hour"], name="throttle_counts_once_an_hour"
            ),
        ]

    def __str__(self):
        return f"{self.count} since {self.hour}"


class TooOften(Exception):
    """This network or address has written too often; says when to come back."""


def network_of(request):
    """Return the network a request came from: a /24 or, for IPv6, a /64.

    One house or one library shares it, so limits are generous. Behind a
    proxy the last address in X-Forwarded-For is the one the proxy saw;
    PROXIES_IN_FRONT says how many there are.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.PROXIES_IN_FRONT
    address = request.META.get("REMOTE_ADDR", "")
    if proxies and len(hops) >= proxies:
        address = hops[-proxies].strip()
    try:
        parsed = ipaddress.ip_address(bare(address))
    except ValueError:
        return "unknown"
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    bits = 24 if parsed.version == 4 else 64
    return str(ipaddress.ip_network(f"{parsed}/{bits}", strict=False))


def bare(address):
    """Return an address without the port, brackets, quotes and zone a proxy may add."""
    found = ADDRESS.fullmatch(address.strip())
    return (found["six"] or found["four"]) if found else address


def count_attempt(scope, who, limit):
    """Count one act of somebody this hour; raise TooOften past the limit."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = salted_hmac(f"portal.throttle.{scope}.{hour:%Y%m%d}", who).hexdigest()
    with transaction.atomic():
        row, _ = Throttle.objects.get_or_create(key=key, hour=hour)
        Throttle.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db()
    if row.count > limit:
        raise TooOften(
            gettext(
                "A lot has been sent from your network or address in the last hour. "
                "What you wrote is still below. Send it again in an hour, or email us."
            )
        )
