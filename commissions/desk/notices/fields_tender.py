"""What a commission can already say in a notice, field by field, in words.

Each function takes what is `Known` of one commission and returns text, empty
where nothing is known. Names are those of `commissions.law.notices.contents_tender`.
"""

from dataclasses import dataclass, field

from commissions.law.dates import day
from commissions.models import Commission
from commissions.text.formats import amount, value_range

PPON = "GB-PPON"
CATEGORIES = {"goods": "Goods", "services": "Services", "works": "Works"}
DECIDED = ("not_decided", "other", "")


@dataclass
class Known:
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
        """Return what the tender says under a name, or nothing."""
        return getattr(self.tender, name, "") or ""

    def suppliers(self):
        """Return the providers of the contract, or of the award, or those proposed."""
        for holder in (self.contract, self.award):
            if holder and (found := list(holder.suppliers.all())):
                return found
        return [self.direct.supplier] if self.direct and self.direct.supplier else []


def on(value):
    """Write a day or a time as a day; nothing where there is none."""
    return day(value) if value else ""


def listed(*parts):
    """Join what is known of several parts, one to a line."""
    return "\n".join(part for part in parts if part)


def both(*parts):
    """Join parts that are only of use together."""
    return listed(*parts) if all(parts) else ""


def authority_address(known):
    """The organisation's postal and email address."""
    return both(known.organisation.contact_address, known.organisation.contact_email)


def authority_id(known):
    """Its number on the central platform."""
    rows = known.organisation.identifiers.filter(scheme=PPON)
    return ", ".join(rows.values_list("value", flat=True))


def partners(known):
    """The other authorities."""
    return ", ".join(each.name for each in known.commission.partners.all())


def contact(known):
    """Whoever holds the post that holds the commission, at its role mailbox."""
    post = known.commission.post
    if post is None:
        return ""
    named = post.tenure.commissioner.name if post.tenure else ""
    address = post.postal_address or known.organisation.contact_address
    return both(named, post.title, address, post.mailbox)


def title(known):
    """The title, and the reference here."""
    return f"{known.commission.title} ({known.commission.reference})"


def procurement_id(known):
    """The identifiers that platforms gave it."""
    rows = known.commission.linked_ocids.values_list("ocid", flat=True)
    return ", ".join(rows)


def kinds(known):
    """What is bought, in words."""
    return known.of_tender("description") or known.commission.summary


def period(known):
    """When the service runs."""
    first, last = known.commission.starts_on, known.commission.ends_on
    return both(f"From {on(first)}" if first else "", f"to {on(last)}" if last else "")


def place(known):
    """Where, by the names of the places."""
    return ", ".join(area.name for area in known.commission.areas.all())


def service(known):
    """The health care services with their CPV code."""
    code = known.of_tender("cpv")
    return both(kinds(known), f"CPV {code}" if code else "")


def engagement_closes(known):
    """When the engagement closes or closed."""
    if known.commission.window_for == Commission.Window.ENGAGEMENT:
        return on(known.commission.window_closes_at)
    after = known.reached.get("draft_open") or known.reached.get("considering")
    return on(after) if "engagement" in known.reached else ""


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
    return both(how, f"By {on(closes)}" if closes else "")


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
        listed(f"{each.lot_id}: {each}", amount(each.amount)) for each in rows
    )


def no_lots(known):
    """Why it is not in lots, where that is asked."""
    if known.commission.light_touch:
        return "Not asked of a light touch contract."
    return "It is in lots." if lots(known) else known.of_tender("no_lots_because")


def suits(known):
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
    return on(
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
    "kinds": kinds,
    "period": period,
    "cpv": lambda known: known.of_tender("cpv"),
    "place": place,
    "service": service,
    "tender_planned": lambda known: on(known.planned.get("tender")),
    "bids_planned": lambda known: on(known.of_tender("closes_at")),
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
    "suits": suits,
    "shortened": shortened,
    "award_planned": award_planned,
    "options": lambda known: known.commission.extension,
    **{
        name: lambda known, name=name: known.of_tender(name)
        for name in ("languages", "conditions", "risks")
    },
}
"""What is said before anybody is chosen, by the key of its field."""
