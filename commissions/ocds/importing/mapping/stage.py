"""Where a commission stands, told by its notices: stage, dates, what is open.

Imports no models. Of several signs the one furthest along the line decides;
an end (cancelled, terminated) decides over all. Nothing is claimed that the
notices do not say: an award notice of the Act opens a standstill and is no
contract, whatever time has passed.
"""

from dataclasses import dataclass, field
from datetime import datetime

from commissions.law.notices import codes_that
from commissions.ocds.importing.mapping.json_reader import Part, on, today
from commissions.ocds.importing.mapping.sections import period

ENDED = {"cancelled", "withdrawn", "unsuccessful"}
ENGAGING = {"marketEngagementNotice"}
ENGAGES = frozenset(codes_that(lambda notice: notice.engages_market))
DIRECT = frozenset(codes_that(lambda notice: notice.opens_direct_award))
CHOSEN = frozenset(codes_that(lambda notice: notice.awards or notice.signs_contract))


@dataclass(frozen=True)
class Sent:
    """When one release of the commission was published, and as what."""

    at: datetime
    tags: tuple = ()
    code: str = ""

    def says(self, *starts):
        """Tell whether one of its tags begins so."""
        return any(tag.startswith(starts) for tag in self.tags)


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
        self.closes_at = self.tender.part("tenderPeriod").moment("endDate")
        self.today = today(self.now)
        self.codes = {sent.code for sent in self.history}
        self.awards = self.release.parts("awards")
        self.contracts = self.release.parts("contracts")
        self.signed = [
            each
            for each in self.contracts
            if each.raw("status") == "active" or each.day("dateSigned")
        ]
        self.chosen = [each for each in self.awards if each.raw("status") not in ENDED]
        self.engages_until = self.engagement()

    def stage(self):
        """Return the code of the stage it has reached."""
        for found in (self.ended(), self.agreed(), self.awarded(), self.tendered()):
            if found:
                return found
        return "engagement" if self.engages() else "intention"

    def ended(self):
        """Return how it ended, if a notice says so."""
        if self.contracts and all(
            each.raw("status") in {"terminated", "cancelled"} for each in self.contracts
        ):
            return "closed"
        if any(sent.says("contractTermination") for sent in self.history):
            return "" if self.signed and self.running() != "closed" else "closed"
        if self.awards and not self.chosen:
            return "cancelled"
        called_off = any(sent.says("tenderCancellation") for sent in self.history)
        gone = self.status in ENDED or called_off
        return "cancelled" if gone and not self.chosen else ""

    def agreed(self):
        """Return the stage of a contract that is signed."""
        plain_award = self.chosen and not any(self.codes)
        if self.signed:
            return self.running()
        if plain_award and any(e.raw("status") == "active" for e in self.chosen):
            return self.running()
        reports = any(sent.says("implementation") for sent in self.history)
        return "delivery" if reports else ""

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
        spans = [period(each, "period") for each in self.signed]
        spans = spans or [period(each, "contractPeriod") for each in self.chosen]
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
        if not (self.chosen or self.contracts):
            return ""
        direct = self.codes & DIRECT and not self.codes & CHOSEN
        return "direct_award" if direct else "standstill"

    def tendered(self):
        """Return tender or evaluation, where bids were asked for."""
        asked = self.status in {"active", "complete"}
        asked = asked or any(sent.says("tender") for sent in self.history)
        if not asked or self.status in {"planned", "planning"}:
            return ""
        past = self.closes_at and self.closes_at <= self.now
        return "evaluation" if past or self.status == "complete" else "tender"

    def engages(self):
        """Tell whether the market or the public is being, or was, asked."""
        kinds = {
            each.raw("documentType")
            for each in self.release.part("planning").parts("documents")
        }
        return bool(self.engages_until or kinds & ENGAGING or self.codes & ENGAGES)

    def engagement(self):
        """Return when the engagement closes, where a milestone says."""
        milestones = self.release.part("planning").parts("milestones")
        milestones += self.tender.parts("milestones")
        ends = [
            each.moment("dueDate")
            for each in milestones
            if each.raw("type") == "engagement"
        ]
        return max(filter(None, ends), default=None)

    def window(self):
        """Return what is open to people outside, from when and until when."""
        stage = self.stage()
        if stage in {"tender", "evaluation"} and self.closes_at:
            opens_at = self.tender.part("tenderPeriod").moment("startDate")
            if opens_at and opens_at >= self.closes_at:
                opens_at = None
            return "bids", opens_at, self.closes_at
        if stage == "engagement" and self.engages_until:
            return "engagement", None, self.engages_until
        return "", None, None

    def stage_dates(self):
        """Return, by stage, the day planned and the day it came, where known."""
        self.dates = {}
        self.before_tender()
        self.at_tender()
        self.after_tender()
        return {stage: days for stage, days in self.dates.items() if any(days)}

    def came(self, stage, *starts, without=()):
        """Note the day of the first release tagged so."""
        days = [
            on(sent.at)
            for sent in self.history
            if sent.says(*starts) and sent.code not in without
        ]
        if days:
            self.dates[stage] = (None, min(days))

    def due(self, stage, day, happened=True):
        """Note a day: as come where it is past and happened, else as planned."""
        if day and stage not in self.dates:
            come = happened and day <= self.today
            self.dates[stage] = (None, day) if come else (day, None)

    def before_tender(self):
        """Note when it was announced and when people were asked."""
        self.came("engagement" if self.engages() else "intention", "planning")

    def at_tender(self):
        """Note when bids are, or are to be, asked for and closed."""
        self.due("tender", self.tender.day("datePublished"))
        if "tender" not in self.dates:
            self.came("tender", "tender")
        future = self.tender.part("communication").day("futureNoticeDate")
        self.due("tender", future, happened=False)
        if self.tendered() or self.chosen:
            self.due("evaluation", on(self.closes_at))

    def after_tender(self):
        """Note the choice, the signature, the start and the end."""
        stage = self.stage()
        if stage == "cancelled":
            self.dates["cancelled"] = (None, on(max(s.at for s in self.history)))
        decided = min(filter(None, (e.day("date") for e in self.chosen)), default=None)
        signed = [each.day("dateSigned") for each in self.signed]
        self.due("contract", min(filter(None, signed), default=None))
        if decided:
            self.due("contract" if not any(self.codes) else "standstill", decided)
        self.ahead(stage)

    def ahead(self, stage):
        """Note when the service starts and ends, come or still planned."""
        first, last = self.term()
        if not (first or last) and stage != "cancelled":
            first, last = period(self.tender, "contractPeriod")
        if stage not in {"closed", "cancelled"} and last and last < self.today:
            last = self.latest() or last
        agreed = stage in {"contract", "delivery", "closed"}
        self.due("delivery", first, happened=agreed)
        self.due("closed", last, happened=stage == "closed")
