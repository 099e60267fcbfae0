"""Platform first: what must be on the central platform before the portal says it.

An authority may publish a notice elsewhere, but not before the central platform
has it (SI 2024/692, regulation 5(11)).
"""

from django.utils import timezone

from commissions.law.notices import name_of


def newest(commission, codes, at=None):
    """Return a commission's newest published notice with one of these codes, or None."""
    found = commission.notices.filter(
        code__in=codes, published_at__lte=at or timezone.now()
    )
    return found.order_by("-published_at", "-pk").first()


def missing(commission, codes, at=None):
    """Say in a sentence which notice is not on record yet; none where nothing is due."""
    if not codes or newest(commission, codes, at):
        return []
    named = " or the ".join(map(name_of, codes))
    return [
        f"Record the {named} first: publish it on the central platform, then "
        "enter its reference, address and time there under “Notices”."
    ]
