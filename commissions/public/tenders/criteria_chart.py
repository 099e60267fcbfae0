"""What bids were judged by, as a bar of weights with its table. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from commissions.text.charts import Part, bar

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Weights:
    """One set of criteria: whose it is, the parts of its bar, its rows, a doubt."""

    title: str
    rows: list
    caution: str = ""

    @property
    def drawn(self):
        return any(row["part"] for row in self.rows)


def weights(title, criteria) -> Weights:
    """Lay out (name, kind, weight or None, words) as a bar whose whole is 100 per cent.

    What the weights lack of it is left blank in the picture, and said.
    """
    given = [weight for _, _, weight, _ in criteria if weight is not None]
    total = sum(given, Decimal(0))
    counts = [("", name, weight or 0) for name, _, weight, _ in criteria]
    rest = max(WHOLE - total, Decimal(0))
    parts = bar([*counts, ("rest", "Not stated", rest)]) if given else []
    rows = [
        {
            "name": name,
            "kind": kind,
            "weight": f"{weight.normalize():f}%" if weight is not None else "",
            "words": words,
            "part": part_of(parts, place, weight),
        }
        for place, (name, kind, weight, words) in enumerate(criteria)
    ]
    return Weights(title, rows, doubt(total, len(given), len(criteria)))


def part_of(parts, place, weight) -> Part | None:
    """Return the part of the bar that shows one criterion; none without a weight."""
    return parts[place] if parts and weight is not None else None


def doubt(total, given, criteria) -> str:
    """Say what is odd about a set of weights."""
    if not given:
        return "The notice gives no weights."
    if total > WHOLE:
        return (
            f"As published, these weights come to {total.normalize():f} per cent: more "
            "than the whole."
        )
    if total < WHOLE:
        left = (WHOLE - total).normalize()
        return f"{left:f} per cent of the score is not accounted for here."
    return ""
