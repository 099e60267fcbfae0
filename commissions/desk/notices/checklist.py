"""A notice as a checklist: what its law asks for, what is known, what is missing."""

from dataclasses import dataclass

from commissions.desk.notices.known_facts import BEFORE, CHOSEN, KnownFacts
from commissions.law.notices import NoticeField, contents_of

STATEMENT = "Statement that "
VALUES = {**BEFORE, **CHOSEN}
BY_THE_PLATFORM = ("procurement_id", "authority_id")
"""What the platform gives, where it has not given it yet."""

PLACES = {
    "organisation": ("authority", "authority_address", "authority_id"),
    "post": ("contact",),
    "dates": ("tender_planned", "signing_planned"),
    "commission": (
        *("partners", "title", "kinds", "period", "place", "procedure"),
        *("dynamic_market", "special_regime", "value", "options", "service"),
    ),
    "involvement": ("engagement", "engagement_closes"),
    "documents": ("documents", "specification"),
    "tender": (
        *("category", "cpv", "submission", "criteria", "languages", "lots", "no_lots"),
        *("suits", "shortened", "conditions", "risks", "award_planned", "bids_planned"),
        "interest",
    ),
    "award": ("decided", "award_value", "bids", "standstill", "reasons", "deciders"),
    "direct": ("ground", "switching", "conflicts", "conflicts_managed", "urgency"),
    "supplier": ("suppliers", "sizes"),
    "contract": (
        *("contract_id", "contract_value", "signed", "indicators", "ratings"),
        *("rated_period", "change", "change_planned", "ending", "ended"),
    ),
}
"""Where in the portal each thing is supplied; all else is written on the platform."""

PLACE_OF = {key: place for place, keys in PLACES.items() for key in keys}


@dataclass(frozen=True)
class ChecklistItem:
    """One field of a notice: what is known of it, or where to supply it.

    `state` is known, missing, platform (it gives it), or maybe (only if there
    is such a thing, and nothing is known of one).
    """

    field: NoticeField
    value: str
    state: str
    place: str = ""


def checklist(commission, code):
    """Return what a notice has to say, each field with what is known of it."""
    known = KnownFacts(commission)
    fields = contents_of(code, commission.regime, commission.route)
    return [checklist_item(each, known) for each in fields]


def checklist_item(field, known):
    """Return one field of the checklist."""
    value = value_of_field(field, known)
    if value:
        return ChecklistItem(field, value, "known")
    if field.key in BY_THE_PLATFORM:
        return ChecklistItem(field, "", "platform", PLACE_OF.get(field.key, ""))
    state = "maybe" if field.if_any else "missing"
    return ChecklistItem(field, "", state, PLACE_OF.get(field.key, ""))


def value_of_field(field, known):
    """Return what is known of one field; a statement states itself."""
    if field.label.startswith(STATEMENT) and field.key != "procedure":
        said = field.label.removeprefix(STATEMENT)
        return f"{said[0].upper()}{said[1:]}."
    find = VALUES.get(field.key)
    return str(find(known) or "").strip() if find else ""


def missing_items(items):
    return [each for each in items if each.state == "missing"]
