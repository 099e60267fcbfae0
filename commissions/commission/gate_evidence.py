"""What the record, the notices and the decisions show of one commission."""

from datetime import datetime
from functools import cached_property

from django.utils import timezone

from commissions.commission.standstill import standstill_of
from commissions.law.deadlines import count
from commissions.law.direct_award_grounds import GROUNDS
from commissions.law.lifecycle.conditions import WAIVED_BY
from commissions.law.regimes import BEGAN
from commissions.law.thresholds import is_large
from commissions.organisations.holidays import Holiday
from commissions.record.models import Entry, Kind

DRAFT = "draft_specification"


class GateEvidence:
    """What is shown on a day about one commission; each question is asked once.

    `on` is the day of the move and `at` the moment (today and now, unless
    said): what was published later does not count.
    """

    def __init__(self, commission, *, on=None, at=None, reason=""):
        self.commission = commission
        self.at = at or timezone.now()
        self.on = on or timezone.localdate(self.at)
        self.reason = reason

    @cached_property
    def exempted(self):
        """The gates that a named person lets it pass unmet."""
        return set(self.commission.exemptions.values_list("gate", flat=True))

    @cached_property
    def notices(self):
        """Each published notice by its code, the newest of each: reference and day.

        One without the reference or the address of its platform is not out.
        """
        rows = self.commission.notices.filter(published_at__lte=self.at)
        rows = rows.exclude(url="").exclude(release_id="").exclude(platform="")
        return {
            code: (reference, timezone.localdate(at))
            for code, reference, at in rows.order_by("published_at", "pk").values_list(
                "code", "release_id", "published_at"
            )
        }

    def is_out(self, code):
        """Tell whether a notice was published by the day of the move."""
        return code in self.notices and self.notices[code][1] <= self.on

    @cached_property
    def decisions_taken(self):
        """The decisions about it that are announced and taken."""
        rows = self.commission.decisions.filter(
            published_at__isnull=False, decided_on__lte=self.on
        )
        return list(rows.order_by("decided_on", "pk"))

    @cached_property
    def entries(self):
        """Its entries about drafts and consultations: (kind, subject, facts), oldest first."""
        kinds = (
            Kind.DRAFT_PUBLISHED,
            Kind.CONSULTATION_PUBLISHED,
            Kind.CONSULTATION_EXTENDED,
            Kind.RESPONSE_PUBLISHED,
        )
        entries = Entry.objects.filter(
            commission=self.commission.reference, kind__in=kinds
        )
        return [
            (each.kind, each.subject, each.facts) for each in entries.order_by("pk")
        ]

    @property
    def draft_consultations(self):
        """The references of the consultations on a draft, oldest first."""
        return [
            subject.removeprefix("consultation/")
            for kind, subject, facts in self.entries
            if kind == Kind.CONSULTATION_PUBLISHED
            and facts["consultation_kind"] == DRAFT
        ]

    @property
    def answered_consultations(self):
        """The references of those whose response left no comment unanswered."""
        return {
            facts["consultation"]
            for kind, _, facts in self.entries
            if kind == Kind.RESPONSE_PUBLISHED and facts["unanswered"] == 0
        }

    @cached_property
    def comments_close(self):
        """When the last of what is open for comment closes, or None."""
        closing = {}
        for kind, subject, facts in self.entries:
            if kind == Kind.RESPONSE_PUBLISHED:
                closing.pop(subject.removesuffix("/response"), None)
            elif "closes_at" in facts:
                closing[subject] = datetime.fromisoformat(facts["closes_at"])
        if self.commission.window_for == "comment":
            closing["window"] = self.commission.window_closes_at
        return max(closing.values(), default=None)

    @cached_property
    def bids_close(self):
        """When bids close, or None where nothing says."""
        if self.commission.window_for == "bids":
            return self.commission.window_closes_at
        tender = getattr(self.commission, "tender", None)
        return tender and tender.closes_at

    def still_open(self, moment):
        """Tell whether a closing time lies ahead, of now or of the day of the move."""
        return bool(moment) and (
            moment > self.at or timezone.localdate(moment) > self.on
        )

    @cached_property
    def reached_on(self):
        """The day on which it reached the stage where it stands, or None."""
        dates = self.commission.stage_dates.filter(stage=self.commission.stage)
        return dates.values_list("actual_on", flat=True).first()

    @cached_property
    def signed_on(self):
        """The day on which it reached the contract, or None."""
        dates = self.commission.stage_dates.filter(stage="contract")
        return dates.values_list("actual_on", flat=True).first()

    @cached_property
    def measured_by_law(self):
        """The titles of its contracts whose indicators section 52 asks for."""
        rows = self.commission.contracts.filter(
            signed_on__gte=BEGAN["procurement_act"], indicators__isnull=False
        )
        rows = rows.order_by("pk").distinct()
        return [str(each) for each in rows if is_large(each.amount, each.amount_gross)]

    @cached_property
    def holidays(self):
        return Holiday.objects.calendar(self.commission.organisation.nation)

    def clock(self, rule, start):
        return count(rule, start, self.holidays)

    @cached_property
    def ground(self):
        """The ground on which it is awarded without a competition, or None."""
        justified = getattr(self.commission, "direct_award", None)
        return justified and GROUNDS[justified.ground]

    @property
    def is_urgent(self):
        """Whether it is awarded directly on an urgent ground, which waits for nothing."""
        return bool(self.ground and self.ground.urgent)

    @cached_property
    def standstill(self):
        """The standstill as it stands on the day: counted, stated, or held up."""
        return standstill_of(self.commission, self.on, at=self.at)

    def facts(self, move):
        """Return, for an entry, the notices and exemptions that let it move."""
        out = {
            code: self.notices[code][0] for code in move.notices if self.is_out(code)
        }
        used = sorted(
            {WAIVED_BY.get(code, code) for code in move.gates} & self.exempted
        )
        return ({"notices": out} if out else {}) | ({"exempted": used} if used else {})
