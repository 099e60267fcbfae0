"""Following: asked for by anybody, begun by the holder of the address, stopped in one click.

What a stranger sees is the same whether or not an address is known here; what
there is to say goes to the address itself.
"""

from django.db import transaction
from django.utils import timezone

from consultations.alerts.models import Follower, Subscription
from consultations.outbox.emails import queue
from consultations.signed_links import address_key, signed_url


def manage_link(follower):
    """Return the whole address of the page on which somebody changes their alerts."""
    return signed_url("alerts", "alerts", follower.key)


def ask(subject, email, frequency, *, at=None):
    """Take down that an address wants to follow something, and ask it to confirm.

    Where it does already, the mail says so. Asking again before confirming
    sends another mail.
    """
    now = at or timezone.now()
    with transaction.atomic():
        follower, _ = Follower.objects.get_or_create(
            address_key=address_key(email), defaults={"email": email}
        )
        one, _ = Subscription.objects.get_or_create(
            follower=follower,
            subject=subject.name,
            query=subject.query,
            unsubscribed_at=None,
            defaults={"frequency": frequency},
        )
        if not one.confirmed_at:
            one.frequency, one.asked_at = frequency, now
            one.save(update_fields=["frequency", "asked_at"])
        queue(
            "alert_known" if one.confirmed_at else "alert_confirm",
            follower.email,
            f"alert-asked-{now:%Y%m%d%H%M%S}-{one.key}",
            subject=subject,
            often=one.get_frequency_display(),
            link=manage_link(follower)
            if one.confirmed_at
            else signed_url("alert-confirm", "alert-confirm", one.key),
        )
    return one


def send_link(email, *, at=None):
    """Mail an address the link to its alerts, if it follows anything."""
    now = at or timezone.now()
    active = Subscription.objects.active().filter(
        follower__address_key=address_key(email)
    )
    if one := active.select_related("follower").first():
        queue(
            "alerts_link",
            one.follower.email,
            f"alerts-link-{now:%Y%m%d%H%M}-{one.follower.key}",
            number=active.count(),
            link=manage_link(one.follower),
        )


def stop_all(follower, *, at=None):
    """Tell a follower nothing more, of anything."""
    active = follower.subscriptions.active()
    active.update(unsubscribed_at=at or timezone.now())
