"""Whether a decision, and taking it in private, were announced in time: in words.

Key decisions of a council's executive in England wait 28 clear days from the
notice (SI 2012/2089 regulation 9), unless the general exception (10) or special
urgency (11) is claimed. To take one in private asks for a first notice 28 clear days
before, with the reasons (5(2)), and a second 5 clear days before (5(4)), with what
people said against it and the answer (5(5)).
"""

from dataclasses import dataclass

from django.utils import timezone

from commissions.decisions.notice_period import (
    GENERAL_EXCEPTION,
    PRIVATE_FIRST,
    PRIVATE_SECOND,
    days_short,
    latest_notice,
    needs_28_clear_days,
)
from commissions.law.deadlines import count
from commissions.models import Decision, Organisation
from commissions.text.formats import how_many, on_day


@dataclass(frozen=True)
class NoticeFinding:
    """What was found: a few words and a colour for a tag, then the working."""

    state: str
    label: str
    colour: str
    sentences: tuple[str, ...]
    source: str = ""
    short_by: int = 0


def clear_days_in_words(number):
    return f"{number} clear day" if number == 1 else f"{number} clear days"


def find_notice_period(decision):
    """Find whether the notice of a published decision came early enough: a Finding.

    Counts from the day of publication in London to the day of the decision, or
    the first day of its period. Fetch its organisation with it.
    """
    period = decision.notice_period
    notice, day, clock = period.notice, period.day, period.clock
    upon = (
        "the decision"
        if decision.decided_on
        else "the first day on which it may be taken"
    )
    told = (
        f"The notice was published on {on_day(notice)}, with {clear_days_in_words(period.given)} before "
        f"{upon}, {on_day(day)}."
    )
    if not needs_28_clear_days(decision):
        return NoticeFinding("free", "", "", (why_free(decision), told))
    short_by = period.short_by
    counted = f"{clock.counting} Without an exception, it may not be taken before then."
    if not short_by:
        met = "The 28 clear days are met."
        label = "28 clear days met"
        return NoticeFinding("met", label, "green", (met, told, counted), clock.source)
    return find_shorter_notice(
        decision, notice, short_by, (told, counted), clock.source
    )


def why_free(decision):
    """Say why no 28 days are asked for."""
    if not decision.is_key:
        return (
            "This is not a key decision, so no law says how long before it must be "
            "announced."
        )
    return (
        "The 28 clear days bind the executives of councils in England. They do not "
        "bind this body or this kind of decision."
    )


def find_shorter_notice(decision, notice, short_by, working, source):
    """Find what stands in for 28 clear days where they were not given."""
    lead = (
        f"The 28 clear days are not met: they are short by {how_many(short_by, 'day')}."
    )
    if decision.urgency == Decision.Urgency.GENERAL:
        return find_general_exception(
            decision, notice, short_by, (lead, *working), source
        )
    if decision.urgency == Decision.Urgency.SPECIAL:
        said = (
            "Special urgency is claimed (regulation 11): the chair of the scrutiny "
            "committee has to agree that the decision cannot reasonably wait."
        )
        label = f"{how_many(short_by, 'day')} short: special urgency"
        return NoticeFinding(
            "excepted", label, "yellow", (lead, *working, said), source, short_by
        )
    said = (
        "No general exception and no special urgency is claimed. Taken on this day, "
        "it would breach regulation 9."
    )
    label = f"{how_many(short_by, 'day')} short: no exception claimed"
    return NoticeFinding(
        "short", label, "red", (lead, *working, said), source, short_by
    )


def find_general_exception(decision, notice, short_by, working, source):
    """Find whether the 5 clear days of the general exception were given."""
    clock = count(GENERAL_EXCEPTION, notice)
    day = decision.decided_on or decision.due_on
    said = (
        f"The general exception is claimed (regulation 10), which asks for 5 clear "
        f"days and a notice to the scrutiny committee. The first day allowed under it "
        f"is {on_day(clock.date)}."
    )
    kept = day >= clock.date
    verdict = "That is kept." if kept else "That is not kept either."
    label = f"{how_many(short_by, 'day')} short: general exception" + (
        "" if kept else " not met"
    )
    return NoticeFinding(
        "excepted" if kept else "short",
        label,
        "yellow" if kept else "red",
        (*working, f"{said} {verdict}"),
        f"{source}; {clock.source}",
        short_by,
    )


def privacy_notices(decision, today=None):
    """Find whether both notices of taking it in private came in time: a Finding.

    None where it is taken in public.
    """
    if not decision.is_private:
        return None
    if decision.organisation.kind != Organisation.Kind.LOCAL_AUTHORITY:
        said = "Regulation 5 binds councils’ executives, not this body."
        return NoticeFinding("free", "", "", (said,))
    if not decision.private_notice_on:
        said = (
            "No notice that it will be taken in private is recorded. Regulation 5(2) "
            "asks for one 28 clear days before."
        )
        return NoticeFinding("short", "No notice of privacy", "red", (said,))
    day = decision.decided_on or decision.due_on
    return join_findings(
        find_first_notice(decision.private_notice_on, day),
        find_second_notice(decision, day, today or timezone.localdate()),
    )


def join_findings(one, other):
    """Join what was found of both notices; what is amiss names the whole."""
    amiss = [found for found in (one, other) if found.state == "short"]
    said = amiss[0] if amiss else one
    return NoticeFinding(
        said.state,
        said.label,
        said.colour,
        (*one.sentences, *other.sentences),
        f"{one.source}; {other.source}",
        one.short_by,
    )


def find_in_time(what, short_by, sentences, source):
    """Find a notice in time or late."""
    if short_by:
        return NoticeFinding(
            "short", f"{what} late", "red", sentences, source, short_by
        )
    return NoticeFinding("met", f"{what} in time", "green", sentences, source)


def find_first_notice(notice, day):
    """Find whether 28 clear days lie between the first notice and the day."""
    clock = count(PRIVATE_FIRST, notice)
    said = (
        f"Notice that it will be taken in private was published on {on_day(notice)}. "
        f"{clock.counting} It may not be taken in private before then."
    )
    short_by = days_short(clock, day)
    return find_in_time("Notice of privacy", short_by, (said,), clock.source)


def find_second_notice(decision, day, today):
    """Find whether 5 clear days lie between the second notice and the day."""
    due = latest_notice(PRIVATE_SECOND, day)
    clock = count(PRIVATE_SECOND, decision.second_notice_on or due)
    what = "A second notice, with what people said against it and the answer,"
    if decision.second_notice_on:
        said = (
            f"{what} was published on {on_day(decision.second_notice_on)}. "
            f"{clock.counting}"
        )
        short_by = days_short(clock, day)
        return find_in_time("Second notice of privacy", short_by, (said,), clock.source)
    if today <= due and not decision.decided_on:
        said = f"{what} is due by {on_day(due)}, 5 clear days before."
        return NoticeFinding("due", "", "", (said,), clock.source)
    said = f"{what} was due by {on_day(due)}. None is recorded."
    return NoticeFinding(
        "short", "No second notice of privacy", "red", (said,), clock.source
    )
