"""By when the agenda and papers of a meeting that decides must be public.

Five clear days before it, by SI 2012/2089 (regulations 6(2) and 7(3)) for a
council's executive and by the Local Government Act 1972 (section 100B) for its
other committees, both in England. Whether weekends and bank holidays count is
the custom of each council: a setting of the organisation.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from commissions.law.deadlines import count
from commissions.models import Decision, Holiday, Organisation

EVERY_DAY = "exec_agenda_earliest_meeting"
WORKING = "exec_agenda_earliest_meeting_working_days"
OTHER_COMMITTEES = "Local Government Act 1972, section 100B(3)"
DAY = timedelta(days=1)
BEGAN = date(1986, 4, 1)  # Local Government (Access to Information) Act 1985
LONGEST = 40  # days looked back at: five working days end long before


@dataclass(frozen=True)
class Agenda:
    """The last day for the agenda, with the counting to the meeting."""

    due_on: date
    counting: str
    source: str
    caution: str


def agenda(decision) -> Agenda | None:
    """Return by when its agenda is due; None where no meeting of a council decides.

    None too for a meeting before the law on agendas began.
    """
    body = decision.organisation
    if not (decision.committee_id and is_a_councils(body)) or decision.decided_on:
        return None
    if decision.due_on < BEGAN:
        return None
    if body.agenda_in_working_days:
        rule, holidays = WORKING, Holiday.objects.calendar(body.nation)
    else:
        rule, holidays = EVERY_DAY, None
    last = latest(rule, decision.due_on, holidays)
    clock = count(rule, last, holidays)
    of_the_executive = decision.kind == Decision.Kind.EXECUTIVE
    source = clock.source if of_the_executive else OTHER_COMMITTEES
    return Agenda(last, clock.counting, source, clock.caution)


def is_a_councils(body):
    """Tell whether a body is a council in England."""
    council = body.kind == Organisation.Kind.LOCAL_AUTHORITY
    return council and body.nation == Organisation.Nation.ENGLAND


def latest(rule, meeting, holidays):
    """Return the last day of publication from which the meeting may be held.

    A working day, where the count leaves out the others.
    """
    day = meeting - DAY
    while (meeting - day).days < LONGEST and (
        count(rule, day, holidays).date > meeting
        or (holidays and not holidays.work_on(day))
    ):
        day -= DAY
    return day
