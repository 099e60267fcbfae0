"""One notice as it is owed: its state, its day, the counting, and the sentence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commissions.law.dates import days_in_words, write_day
from commissions.law.deadlines import Clock, count
from commissions.law.language import gettext, marked
from commissions.law.notices import NOTICE_TYPES, NoticeType


class NoticeState(StrEnum):
    """Where a notice stands."""

    LATE = "late"
    DUE = "due"
    PUBLISHED = "published"
    UNRECORDED = "unrecorded"
    NOT_KNOWN = "not_known"
    NOT_YET = "not_yet"
    NOT_NEEDED = "not_needed"


ORDER = list(NoticeState)
NAMES = {
    NoticeState.LATE: marked("Late"),
    NoticeState.DUE: marked("Due"),
    NoticeState.PUBLISHED: marked("Published"),
    NoticeState.UNRECORDED: marked("Not recorded here"),
    NoticeState.NOT_KNOWN: marked("Not known"),
    NoticeState.NOT_YET: marked("Not yet"),
    NoticeState.NOT_NEEDED: marked("Not needed"),
}


def sentences(*said: str) -> str:
    """Join sentences, leaving out those that are empty."""
    return " ".join(filter(None, said))


@dataclass(frozen=True)
class NoticeDue:
    """One notice that a commission owes, owed, or does not owe.

    `on` is the last day by law, where it sets one, `today` the day it was asked
    on. `why` says in plain words what makes it due or spares it, `counting` how
    the day was counted, `source` by what law. `about` names the contract or
    the change, where there are several; `part` tells the copy of a contract
    from its notice. `published_on` is the day of publication.
    """

    code: str
    state: NoticeState
    why: str
    today: date
    on: date | None = None
    counting: str = ""
    source: str = ""
    about: str = ""
    part: str = ""
    published_on: date | None = None

    @property
    def notice(self) -> NoticeType:
        return NOTICE_TYPES[self.code]

    @property
    def name(self) -> str:
        return gettext(self.part) or self.notice.name

    @property
    def state_name(self) -> str:
        if self.days_late:
            return gettext("Published late")
        return gettext(NAMES[self.state])

    @property
    def days(self) -> int | None:
        return (self.on - self.today).days if self.on else None

    @property
    def days_late(self) -> int:
        """How many days after its last day it was published."""
        if not (self.on and self.published_on):
            return 0
        return max(0, (self.published_on - self.on).days)

    @property
    def standing(self) -> str:
        """Where it stands, for a list: as its state, and how it was published.

        Empty for a published one where the law fixes no day, and for the copy of
        a contract, which is no notice.
        """
        if self.state != NoticeState.PUBLISHED:
            return self.state.value
        if self.on is None or self.part:
            return ""
        return "published_late" if self.days_late else "published_on_time"

    @property
    def sentence(self) -> str:
        """Say where it stands: UK7 due by 14 January 2027, in 12 days."""
        said = {
            NoticeState.PUBLISHED: self.said_published,
            NoticeState.LATE: self.said_late,
            NoticeState.DUE: self.said_due,
            NoticeState.NOT_KNOWN: self.said_not_known,
            NoticeState.NOT_YET: self.said_not_yet,
        }.get(self.state)
        part = gettext(self.part).lower()
        what = f"{self.code}, {part}," if part else self.code
        return f"{what} {said() if said else gettext(NAMES[self.state]).lower()}"

    def said_published(self) -> str:
        """Say when it was published, and how late that was."""
        if not self.published_on:
            return gettext("published")
        if not self.days_late:
            said = gettext("published on {day}")
        else:
            said = gettext("published on {day}, {days} late")
        day, days = write_day(self.published_on), days_in_words(self.days_late)
        return said.format(day=day, days=days)

    def said_not_known(self) -> str:
        """Say by when it was due, if the law asks it of this body."""
        said = gettext("not known: due by {day} if the law asks it of this body")
        return said.format(day=write_day(self.on))

    def said_not_yet(self) -> str:
        """Say by when it will be due, where a day is fixed."""
        return self.said_due() if self.on else gettext("not yet")

    def said_late(self) -> str:
        """Say since when it is late."""
        if self.on is None:
            return gettext("late")
        return gettext("late: due by {day}, {days} ago").format(
            day=write_day(self.on), days=days_in_words(-self.days)
        )

    def said_due(self) -> str:
        """Say by when it is due, and how far off that is."""
        if self.on is None:
            return gettext("due")
        if self.days:
            said = gettext("due by {day}, in {days}")
        else:
            said = gettext("due by {day}, today")
        return said.format(day=write_day(self.on), days=days_in_words(self.days))


def due_by_clock(
    facts, code, rule, start, why, *, published_on=None, **more
) -> NoticeDue:
    """Return a notice whose last day a clock counts from a day that has come."""
    clock = count(rule, start)
    state = NoticeState.DUE if clock.date >= facts.today else NoticeState.LATE
    if published_on:
        state = NoticeState.PUBLISHED
    return NoticeDue(
        code,
        state,
        why,
        facts.today,
        clock.date,
        published_on=published_on,
        **worked_out(clock),
        **more,
    )


def worked_out(clock: Clock) -> dict[str, str]:
    """Return the counting and the source of a clock, as a Due has them."""
    counting = " ".join(filter(None, [clock.counting, clock.caution]))
    return {"counting": counting, "source": clock.source}


def due_without_clock(facts, code, state, why, **more) -> NoticeDue:
    """Return a notice whose day no clock counts."""
    source = more.pop("source", NOTICE_TYPES[code].law)
    return NoticeDue(code, state, why, facts.today, source=source, **more)


def published_due(facts, code, why, *, since=None, **more):
    """Return a notice that is published, or None."""
    on = facts.first(code, since=since)
    if on is None:
        return None
    return due_without_clock(
        facts, code, NoticeState.PUBLISHED, why, published_on=on, **more
    )


def unrecorded_due(facts, code, followed):
    """Return a notice that a later one implies."""
    why = gettext(
        "A notice that follows it was published on {day}, so its platform "
        "should have it. It is not recorded here."
    ).format(day=write_day(followed))
    return due_without_clock(facts, code, NoticeState.UNRECORDED, why)
