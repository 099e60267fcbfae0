"""What an organisation did, as plain rows: what it held, its posts, what it asked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Responsibility:
    """A commission or a decision: who held it when, and which stages it reached."""

    name: str
    title: str
    entry: int
    published: date
    holders: list = field(default_factory=list)  # (day, record name, entry)
    stages: dict = field(default_factory=dict)  # stage: (first day, entry)
    over: date | None = None
    due: date | None = None  # of a decision: the day first announced

    def holder(self, on: date) -> tuple[str, int]:
        """Return who held it on a day, with the entry that says so."""
        past = [(name, entry) for day, name, entry in self.holders if day <= on]
        return past[-1] if past else ("", self.entry)

    def is_open(self, on: date) -> bool:
        """Tell whether it was public and not over on a day."""
        return self.published <= on and not (self.over and self.over <= on)


@dataclass
class Post:
    """A post: when somebody took it up, when it fell vacant, when it ended."""

    name: str
    entry: int
    since: date
    events: list = field(default_factory=list)  # (day, somebody is in it, entry)
    ended: date | None = None

    @property
    def title(self) -> str:
        """Its record name as people say it."""
        return self.name.rsplit("/", 1)[-1].replace("-", " ").capitalize()

    def is_held(self, on: date) -> bool:
        """Tell whether somebody was in it.

        One of which the record does not say that it is empty counts as held.
        """
        if not self.exists(on):
            return False
        past = [held for day, held, _ in sorted(self.events) if day <= on]
        return past[-1] if past else True

    def exists(self, on: date) -> bool:
        return self.ended is None or on < self.ended

    def vacancies(self) -> list:
        """List (first day, day it was taken up or ended or None, entry) of each vacancy."""
        found = []
        for day, held, entry in sorted(self.events):
            if not held:
                found.append([day, None, entry])
            elif found and found[-1][1] is None:
                found[-1][1] = day
        if found and found[-1][1] is None:
            found[-1][1] = self.ended
        return found


@dataclass
class Consultation:
    """A consultation: when it was open, what was said, when it was answered."""

    name: str
    title: str
    commission: str
    kind: str
    entry: int
    opens: date
    closes: date
    due: date
    comments: dict = field(default_factory=dict)  # record name: entry
    answered: date | None = None
    answer: int = 0
    outcomes: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class StatutoryNotice:
    """A statutory notice: whose it is by record name, its day and the law's last day."""

    name: str
    title: str
    on: date
    due: date
    entry: int


@dataclass
class OrganisationHistory:
    """All that the record says of one organisation."""

    slug: str
    commissions: dict = field(default_factory=dict)
    decisions: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    consultations: dict = field(default_factory=dict)
    questions: dict = field(default_factory=dict)  # (due, answered or None, entry)
    hidden: set = field(default_factory=set)  # questions counted, but not shown now
    moves: list = field(default_factory=list)  # (day, what moved, entry)
    exemptions: list = field(default_factory=list)  # (day, commission, entry)
    notices: list = field(default_factory=list)  # StatutoryNotice


def merge_histories(bodies: Iterable[OrganisationHistory]) -> OrganisationHistory:
    """Return several organisations as one: the whole portal."""
    whole = OrganisationHistory("")
    for body in bodies:
        for part in ("commissions", "decisions", "posts", "consultations", "questions"):
            getattr(whole, part).update(getattr(body, part))
        whole.hidden |= body.hidden
        for part in ("moves", "exemptions", "notices"):
            getattr(whole, part).extend(getattr(body, part))
    return whole
