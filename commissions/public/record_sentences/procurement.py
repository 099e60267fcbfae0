"""How a provider was chosen, in sentences: tender, award, direct award, objections.

Pure, as `sentences` is, which joins these to its own.
"""

from commissions.public.record_sentences.formats import called, day


def invited(subject, facts, names):
    """Providers were asked for bids."""
    lots = facts.get("lots")
    parts = f", in {lots} lots" if isinstance(lots, int) and lots > 1 else ""
    return f"Bids invited{parts}"


def chosen(subject, facts, names):
    """Who was chosen after a competition or without; why is the entry's text."""
    who = " and ".join(called(name, names) for name in facts.get("suppliers", []))
    ends = facts.get("standstill_ends_on")
    until = f"; no contract before {day(ends)} has passed" if ends else ""
    return f"Award announced: {who or 'nobody named'}{until}"


def without_competition(subject, facts, names):
    """A provider is chosen without a competition; why is the entry's text."""
    supplier = facts.get("supplier")
    who = f" of {called(supplier, names)}" if supplier else ""
    by = called(facts.get("decider"), names)
    return f"Choice{who} without a competition, decided by {by} ({facts.get('law')})"


def most_suitable(subject, facts, names):
    """The most suitable provider was named."""
    return f"Most suitable provider named: {called(facts.get('supplier'), names)}"


def opened_for_representations(subject, facts, names):
    """Providers may object until a day."""
    return f"Open for representations until {day(facts.get('closes_on'))}"


def represented(subject, facts, names):
    """So many providers objected, in all."""
    number = facts.get("received")
    return f"Representations received: {number} in all"


SETTLED = {
    "go_ahead": "the contract is to be awarded as intended",
    "back": "the process goes back to an earlier step",
    "abandon": "the procurement is abandoned",
}


def settled(subject, facts, names):
    """Representations were reviewed; why is the entry's text."""
    what = SETTLED.get(facts.get("decided"), "a further decision was made")
    return f"Representations reviewed: {what}, told on {day(facts.get('on'))}"


SENTENCES = {
    "tender.invited": invited,
    "award.announced": chosen,
    "direct-award.justified": without_competition,
    "direct-award.chosen": most_suitable,
    "representations.opened": opened_for_representations,
    "representations.received": represented,
    "representations.settled": settled,
}
