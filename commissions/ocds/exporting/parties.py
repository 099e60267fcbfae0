"""The bodies of a release: who buys, who supplies, by which numbers known."""

FIRST = ("GB-PPON",)
"""Registers whose number goes first, since the platform knows bodies by it."""
SCALES = {True: "sme", False: "large"}


def identifiers(body):
    """List a body's (scheme, number), the one it goes by first."""
    known = [(each.scheme, each.value) for each in body.identifiers.all()]
    return sorted(known, key=lambda pair: pair[0] not in FIRST)


def organisation_reference(body):
    """Name a body as other parts of the release refer to it.

    Its id is scheme and number, or else its name on the portal.
    """
    known = identifiers(body)
    return {"id": "-".join(known[0]) if known else body.slug, "name": body.name}


def release_parties(commission, suppliers):
    """List each body once, with all its roles."""
    named = [(commission.organisation, "buyer")]
    named += [(body, "procuringEntity") for body in commission.partners.all()]
    named += [(body, "supplier") for body in suppliers]
    found = {}
    for body, role in named:
        roles = found.setdefault(organisation_reference(body)["id"], (body, []))[1]
        if role not in roles:
            roles.append(role)
    contacts = {commission.organisation_id: contact_point(commission.post)}
    return [
        release_party(body, roles, contacts.get(body.pk))
        for body, roles in found.values()
    ]


def contact_point(post):
    """Return whom to ask: the post that holds a commission, by its role mailbox."""
    if post is None:
        return {}
    known = {"email": post.mailbox, "phone": post.phone, "address": post.postal_address}
    return {"name": post.title} | {key: value for key, value in known.items() if value}


def release_party(body, roles, contact):
    """Return one body; a `contact` of the commission goes before its own."""
    own = {
        "name": "",
        "email": body.contact_email,
        "phone": body.contact_phone,
        "address": body.contact_address,
    }
    asked = own | (contact or {})
    listed = [{"scheme": scheme, "id": value} for scheme, value in identifiers(body)]
    return {
        **organisation_reference(body),
        "identifier": {**listed[0], "legalName": body.name} if listed else None,
        "additionalIdentifiers": listed[1:],
        "address": {"streetAddress": asked["address"]},
        "contactPoint": {
            "name": asked["name"],
            "email": asked["email"],
            "telephone": asked["phone"],
        },
        "roles": roles,
        "details": {
            "url": body.website,
            "scale": SCALES.get(body.is_sme),
            "vcse": body.is_vcse,
        },
    }
