"""The clear days that must lie before a decision, as the law of councils sets them.

Pages, files and gates all ask here; `commissions.law.deadlines` counts. A key decision
of a council's executive in England waits 28 clear days from its notice (SI 2012/2089
regulation 9); taking it in private needs two notices (regulation 5); the agenda of a
meeting comes five clear days before it (regulations 6(2) and 7(3), and the Local
Government Act 1972, section 100B(3), for a council's other committees). Whether
weekends and bank holidays count for an agenda is the custom of each council: a
setting of the organisation.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from commissions.commission.choices import DecisionKind
from commissions.law.deadlines import Clock, count
from commissions.organisations.models import Holiday, Organisation

KEY = "exec_key_decision_earliest"
GENERAL_EXCEPTION = "exec_general_exception_earliest"
PRIVATE_FIRST = "exec_private_meeting_earliest"
PRIVATE_SECOND = "exec_private_meeting_second_notice_earliest"
AGENDA = "exec_agenda_earliest_meeting"
AGENDA_IN_WORKING_DAYS = "exec_agenda_earliest_meeting_working_days"
OTHER_COMMITTEES = "Local Government Act 1972, section 100B(3)"
DAY = timedelta(days=1)
AGENDAS_BEGAN = date(1986, 4, 1)  # Local Government (Access to Information) Act 1985
LONGEST = 40  # days looked back at: five working days end long before


@dataclass(frozen=True)
class NoticePeriod:
    """The time from the notice of a decision to the day it is or may be taken on.

    `clock` counts the 28 clear days from the notice, whether or not they bind.
    """

    notice: date
    day: date
    clock: Clock

    @property
    def given(self) -> int:
        """How many clear days were given: neither of the two days counts."""
        return max((self.day - self.notice).days - 1, 0)

    @property
    def short_by(self) -> int:
        """How many days are missing from 28 clear days."""
        return days_short(self.clock, self.day)


def days_short(clock, day) -> int:
    """Return how many days too early a day is; none where it is not."""
    return max((clock.date - day).days, 0)


def notice_period(decision) -> NoticePeriod:
    """Return the notice period of a published decision.

    From the day of publication in London to the day of the decision, or the first
    day of its period.
    """
    notice = timezone.localdate(decision.published_at)
    day = decision.decided_on or decision.due_on
    return NoticePeriod(notice, day, count(KEY, notice))


def is_a_council_in_england(body):
    """Tell whether a body is bound by these regulations."""
    council = body.kind == Organisation.Kind.LOCAL_AUTHORITY
    return council and body.nation == Organisation.Nation.ENGLAND


def needs_28_clear_days(decision):
    """Tell whether the 28 days are the law: an executive's key decision in England."""
    return (
        decision.is_key
        and decision.kind in (DecisionKind.EXECUTIVE, DecisionKind.OFFICER)
        and is_a_council_in_england(decision.organisation)
    )


def latest_notice(rule, day, holidays=None):
    """Return the last day of a notice from which something may be done on a day.

    A working day, where the count leaves out the others.
    """
    notice = day - DAY
    while (day - notice).days < LONGEST and (
        count(rule, notice, holidays).date > day
        or (holidays and not holidays.work_on(notice))
    ):
        notice -= DAY
    return notice


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
    if not (decision.committee_id and is_a_council_in_england(body)):
        return None
    if decision.decided_on or decision.due_on < AGENDAS_BEGAN:
        return None
    if body.agenda_in_working_days:
        rule, holidays = AGENDA_IN_WORKING_DAYS, Holiday.objects.calendar(body.nation)
    else:
        rule, holidays = AGENDA, None
    last = latest_notice(rule, decision.due_on, holidays)
    clock = count(rule, last, holidays)
    of_the_executive = decision.kind == DecisionKind.EXECUTIVE
    source = clock.source if of_the_executive else OTHER_COMMITTEES
    return Agenda(last, clock.counting, source, clock.caution)
