"""Where a commission stands, told by its notices: stage, dates, what is open.

Imports no models. What a notice means, its row in the table says (`commissions.law.
notices`); the statuses inside say of which lots, awards and contracts. Nothing is
claimed that the notices do not say: an award notice of the Act opens a standstill and
is no contract, whatever it lists and whatever time has passed; a notice of a change or
of a market is no news of an award.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from commissions.law.notices import NoticeEffect, NoticeLevel, notice_type
from commissions.law.notices.forms import Shape, recognised
from commissions.ocds.importing.mapping.json_reader import (
    Part,
    day_of_text,
    today_in_london,
)
from commissions.ocds.importing.mapping.values import first_and_last_day, parts_by_id

ENDED = {"cancelled", "withdrawn", "unsuccessful"}
UNMADE = {"pending", "planned", "planning", *ENDED}
"""OCDS states of a contract that is not, or not yet, made."""
TERMINATED = {"terminated", "cancelled"}
ENGAGING = {"marketEngagementNotice"}
CHOICE = (NoticeEffect.INTENDS, NoticeEffect.AWARDS, NoticeEffect.SIGNS)
"""The effects by which a notice tells of an award."""


@dataclass(frozen=True)
class Sent:
    """When one release of the commission was published, and as what."""

    at: datetime
    tags: tuple = ()
    code: str = ""
    form: str = ""

    @cached_property
    def type(self):
        """Its row in the table of notices; of one without code or form by its tags."""
        key = self.code or self.form or recognised(Shape(tags=self.tags))
        return notice_type(key)

    @property
    def is_uncoded(self):
        """Whether nothing but the statuses inside tells what it means for a choice."""
        return not (self.code or self.does(NoticeEffect.INTENDS))

    def does(self, *effects, level=None):
        """Tell whether it has one of some effects, on a level if one is named."""
        return self.type.effect in effects and level in (None, self.type.level)


def ended_in(parts):
    """Tell whether there are parts and every one of them came to nothing."""
    return bool(parts) and all(each.raw("status") in ENDED for each in parts)


def cancelled_lots(release):
    """Return the ids of the lots that came to nothing: so stated, or their awards."""
    lots = parts_by_id(release.part("tender").parts("lots"))
    found = {key for key, lot in lots.items() if lot.raw("status") in ENDED}
    for key, lot in lots.items():
        own = [
            award
            for award in release.parts("awards")
            if lot.raw("id") in award.words("relatedLots")
        ]
        if ended_in(own):
            found.add(key)
    return found


class Told:
    """What the notices of a commission tell of its awards and its contracts."""

    def __init__(self, release, history):
        self.release, self.history = release, history
        self.tells_of_contracts = self.any(
            NoticeEffect.SIGNS, NoticeEffect.REPORTS
        ) or self.any(
            NoticeEffect.CHANGES, NoticeEffect.ENDS, level=NoticeLevel.CONTRACTS
        )
        coded = any(each.code and each.does(*CHOICE) for each in history)
        uncoded = not coded and any(each.is_uncoded for each in history)
        self.only_intended = not (
            self.tells_of_contracts or self.any(NoticeEffect.AWARDS) or uncoded
        )
        self.made = self.tells_of_contracts or uncoded
        self.is_chosen = self.any(*CHOICE) or uncoded
        self.contracts = parts_by_id(release.parts("contracts"))
        self.signed = {
            key: each for key, each in self.contracts.items() if self.is_signed(each)
        }
        self.chosen = [
            each
            for each in release.parts("awards")
            if self.is_chosen and each.raw("status") not in ENDED
        ]

    def any(self, *effects, level=None):
        return any(sent.does(*effects, level=level) for sent in self.history)

    def is_signed(self, contract):
        """Tell whether notices tell that a contract was made.

        Its award notice lists it too, with the day on which it may be signed.
        """
        status = contract.raw("status")
        if not self.made or status in ENDED - {"cancelled"}:
            return False
        signed = bool(contract.day("dateSigned"))
        if status in UNMADE:
            return signed and (status == "cancelled" or self.is_sure)
        return bool(status) or signed or self.is_sure

    @cached_property
    def is_sure(self):
        """Whether a contract that a notice lists is one that is made, whatever it says.

        Not where some notice tells of a choice that may not have a contract yet.
        """
        told = [sent for sent in self.history if sent.does(*CHOICE)]
        doubtful = any(
            not sent.code or not sent.does(NoticeEffect.SIGNS) for sent in told
        )
        return self.tells_of_contracts and not doubtful


@dataclass
class Progress:
    """The merged release, its history, and the time at which it is asked."""

    release: Part
    history: list
    now: datetime
    dates: dict = field(default_factory=dict)

    def __post_init__(self):
        """Sort out what is signed, agreed and awarded."""
        self.tender = self.release.part("tender")
        self.status = self.tender.raw("status").lower()
        self.closes_at = self.tender.part("tenderPeriod").until("endDate")
        self.today = today_in_london(self.now)
        self.awards = self.release.parts("awards")
        self.told = Told(self.release, self.history)
        self.signed = list(self.told.signed.values())
        self.chosen = self.told.chosen
        self.engages_until = self.engagement()

    @cached_property
    def stage(self):
        """The code of the stage it has reached."""
        for found in (self.ended(), self.agreed(), self.awarded(), self.tendered()):
            if found:
                return found
        return "engagement" if self.engages() else "intention"

    def ended(self):
        """Return how it ended, if a notice says so."""
        if self.signed:
            return "closed" if all(map(self.is_over, self.signed)) else ""
        if self.told.any(NoticeEffect.ENDS, level=NoticeLevel.CONTRACTS):
            return "closed"
        return "cancelled" if self.is_cancelled() else ""

    def is_over(self, contract):
        """Tell whether a notice says that a contract ended."""
        ended_on = contract.part("implementation").day("endDate")
        if contract.raw("status") in TERMINATED or (
            ended_on and ended_on <= self.today
        ):
            return True
        alone = len(self.signed) == 1
        return alone and self.told.any(NoticeEffect.ENDS, level=NoticeLevel.CONTRACTS)

    def is_cancelled(self):
        """Tell whether all of it came to nothing: of its lots every one."""
        if self.chosen and any(e.raw("status") == "active" for e in self.chosen):
            return False
        lots = parts_by_id(self.tender.parts("lots"))
        gone = cancelled_lots(self.release)
        if self.status in ENDED or (lots and len(gone) == len(lots)):
            return True
        if gone:
            return False
        return (ended_in(self.awards) and len(lots) < 2) or self.called_off()

    def called_off(self):
        """Tell whether its last notice of that kind ended it, and none opened it anew."""
        turns = [
            sent
            for sent in self.history
            if sent.does(NoticeEffect.OPENS)
            or sent.does(NoticeEffect.ENDS, level=NoticeLevel.LOTS)
        ]
        return bool(turns) and turns[-1].does(NoticeEffect.ENDS)

    def agreed(self):
        """Return the stage of a contract that is signed."""
        if self.signed:
            stage = self.running()
            reported = stage == "contract" and self.told.any(NoticeEffect.REPORTS)
            return "delivery" if reported else stage
        signs = self.told.any(NoticeEffect.SIGNS)
        plain_award = signs and not self.told.contracts
        if plain_award and any(e.raw("status") == "active" for e in self.chosen):
            return self.running()
        if self.told.any(NoticeEffect.REPORTS):
            return "delivery"
        changed = self.told.any(NoticeEffect.CHANGES, level=NoticeLevel.CONTRACTS)
        return "contract" if changed else ""

    def running(self):
        """Return contract, delivery or closed, by the contract's days.

        It is over when every extension that it allows is over too.
        """
        first, _ = self.term()
        last = self.latest()
        if last and last < self.today:
            return "closed"
        return "delivery" if first and first <= self.today else "contract"

    def term(self):
        """Return the first and last day of what is signed or awarded."""
        spans = [first_and_last_day(each, "period") for each in self.signed]
        spans = spans or [
            first_and_last_day(each, "contractPeriod") for each in self.chosen
        ]
        firsts = [first for first, _ in spans if first]
        lasts = [last for _, last in spans if last]
        return min(firsts, default=None), max(lasts, default=None)

    def latest(self):
        """Return the last day of what is signed or awarded, every extension included."""
        _, last = self.term()
        extents = [each.part("period").day("maxExtentDate") for each in self.signed]
        return max(filter(None, [last, *extents]), default=None) if last else None

    def awarded(self):
        """Return the stage of a choice that is announced and not yet signed."""
        types = [sent.type for sent in self.history if sent.does(*CHOICE)]
        if not (types or self.chosen) or (self.awards and not self.chosen):
            return ""
        direct = types and all(each.opens_direct_award for each in types)
        return "direct_award" if direct else "standstill"

    def tendered(self):
        """Return tender or evaluation, where bids were asked for.

        The tender's status alone says so only where a notice does not name its type.
        """
        untyped = not all(sent.code for sent in self.history)
        asked = self.told.any(NoticeEffect.OPENS) or (
            untyped and self.status in {"active", "complete"}
        )
        only_market = all(sent.does(NoticeEffect.SETS_UP) for sent in self.history)
        if not asked or only_market or self.status in {"planned", "planning"}:
            return ""
        past = self.closes_at and self.closes_at <= self.now
        return "evaluation" if past or self.status == "complete" else "tender"

    def engages(self):
        """Tell whether the market or the public is being, or was, asked."""
        kinds = {
            each.raw("documentType")
            for each in self.release.part("planning").parts("documents")
        }
        engaged = self.told.any(NoticeEffect.ENGAGES)
        return bool(self.engages_until or kinds & ENGAGING or engaged)

    def engagement(self):
        """Return when the engagement closes, where a milestone says."""
        milestones = self.release.part("planning").parts("milestones")
        milestones += self.tender.parts("milestones")
        ends = [
            each.until("dueDate")
            for each in milestones
            if each.raw("type") == "engagement"
        ]
        return max(filter(None, ends), default=None)

    def window(self):
        """Return what is open to people outside, from when and until when."""
        if self.stage in {"tender", "evaluation"} and self.closes_at:
            opens_at = self.tender.part("tenderPeriod").moment("startDate")
            if opens_at and opens_at >= self.closes_at:
                opens_at = None
            return "bids", opens_at, self.closes_at
        if self.stage == "engagement" and self.engages_until:
            return "engagement", None, self.engages_until
        return "", None, None

    def stage_dates(self):
        """Return, by stage, the day planned and the day it came, where known."""
        self.dates = {}
        self.before_tender()
        self.at_tender()
        self.after_tender()
        return {stage: days for stage, days in self.dates.items() if any(days)}

    def came(self, stage, *effects):
        """Note the day of the first notice that had one of some effects."""
        days = [day_of_text(sent.at) for sent in self.history if sent.does(*effects)]
        if days:
            self.dates[stage] = (None, min(days))

    def due(self, stage, day, happened=True):
        """Note a day: as come where it is past and happened, else as planned."""
        if day and stage not in self.dates:
            come = happened and day <= self.today
            self.dates[stage] = (None, day) if come else (day, None)

    def before_tender(self):
        """Note when it was announced and when people were asked."""
        first = "engagement" if self.engages() else "intention"
        self.came(first, NoticeEffect.LISTS, NoticeEffect.PLANS, NoticeEffect.ENGAGES)

    def at_tender(self):
        """Note when bids are, or are to be, asked for and closed."""
        self.due("tender", self.tender.day("datePublished"))
        if "tender" not in self.dates:
            self.came("tender", NoticeEffect.OPENS)
        future = self.tender.part("communication").day("futureNoticeDate")
        self.due("tender", future, happened=False)
        if self.tendered() or self.chosen:
            self.due("evaluation", day_of_text(self.closes_at))

    def after_tender(self):
        """Note the choice, the signature, the start and the end."""
        if self.stage == "cancelled":
            self.dates["cancelled"] = (None, self.cancelled_on())
        decided = min(filter(None, (e.day("date") for e in self.chosen)), default=None)
        signed = [each.day("dateSigned") for each in self.signed]
        self.due("contract", min(filter(None, signed), default=None))
        made = self.told.any(NoticeEffect.SIGNS) and not self.told.contracts
        direct = self.stage == "direct_award"
        if decided and not direct:
            self.due("contract" if made else "standstill", decided)
        for stage in ("direct_award", "standstill"):
            days = [day_of_text(s.at) for s in self.history if s.type.stage == stage]
            self.due(stage, min(days, default=None))
        self.ahead()

    def cancelled_on(self):
        """Return the day on which it was cancelled: as stated, else of the notice."""
        lots = self.tender.parts("lots")
        parts = [each for each in (*self.awards, *lots) if each.raw("status") in ENDED]
        parts += [self.tender] if self.status in ENDED else []
        stated = [
            day
            for part in parts
            for day in (part.day("finalStatusDate"), part.day("statusDate"))
            if day and day <= self.today
        ]
        ends = [sent.at for sent in self.history if sent.does(NoticeEffect.ENDS)]
        said = max(ends or [sent.at for sent in self.history])
        return max(stated, default=day_of_text(said))

    def ahead(self):
        """Note when the service starts and ends, come or still planned."""
        first, last = self.term()
        if not (first or last) and self.stage != "cancelled":
            first, last = first_and_last_day(self.tender, "contractPeriod")
        if self.stage not in {"closed", "cancelled"} and last and last < self.today:
            last = self.latest() or last
        agreed = self.stage in {"contract", "delivery", "closed"}
        self.due("delivery", first, happened=agreed)
        ended = [each.part("implementation").day("endDate") for each in self.signed]
        if self.stage == "closed" and any(ended):
            last = max(filter(None, ended))
        self.due("closed", last, happened=self.stage == "closed")
