"""Whether a decision, and taking it in private, were announced in time: in words.

Key decisions of a council's executive in England wait 28 clear days from the
notice (SI 2012/2089 regulation 9), unless the general exception (10) or special
urgency (11) is claimed. To take one in private asks for a first notice 28 clear days
before, with the reasons (5(2)), and a second 5 clear days before (5(4)), with what
people said against it and the answer (5(5)).
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext, ngettext

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
from commissions.text.formats import on_day


@dataclass(frozen=True)
class NoticeFinding:
    """What was found: a few words and a colour for a tag, then the working."""

    state: str
    label: str
    colour: str
    sentences: tuple[str, ...]
    source: str = ""
    short_by: int = 0


def find_notice_period(decision):
    """Find whether the notice of a published decision came early enough: a Finding.

    Counts from the day of publication in London to the day of the decision, or
    the first day of its period. Fetch its organisation with it.
    """
    period = decision.notice_period
    clock = period.clock
    given = notice_given(decision, period)
    if not needs_28_clear_days(decision):
        return NoticeFinding("free", "", "", (why_free(decision), given))
    short_by = period.short_by
    earliest = gettext("Without an exception, it cannot be taken before then.")
    counted = f"{clock.counting} {earliest}"
    if not short_by:
        met = gettext("The 28 clear days are met.")
        label = gettext("28 clear days met")
        return NoticeFinding("met", label, "green", (met, given, counted), clock.source)
    return find_shorter_notice(
        decision, period.notice, short_by, (given, counted), clock.source
    )


def notice_given(decision, period):
    """Say when the notice came, and how many clear days before what."""
    said = (
        ngettext(
            "The notice was published on {notice}, with {n} clear day before the "
            "decision, {day}.",
            "The notice was published on {notice}, with {n} clear days before the "
            "decision, {day}.",
            period.given,
        )
        if decision.decided_on
        else ngettext(
            "The notice was published on {notice}, with {n} clear day before the "
            "first day on which it can be taken, {day}.",
            "The notice was published on {notice}, with {n} clear days before the "
            "first day on which it can be taken, {day}.",
            period.given,
        )
    )
    return said.format(
        notice=on_day(period.notice), n=period.given, day=on_day(period.day)
    )


def why_free(decision):
    """Say why no 28 days are asked for."""
    if not decision.is_key:
        return gettext(
            "This is not a key decision, so no law says how long before it has to be "
            "announced."
        )
    return gettext(
        "The 28 clear days apply to the executives of councils in England. They do not "
        "apply to this body or this kind of decision."
    )


def find_shorter_notice(decision, notice, short_by, working, source):
    """Find what takes the place of 28 clear days where they were not given."""
    lead = ngettext(
        "The 28 clear days are not met: they are short by {n} day.",
        "The 28 clear days are not met: they are short by {n} days.",
        short_by,
    ).format(n=short_by)
    if decision.urgency == Decision.Urgency.GENERAL:
        return find_general_exception(
            decision, notice, short_by, (lead, *working), source
        )
    if decision.urgency == Decision.Urgency.SPECIAL:
        said = gettext(
            "Special urgency is claimed (regulation 11): the chair of the scrutiny "
            "committee has to agree that the decision cannot reasonably wait."
        )
        label = ngettext(
            "{n} day short: special urgency",
            "{n} days short: special urgency",
            short_by,
        ).format(n=short_by)
        return NoticeFinding(
            "excepted", label, "yellow", (lead, *working, said), source, short_by
        )
    said = gettext(
        "No general exception and no special urgency is claimed. Taken on this day, "
        "it would breach regulation 9."
    )
    label = ngettext(
        "{n} day short: no exception claimed",
        "{n} days short: no exception claimed",
        short_by,
    ).format(n=short_by)
    return NoticeFinding(
        "short", label, "red", (lead, *working, said), source, short_by
    )


def find_general_exception(decision, notice, short_by, working, source):
    """Find whether the 5 clear days of the general exception were given."""
    clock = count(GENERAL_EXCEPTION, notice)
    day = decision.decided_on or decision.due_on
    said = gettext(
        "The general exception is claimed (regulation 10), which asks for 5 clear "
        "days and a notice to the scrutiny committee. The first day allowed under it "
        "is {day}."
    ).format(day=on_day(clock.date))
    kept = day >= clock.date
    verdict = gettext("That is kept.") if kept else gettext("That is not kept either.")
    label = exception_label(short_by, kept)
    return NoticeFinding(
        "excepted" if kept else "short",
        label,
        "yellow" if kept else "red",
        (*working, f"{said} {verdict}"),
        f"{source}; {clock.source}",
        short_by,
    )


def exception_label(short_by, kept):
    """Say in a few words that the general exception was kept, or that it was not."""
    said = (
        ngettext(
            "{n} day short: general exception",
            "{n} days short: general exception",
            short_by,
        )
        if kept
        else ngettext(
            "{n} day short: general exception not met",
            "{n} days short: general exception not met",
            short_by,
        )
    )
    return said.format(n=short_by)


def privacy_notices(decision, today=None):
    """Find whether both notices of taking it in private came in time: a Finding.

    None where it is taken in public.
    """
    if not decision.is_private:
        return None
    if decision.organisation.kind != Organisation.Kind.LOCAL_AUTHORITY:
        said = gettext(
            "Regulation 5 applies to councils’ executives, not to this body."
        )
        return NoticeFinding("free", "", "", (said,))
    if not decision.private_notice_on:
        said = gettext(
            "No notice that it will be taken in private is recorded. Regulation 5(2) "
            "asks for one 28 clear days before."
        )
        return NoticeFinding("short", gettext("No notice of privacy"), "red", (said,))
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


def find_in_time(in_time, late, short_by, sentences, source):
    """Find a notice in time or late; `in_time` and `late` are the words of its tag."""
    if short_by:
        return NoticeFinding("short", late, "red", sentences, source, short_by)
    return NoticeFinding("met", in_time, "green", sentences, source)


def find_first_notice(notice, day):
    """Find whether 28 clear days lie between the first notice and the day."""
    clock = count(PRIVATE_FIRST, notice)
    said = gettext(
        "Notice that it will be taken in private was published on {notice}. "
        "{counting} It cannot be taken in private before then."
    ).format(notice=on_day(notice), counting=clock.counting)
    return find_in_time(
        gettext("Notice of privacy in time"),
        gettext("Notice of privacy late"),
        days_short(clock, day),
        (said,),
        clock.source,
    )


def find_second_notice(decision, day, today):
    """Find whether 5 clear days lie between the second notice and the day."""
    due = latest_notice(PRIVATE_SECOND, day)
    clock = count(PRIVATE_SECOND, decision.second_notice_on or due)
    if decision.second_notice_on:
        said = gettext(
            "A second notice, with what people said against it and the answer, was "
            "published on {day}. {counting}"
        ).format(day=on_day(decision.second_notice_on), counting=clock.counting)
        return find_in_time(
            gettext("Second notice of privacy in time"),
            gettext("Second notice of privacy late"),
            days_short(clock, day),
            (said,),
            clock.source,
        )
    if today <= due and not decision.decided_on:
        said = gettext(
            "A second notice, with what people said against it and the answer, is due "
            "by {day}, 5 clear days before."
        ).format(day=on_day(due))
        return NoticeFinding("due", "", "", (said,), clock.source)
    said = gettext(
        "A second notice, with what people said against it and the answer, was due by "
        "{day}. None is recorded."
    ).format(day=on_day(due))
    label = gettext("No second notice of privacy")
    return NoticeFinding("short", label, "red", (said,), clock.source)
