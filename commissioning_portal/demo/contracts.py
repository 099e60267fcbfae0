"""What became of the contracts that were signed: each act ends in a verb.

Days count from the day of loading; amounts are pounds excluding VAT. What was
done before the county used the portal is put on the record when it began to.
"""

import datetime

from commissioning_portal.demo.contracts_told import (
    AMENDED,
    COMPLETED,
    ENDED,
    EXTENDED,
    RATED,
    REPLACED,
)
from commissions.models import Commission, Contract


def load(story):
    """Book what happens to each contract that has yet to be signed in the story."""
    for reference, day, indicators in RATED:
        unless_signed(story, reference, book_ratings, day, indicators)
    for act, told in (
        (complete, COMPLETED),
        (extend, EXTENDED),
        (amend, AMENDED),
        (end, ENDED),
    ):
        for reference, day, said in told:
            unless_signed(story, reference, book, act, day, said)
    for following, day, reference in REPLACED:
        commission = Commission.objects.get(reference=following)
        if not commission.replaces.exists():
            story.book(day, replace, commission, reference)


def unless_signed(story, reference, act, *args):
    """Book something about a contract, unless an earlier load signed it."""
    if not Contract.objects.filter(commission__reference=reference).exists():
        act(story, reference, *args)


def book(story, reference, act, day, said):
    """Book one act on a contract."""
    story.book(day, act, story, reference, said)


def of(reference):
    """Return the contract of a commission, and the post that manages it."""
    contract = Contract.objects.select_related("commission__post").get(
        commission__reference=reference
    )
    return contract, contract.commission.post


def days_of(story, said):
    """Return what is said of a contract, its days counted from the day of loading."""
    return {
        name: story.day(value) if name.endswith("_on") else value
        for name, value in said.items()
    }


def complete(story, reference, said, *, at):
    """Fill in what the register asks for."""
    contract, by = of(reference)
    contract.complete(**days_of(story, said), by=by, at=at)


def extend(story, reference, why, *, at):
    """Use the first option to extend that is left."""
    contract, by = of(reference)
    option = contract.extensions.filter(used_on__isnull=True).first()
    contract.extend(option, on=at.date(), why=why, by=by, at=at)


def amend(story, reference, said, *, at):
    """Change a contract for a reason."""
    contract, by = of(reference)
    contract.amend(on=at.date(), **days_of(story, said), by=by, at=at)


def end(story, reference, said, *, at):
    """Record that a contract ended that day."""
    contract, by = of(reference)
    contract.end(on=at.date(), **said, by=by, at=at)


def replace(commission, reference, *, at):
    """Say that a commission follows a contract."""
    commission.replaces.add(of(reference)[0])
    commission.record_changes(["replaces"], by=commission.post or commission.committee)


def quarters(today, number):
    """Return (first day, last day) of the newest whole quarters, oldest first."""
    first = today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
    found = []
    for _ in range(number):
        last = first - datetime.timedelta(days=1)
        first = last.replace(day=1, month=last.month - 2)
        found.insert(0, (first, last))
    return found


def book_ratings(story, reference, set_on, indicators):
    """Book the indicators, and each quarter's ratings for three weeks after it."""
    story.book(set_on, measure, reference, [row[:2] for row in indicators])
    periods = quarters(story.today, max(len(row[2]) for row in indicators))
    for number, (starts, ends) in enumerate(periods):
        rated = [
            (title, levels[number], notes.get(number, ""))
            for title, _, levels, notes in indicators
            if levels[number]
        ]
        day = max((ends - story.today).days + 21, set_on + 1)
        if rated:
            story.book(min(day, -1), rate, reference, rated, starts, ends)


def measure(reference, indicators, *, at):
    """Set the performance indicators."""
    contract, by = of(reference)
    for title, target in indicators:
        contract.measure(title, target=target, by=by, at=at)


def rate(reference, rated, starts, ends, *, at):
    """Publish how a quarter went."""
    contract, by = of(reference)
    of_title = {each.title: each for each in contract.indicators.all()}
    ratings = [(of_title[title], level, note) for title, level, note in rated]
    contract.rate(ratings, starts_on=starts, ends_on=ends, by=by, at=at)
