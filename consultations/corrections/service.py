"""Reports of errors: what they may be about, how they come in, how they are answered."""

from django.conf import settings
from django.db import transaction

from commissions.models import (
    Barrier,
    Commission,
    Commissioner,
    Contract,
    Decision,
    Organisation,
    Post,
    Service,
)
from consultations.comments import emails as comments_emails
from consultations.corrections.models import Correction


def subject_of(name):
    """Return (its title, its page) of what a public name names, or None.

    Only what everybody can see: a published commission, contract or decision, a
    person who may be named, an organisation, a post of one, a service, a barrier.
    """
    kind, _, key = name.partition("/")
    find = FOUND.get(kind)
    found = find(key) if find else None
    return found and (title(found), page(found))


def post_of(key):
    """Find a post by its organisation's slug and its own."""
    body, _, slug = key.partition("/")
    posts = Post.objects.select_related("organisation")
    return posts.filter(organisation__slug=body, slug=slug).first()


FOUND = {
    "commission": lambda key: (
        Commission.objects.published().filter(reference=key).first()
    ),
    "contract": lambda key: Contract.objects.published().filter(reference=key).first(),
    "decision": lambda key: Decision.objects.published().filter(reference=key).first(),
    "commissioner": lambda key: Commissioner.objects.named().filter(slug=key).first(),
    "organisation": lambda key: Organisation.objects.filter(slug=key).first(),
    "post": post_of,
    "service": lambda key: Service.objects.published().filter(slug=key).first(),
    "barrier": lambda key: Barrier.objects.published().filter(slug=key).first(),
}


def title(found):
    """Say what it is called."""
    return str(found)


def page(found):
    """Return the page on which it is shown: of a post, its organisation's."""
    shown = found.organisation if isinstance(found, Post) else found
    return shown.get_absolute_url()


def settle(correction, state, *, answer, by):
    """Answer a report and tell its sender, if they left an address."""
    found = subject_of(correction.about)
    with transaction.atomic():
        email = correction.email
        correction.settle(state, answer=answer, by=by)
        comments_emails.queue(
            "correction",
            email,
            f"correction-{correction.reference}",
            correction=correction,
            title=found[0] if found else correction.about,
            link=f"{settings.PORTAL_ORIGIN}{found[1] if found else '/'}",
        )


def receive(about, *, text, email):
    """Take in one report."""
    return Correction.objects.create(about=about, text=text, email=email)
