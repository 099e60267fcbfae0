"""What a notice would change, in words: ours beside theirs. Pure.

Takes the plain JSON values of a proposal (commissions.ocds.proposals.models) and
gives back changes with their lines, each a label and two texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from commissions.commission.choices import Regime, Route, Vat
from commissions.law.lifecycle import STAGES
from commissions.ocds.proposals.models import in_order
from commissions.text.formats import at_time, on_day, sum_of, value_range
from commissions.text.labels import STATES as STATUSES

NOTHING = "Not stated"
LONGEST = 600  # characters of one text shown; the whole is in the notice
LABELS = {
    "stage": "Stage",
    "closes_at": "Open for bids until",
    "value": "Value",
    "regime": "Law",
    "route": "Route to a provider",
    "light_touch": "Light touch",
    "starts_on": "Starts on",
    "ends_on": "Ends on",
    "extension": "Possible extension",
    "tender": "Tender",
    "criteria": "How bids are judged",
    "documents": "Documents",
    "amount": "Value, excluding VAT",
    "amount_gross": "Value, including VAT",
    "cpv": "Procurement code (CPV)",
    "opens_at": "Opens for bids",
    "questions_close_at": "Questions until",
    "how_to_bid": "How to bid",
    "suits_sme": "Suits small and medium-sized firms",
    "suits_vcse": "Suits voluntary and community bodies",
    "decided_on": "Decided on",
    "signed_on": "Signed on",
    "standstill_ends_on": "Standstill ends on",
    "latest_end_on": "Ends at the latest on",
    "method_details": "Procedure, in words",
    "no_competition_ground": "Ground for no competition",
    "no_competition_because": "Why there is no competition",
    "award": "Follows award",
}
COLUMNS = (
    *("title", "suppliers", "lots", "amount", "amount_gross", "status"),
    *("decided_on", "signed_on", "standstill_ends_on", "starts_on", "ends_on"),
    *("opens_at", "questions_close_at", "closes_at"),
)
MANY = ("tender", "criteria", "documents")
CODES = {
    "stage": {code: stage.name for code, stage in STAGES.items()},
    "status": STATUSES,
    "regime": dict(Regime.choices),
    "route": dict(Route.choices),
}


@dataclass(frozen=True)
class ProposedChange:
    """One change that can be ticked: its key, its name, and its lines."""

    what: str
    name: str
    lines: tuple[tuple[str, str, str], ...]
    new: bool

    @property
    def single(self) -> bool:
        """Whether its one line says no more than its name does."""
        return "/" not in self.what.replace("plan/", "") and self.what not in MANY


def column_place(column: tuple) -> tuple[int, str]:
    """Say where a column stands among the others: its name first, words last."""
    name = column[0]
    return COLUMNS.index(name) if name in COLUMNS else len(COLUMNS), name


def column_label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def value_in_words(name: str, value, bodies: Mapping[str, str]) -> str:
    """Say one plain value in words; `bodies` names organisations by slug."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(bodies.get(each, str(each)) for each in value)
    said = write_value(name, value)
    return said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"


def write_value(name: str, value: str) -> str:
    """Write an amount, a day, a time or a code as people do; words as they are."""
    if name in ("amount", "amount_gross"):
        return sum_of(Decimal(value))
    if name.endswith("_on"):
        return on_day(date.fromisoformat(value))
    if name.endswith("_at"):
        return at_time(datetime.fromisoformat(value))
    return CODES.get(name, {}).get(value, str(value))


def value_range_in_words(value) -> str:
    """Say the lowest and highest value and what it counts."""
    if not value:
        return NOTHING
    low, high = (Decimal(each) if each else None for each in value[:2])
    return value_range(low, high, dict(Vat.choices)[value[2]]) or NOTHING


def change_in_words(
    what: str, ours, theirs, bodies: Mapping[str, str]
) -> ProposedChange:
    """Say one change in words."""
    kind, _, key = what.partition("/")
    if what == "value":
        lines = [
            (
                column_label(what),
                value_range_in_words(ours),
                value_range_in_words(theirs),
            )
        ]
    elif what == "documents":
        lines = [("New", "–", each["title"]) for each in theirs.values()]
    elif what == "criteria":
        lines = criteria_in_words(ours or [], theirs)
    elif kind == "plan":
        said = (value_in_words("planned_on", each, bodies) for each in (ours, theirs))
        lines = [("Planned for", *said)]
    elif isinstance(theirs, dict):
        before = ours or {}
        lines = [
            (
                column_label(n),
                value_in_words(n, before.get(n), bodies),
                value_in_words(n, v, bodies),
            )
            for n, v in sorted(theirs.items(), key=column_place)
            if (n, v) != ("currency", "GBP")
        ]
    else:
        said = (value_in_words(what, each, bodies) for each in (ours, theirs))
        lines = [(column_label(what), *said)]
    return ProposedChange(
        what, name_of_change(kind, key, theirs), tuple(lines), ours is None
    )


def criteria_in_words(ours: list, theirs: list) -> list[tuple[str, str, str]]:
    """Say what bids are judged by: each criterion with its weight on both sides."""
    sides = [
        {(lot, name): said for lot, name, *said in side} for side in (ours, theirs)
    ]
    return [
        (
            f"{name}, lot {lot}" if lot else name,
            *(weight_in_words(s.get((lot, name))) for s in sides),
        )
        for lot, name in dict.fromkeys([*sides[0], *sides[1]])
    ]


def weight_in_words(said) -> str:
    """Say a criterion's weight in per cent; that it is not there, or has none."""
    if said is None:
        return "Not there"
    return f"{Decimal(said[1]).normalize():f}%" if said[1] else "No weight"


def name_of_change(kind: str, key: str, theirs) -> str:
    """Name a change: Stage; Plan for “Tender”; Lot 1: North."""
    if kind == "plan":
        return f"Plan for “{STAGES[key].name}”"
    if not key:
        return column_label(kind)
    title = theirs.get("title", "")
    return f"{kind.capitalize()} {key}{f': {title}' if title else ''}"


def changes_in_words(
    stored: Mapping[str, list], bodies: Mapping[str, str]
) -> list[ProposedChange]:
    """Say all the changes of a proposal in words, in the order of people's interest."""
    return [change_in_words(what, *stored[what], bodies) for what in in_order(stored)]


def organisation_slugs(stored: Mapping[str, list]) -> set[str]:
    """Return the slugs of the organisations that the changes name."""
    return {
        slug
        for sides in stored.values()
        for side in sides
        if isinstance(side, dict)
        for slug in side.get("suppliers", ())
    }
