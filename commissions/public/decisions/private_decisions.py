"""Whether it was announced in time that a decision is taken in private.

SI 2012/2089 regulation 5: a first notice 28 clear days before, with the reasons
(5(2)), and a second 5 clear days before (5(4)), with what people said against it
and the answer (5(5)).
"""

from datetime import timedelta

from django.utils import timezone

from commissions.law.deadlines import count
from commissions.models import Organisation
from commissions.public.decisions.notice_period import Finding
from commissions.text.formats import on_day

FIRST = "exec_private_meeting_earliest"
SECOND = "exec_private_meeting_second_notice_earliest"
SECOND_NOTICE = timedelta(days=6)  # 5 clear days, regulation 5(4)


def privacy(decision, today=None):
    """Find whether both notices of taking it in private came in time: a Finding.

    None where it is taken in public.
    """
    if not decision.is_private:
        return None
    if decision.organisation.kind != Organisation.Kind.LOCAL_AUTHORITY:
        said = "Regulation 5 binds councils’ executives, not this body."
        return Finding("free", "", "", (said,))
    if not decision.private_notice_on:
        said = (
            "No notice that it will be taken in private is recorded. Regulation 5(2) "
            "asks for one 28 clear days before."
        )
        return Finding("short", "No notice of privacy", "red", (said,))
    day = decision.decided_on or decision.due_on
    return together(
        first(decision.private_notice_on, day),
        second(decision, day, today or timezone.localdate()),
    )


def together(one, other):
    """Join what was found of both notices; what is amiss names the whole."""
    amiss = [found for found in (one, other) if found.state == "short"]
    said = amiss[0] if amiss else one
    return Finding(
        said.state,
        said.label,
        said.colour,
        (*one.sentences, *other.sentences),
        f"{one.source}; {other.source}",
        one.short_by,
    )


def verdict(what, short_by, sentences, source):
    """Find a notice in time or late."""
    if short_by:
        return Finding("short", f"{what} late", "red", sentences, source, short_by)
    return Finding("met", f"{what} in time", "green", sentences, source)


def first(notice, day):
    """Find whether 28 clear days lie between the first notice and the day."""
    clock = count(FIRST, notice)
    said = (
        f"Notice that it will be taken in private was published on {on_day(notice)}. "
        f"{clock.counting} It may not be taken in private before then."
    )
    short_by = max((clock.date - day).days, 0)
    return verdict("Notice of privacy", short_by, (said,), clock.source)


def second(decision, day, today):
    """Find whether 5 clear days lie between the second notice and the day."""
    due = day - SECOND_NOTICE
    clock = count(SECOND, decision.second_notice_on or due)
    what = "A second notice, with what people said against it and the answer,"
    if decision.second_notice_on:
        said = (
            f"{what} was published on {on_day(decision.second_notice_on)}. "
            f"{clock.counting}"
        )
        short_by = max((clock.date - day).days, 0)
        return verdict("Second notice of privacy", short_by, (said,), clock.source)
    if today <= due and not decision.decided_on:
        said = f"{what} is due by {on_day(due)}, 5 clear days before."
        return Finding("due", "", "", (said,), clock.source)
    said = f"{what} was due by {on_day(due)}. None is recorded."
    return Finding("short", "No second notice of privacy", "red", (said,), clock.source)
