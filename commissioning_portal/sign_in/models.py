"""Failed sign-ins by account and network, and what an account is emailed of them."""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from consultations.outbox.models import queue_email


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


def tell_of_new_address(user, former):
    """Tell the former address of an account that its mail goes elsewhere now."""
    queue_email(
        "address_changed",
        former,
        f"address-changed-{user.pk}-{timezone.now():%Y%m%d%H%M%S%f}",
        username=user.get_username(),
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


FREE = {"account": 5, "network": 30}
"""Wrong passwords until there is a wait; a network may be a whole town hall."""

LONGEST = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
FORMER = "former-account-"


class Waiting(Exception):
    """Sign-in is refused until a time, whatever the password."""

    def __init__(self, until):
        super().__init__(until)
        self.until = until


def wait(scope, failures):
    """Return how long nobody may try after so many failures, or None."""
    over = failures - FREE[scope]
    return min(timedelta(minutes=2 ** min(over, 10)), LONGEST) if over >= 0 else None


def key(scope, who):
    """Return the digest under which an account or a network is counted."""
    return salted_hmac(f"portal.sign-in.{scope}", who.strip().casefold()).hexdigest()


class SignInCountQuerySet(models.QuerySet):
    """Counts of failures, and the verbs of an attempt."""

    def begin(self, account, network, at=None):
        """Count an attempt as failed, until it succeeds; return the account's count.

        Raises Waiting where the account or the network has to wait.
        """
        at = at or timezone.now()
        self.filter(last_at__lt=at - FORGOTTEN_AFTER).delete()
        with transaction.atomic():
            rows = {"account": self.held(account, "account", at)}
            rows["network"] = self.held(network, "network", at)
            ends = [row.waits_until for row in rows.values() if row.waits_until]
            if ends and max(ends) > at:
                raise Waiting(max(ends))
            for scope, row in rows.items():
                row.fail(scope, at)
        return rows["account"]

    def held(self, who, scope, at):
        """Return the row of an account or network, held until the transaction ends."""
        row, _ = self.get_or_create(key=key(scope, who), defaults={"last_at": at})
        return self.select_for_update().get(pk=row.pk)

    def succeed(self, account, network):
        """Forget the failures of an account; take the attempt from its network's."""
        self.forget(account)
        rows = self.filter(key=key("network", network), failures__gt=0)
        rows.update(failures=models.F("failures") - 1)
        rows.filter(failures__lt=FREE["network"]).update(waits_until=None)

    def forget(self, account):
        """Let an account try again at once: somebody proved that it is theirs."""
        self.filter(key=key("account", account)).delete()


class SignInCount(models.Model):
    """How often sign-in failed for one account or one network, and until when it waits."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    waits_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)

    objects = SignInCountQuerySet.as_manager()

    def __str__(self):
        return f"{self.failures} since {self.last_at}"

    def fail(self, scope, at):
        """Count one more, and say how long to wait after it."""
        self.failures += 1
        self.last_at = at
        pause = wait(scope, self.failures)
        self.waits_until = at + pause if pause else None
        self.save()


def forget_closed_accounts(before):
    """Take name and address out of accounts that were closed before a time.

    An account has no day of its closing: the last change of it in the admin, or the
    last sign-in, is taken for it. The row stays, for the acts done with it.
    """
    accounts = get_user_model().objects.filter(is_active=False, date_joined__lt=before)
    accounts = accounts.exclude(username__startswith=FORMER)
    count = 0
    for account in accounts.exclude(last_login__gte=before):
        kind = ContentType.objects.get_for_model(account)
        about = LogEntry.objects.filter(content_type=kind, object_id=account.pk)
        if about.filter(action_time__gte=before).exists():
            continue
        about.update(object_repr=f"{FORMER}{account.pk}", change_message="")
        account.username = f"{FORMER}{account.pk}"
        account.first_name = account.last_name = account.email = ""
        account.set_unusable_password()
        account.save()
        count += 1
    return count
