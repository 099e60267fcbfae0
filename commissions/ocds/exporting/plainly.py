"""Times, amounts and bodies as plain values, for a release."""

from datetime import datetime, time

from django.utils import timezone

OURS = ("GB-PPON",)
"""Registers whose number goes first, since the platform knows bodies by it."""


def moment(value):
    """Write a day or a time as OCDS does; a day begins at midnight in London."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = timezone.make_aware(datetime.combine(value, time.min))
    return timezone.localtime(value).isoformat(timespec="seconds")


def number(value):
    """Return an amount as a number, to the penny."""
    return None if value is None else float(value)


def body(organisation):
    """Return a public body or a provider as plain values."""
    known = [(each.scheme, each.value) for each in organisation.identifiers.all()]
    known.sort(key=lambda pair: pair[0] not in OURS)
    first, *others = known or [("", "")]
    return {
        "scheme": first[0],
        "id": first[1],
        "others": others,
        "slug": organisation.slug,
        "name": organisation.name,
        "email": organisation.contact_email,
        "phone": organisation.contact_phone,
        "address": organisation.contact_address,
        "url": organisation.website,
        "contact_name": "",
        "scale": {True: "sme", False: "large"}.get(organisation.is_sme),
        "vcse": organisation.is_vcse,
    }
