"""What a commission can already say of the choice, the contract and its end."""

from commissions.desk.notices.fields_tender import both, listed, on
from commissions.text.formats import amount

SIZES = {True: "yes", False: "no", None: ""}


def ground(known):
    """On which ground there is no competition, and why."""
    direct = known.direct
    return listed(direct.get_ground_display(), direct.explanation) if direct else ""


def switching(known):
    """Why no tender was suitable."""
    direct = known.direct
    return direct.explanation if direct and direct.ground == "switching" else ""


def urgency(known):
    """Why it could not wait."""
    direct = known.direct
    return direct.explanation if direct and direct.ground == "psr_urgent" else ""


def suppliers(known):
    """Each supplier with its address and its numbers."""
    return "\n".join(
        listed(
            each.name,
            each.contact_address,
            ", ".join(f"{i.scheme} {i.value}" for i in each.identifiers.all()),
        )
        for each in known.suppliers()
    )


def sizes(known):
    """Whether each supplier is small, or voluntary."""
    told = [each for each in known.suppliers() if each.is_sme is not None]
    return "\n".join(
        f"{each.name}: small or medium-sized: {SIZES[each.is_sme]}"
        + (f"; voluntary: {SIZES[each.is_vcse]}" if each.is_vcse is not None else "")
        for each in told
    )


def bids(known):
    """How many bid, and how many were assessed."""
    award = known.award
    if award is None or award.bids_received is None:
        return ""
    assessed = award.bids_assessed
    said = f"{assessed} assessed" if assessed is not None else ""
    return listed(f"{award.bids_received} received", said)


def award_value(known):
    """What the award is worth."""
    award = known.award
    return amount(award.amount, award.amount_gross, award.currency) if award else ""


def contract_value(known):
    """What the contract is worth."""
    its = known.contract
    return amount(its.amount, its.amount_gross, its.currency) if its else ""


def deciders(known):
    """Which post or committee decided."""
    if known.direct:
        return str(known.direct.decider)
    decision = known.award.decision if known.award else None
    return str(decision.post or decision.committee) if decision else ""


def reasons(known):
    """Why this provider, and how the key criteria weighed."""
    said = known.award.reasons if known.award else ""
    said = said or (known.direct.explanation if known.direct else "")
    weighed = (f"{each}: {each.finding}" for each in known.commission.weighings.all())
    return listed(said, *weighed)


def conflicts_managed(known):
    """What was done about conflicts; nothing to do where there are none."""
    direct = known.direct
    if direct is None:
        return ""
    return direct.conflicts_managed or f"Nothing to manage: {direct.conflicts}"


def indicators(known):
    """The key performance indicators, or why there are none."""
    if known.contract is None:
        return ""
    titles = (str(each) for each in known.contract.indicators.all())
    return listed(*titles) or known.contract.no_indicators_because


def newest_ratings(known):
    """Return the ratings of the period rated last."""
    if known.contract is None:
        return []
    rows = [
        rating
        for indicator in known.contract.indicators.prefetch_related("ratings")
        for rating in indicator.ratings.all()
    ]
    last = max((rating.ends_on for rating in rows), default=None)
    return [rating for rating in rows if rating.ends_on == last]


def ratings(known):
    """How each indicator was rated last."""
    return "\n".join(
        f"{each.indicator}: {each.get_level_display()}"
        for each in newest_ratings(known)
    )


def rated_period(known):
    """The period rated last."""
    newest = newest_ratings(known)
    return f"{on(newest[0].starts_on)} to {on(newest[0].ends_on)}" if newest else ""


def last_change(known):
    """Return the newest change of the contract, or None."""
    if known.contract is None:
        return None
    return known.contract.amendments.order_by("-made_on", "-pk").first()


def change(known):
    """What the newest change does to the value and the term."""
    newest = last_change(known)
    if newest is None:
        return ""
    value = both(amount(newest.amount_before), amount(newest.amount_after))
    term = both(on(newest.ends_before), on(newest.ends_after))
    return listed(
        newest.changed, value.replace("\n", ", then "), term.replace("\n", ", then ")
    )


def change_planned(known):
    """When the newest change was made."""
    newest = last_change(known)
    return on(newest.made_on) if newest else ""


def ending(known):
    """Why the contract ended."""
    its = known.contract
    return (
        listed(its.get_ending_display(), its.ended_why) if its and its.ended_on else ""
    )


def of(part, name):
    """Return the function that reads one day or word of a part of what is known."""

    def read(known):
        found = getattr(getattr(known, part), name, None)
        return found if isinstance(found, str) else on(found)

    return read


CHOSEN = {
    "ground": ground,
    "switching": switching,
    "urgency": urgency,
    "suppliers": suppliers,
    "sizes": sizes,
    "decided": of("award", "decided_on"),
    "award_value": award_value,
    "bids": bids,
    "standstill": of("award", "standstill_ends_on"),
    "signing_planned": lambda known: on(known.planned.get("contract")),
    "contract_id": of("contract", "reference"),
    "contract_value": contract_value,
    "signed": of("contract", "signed_on"),
    "indicators": indicators,
    "ratings": ratings,
    "rated_period": rated_period,
    "change": change,
    "change_planned": change_planned,
    "ending": ending,
    "ended": of("contract", "ended_on"),
    "cancelled": lambda known: on(known.reached.get("cancelled")),
    "deciders": deciders,
    "reasons": reasons,
    "conflicts": of("direct", "conflicts"),
    "conflicts_managed": conflicts_managed,
}
"""What is said of the choice, the contract and its end, by the key of its field."""
