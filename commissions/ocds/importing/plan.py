"""What an import would do: to create, to change, left alone, refused, and why."""

from collections import Counter
from dataclasses import dataclass, field

from commissions.models import (
    Award,
    AwardCriterion,
    Commission,
    Contract,
    Document,
    LinkedOcid,
    Lot,
    Notice,
    Organisation,
    OrganisationIdentifier,
    OtherName,
    Proposal,
    Release,
    StageDate,
    StageDateChange,
    Tender,
)

BY = "import"
"""Who acts in an import, as the record says."""

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
    Document: ("document", "documents"),
    StageDate: ("date", "dates"),
}


@dataclass
class Plan:
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

    def link(self, through, **ends):
        """Plan to link two rows, unless they are linked already."""
        key = (
            through,
            *(id(end) if end.pk is None else end.pk for end in ends.values()),
        )
        self.links.setdefault(key, through(**ends))

    def totals(self):
        """Return how many rows it creates and changes, by the model's names."""
        return Totals(
            Counter({m: len(self.create[m]) for m in COUNTED if self.create[m]}),
            Counter({m: len(self.change[m]) for m in COUNTED if self.change[m]}),
            self.left_alone,
            len(self.refused),
            len(self.create[Proposal]),
            self.taken,
        )


@dataclass
class Totals:
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
        """Return how many releases were read."""
        return self.created[Notice] + self.left_alone + self.refused

    def lines(self):
        """Return the totals in words, a line for each."""
        yield f"Created     {listed(self.created)}"
        yield f"Changed     {listed(self.changed)}"
        if self.proposed:
            yield f"Proposed    {self.proposals()}"
        yield f"Left alone  {counted(self.left_alone, 'release', 'releases')}"
        yield f"Refused     {counted(self.refused, 'release', 'releases')}"

    def proposals(self):
        """Return how many commissions people are asked about, in words."""
        asked = counted(self.proposed, "set of changes", "sets of changes")
        at_once = f", {self.taken:,} taken over at once" if self.taken else ""
        return f"{asked}, for people to confirm{at_once}"


def counted(number, one, many):
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def listed(counter):
    """Return counted models in words: 3 commissions, 4 notices."""
    words = [counted(counter[m], *COUNTED[m]) for m in COUNTED if counter[m]]
    return ", ".join(words) or "nothing"
