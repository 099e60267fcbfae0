"""Private links: how people without an account come back to what they sent.

A link carries a random key and its signature, made from the installation's
secret key, so a copy of the database alone opens no link. An email address is
known again by a keyed digest of it.
"""

import secrets
from functools import wraps

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache


def new_key():
    """Return a fresh random key, which says nothing of whom it stands for."""
    return secrets.token_urlsafe(16)


def signed_key(purpose, key):
    """Return the secret that a private link carries: the key and its signature.

    `purpose` keeps one kind of link from opening another's page.
    """
    return Signer(salt=f"portal.{purpose}", sep=".").sign(key)


def key_of(purpose, token):
    """Return the key in a private link's secret, or None where it is not ours."""
    try:
        return Signer(salt=f"portal.{purpose}", sep=".").unsign(token)
    except BadSignature:
        return None


DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}


def canonical(email):
    """Write an address the one way that is counted, whoever types it how.

    `Ada+news@Example.org` reaches whom `ada@example.org` does, and a name of a host
    in letters is the one in its code (IDN). Dots stay, except where one provider for
    very many ignores them.
    """
    mailbox, at, host = email.strip().casefold().rpartition("@")
    mailbox = mailbox.partition("+")[0] or mailbox
    host = in_code(host)
    if host in DOTLESS:
        mailbox, host = mailbox.replace(".", "") or mailbox, DOTLESS[host]
    return f"{mailbox}{at}{host}"


def in_code(host):
    """Write the name of a host in plain letters: bücher.example, xn--bcher-kva.example."""
    try:
        return host.rstrip(".").encode("idna").decode()
    except UnicodeError:
        return host


def address_key(email):
    """Return a keyed digest of an address: tells whether it was seen before."""
    return salted_hmac("portal.address", canonical(email)).hexdigest()


def address_keys(email):
    """Return an address's digests under the secret key of now and those before it."""
    secret_keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac("portal.address", canonical(email), secret=secret).hexdigest()
        for secret in secret_keys
    ]


def signed_url(name, purpose, key):
    """Return the whole address of a private page, for a mail."""
    path = reverse(f"consultations:{name}", args=[signed_key(purpose, key)])
    return f"{settings.PORTAL_ORIGIN}{path}"


class PrivateLinkQuerySet(models.QuerySet):
    """Rows with a `key`, which a private link opens."""

    def by_token(self, purpose, token):
        """The one that a private link opens; none where the link is not ours."""
        return self.filter(key=key_of(purpose, token) or "")


def status_of_lapsed_link(purpose, token):
    """Return the status of a link that opens nothing: 410 where it was ours."""
    return 410 if key_of(purpose, token) else 404


def private_page(view):
    """Keep a page out of caches, search engines and the referrer of any link."""

    @wraps(view)
    @never_cache
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": with it browsers send "Origin: null", and every
        # button here would be refused as a forgery.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return wrapped
