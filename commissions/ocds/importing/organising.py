"""Plan the organisations of a release: new ones, new numbers, new names."""

from commissions.models import Organisation, OrganisationIdentifier, OtherName
from commissions.ocds.importing.match_organisations import Body, normal


def organisation(register, plan, party):
    """Return the body that a party is, planning what is new about it."""
    body, conflict = register.find(party)
    if conflict and conflict not in plan.remarks:
        plan.remarks.append(conflict)
    if body is None:
        body = new_organisation(register, plan, party)
    else:
        learn(register, plan, body, party)
    for scheme, value in party.identifiers:
        if (scheme, value) not in register.numbers:
            register.number(body, scheme, value)
            plan.add(
                OrganisationIdentifier(
                    organisation=body.saved(), scheme=scheme, value=value
                )
            )
    return body


def new_organisation(register, plan, party):
    """Plan a new organisation and enter it in the register."""
    slug = register.slug(party.name)
    row = plan.add(
        Organisation(
            name=party.name,
            slug=slug,
            kind=party.kind,
            nation=party.nation,
            website=party.website,
            contact_address=party.address,
            is_sme=party.is_sme,
            is_vcse=party.is_vcse,
        )
    )
    body = Body(None, party.name, slug, party.kind, row)
    register.enter(body)
    plan.bodies.append(body)
    return body


def learn(register, plan, body, party):
    """Plan another name, and the right kind of a provider that now buys."""
    if normal(party.name) not in body.names:
        register.rename(body, party.name)
        plan.add(OtherName(organisation=body.saved(), name=party.name))
    if party.buys and body.kind == "provider":
        row = body.saved()
        row.kind = body.kind = party.kind
        if row.pk:
            plan.change[Organisation][row.pk] = (row, {"kind"})
