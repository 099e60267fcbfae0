"""What became of a contract, in sentences: signed, changed, rated, ended.

Pure, as `sentences` is, which joins these to its own.
"""

from collections import Counter
from decimal import Decimal

from commissions.public.record_sentences.formats import day
from commissions.text.formats import money

FIELDS = {
    "copy_published_on": "day on which the copy was published",
    "copy_url": "copy of the contract",
    "department": "department responsible",
    "description": "what the supplier does",
    "extensions": "option to extend",
    "irrecoverable_vat": "VAT that cannot be recovered",
    "no_indicators_because": "why there are no performance indicators",
    "post": "post that manages it",
    "review_on": "next review",
    "tendered": "whether it was tendered",
}
LEVELS = {
    "met": "Good",
    "slightlyBelow": "Approaching target",
    "below": "Requires improvement",
    "significantlyBelow": "Inadequate",
    "other": "Other",
}
ENDINGS = {
    "expired": "it ran its full term",
    "agreed": "both sides agreed to end it early",
    "breach": "the supplier did not do what was agreed",
    "notice": "one side gave notice",
    "insolvent": "the supplier could not pay its debts",
    "set_aside": "a court set it aside",
}


def value(text):
    """Write an amount of a fact in pounds."""
    return money(Decimal(text))


def signed(subject, facts, names):
    """A contract was signed."""
    said = [f"Contract signed on {day(facts.get('on'))}"]
    if facts.get("amount"):
        said.append(f"{value(facts['amount'])} excluding VAT")
    if facts.get("ends"):
        said.append(f"until {day(facts['ends'])}")
    return ", ".join(said)


def completed(subject, facts, names):
    """Details of a contract were filled in: which, not what they said."""
    fields = [FIELDS.get(f, f.replace("_", " ")) for f in facts.get("fields", [])]
    return f"Contract’s details completed: {', '.join(fields)}"


def extended(subject, facts, names):
    """An option to extend was used; the reason is the entry's text."""
    return f"Contract extended from {day(facts.get('before'))} to {day(facts.get('until'))}"


def amended(subject, facts, names):
    """A contract was changed; the reason is the entry's text."""
    said = [f"Contract changed on {day(facts.get('on'))}"]
    if facts.get("amount"):
        before = facts.get("amount_before")
        whence = f"from {value(before)} " if before else ""
        said.append(f"value {whence}to {value(facts['amount'])} excluding VAT")
    if facts.get("until"):
        before = facts.get("before")
        whence = f"from {day(before)} " if before else ""
        said.append(f"end {whence}to {day(facts['until'])}")
    return ", ".join(said)


def measured(subject, facts, names):
    """A performance indicator was set."""
    target = facts.get("target")
    return f"Performance indicator set: {facts.get('title')}" + (
        f" (target: {target})" if target else ""
    )


def rated(subject, facts, names):
    """The supplier's work in a period was rated."""
    counted = Counter(level for _, level in facts.get("ratings", []))
    found = ", ".join(
        f"{number} {LEVELS.get(level, level).lower()}"
        for level, number in sorted(counted.items(), key=by_level)
    )
    starts, ends = day(facts.get("starts")), day(facts.get("ends"))
    return f"Performance from {starts} to {ends}: {found}"


def by_level(counted):
    """Put the best rating first."""
    return (*LEVELS, counted[0]).index(counted[0])


def ended(subject, facts, names):
    """A contract ended; the reason, where it has one, is the entry's text."""
    why = ENDINGS.get(facts.get("ending"), "another reason")
    return f"Contract ended on {day(facts.get('on'))}: {why}"


SENTENCES = {
    "contract.signed": signed,
    "contract.changed": completed,
    "contract.extended": extended,
    "contract.amended": amended,
    "contract.indicator": measured,
    "contract.rated": rated,
    "contract.ended": ended,
}
