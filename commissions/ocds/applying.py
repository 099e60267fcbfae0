"""Apply a plan in one transaction, with its entries on the record."""

from collections import defaultdict

from django.db import transaction

from commissions.models import (
    Commission,
    Entry,
    Kind,
    Notice,
    Organisation,
    OrganisationIdentifier,
    Release,
)
from commissions.ocds.plan import ORDER
from commissions.search.filling import index

BY = "import"
ROWS = 500


def apply(plan, also=None):
    """Write what a plan says, all of it or nothing.

    `also` is called in the same transaction. The number of queries
    does not grow with the releases, beyond one for each 500 rows.
    """
    with transaction.atomic():
        for model in ORDER:
            model.objects.bulk_create(plan.create[model], batch_size=ROWS)
            change(model, plan.change[model].values())
        link(plan.links.values())
        Entry.objects.append_all(acts(plan))
        index([commission.pk for commission in plan.touched])
        if also:
            also()


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
    digests = {release.notice_id: release.digest for release in plan.create[Release]}
    for notice in plan.create[Notice]:
        yield Kind.NOTICE_RECEIVED, notice, BY, facts_of(notice, digests[notice.pk])


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
