"""Sentences of the record about notices that join a commission. Pure.

Each takes an entry's subject, its facts and the names of bodies, as those of
`commissions.public.record_sentences` do, which says them.
"""

from commissions.public.record_sentences.formats import day

WHAT = {
    "plan": "planned dates",
    "lot": "lots",
    "closes_at": "closing time for bids",
    "criteria": "how bids are judged",
    "regime": "legal regime",
    "route": "route to a provider",
    "light_touch": "light touch",
    "starts_on": "start date",
    "ends_on": "end date",
    "extension": "possible extension",
}


def whats(keys):
    """Name what a notice changes, each once: stage, value, lots."""
    kinds = dict.fromkeys(key.partition("/")[0] for key in keys or ())
    return ", ".join(WHAT.get(kind, kind) for kind in kinds)


def number(subject):
    """Return the number at the end of a notice's record name."""
    return subject.rsplit("/", 1)[-1]


def confirmed(subject, facts, names):
    """What a notice says was taken over, and what was left as it was."""
    said = f"Taken over from notice {number(subject)}: {whats(facts.get('fields'))}"
    left = whats(facts.get("left"))
    return f"{said}. Left as it was: {left}" if left else said


def declined(subject, facts, names):
    """What a notice says was not taken over; the reason is the entry's text."""
    said = whats(facts.get("fields"))
    return f"Not taken over from notice {number(subject)}: {said}"


def linked(subject, facts, names):
    """A platform's OCID was said to mean this commission."""
    return f"The platform knows this as {facts.get('ocid', 'an OCID not stated')}"


def bids_closed(subject, facts, names):
    """The time for bids passed."""
    return f"Bids closed on {day(facts.get('on'))}"


def term_began(subject, facts, names):
    """The first day of its contract came."""
    return f"By its contract the service began on {day(facts.get('on'))}"


def term_ended(subject, facts, names):
    """The last day of its contract passed, every extension included."""
    return f"By its contract it ended on {day(facts.get('on'))}"


JOINING = {
    "notice.confirmed": confirmed,
    "notice.declined": declined,
    "commission.ocid": linked,
    "commission.bids-closed": bids_closed,
    "commission.term-began": term_began,
    "commission.term-ended": term_ended,
}
