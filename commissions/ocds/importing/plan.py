"""What an import would do, with reasons; and how it is applied, all of it or nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from commissions.models import (
    Amendment,
    Award,
    AwardCriterion,
    Commission,
    Contract,
    Document,
    Entry,
    Indicator,
    Kind,
    LinkedOcid,
    Lot,
    Notice,
    NotReady,
    Organisation,
    OrganisationIdentifier,
    OtherName,
    Overtaken,
    Proposal,
    Rating,
    Release,
    StageDate,
    StageDateChange,
    Tender,
)
from commissions.search.index import index_subjects, together

BY = "import"
"""Who acts in an import, as the record says."""

ROWS = 500  # in one query

ORDER = (  # each row after those it points to
    Organisation,
    OrganisationIdentifier,
    OtherName,
    Commission,
    LinkedOcid,
    Notice,
    Release,
    Proposal,
    Tender,
    Lot,
    AwardCriterion,
    Award,
    Contract,
    Amendment,
    Indicator,
    Rating,
    Document,
    StageDate,
    StageDateChange,
)
COUNTED = {
    Commission: ("commission", "commissions"),
    Notice: ("notice", "notices"),
    Organisation: ("organisation", "organisations"),
    OrganisationIdentifier: ("identifier", "identifiers"),
    OtherName: ("other name", "other names"),
    Tender: ("tender", "tenders"),
    Lot: ("lot", "lots"),
    AwardCriterion: ("award criterion", "award criteria"),
    Award: ("award", "awards"),
    Contract: ("contract", "contracts"),
    Amendment: ("change of a contract", "changes of contracts"),
    Indicator: ("indicator", "indicators"),
    Rating: ("rating", "ratings"),
    Document: ("document", "documents"),
    StageDate: ("date", "dates"),
}


@dataclass
class ImportPlan:
    """The rows of one batch to create, change and link, and what is said of it."""

    create: dict = field(default_factory=lambda: {model: [] for model in ORDER})
    change: dict = field(default_factory=lambda: {model: {} for model in ORDER})
    drop: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)
    bodies: list = field(default_factory=list)
    touched: list = field(default_factory=list)
    left_alone: int = 0
    refused: list = field(default_factory=list)
    remarks: list = field(default_factory=list)
    taken: int = 0

    def add(self, row):
        """Plan to create a row, and return it."""
        self.create[type(row)].append(row)
        return row

    def put(self, row, columns):
        """Plan to change the columns of a row that differ; tell whether any do."""
        differing = [
            name for name, value in columns.items() if getattr(row, name) != value
        ]
        for name in differing:
            setattr(row, name, columns[name])
        if differing:
            _, names = self.change[type(row)].setdefault(row.pk, (row, set()))
            names.update(differing)
        return bool(differing)

    def touch(self, row, name):
        """Plan to save one column of a row that exists, which was set already."""
        if row.pk:
            _, names = self.change[type(row)].setdefault(row.pk, (row, set()))
            names.add(name)

    def link(self, through, **ends):
        """Plan to link two rows, unless they are linked already."""
        key = (
            through,
            *(id(end) if end.pk is None else end.pk for end in ends.values()),
        )
        self.links.setdefault(key, through(**ends))

    def totals(self):
        """Return how many rows it creates and changes, by the model's names."""
        return ImportTotals(
            Counter({m: len(self.create[m]) for m in COUNTED if self.create[m]}),
            Counter({m: len(self.change[m]) for m in COUNTED if self.change[m]}),
            self.left_alone,
            len(self.refused),
            len(self.create[Proposal]),
            self.taken,
        )


@dataclass
class ImportTotals:
    """How many rows of each sort were created and changed; releases otherwise."""

    created: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    left_alone: int = 0
    refused: int = 0
    proposed: int = 0
    taken: int = 0

    def add(self, other):
        """Add the totals of one more batch."""
        self.created += other.created
        self.changed += other.changed
        self.left_alone += other.left_alone
        self.refused += other.refused
        self.proposed += other.proposed
        self.taken += other.taken

    def read(self):
        return self.created[Notice] + self.left_alone + self.refused

    def lines(self):
        """Return the totals in words, a line for each."""
        yield f"Created     {listed_models(self.created)}"
        yield f"Changed     {listed_models(self.changed)}"
        if self.proposed:
            yield f"Proposed    {self.proposals()}"
        yield f"Left alone  {counted_rows(self.left_alone, 'release', 'releases')}"
        yield f"Refused     {counted_rows(self.refused, 'release', 'releases')}"

    def proposals(self):
        """Return how many commissions people are asked about, in words."""
        asked = counted_rows(self.proposed, "set of changes", "sets of changes")
        at_once = f", {self.taken:,} taken over at once" if self.taken else ""
        return f"{asked}, for people to confirm{at_once}"


def counted_rows(number, one, many):
    return f"{number:,} {one if number == 1 else many}"


def listed_models(counter):
    """Return counted models in words: 3 commissions, 4 notices."""
    words = [counted_rows(counter[m], *COUNTED[m]) for m in COUNTED if counter[m]]
    return ", ".join(words) or "nothing"


def apply_plan(plan, also=None):
    """Write what a plan says, all of it or nothing.

    `also` is called in the same transaction. The number of queries
    does not grow with the releases, beyond one for each 500 rows.
    """
    with transaction.atomic():
        clear_weights(plan)
        for model in ORDER:
            save_changes(model, plan.change[model].values())
            model.objects.bulk_create(plan.create[model], batch_size=ROWS)
        save_links(plan.links.values())
        with together():
            Entry.objects.append_all(entries_of(plan))
            index_subjects(plan.touched)
        plan.taken = accept_at_once(plan.create[Proposal])
        if also:
            also()


def clear_weights(plan):
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


def save_changes(model, changes):
    """Save the changed columns of rows."""
    changes = list(changes)
    names = set().union(*(names for _, names in changes))
    if model is Commission and changes:
        names.add("changed_at")
    if names:
        rows = [row for row, _ in changes]
        model.objects.bulk_update(rows, sorted(names), batch_size=ROWS)


def save_links(links):
    """Save links between rows; those that are there already stay as they are."""
    by_model = defaultdict(list)
    for row in links:
        by_model[type(row)].append(row)
    for through, rows in by_model.items():
        through.objects.bulk_create(rows, batch_size=ROWS, ignore_conflicts=True)


def accept_at_once(proposals):
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


def entries_of(plan):
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
