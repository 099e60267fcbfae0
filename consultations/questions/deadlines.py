"""When a question must be answered: the day, its working, and what moved it.

Computed at read time from the table of bank holidays, so that one announced
late moves every clock still running; the clock then says what moved it. A
question that is answered keeps the day it was due on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from commissions.law.dates import every_day, listed
from commissions.law.deadlines import Holidays, count
from commissions.law.holidays import SATURDAY
from commissions.models import Holiday
from commissions.text.formats import on_day

RULE = "question_answer"
DAY = timedelta(days=1)


def working_in_words(number):
    """Say how many working days: 1 working day, 12 working days."""
    return ngettext("{n} working day", "{n} working days", number).format(n=number)


class AnswerCalendars:
    """Every nation's bank holidays, read in one query for many clocks, if any run."""

    def __init__(self):
        self.built = {}

    @cached_property
    def rows(self):
        """Every bank holiday: nation, day, and when it was announced if late."""
        return list(Holiday.objects.values_list("nation", "day", "announced_on"))

    def of(self, nation, known_on=None):
        """Return a nation's holidays, all or those that were known on a day."""
        late = [announced for _, _, announced in self.rows if announced]
        if known_on and (not late or known_on >= max(late)):
            known_on = None
        key = nation, known_on
        if key not in self.built:
            self.built[key] = self.build(nation, known_on)
        return self.built[key]

    def build(self, nation, known_on):
        """Sort the days into the nation's own and those of the others."""
        own, elsewhere = set(), set()
        for whose, day, announced in self.rows:
            if known_on is None or announced is None or announced <= known_on:
                (own if whose == nation else elsewhere).add(day)
        return Holidays(nation, frozenset(own), frozenset(elsewhere))


@dataclass(frozen=True)
class AnswerDeadline:
    """The day an answer is due, how it was counted, and what moved it, if anything."""

    on: date
    counting: str
    caution: str = ""
    moved: str = ""


def answer_deadline(asked_on, nation, days, calendars, *, known_on=None):
    """Count the working days promised, from the day after a question was asked.

    `days` is the promise, in working days; `known_on` leaves out holidays that
    were announced later than that day: for a question answered then.
    """
    now = calendars.of(nation, known_on)
    clock = count(RULE, asked_on, now, days=days)
    before = calendars.of(nation, asked_on)
    first = count(RULE, asked_on, before, days=days).date
    moved = ""
    if clock.date != first:
        late = sorted(
            (now.days - before.days).intersection(every_day(asked_on, clock.date))
        )
        named = listed(on_day(day) for day in late if day.weekday() < SATURDAY)
        moved = ngettext(
            "Moved by {days}, from {day}: {named} became a bank holiday.",
            "Moved by {days}, from {day}: {named} became bank holidays.",
            len(late),
        ).format(
            days=working_in_words(sum(map(before.work_on, late))),
            day=on_day(first),
            named=named,
        )
    return AnswerDeadline(clock.date, clock.counting, clock.caution, moved)


def working_days(first, last, holidays):
    """Count the working days after one day, up to and including another."""
    return (
        sum(map(holidays.work_on, every_day(first + DAY, last))) if last > first else 0
    )


def last_day_overdue(days, holidays, today):
    """Return the latest day of asking whose answer was due before today."""
    day, left = today, days
    while left:
        day -= DAY
        left -= holidays.work_on(day)
    return day - DAY


@dataclass(frozen=True)
class AnswerStatus:
    """Whether a question waits or is answered, and when: a code, words, a tag's colour."""

    code: str
    label: str
    colour: str
    words: str
    due: AnswerDeadline


ONCE_ANSWERED = {
    False: ("answered", gettext_lazy("Answered on time"), "green"),
    True: ("late", gettext_lazy("Answered late"), "yellow"),
}
"""Code, label and colour of an answered question, by whether it was late."""


def status_of(question, calendars, today=None):
    """Return the status of a confirmed question on a day (today, unless said)."""
    today = today or timezone.localdate()
    nation = question.body.nation
    answered = question.answered_on
    due = answer_deadline(
        question.asked_on, nation, question.days, calendars, known_on=answered
    )
    if answered:
        return answered_status(question, due, calendars.of(nation, answered))
    holidays = calendars.of(nation)
    if due.on < today:
        late = working_in_words(working_days(due.on, today, holidays))
        words = gettext("Due on {day}. {days} later, there is no answer yet.")
        words = words.format(day=on_day(due.on), days=late)
        return AnswerStatus("overdue", gettext("Overdue"), "red", words, due)
    words = time_left(due.on, working_days(today, due.on, holidays))
    label = gettext("Waiting for an answer")
    return AnswerStatus("waiting", label, "blue", words, due)


def time_left(due_on, days):
    """Say when an answer is due, and how many working days are left."""
    if days:
        words = gettext("Due on {day}: {days} left.")
        return words.format(day=on_day(due_on), days=working_in_words(days))
    return gettext("Due on {day}, which is today.").format(day=on_day(due_on))


def status_in_short(question, calendars, today=None):
    """Return the status of a question; of an answered one without counting its days."""
    if not question.answered_at:
        return status_of(question, calendars, today)
    answered, was_due = question.answered_on, question.was_due_on
    words = answered_when(answered, was_due)
    label = ONCE_ANSWERED[answered > was_due]
    return AnswerStatus(*label, words, AnswerDeadline(was_due, ""))


def answered_when(answered, was_due):
    """Say when a question was answered, and when that was due."""
    words = gettext("Answered on {day}. It was due on {due}.")
    return words.format(day=on_day(answered), due=on_day(was_due))


def answered_status(question, due, holidays):
    """Return the status of an answered question: its clock has stopped."""
    was_due, answered = question.was_due_on, question.answered_on
    if due.on != was_due:  # the table was corrected since: show the day alone
        due = AnswerDeadline(was_due, "")
    if answered <= was_due:
        words = answered_when(answered, was_due)
        return AnswerStatus(*ONCE_ANSWERED[False], words, due)
    late = working_in_words(working_days(was_due, answered, holidays))
    words = gettext("Answered on {day}, {days} late. It was due on {due}.").format(
        day=on_day(answered), days=late, due=on_day(was_due)
    )
    return AnswerStatus(*ONCE_ANSWERED[True], words, due)
