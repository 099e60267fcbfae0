"""What an account is emailed of its own safety, through the outbox."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from consultations.outbox.emails import queue_email


def page(name, *args):
    """Return the whole address of a page."""
    return f"{settings.PORTAL_ORIGIN}{reverse(name, args=args)}"


def tell_of_failures(account, count):
    """Tell an account that somebody keeps trying wrong passwords for it."""
    user = get_user_model().objects.filter(username=account, is_active=True).first()
    if user is None:
        return
    queue_email(
        "sign_in_failed",
        user.email,
        f"sign-in-failed-{user.pk}-{count.last_at:%Y%m%d%H%M%S}",
        failures=count.failures,
        link=page("admin_password_reset"),
    )


def tell_of_new_password(user):
    """Tell an account that its password was changed."""
    queue_email(
        "password_changed",
        user.email,
        f"password-changed-{user.pk}-{timezone.now():%Y%m%d%H%M%S%f}",
        link=page("admin_password_reset"),
    )


def send_link(user, token):
    """Send the link for a new password: one an hour, however often it is asked for."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    queue_email(
        "password_reset",
        user.email,
        f"password-reset-{user.pk}-{timezone.now():%Y%m%d%H}",
        username=user.get_username(),
        hours=settings.PASSWORD_RESET_TIMEOUT // 3600,
        link=page("password_reset_confirm", uid, token),
    )
