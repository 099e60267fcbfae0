"""Who decides what is above an officer’s ceiling: cabinets, a committee, one elected.

Posts and people come first (people.py): a committee’s members are among them.
"""

from decimal import Decimal

from commissioning_portal.demo.acts import holder
from commissioning_portal.demo.people import COUNCIL, EASTMARSH, ICB, PCC, known_as
from commissions.models import Commissioner, Committee, Organisation, Post

VAT = Decimal("1.2")

COMMITTEES = [  # organisation, slug, name, what it may decide, members with roles
    (
        COUNCIL,
        "norfordshire-cabinet",
        "Norfordshire Cabinet",
        "Every contract above what an officer may commit, and any that changes a "
        "service in two wards or more. It meets in public on the second Tuesday of "
        "the month.",
        {
            "Cllr Ruth Abernethy": "Chair",
            "Cllr Dev Patel-Moore": "",
            "Cllr Owen Hartley": "",
        },
    ),
    (
        ICB,
        "norfordshire-health-commissioning-committee",
        "Norfordshire Health Commissioning Committee",
        "Health contracts above £2.5 million, except mental health contracts up to "
        "£10 million.",
        {"Chidi Nwachukwu": "Chair", "Aoife Brennan": "", "Margaret Adeyemi": ""},
    ),
    (
        EASTMARSH,
        "eastmarsh-cabinet",
        "Eastmarsh Cabinet",
        "Every contract above what an officer may commit. It meets in public on the "
        "first Thursday of the month.",
        {"Cllr Nadia Rahman": "Chair", "Cllr Tom Bexley": ""},
    ),
]
ABOVE = {  # organisation: the post that decides above everybody’s ceiling
    PCC: "police-and-crime-commissioner",
}


def load(story):
    """Add the committees that are not there yet, with their members."""
    for known in COMMITTEES:
        committee(story, *known)


def committee(story, body, slug, name, may_decide, members):
    """Add one committee with its members."""
    body = Organisation.objects.get(slug=body)
    added, new = Committee.objects.get_or_create(
        slug=slug,
        defaults={
            "organisation": body,
            "name": name,
            "may_decide": may_decide,
            "mailbox": f"{slug}@{body.slug}.example",
            "phone": "01632 960990",
            "postal_address": f"{body.name}\n1 Market Square\nNorford\nNF1 1AA",
        },
    )
    if not new:
        return
    for member, role in members.items():
        added.memberships.create(
            commissioner=Commissioner.objects.get(slug=known_as(member)),
            role=role,
            started_on=story.day(-700),
        )


def decider(commission):
    """Return who may decide on all that a commission may cost: a post or committee.

    The holder, where its ceiling is not passed (pounds, excluding VAT); else the
    body’s committee, or the one who was elected.
    """
    holds = holder(commission)
    ceiling = getattr(holds, "ceiling", None)
    if ceiling is None or cost(commission) <= ceiling:
        return holds
    body = commission.organisation
    if body.slug in ABOVE:
        return Post.objects.get(organisation=body, slug=ABOVE[body.slug])
    return Committee.objects.get(organisation=body)


def cost(commission):
    """Return the most that a commission may cost: pounds, excluding VAT."""
    most = Decimal(commission.value_max or 0)
    return most / VAT if commission.value_vat == "included" else most
