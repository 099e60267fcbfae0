"""What is expected next of whoever takes a decision, and by when.

Pure but for the decision itself: nothing is read. What has been done, and what
no longer can be, is left out.
"""

from datetime import date

from commissions.decisions.notice_period import PRIVATE_SECOND, latest_notice
from commissions.public.commission.next_steps import Expected
from commissions.text.formats import on_day


def expected(decision, agenda, today: date) -> list[Expected]:
    """List what is to be done before and at a decision that is announced.

    `agenda` is what `commissions.decisions.notice_period.agenda` found, or None.
    """
    if decision.decided_on or not decision.published_at:
        return []
    due = [*second_notice(decision, today), *papers(agenda, today)]
    period = decision.due_on != decision.due_until
    by = f"by {on_day(decision.due_until)}" if period else on_day(decision.due_on)
    return [
        *sorted(due, key=lambda one: one.on),
        Expected(
            "Decide, and publish what was decided and why",
            decision.due_until,
            by,
            "Announced in the notice; each move keeps the old date and the reason.",
            late=decision.due_until < today,
        ),
    ]


def second_notice(decision, today):
    """Ask for the second notice of taking it in private, where that is to come."""
    to_come = decision.private_notice_on and not decision.second_notice_on
    if not (decision.is_private and to_come):
        return []
    on = latest_notice(PRIVATE_SECOND, decision.due_on)
    return [
        Expected(
            "Publish the second notice that it is taken in private, with the answer "
            "to what people said against it",
            on,
            f"by {on_day(on)}",
            "SI 2012/2089, regulation 5(4).",
            late=on < today,
        )
    ]


def papers(agenda, today):
    """Ask for the agenda and the reports of the meeting, until their day is over."""
    if not agenda or agenda.due_on < today:
        return []
    by = f"by {on_day(agenda.due_on)}"
    return [
        Expected(
            "Publish the agenda and the reports", agenda.due_on, by, f"{agenda.source}."
        )
    ]
