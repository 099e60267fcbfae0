"""The term of a contract as a picture and as facts: start, options, end. Pure."""

from dataclasses import dataclass
from datetime import date

from commissions.text.charts import Scale
from commissions.text.formats import how_far

KINDS = {  # each with its look in the stylesheet
    "agreed": ("tender", "As first agreed"),
    "later": ("award", "Extended or changed"),
    "option": ("hollow", "May still be extended"),
    "unrun": ("hollow", "Agreed, but ended early"),
}


@dataclass(frozen=True)
class ContractTerm:
    """The days of one contract; each may be unknown.

    `first_end` is the last day as first agreed, `used` the last days of the
    options to extend that were used, `unused` those of the others.
    """

    signed_on: date | None
    starts_on: date | None
    first_end: date | None
    ends_on: date | None
    latest_end_on: date | None
    ended_on: date | None
    review_on: date | None = None
    used: tuple[date, ...] = ()
    unused: tuple[date, ...] = ()


@dataclass(frozen=True)
class TermSpan:
    """A stretch of the term, in per cent of the width; `look` is its class."""

    look: str
    x: float
    width: float


@dataclass(frozen=True)
class TermChart:
    """The term drawn: its stretches, where it ends, and where today is."""

    spans: tuple[TermSpan, ...]
    key: tuple[tuple[str, str], ...]
    starts_on: date
    end_word: str
    end: date
    end_x: float
    latest: date | None
    today_x: float | None


def term_spans(term: ContractTerm) -> list[tuple[str, date, date]]:
    """List (kind, first day, last day) of the stretches of a term with both ends."""
    start, end = term.starts_on or term.signed_on, term.ends_on
    ran_to = term.ended_on or end
    first = min(term.first_end or ran_to, ran_to)
    found = [("agreed", start, first), ("later", first, ran_to)]
    if term.ended_on:
        found.append(("unrun", ran_to, max(end, ran_to)))
    elif term.latest_end_on:
        found.append(("option", end, term.latest_end_on))
    return [(kind, a, b) for kind, a, b in found if b > a]


def draw_term(term: ContractTerm, today: date) -> TermChart | None:
    """Draw a term; None where its start or its end is not known."""
    start = term.starts_on or term.signed_on
    if not (start and term.ends_on):
        return None
    found = term_spans(term)
    last = max((b for _, _, b in found), default=start)
    if last <= start:
        return None
    scale = Scale(start, last)
    end = term.ended_on or term.ends_on
    kinds = {kind for kind, _, _ in found}
    return TermChart(
        spans=tuple(
            TermSpan(KINDS[kind][0], *scale.span(a, b)) for kind, a, b in found
        ),
        key=tuple(KINDS[kind] for kind in KINDS if kind in kinds),
        starts_on=start,
        end_word="Ended" if term.ended_on else "End",
        end=end,
        end_x=scale.at(end),
        latest=last if "option" in kinds else None,
        today_x=scale.at(today) if scale.shows(today) else None,
    )


def term_facts(term: ContractTerm, today: date) -> list[dict]:
    """List {what, day, far} of every day of a term that is known, in order."""
    later = term.first_end and term.first_end != term.ends_on
    rows = [
        (0, "Signed", term.signed_on),
        (1, "Start", term.starts_on),
        (2, "End as first agreed", term.first_end if later else None),
        *((3, "Extended to", day) for day in term.used),
        (4, "End" if not term.ended_on else "End of the term", term.ends_on),
        *((5, "May still be extended to", day) for day in term.unused),
        (6, "End if every extension is used", latest_beyond(term)),
        (7, "Ended", term.ended_on),
        (8, "Next review", None if term.ended_on else term.review_on),
    ]
    return [
        {"what": what, "day": day, "far": how_far(day, today)}
        for _, what, day in sorted((row for row in rows if row[2]), key=lambda r: r[0])
    ]


def latest_beyond(term: ContractTerm) -> date | None:
    """Return the latest end, where no option listed says it and it is to come."""
    latest = term.latest_end_on
    if term.ended_on or latest is None or latest in (term.ends_on, *term.unused):
        return None
    return latest
