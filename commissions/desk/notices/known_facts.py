"""What a commission can already say in a notice, field by field, in words.

Each function takes the `KnownFacts` of one commission and returns text, empty
where nothing is known. Names are those of `commissions.law.notices.contents`.
"""

from dataclasses import dataclass, field

from commissions.commission.standstill import standstill_of
from commissions.law.dates import write_day
from commissions.models import Commission
from commissions.text.formats import amount, value_range

PPON = "GB-PPON"
CATEGORIES = {"goods": "Goods", "services": "Services", "works": "Works"}
DECIDED = ("not_decided", "other", "")


@dataclass
class KnownFacts:
    """One commission with what belongs to it, read once."""

    commission: Commission
    planned: dict = field(init=False)
    reached: dict = field(init=False)

    def __post_init__(self):
        its = self.commission
        self.organisation = its.organisation
        self.tender = getattr(its, "tender", None)
        self.direct = getattr(its, "direct_award", None)
        self.award = its.awards.order_by("-decided_on", "-pk").first()
        contracts = its.contracts.order_by("-signed_on", "-pk")
        self.contract = contracts.first()
        dates = list(its.stage_dates.all())
        self.planned = {d.stage: d.planned_on for d in dates if d.planned_on}
        self.reached = {d.stage: d.actual_on for d in dates if d.actual_on}

    def of_tender(self, name):
        return getattr(self.tender, name, "") or ""

    def suppliers(self):
        """Return the providers of the contract, or of the award, or those proposed."""
        for holder in (self.contract, self.award):
            if holder and (found := list(holder.suppliers.all())):
                return found
        return [self.direct.supplier] if self.direct and self.direct.supplier else []


def day_written(value):
    """Write a day or a time as a day; nothing where there is none."""
    return write_day(value) if value else ""


def joined_by_lines(*parts):
    """Join what is known of several parts, one to a line."""
    return "\n".join(part for part in parts if part)


def together_or_nothing(*parts):
    """Join parts that are only of use together."""
    return joined_by_lines(*parts) if all(parts) else ""


def authority_address(known):
    """The organisation's postal and email address."""
    return together_or_nothing(
        known.organisation.contact_address, known.organisation.contact_email
    )


def authority_id(known):
    """Its number on the central platform."""
    rows = known.organisation.identifiers.filter(scheme=PPON)
    return ", ".join(rows.values_list("value", flat=True))


def partners(known):
    return ", ".join(each.name for each in known.commission.partners.all())


def contact(known):
    """Whoever holds the post that holds the commission, at its role mailbox."""
    post = known.commission.post
    if post is None:
        return ""
    named = post.tenure.commissioner.name if post.tenure else ""
    address = post.postal_address or known.organisation.contact_address
    return together_or_nothing(named, post.title, address, post.mailbox)


def title(known):
    """The title, and the reference here."""
    return f"{known.commission.title} ({known.commission.reference})"


def procurement_id(known):
    """The identifiers that platforms gave it."""
    rows = known.commission.linked_ocids.values_list("ocid", flat=True)
    return ", ".join(rows)


def what_is_bought(known):
    """What is bought, in words."""
    return known.of_tender("description") or known.commission.summary


def period(known):
    """When the service runs."""
    first, last = known.commission.starts_on, known.commission.ends_on
    return together_or_nothing(
        f"From {day_written(first)}" if first else "",
        f"to {day_written(last)}" if last else "",
    )


def place(known):
    return ", ".join(area.name for area in known.commission.areas.all())


def service(known):
    """The health care services with their CPV code."""
    code = known.of_tender("cpv")
    return together_or_nothing(what_is_bought(known), f"CPV {code}" if code else "")


def engagement_closes(known):
    """When the engagement closes or closed."""
    if known.commission.window_for == Commission.Window.ENGAGEMENT:
        return day_written(known.commission.window_closes_at)
    after = known.reached.get("draft_open") or known.reached.get("considering")
    return day_written(after) if "engagement" in known.reached else ""


def engagement(known):
    """How providers took part, as it was entered."""
    rows = known.commission.involvements.filter(group="providers")
    return "\n".join(rows.values_list("how", flat=True))


def procedure(known):
    """The route to a provider."""
    its = known.commission
    return "" if its.route in DECIDED else its.get_route_display()


def dynamic_market(known):
    """Whether a dynamic market is used."""
    if known.commission.route in DECIDED:
        return ""
    return "Yes" if known.commission.route == "dynamic_market" else "No"


def documents(known):
    """The papers that are published with it."""
    rows = known.commission.documents.exclude(document_type="")
    return "\n".join(rows.values_list("title", flat=True))


def specification(known):
    """The published specifications."""
    rows = known.commission.documents.filter(document_type="technicalSpecifications")
    return "\n".join(rows.values_list("title", flat=True))


def submission(known):
    """How and until when to bid."""
    closes = known.of_tender("closes_at")
    how = known.of_tender("how_to_bid") or known.of_tender("platform_url")
    return together_or_nothing(how, f"By {day_written(closes)}" if closes else "")


def special_regime(known):
    """Light touch, or none."""
    return "Light touch contract" if known.commission.light_touch else "No"


def value(known):
    """The estimated value."""
    tender = known.tender
    if tender and (tender.amount or tender.amount_gross):
        return amount(tender.amount, tender.amount_gross, tender.currency)
    its = known.commission
    return value_range(its.value_min, its.value_max, its.get_value_vat_display())


def criteria(known):
    """What bids are judged by, with the weights."""
    rows = known.tender.criteria.all() if known.tender else ()
    return "\n".join(
        f"{each.name}: {each.weight.normalize():f} per cent"
        if each.weight
        else each.name
        for each in rows
    )


def lots(known):
    """The lots."""
    rows = known.tender.lots.all() if known.tender else ()
    return "\n".join(
        joined_by_lines(f"{each.lot_id}: {each}", amount(each.amount)) for each in rows
    )


def no_lots(known):
    """Why it is not in lots, where that is asked."""
    if known.commission.light_touch:
        return "Not asked of a light touch contract."
    return "It is in lots." if lots(known) else known.of_tender("no_lots_because")


def suitable_for_small_firms(known):
    """Whom it suits."""
    if known.tender is None or known.tender.suits_sme is None:
        return ""
    said = {True: "yes", False: "no", None: "not stated"}
    return (
        f"Small and medium-sized firms: {said[known.tender.suits_sme]}\n"
        f"Voluntary and community bodies: {said[known.tender.suits_vcse]}"
    )


def award_planned(known):
    """When the contract is expected to be awarded."""
    expected = known.of_tender("award_expected_on")
    return day_written(
        expected or known.planned.get("standstill") or known.planned.get("contract")
    )


def shortened(known):
    """Why bids close sooner."""
    asked = known.tender and known.tender.shortened
    return known.tender.get_shortened_display() if asked else ""


BEFORE = {
    "authority": lambda known: known.organisation.name,
    "partners": partners,
    "authority_address": authority_address,
    "authority_id": authority_id,
    "contact": contact,
    "title": title,
    "procurement_id": procurement_id,
    "category": lambda known: CATEGORIES.get(known.of_tender("category"), ""),
    "kinds": what_is_bought,
    "period": period,
    "cpv": lambda known: known.of_tender("cpv"),
    "place": place,
    "service": service,
    "tender_planned": lambda known: day_written(known.planned.get("tender")),
    "bids_planned": lambda known: day_written(known.of_tender("closes_at")),
    "engagement_closes": engagement_closes,
    "engagement": engagement,
    "procedure": procedure,
    "dynamic_market": dynamic_market,
    "documents": documents,
    "specification": specification,
    "interest": lambda known: known.of_tender("how_to_bid"),
    "submission": submission,
    "special_regime": special_regime,
    "value": value,
    "criteria": criteria,
    "lots": lots,
    "no_lots": no_lots,
    "suits": suitable_for_small_firms,
    "shortened": shortened,
    "award_planned": award_planned,
    "options": lambda known: known.commission.extension,
    **{
        name: lambda known, name=name: known.of_tender(name)
        for name in ("languages", "conditions", "risks")
    },
}
"""What is said before anybody is chosen, by the key of its field."""


# The choice, the contract and its end.

SIZES = {True: "yes", False: "no", None: ""}


def ground(known):
    """On which ground there is no competition, and why."""
    direct = known.direct
    return (
        joined_by_lines(direct.get_ground_display(), direct.explanation)
        if direct
        else ""
    )


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
        joined_by_lines(
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
    return joined_by_lines(f"{award.bids_received} received", said)


def standstill(known):
    """When the standstill of the award ends."""
    if known.award is None:
        return ""
    return day_written(standstill_of(known.commission, award=known.award).last)


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
    return joined_by_lines(said, *weighed)


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
    return joined_by_lines(*titles) or known.contract.no_indicators_because


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
    return (
        f"{day_written(newest[0].starts_on)} to {day_written(newest[0].ends_on)}"
        if newest
        else ""
    )


def last_change(known):
    """Return the newest change of the contract, or None."""
    if known.contract is None:
        return None
    return known.contract.amendments.order_by("-made_on", "-pk").first()


def change_of_contract(known):
    """What the newest change does to the value and the term."""
    newest = last_change(known)
    if newest is None:
        return ""
    value = together_or_nothing(
        amount(newest.amount_before), amount(newest.amount_after)
    )
    term = together_or_nothing(
        day_written(newest.ends_before), day_written(newest.ends_after)
    )
    return joined_by_lines(
        newest.changed, value.replace("\n", ", then "), term.replace("\n", ", then ")
    )


def day_of_change(known):
    """When the newest change was made."""
    newest = last_change(known)
    return day_written(newest.made_on) if newest else ""


def ending(known):
    """Why the contract ended."""
    its = known.contract
    return (
        joined_by_lines(its.get_ending_display(), its.ended_why)
        if its and its.ended_on
        else ""
    )


def reader_of(part, name):
    """Return the function that reads one day or word of a part of what is known."""

    def read(known):
        found = getattr(getattr(known, part), name, None)
        return found if isinstance(found, str) else day_written(found)

    return read


CHOSEN = {
    "ground": ground,
    "switching": switching,
    "urgency": urgency,
    "suppliers": suppliers,
    "sizes": sizes,
    "decided": reader_of("award", "decided_on"),
    "award_value": award_value,
    "bids": bids,
    "standstill": standstill,
    "signing_planned": lambda known: day_written(known.planned.get("contract")),
    "contract_id": reader_of("contract", "reference"),
    "contract_value": contract_value,
    "signed": reader_of("contract", "signed_on"),
    "indicators": indicators,
    "ratings": ratings,
    "rated_period": rated_period,
    "change": change_of_contract,
    "change_planned": day_of_change,
    "ending": ending,
    "ended": reader_of("contract", "ended_on"),
    "cancelled": lambda known: day_written(known.reached.get("cancelled")),
    "deciders": deciders,
    "reasons": reasons,
    "conflicts": reader_of("direct", "conflicts"),
    "conflicts_managed": conflicts_managed,
}
"""What is said of the choice, the contract and its end, by the key of its field."""
