"""The notices of a contract below the threshold: UK4 and UK7 (sections 84 to 87)."""

from commissions.law.dates import write_day
from commissions.law.language import gettext, marked
from commissions.law.notices import NOTICE_TYPES
from commissions.law.notices_due.contracts import before_the_law
from commissions.law.notices_due.due import (
    NoticeState,
    due_without_clock,
    published_due,
    sentences,
)
from commissions.law.notices_due.facts import NoticeFacts
from commissions.law.thresholds import notifiable

NORTHERN_IRISH = marked("Northern Irish rules ask for none below the threshold.")


def owed_below_threshold(facts: NoticeFacts):
    """Yield the two notices that there are below the threshold, and any others out."""
    yield tender_notice_below_threshold(facts)
    yield from details_notice_below_threshold(facts)
    for code in ("UK1", "UK2", "UK3"):
        why = gettext("Published by choice: below the threshold it is not needed.")
        if out := published_due(facts, code, why):
            yield out


def notifiable_floor(facts):
    """Return the amount from which these notices are needed."""
    return notifiable(facts.central, facts.began_on)


def spared_below_threshold(facts) -> str:
    """Say why no notice is needed, or nothing where one may be."""
    if facts.nation == "northern_ireland":
        return gettext(NORTHERN_IRISH)
    limit = notifiable_floor(facts)
    if facts.nation != "wales" and facts.worth_at_least(limit.amount) is False:
        return gettext("It is worth less than £{amount} with VAT.").format(
            amount=f"{limit.amount:,}"
        )
    return ""


def condition_below_threshold(facts) -> str:
    """Say on what a notice still depends, where the value does not tell."""
    limit = notifiable_floor(facts)
    if facts.nation == "wales":
        return gettext("Wales sets its own amount from which it is needed.")
    if facts.worth_at_least(limit.amount) is None:
        return gettext(
            "It is needed from £{amount} with VAT; the value is not known."
        ).format(amount=f"{limit.amount:,}")
    return ""


def tender_notice_below_threshold(facts):
    """UK4: before the contract is advertised."""
    if out := published_due(facts, "UK4", gettext("It invited suppliers to bid.")):
        return out
    if why := spared_below_threshold(facts):
        return due_without_clock(facts, "UK4", NoticeState.NOT_NEEDED, why)
    if not NOTICE_TYPES["UK4"].is_asked(facts.regime, facts.route):
        why = gettext(
            "Only where the contract is advertised, and not sent to chosen suppliers."
        )
        return due_without_clock(facts, "UK4", NoticeState.NOT_NEEDED, why)
    if facts.past("tender"):
        return tendered_on(facts)
    why = sentences(
        gettext("Before the contract is advertised."), condition_below_threshold(facts)
    )
    return due_without_clock(facts, "UK4", NoticeState.NOT_YET, why)


def tendered_on(facts):
    """Return the tender notice of a tender that has begun without it."""
    came = facts.reached.get("tender")
    if condition_below_threshold(facts) or came is None:
        why = sentences(
            gettext("None is recorded for the tender."),
            condition_below_threshold(facts),
        )
        return due_without_clock(facts, "UK4", NoticeState.UNRECORDED, why)
    why = gettext(
        "Suppliers were invited on {day}, and no tender notice is recorded."
    ).format(day=write_day(came))
    return due_without_clock(facts, "UK4", NoticeState.LATE, why, on=came)


def details_notice_below_threshold(facts):
    """UK7: as soon as reasonably practicable, which no clock counts."""
    why = spared_below_threshold(facts)
    if why:
        yield due_without_clock(facts, "UK7", NoticeState.NOT_NEEDED, why)
        return
    signed = facts.signatures()
    yield from (before_the_law(facts, "UK7", each) for each in facts.earlier())
    for contract in signed:
        about = contract.name if len(signed) > 1 else ""
        out = facts.first("UK7", since=contract.signed_on)
        state = NoticeState.PUBLISHED if out else NoticeState.DUE
        why = sentences(
            gettext(
                "As soon as reasonably practicable; the contract was signed on {day}."
            ).format(day=write_day(contract.signed_on)),
            condition_below_threshold(facts),
        )
        yield due_without_clock(facts, "UK7", state, why, about=about, published_on=out)
    if not signed and not facts.earlier():
        out = facts.first("UK7")
        why = sentences(
            gettext("As soon as reasonably practicable after the signature."),
            condition_below_threshold(facts),
        )
        state = NoticeState.PUBLISHED if out else NoticeState.NOT_YET
        yield due_without_clock(facts, "UK7", state, why, published_on=out)
