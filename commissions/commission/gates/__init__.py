"""The gates of a commission: what the record must show before it moves.

The table of `commissions.law.lifecycle` says which moves are lawful and what each
takes; here the record, the notices and the decisions of one commission are
read against it. Nothing above the ground floor is asked: whether a draft was
open for comment and every comment answered is what its entries say.
"""

from dataclasses import replace

from django.utils import timezone

from commissions.commission.gate_checks import Gap, gaps_of
from commissions.commission.gate_evidence import GateEvidence
from commissions.law.lifecycle import (
    BEFORE_TENDER,
    CONDITIONS,
    ENDS,
    ORDER,
    STAGES,
)
from commissions.law.lifecycle.conditions import CHOSEN_OPENLY
from commissions.record.exceptions import NotReady
from commissions.text.formats import at_time, on_day

__all__ = [
    "UNPUBLISHED",
    "Gap",
    "closing",
    "gaps",
    "met",
    "missing",
    "onward",
]

NO_HOLDER = CONDITIONS["holder"].sentence
NO_DRAFT = CONDITIONS["draft_open"].sentence
UNPUBLISHED = "Publish the intention first: nobody can see it yet."
TO_COME = "A stage is reached today or earlier. Plan a later day under “Dates”."


def onward(commission, evidence=None):
    """Return each lawful move with what it still lacks: [(move, gaps)].

    That it needs a reason is left out: whoever moves it gives one then.
    """
    evidence = evidence or GateEvidence(commission)
    return [
        (each, [gap for gap in gaps_of(evidence, each) if gap.gate != "reason"])
        for each in commission.law.moves(commission.stage)
    ]


def missing(commission, stage):
    """List, as sentences, what an act that belongs to a stage still waits for.

    Such as inviting bids, which belongs to the tender. Notices are left out:
    the act asks for its own. Nothing is asked again of what has come so far, nor
    of a contract that an exemption says was made before this portal was used. A
    working draft acts on nothing: the record is public.
    """
    if not commission.published_at:
        return [UNPUBLISHED]
    here = commission.stage
    if here not in ENDS and ORDER[here] >= ORDER[stage]:
        return []
    found = entry_to(commission, stage)
    if found is None or here in ENDS:
        return [unlawful(commission, stage).sentence]
    first = CHOSEN_OPENLY if here in BEFORE_TENDER else ()
    codes = tuple(dict.fromkeys((*first, *found.gates)))
    act = replace(found, gates=codes, notices=(), due=None)
    evidence = GateEvidence(commission)
    if stage == "contract" and "under_way" in evidence.exempted:
        return []
    return [gap.sentence for gap in gaps_of(evidence, act)]


def entry_to(commission, stage):
    """Return the move by which its path comes to a stage, or None where it has none.

    A choice is announced though no standstill follows it: what comes then stands
    for the standstill.
    """
    law = commission.law
    line = law.path
    if stage == "standstill" and stage not in line:
        stage = "contract"
    before = [each for each in line if ORDER[each] < ORDER[stage]][-1]
    return law.move(before, stage)


def gaps(commission, stage, *, on=None, at=None, reason=""):
    """List what a commission lacks before it may reach a stage on a day.

    A stage that the law does not let follow is one gap, which says which do.
    """
    found = allowed(commission, stage)
    if found is None:
        return [unlawful(commission, stage)]
    return gaps_of(GateEvidence(commission, on=on, at=at, reason=reason), found)


def met(commission, stage, *, on, at=None, reason=""):
    """Return, for the record, what lets a commission reach a stage on a day.

    The notices that were out and the exemptions used; raises NotReady with a
    sentence for each thing that is missing, and for a working draft or a day to
    come, on which a standstill or the time for bids would seem over already.
    """
    if not commission.published_at:
        raise NotReady(UNPUBLISHED)
    if on > timezone.localdate():
        raise NotReady(TO_COME)
    found = allowed(commission, stage)
    if found is None:
        raise NotReady(unlawful(commission, stage).sentence)
    evidence = GateEvidence(commission, on=on, at=at, reason=reason)
    if lacking := [*out_of_order(evidence), *gaps_of(evidence, found)]:
        raise NotReady(*(gap.sentence for gap in lacking))
    return evidence.facts(found)


def closing(commission, stage, stated):
    """Return until when a stage is open to others: a tender, as bids were invited.

    Raises NotReady where another time is stated.
    """
    tender = getattr(commission, "tender", None) if stage == "tender" else None
    invited = tender.closes_at if tender and tender.invited_at else None
    if invited and stated and stated != invited:
        raise NotReady(
            f"Bids are invited until {at_time(invited)}. Give that time, or none."
        )
    return stated or invited


def out_of_order(evidence):
    """Refuse a day before the one on which the present stage was reached."""
    since = evidence.reached_on
    if since is None or evidence.on >= since:
        return []
    here, day = STAGES[evidence.commission.stage].name, on_day(since)
    sentence = f"“{here}” was reached on {day}. Give that day or a later one."
    return [Gap("move", sentence)]


def allowed(commission, stage):
    """Return the move of the table to a stage, or None where it has none."""
    return commission.law.move(commission.stage, stage)


def unlawful(commission, stage):
    """Say which stages may follow instead."""
    here = STAGES[commission.stage].name
    names = [
        f"“{STAGES[each.to].name}”" for each in commission.law.moves(commission.stage)
    ]
    if not names:
        return Gap(
            "move",
            f"“{here}” is the end of it. Publish a new intention for what comes next.",
        )
    listed = ", ".join(names[:-1]) + " or " * (len(names) > 1) + names[-1]
    return Gap(
        "move",
        f"“{STAGES[stage].name}” cannot follow “{here}” under this law and route. "
        f"It can go to {listed}.",
    )
