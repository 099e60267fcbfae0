"""Following: asked for by anybody, begun by the holder of the address, stopped in one click.

What a stranger sees is the same whether or not an address is known here; what
there is to say goes to the address itself.
"""

from django.db import transaction
from django.utils import timezone

from consultations.alerts.models import Follower, Frequency, Subscription
from consultations.outbox import models as outbox
from consultations.outbox.models import Message
from consultations.signed_links import address_key, signed_url


def manage_link(follower):
    """Return the whole address of the page on which somebody changes their alerts."""
    return signed_url("alerts", "alerts", follower.key)


def confirm_link(subscription):
    """Return the whole address of the page that begins a subscription."""
    return signed_url("alert-confirm", "alert-confirm", subscription.key)


def ask(subject, email, frequency, *, at=None):
    """Take down that an address wants to follow something, and ask it to confirm.

    Where it does already, the mail says so, once a day at most.
    """
    now = at or timezone.now()
    with transaction.atomic():
        one = take_down(subject.name, email, frequency, query=subject.query)
        if not one.confirmed_at:
            one.frequency, one.asked_at = frequency, now
            one.save(update_fields=["frequency", "asked_at"])
        if one.confirmed_at:
            say_known(one, subject, now)
        else:
            ask_to_confirm(one, subject, now)
    return one


def take_down(name, email, frequency, *, query=""):
    """Return the subscription of an address to a thing; make it where there is none."""
    follower, _ = Follower.objects.get_or_create(
        address_key=address_key(email), defaults={"email": email}
    )
    one, _ = Subscription.objects.get_or_create(
        follower=follower,
        subject=name,
        query=query,
        unsubscribed_at=None,
        defaults={"frequency": frequency},
    )
    return one


def say_known(subscription, subject, now):
    """Tell a follower that they follow something already."""
    follower = subscription.follower
    outbox.queue_email(
        "alert_known",
        follower.email,
        f"alert-known-{now:%Y%m%d}-{subscription.key}",
        subject=subject,
        often=subscription.get_frequency_display(),
        link=manage_link(follower),
    )


def ask_to_confirm(subscription, subject, now):
    """Ask the address to confirm; the page shows all that it has been asked."""
    outbox.ask(
        "alert-confirm",
        "alert_confirm",
        subscription.follower.email,
        f"alert-asked-{now:%Y%m%d%H%M%S}-{subscription.key}",
        subject=subject,
        often=subscription.get_frequency_display(),
        link=confirm_link(subscription),
    )


def confirm(subscription, *, at=None):
    """Begin to tell, as the holder of the address asks; they may be asked again.

    The language in which they confirm is the one they are written to in.
    """
    with transaction.atomic():
        subscription.confirm(at=at)
        subscription.follower.speak()
        Message.objects.settle("alert-confirm", subscription.follower.address_key)


def following_of(submission):
    """Say whether a sender follows the commission they wrote about, or can: a code.

    "followed", "offered", or empty where there is no address or no public commission.
    """
    commission = submission.consultation.commission
    if not submission.email or not commission.published_at:
        return ""
    follows = Subscription.objects.active().filter(
        subject=commission.record_name,
        follower__address_key=address_key(submission.email),
    )
    return "followed" if follows.exists() else "offered"


def follow_after(submission, *, at=None):
    """Let a sender follow the commission they wrote about, from now.

    They come by a private link that was sent to their address, so that no other mail
    has to ask them to confirm.
    """
    if following_of(submission) == "offered":
        name = submission.consultation.commission.record_name
        with transaction.atomic():
            confirm(take_down(name, submission.email, Frequency.DAILY), at=at)


def send_link(email, *, at=None):
    """Mail an address the link to its alerts, if it follows anything."""
    now = at or timezone.now()
    active = Subscription.objects.active().filter(
        follower__address_key=address_key(email)
    )
    if one := active.select_related("follower").first():
        outbox.queue_email(
            "alerts_link",
            one.follower.email,
            f"alerts-link-{now:%Y%m%d%H}-{one.follower.key}",
            number=active.count(),
            link=manage_link(one.follower),
        )


def stop_all(follower, *, at=None):
    """Tell a follower nothing more, of anything."""
    active = follower.subscriptions.active()
    active.update(unsubscribed_at=at or timezone.now())
