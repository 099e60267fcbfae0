"""The waiting time between a choice and its contract: when it ends, and why then.

Pure but for the clocks: plain values go in. Under the Procurement Act the
standstill begins with the contract award notice (section 51); under the NHS
regime after the notice of intention to award, and it lasts until every
representation is settled (SI 2023/1348, regulation 12).
"""

from dataclasses import dataclass
from datetime import date

from commissions.law.dates import write_day
from commissions.law.deadlines import (
    Clock,
    ClockError,
    NoMinimum,
    count,
    standstill_rule,
)
from commissions.law.language import gettext, marked
from commissions.law.regimes import UNCOUNTED


@dataclass(frozen=True)
class Standstill:
    """When nobody may sign yet: `last` is the last such day, None where unknown.

    `state`: none, unknown, running, review, over or stopped. `sentence` says what
    it means today; `counting` and `source` are its working; `caution` a doubt.
    """

    state: str
    sentence: str
    last: date | None = None
    counting: str = ""
    source: str = ""
    caution: str = ""
    is_stated: bool = False
    """Whether an award names that last day."""


def first_day_to_identify(notice_at) -> Clock:
    """Return the first day on which the most suitable provider may be named."""
    return count("psr_msp_earliest_identify", notice_at, regime="psr")


def count_standstill(commission, started, holidays, *, urgent=False) -> Clock:
    """Count a commission's standstill from its notice.

    Raises NoMinimum where the law sets none, MissingDate without a notice.
    """
    rule = standstill_rule(
        commission.regime,
        commission.route,
        light_touch=commission.light_touch,
        urgent=urgent,
    )
    return count(rule, started, holidays)


def standstill_after_review(told_on, holidays) -> Clock:
    """Count the end of a standstill from the day the last further decision was told."""
    return count("psr_standstill_after_further_decision", told_on, holidays)


def standstill(
    commission, *, started, stated, holidays, today, urgent=False, review=None
) -> Standstill:
    """Say when the standstill of a commission ends, from its notice and what is stated.

    `started` is the time of the notice that begins it, `stated` the last day that
    the award names; `review` the Representations there are, or None.
    """
    if review and review.received:
        return standstill_under_review(review, holidays, today)
    try:
        clock = count_standstill(commission, started, holidays, urgent=urgent)
    except NoMinimum as none:
        return voluntary_standstill(commission.regime, str(none), stated, today)
    except ClockError:
        return stated_standstill(commission.regime, stated, today)
    last = max(filter(None, (clock.date, stated)))
    caution = clock.caution
    if stated and stated != clock.date:
        both = gettext(
            "The award names {stated}, the count gives {counted}. The later of the "
            "two counts."
        ).format(stated=write_day(stated), counted=write_day(clock.date))
        caution = f"{caution} {both}".strip()
    return Standstill(
        *standstill_meaning(last, today),
        last,
        clock.counting,
        clock.source,
        caution,
        last == stated,
    )


def standstill_meaning(last, today):
    """Return the state of a standstill that ends on a day, and what it means."""
    if today > last:
        return (
            "over",
            gettext(
                "The standstill ended on {day}. Since then the contract can be signed."
            ).format(day=write_day(last)),
        )
    return (
        "running",
        gettext("The contract cannot be signed before the end of {day}.").format(
            day=write_day(last)
        ),
    )


def voluntary_standstill(regime, why, stated, today):
    """Say that the law asks for no standstill, and what was announced all the same.

    Under a law whose days the portal does not count, it says no more than that.
    """
    if stated:
        state, sentence = standstill_meaning(stated, today)
        return Standstill(state, sentence, stated, why, is_stated=True)
    if regime in UNCOUNTED:
        said = gettext(
            "This law can forbid signing for a time. The portal does not count its days."
        )
    else:
        said = gettext("There is no standstill: the contract can be signed.")
    return Standstill("none", said, None, why)


UNKNOWN = (
    marked("The day on which the standstill ends is not published."),
    marked("The contract cannot be signed before it ends."),
)
BEGINS = {
    "procurement_act": marked(
        "It begins when the contract award notice (UK6) is published."
    ),
    "psr": marked(
        "It begins the day after the notice of intention to award is published."
    ),
}


def stated_standstill(regime, stated, today):
    """Say what is stated where nothing can be counted."""
    if stated:
        counting = gettext(
            "The award names this day. The notice it counts from is not known here."
        )
        return Standstill(
            *standstill_meaning(stated, today), stated, counting, is_stated=True
        )
    said = (UNKNOWN[0], BEGINS.get(regime, ""), UNKNOWN[1])
    return Standstill("unknown", " ".join(map(gettext, said)))


def standstill_under_review(review, holidays, today):
    """Say how representations hold the standstill up, until they are settled."""
    if not review.settled_at:
        return Standstill(
            "review",
            gettext(
                "The contract cannot be signed: representations were received, and "
                "the standstill lasts until each is settled."
            ),
            counting=gettext(
                "It ends 5 working days or more after the providers get the last "
                "further decision."
            ),
            source=gettext("SI 2023/1348, regulation 12(10)"),
        )
    if review.outcome != "go_ahead":
        return Standstill(
            "stopped",
            gettext("The contract will not be awarded as it was intended."),
        )
    clock = standstill_after_review(review.told_on, holidays)
    return Standstill(
        *standstill_meaning(clock.date, today),
        clock.date,
        clock.counting,
        clock.source,
        clock.caution,
    )
