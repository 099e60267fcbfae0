"""Public names, kind/name: how addresses, alerts and reports name a thing.

Only what everybody can see is found: of a commission the published, of a person
the one who may be named.
"""

from commissions.models import (
    Area,
    Barrier,
    Commission,
    Commissioner,
    Contract,
    Decision,
    Organisation,
    Post,
    Service,
    Topic,
)

VISIBLE = {
    "commission": (Commission.objects.published, ["reference"]),
    "contract": (Contract.objects.published, ["reference"]),
    "decision": (Decision.objects.published, ["reference"]),
    "commissioner": (Commissioner.objects.named, ["slug"]),
    "organisation": (Organisation.objects.all, ["slug"]),
    "post": (Post.objects.all, ["organisation__slug", "slug"]),
    "service": (Service.objects.published, ["slug"]),
    "barrier": (Barrier.objects.published, ["slug"]),
    "topic": (Topic.objects.all, ["slug"]),
    "area": (Area.objects.all, ["slug"]),
}
"""What of each kind everybody can see, and the fields that its name goes by."""


def find_by_public_name(name, kinds=VISIBLE):
    """Return what has a public name, of some kinds only; None where nobody sees such."""
    kind, _, key = name.partition("/")
    if kind not in kinds or not key or "\x00" in key:
        return None
    visible, fields = VISIBLE[kind]
    parts = key.split("/", len(fields) - 1)
    if len(parts) < len(fields):
        return None
    return visible().filter(**dict(zip(fields, parts, strict=True))).first()


def public_name_of(thing):
    """Name a commission, a decision, a person or a barrier: decision/2026-K7M3Q2."""
    if isinstance(thing, Commissioner):
        return f"commissioner/{thing.slug}"
    return thing.record_name
