"""Apply a plan in one transaction, with its entries on the record."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from commissions.models import (
    AwardCriterion,
    Commission,
    Entry,
    Kind,
    LinkedOcid,
    NotReady,
    Organisation,
    OrganisationIdentifier,
    Overtaken,
    Proposal,
    Release,
)
from commissions.ocds.importing.plan import BY, ORDER
from commissions.search.index import index

ROWS = 500


def apply(plan, also=None):
    """Write what a plan says, all of it or nothing.

    `also` is called in the same transaction. The number of queries
    does not grow with the releases, beyond one for each 500 rows.
    """
    with transaction.atomic():
        unweigh(plan)
        for model in ORDER:
            change(model, plan.change[model].values())
            model.objects.bulk_create(plan.create[model], batch_size=ROWS)
        link(plan.links.values())
        Entry.objects.append_all(acts(plan))
        index([commission.pk for commission in plan.touched])
        plan.taken = take(plan.create[Proposal])
        if also:
            also()


def unweigh(plan):
    """Drop the criteria that go; take the weights of those that change.

    Else the sum of old and new weights would pass 100 per cent half-way.
    """
    criteria = AwardCriterion.objects
    if plan.drop:
        criteria.filter(pk__in=plan.drop).delete()
    if changed := plan.change[AwardCriterion]:
        criteria.filter(pk__in=changed).update(weight=None)
        for _, names in changed.values():
            names.add("weight")


def change(model, changes):
    """Save the changed columns of rows."""
    changes = list(changes)
    names = set().union(*(names for _, names in changes))
    if model is Commission and changes:
        names.add("changed_at")
    if names:
        rows = [row for row, _ in changes]
        model.objects.bulk_update(rows, sorted(names), batch_size=ROWS)


def link(links):
    """Save links between rows; those that are there already stay as they are."""
    by_model = defaultdict(list)
    for row in links:
        by_model[type(row)].append(row)
    for through, rows in by_model.items():
        through.objects.bulk_create(rows, batch_size=ROWS, ignore_conflicts=True)


def take(proposals):
    """Take over at once what an organisation lets its notices change.

    Where a gate or the database refuses, or somebody else was first, it waits
    for people; the others are taken all the same.
    Returns how many were taken. Some fifteen queries for each.
    """
    taken = 0
    for proposal in proposals:
        if not proposal.commission.organisation.moved_by_notices:
            continue
        try:
            with transaction.atomic():
                Proposal.objects.get(pk=proposal.pk).accept(proposal.changes, by=BY)
        except (NotReady, Overtaken, ValidationError, DatabaseError):
            continue
        taken += 1
    return taken


def acts(plan):
    """Return the entries of a plan: what the public record says was done.

    No entry names a person: a supplier can be one, so its name is left out.
    """
    numbers = defaultdict(list)
    for each in plan.create[OrganisationIdentifier]:
        numbers[each.organisation_id].append(str(each))
    for body in plan.create[Organisation]:
        facts = {"sort": body.kind, "identifiers": numbers[body.pk]}
        yield Kind.ORGANISATION_ADDED, body, BY, facts
    for commission in plan.create[Commission]:
        facts = {
            "title": commission.title,
            "organisation": commission.organisation.record_name,
            "holder": None,
        }
        yield Kind.COMMISSION_PUBLISHED, commission, BY, facts
    for linked in plan.create[LinkedOcid]:
        yield Kind.OCID_LINKED, linked, BY, {"ocid": linked.ocid}
    for release in plan.create[Release]:
        facts = facts_of(release.notice, release.digest)
        yield Kind.NOTICE_RECEIVED, release.notice, BY, facts


def facts_of(notice, digest):
    """Return what an entry says of a notice: never its contact."""
    return {
        "code": notice.code,
        "tags": notice.tags,
        "platform": notice.platform,
        "url": notice.url,
        "published": notice.published_at.isoformat(),
        "sha256": digest,
    }
