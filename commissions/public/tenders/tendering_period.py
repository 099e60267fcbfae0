"""Was there time to bid? The days given, the fewest that the law asks, the working."""

from dataclasses import dataclass

from commissions.law.deadlines import ClockError, Facts, count, tendering_rule
from commissions.models import Tender
from commissions.text.formats import london, on_day

ASSUMED = (
    "Counted as if bids are sent electronically and every document was there from the "
    "first day: the tender does not say."
)


@dataclass(frozen=True)
class Finding:
    """Whether the shortest tendering period was kept: "kept", "short" or "none"."""

    state: str
    label: str
    colour: str
    sentence: str
    counting: str = ""
    source: str = ""
    caution: str = ""


def facts_of(commission, tender):
    """Return what the period depends on, as section 54(4) lists it."""
    why = Tender.Shortened
    return Facts(
        light_touch=commission.light_touch,
        urgent=tender.shortened == why.URGENCY,
        qualifying_planned_notice=tender.shortened == why.PLANNED_NOTICE,
        dynamic_market=tender.shortened == why.DYNAMIC_MARKET
        or commission.route == "dynamic_market",
        electronic=tender.electronic is not False,
        documents_together=tender.documents_together is not False,
    )


def tendering_period(commission, tender) -> Finding | None:
    """Find whether bidders had the time that the law gives them; None if unknown."""
    if not (tender.opens_at and tender.closes_at):
        return None
    opens, closes = (london(at).date() for at in (tender.opens_at, tender.closes_at))
    given = (closes - opens).days
    if commission.regime != "procurement_act":
        sentence = (
            f"Bidders have {days(given)}. Only the Procurement Act sets a minimum."
        )
        return Finding("none", "", "", sentence)
    try:
        clock = count(tendering_rule(facts_of(commission, tender)), opens)
    except ClockError as none:
        return Finding("none", "", "", f"Bidders have {days(given)}. {none}")
    least = (clock.date - opens).days
    kept = closes >= clock.date
    sentence = f"{days(given).capitalize()}; the law asks at least {least}."
    if not kept:
        sentence += (
            f" That is {days(least - given)} too few: bids may close on "
            f"{on_day(clock.date)} at the earliest."
        )
    return Finding(
        "kept" if kept else "short",
        "Time to bid kept" if kept else "Too little time to bid",
        "green" if kept else "red",
        sentence,
        clock.counting,
        clock.source,
        ASSUMED if None in (tender.electronic, tender.documents_together) else "",
    )


def days(number):
    """Write so many days."""
    return "1 day" if number == 1 else f"{number} days"
