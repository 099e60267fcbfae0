"""Which organisation and which commission a release means, among those that are known.

Which organisation a party is: known by its numbers, then by its name.
Rules, in order:

1. A number known here names the organisation. Two numbers that name two
   organisations are a conflict: both stay, the first is used, the plan says so.
2. A name, compared without case and spacing, names it where nothing speaks
   against it: never where a register gives the two different numbers. A party
   without any number is the one body of that name; a buyer is the public body
   of that name; a supplier with a number of its own is it only by a
   registered company name, since two sole traders may share any other.
3. Otherwise it is a new organisation.

The index is read once for a run and grows with it: some 500 bytes for each
organisation.

Which commission of ours a platform's release is about.
In this order: the commission to which staff linked its OCID; the one whose own
OCID it has; the one that it names as its planning process; the one on
which staff recorded a notice under this number before the release came.
"""

from collections import defaultdict

from django.db.models import F
from django.utils.text import slugify

from commissions.models import (
    Commission,
    LinkedOcid,
    Notice,
    Organisation,
    OrganisationIdentifier,
    OtherName,
)
from commissions.ocds.importing.mapping.notice import platform_of
from commissions.ocds.importing.mapping.parties import ACCOUNTS, REGISTERED_NAME


def normal_name(name):
    """Return a name as it is compared: without case, spacing, "the", outer points."""
    return " ".join(name.casefold().split()).strip(" .,").removeprefix("the ")


class KnownBody:
    """One organisation, as far as matching needs it."""

    __slots__ = ("kind", "names", "numbers", "pk", "row", "slug")

    def __init__(self, pk, name, slug, kind, row=None):
        self.pk, self.slug, self.kind, self.row = pk, slug, kind, row
        self.names, self.numbers = {normal_name(name)}, set()

    def saved(self):
        """Return the organisation's row, for a foreign key to point to."""
        return self.row or Organisation(pk=self.pk, slug=self.slug, kind=self.kind)

    def contradicts(self, party):
        """Tell whether a register gives the two different numbers."""
        own = defaultdict(set)
        for scheme, value in self.numbers:
            own[scheme].add(value)
        return any(
            scheme in own and value not in own[scheme]
            for scheme, value in party.identifiers
            if scheme not in ACCOUNTS
        )


class OrganisationRegister:
    """Every organisation by its numbers and names, kept up with the database."""

    def __init__(self):
        self.bodies, self.numbers, self.slugs = {}, {}, set()
        self.names, self.other_names = defaultdict(list), defaultdict(list)
        self.read = {Organisation: 0, OrganisationIdentifier: 0, OtherName: 0}
        self.refresh()

    def unread(self, model, *fields):
        """Yield the rows added since the last look, oldest first."""
        rows = model.objects.filter(pk__gt=self.read[model]).order_by("pk")
        for row in rows.values_list("pk", *fields).iterator(2000):
            self.read[model] = row[0]
            yield row

    def refresh(self):
        """Take in what was added, by this run or another."""
        for pk, name, slug, kind in self.unread(Organisation, "name", "slug", "kind"):
            if pk not in self.bodies:
                self.enter(KnownBody(pk, name, slug, kind))
        fields = ("organisation_id", "scheme", "value")
        for _, pk, scheme, value in self.unread(OrganisationIdentifier, *fields):
            self.number(self.bodies[pk], scheme, value)
        for _, pk, name in self.unread(OtherName, "organisation_id", "name"):
            self.rename(self.bodies[pk], name)

    def enter(self, body):
        """Index a body by its slug and name."""
        if body.pk:
            self.bodies[body.pk] = body
        self.slugs.add(body.slug)
        for name in body.names:
            self.names[name].append(body)

    def settle(self, bodies):
        """Index new bodies by the keys the database gave them."""
        for body in bodies:
            body.pk, body.row = body.row.pk, None
            self.bodies[body.pk] = body

    def number(self, body, scheme, value):
        """Index a body by a number."""
        body.numbers.add((scheme, value))
        self.numbers[scheme, value] = body

    def rename(self, body, name):
        """Index a body by another name."""
        if normal_name(name) not in body.names:
            body.names.add(normal_name(name))
            self.other_names[normal_name(name)].append(body)

    def find(self, party):
        """Return the body that a party is, or None, and what conflicts."""
        known = [self.numbers.get(number) for number in party.identifiers]
        known = list(dict.fromkeys(filter(None, known)))
        if len(known) > 1:
            slugs = " and ".join(body.slug for body in known)
            return known[0], (
                f"“{party.name}” has the numbers of two organisations, {slugs}. "
                f"Both stay; {known[0].slug} was taken. Merge them if they are one."
            )
        return (known[0], "") if known else self.named(party)

    def named(self, party):
        """Return the body of a party's name, where nothing speaks against it."""
        key = normal_name(party.name)
        fitting = [b for b in self.names.get(key, ()) if not b.contradicts(party)]
        if not party.identifiers:
            return self.nameless(party, fitting)
        if party.buys:
            public = [body for body in fitting if body.kind != "provider"]
            public += [b for b in self.other_names.get(key, ()) if b not in public]
            public = [b for b in public if not b.contradicts(party)]
            if len(public) == 1:
                return public[0], ""
        if REGISTERED_NAME.search(party.name) and len(fitting) == 1:
            return fitting[0], ""
        return None, ""

    def nameless(self, party, fitting):
        """Return the body that a party without any number is."""
        if party.buys and not fitting:
            fitting = self.other_names.get(normal_name(party.name), [])
        without = [body for body in fitting if not body.numbers]
        if len(fitting) == 1 or without:
            return (without or fitting)[0], ""
        if not fitting:
            return None, ""
        return None, (
            f"“{party.name}” comes without a number, and {len(fitting)} "
            "organisations have that name. It was kept apart from them."
        )

    def slug(self, name):
        """Return a slug that no organisation has."""
        stem = slugify(name)[:240].strip("-") or "organisation"
        slug, number = stem, 1
        while slug in self.slugs:
            number += 1
            slug = f"{stem}-{number}"
        return slug


# Plan the organisations of a release: new ones, new numbers, new names.


def organisation(register, plan, party):
    """Return the body that a party is, planning what is new about it."""
    body, conflict = register.find(party)
    if conflict and conflict not in plan.remarks:
        plan.remarks.append(conflict)
    if body is None:
        body = new_organisation(register, plan, party)
    else:
        learn_identifiers(register, plan, body, party)
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
    body = KnownBody(None, party.name, slug, party.kind, row)
    register.enter(body)
    plan.bodies.append(body)
    return body


def learn_identifiers(register, plan, body, party):
    """Plan another name, and the right kind of a provider that now buys."""
    if normal_name(party.name) not in body.names:
        register.rename(body, party.name)
        plan.add(OtherName(organisation=body.saved(), name=party.name))
    if party.buys and body.kind == "provider":
        row = body.saved()
        row.kind = body.kind = party.kind
        if row.pk:
            plan.change[Organisation][row.pk] = (row, {"kind"})


SAME = {"planning", ""}
"""Relations that mean one exercise. A framework, a renewal or a sub-contract
is another commission, and is not joined."""


class CommissionMatches:
    """The commissions of some releases by OCID, read in a few queries.

    `found` are the commissions; `links` are the OCIDs that joined by what a
    release says or by a recorded notice, and that nobody has linked yet;
    `named` are those that joined only because a release says so;
    `kept` are notices that are here already, by (platform, number), each with
    the `digest` of its release or None.
    """

    def __init__(self, received):
        self.found = own_commissions({each.ocid for each in received})
        add_linked(self.found, {each.ocid for each in received})
        self.links, self.named = {}, set()
        others = [each for each in received if each.ocid not in self.found]
        self.by_relation(others)
        self.kept = kept_commissions(received)
        self.by_number([each for each in others if each.ocid not in self.found])

    def by_relation(self, received):
        """Join what names a commission of ours as its planning process."""
        named = {each.ocid: related_ocids(each.value) for each in received}
        wanted = {ocid for ocids in named.values() for ocid in ocids}
        known = own_commissions(wanted) if wanted else {}
        if wanted:
            add_linked(known, wanted)
        for ocid, ocids in named.items():
            if target := next(filter(None, map(known.get, ocids)), None):
                self.join(ocid, target)
                self.named.add(ocid)

    def by_number(self, received):
        """Join what staff recorded before under the notice's number."""
        for each in received:
            notice = self.notice_of(each)
            if notice and notice.commission:
                self.join(each.ocid, notice.commission)

    def join(self, ocid, commission):
        self.found[ocid] = self.links[ocid] = commission

    def notice_of(self, received):
        """Return the notice that staff recorded for a release, or None."""
        platform = platform_of(received.ocid, "", received.publisher)
        notice = self.kept.get((platform, received.id))
        return notice if notice and notice.digest is None else None


def own_commissions(ocids):
    """Return commissions by their own OCID."""
    rows = Commission.objects.filter(ocid__in=ocids).select_related("organisation")
    return {commission.ocid: commission for commission in rows}


def add_linked(found, ocids):
    """Add the commissions to which OCIDs were linked, in place of a stand-in."""
    known = {commission.pk: commission for commission in found.values()}
    rows = LinkedOcid.objects.filter(ocid__in=ocids).select_related(
        "commission__organisation"
    )
    for link in rows:
        one = known.setdefault(link.commission_id, link.commission)
        found[link.ocid] = one


def kept_commissions(received):
    """Return the notices that are here under these numbers, received or by hand."""
    numbers = {each.id for each in received}
    rows = (
        Notice.objects.filter(release_id__in=numbers)
        .select_related("commission__organisation", "organisation")
        .annotate(digest=F("release__digest"))
    )
    return {(notice.platform, notice.release_id): notice for notice in rows}


def related_ocids(value):
    """List the OCIDs that a release names as the process it follows on from."""
    listed = value.get("relatedProcesses")
    return [
        str(each["identifier"])
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and means_the_same(each)
    ]


def means_the_same(each):
    """Tell whether a related process is named by OCID, as the same exercise."""
    relations = each.get("relationship")
    relations = relations if isinstance(relations, list) else [relations or ""]
    return (
        str(each.get("scheme", "")).lower() == "ocid"
        and isinstance(each.get("identifier"), str)
        and bool(SAME.intersection(map(str, relations or [""])))
    )
