"""Awards: who was chosen, for how much, and why (OCDS)."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from commissions.commission import gates
from commissions.commission.models import Commission
from commissions.commission.standstill import is_urgent, started_at
from commissions.decisions.models import Decision
from commissions.fields import AmountField, DayField
from commissions.law import standstill
from commissions.law.deadlines import ClockError
from commissions.law.direct_award_grounds import WITHOUT_COMPETITION
from commissions.law.lifecycle import path
from commissions.law.lifecycle.transitions import intention_notice
from commissions.law.notices import notice_type
from commissions.organisations.models import Holiday, Organisation
from commissions.procurement.direct_award import DirectAward
from commissions.procurement.notice import missing_notice
from commissions.record.models import Entry, Kind
from commissions.record.references import (
    NotReady,
    Overtaken,
    next_number,
    refuse_to_come,
)

PARTS = {
    "assessed": "assessed",
    "from_sme": "from small and medium-sized firms",
    "from_vcse": "from voluntary and community bodies",
}
"""What is counted of the bids received, in words that follow “No more bids can be”."""


class Award(models.Model):
    """The choice of one or more suppliers. Amounts exclude VAT.

    `announced_at` is set by the verb that announces it here; an award known
    from its notice only has none. `standstill_ends_on` is what the notice
    says; where it says nothing, the page counts it by the law's clock.
    """

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="awards")
    award_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    decided_on = DayField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="awards",
        help_text="The decision that made it: it says who decided, and why.",
    )
    reasons = models.TextField(
        blank=True, help_text="Why this supplier, in words a resident understands."
    )
    amount = AmountField()
    amount_gross = AmountField()
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = DayField(null=True, blank=True)
    ends_on = DayField(null=True, blank=True)
    standstill_ends_on = DayField(null=True, blank=True)
    bids_received = models.PositiveIntegerField(null=True, blank=True)
    bids_assessed = models.PositiveIntegerField(null=True, blank=True)
    bids_from_sme = models.PositiveIntegerField(
        "bids from small and medium-sized firms", null=True, blank=True
    )
    bids_from_vcse = models.PositiveIntegerField(
        "bids from voluntary and community bodies", null=True, blank=True
    )
    category = models.CharField(max_length=20, blank=True)
    items = models.TextField(blank=True, help_text="What is bought, one line for each.")
    buyer = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="own_awards",
        help_text="Who made it, where several bodies buy under one procurement.",
    )
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    suppliers = models.ManyToManyField(Organisation, related_name="awards")
    lots = models.ManyToManyField("commissions.Lot", related_name="awards")

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "award_id"], name="award_is_listed_once"
            ),
            models.CheckConstraint(
                name="award_announced_here_says_why_and_when",
                condition=Q(announced_at__isnull=True)
                | (~Q(reasons="") & Q(decided_on__isnull=False)),
                violation_error_message="Say when it was decided, and why this supplier.",
            ),
            *(
                models.CheckConstraint(
                    name=f"award_announced_here_counts_{part}_among_bids_received",
                    condition=Q(announced_at__isnull=True)
                    | Q(**{f"bids_{part}__isnull": True})
                    | Q(**{f"bids_{part}__lte": F("bids_received")}),
                    violation_error_message=f"No more bids can be {words} than were received.",
                )
                for part, words in PARTS.items()
            ),
        ]

    def __str__(self):
        return self.title or f"Award {self.award_id}"

    @property
    def record_name(self):
        return f"{self.commission.record_name}/awards/{self.award_id}"

    @property
    def record_commission(self):
        return self.commission.reference

    @classmethod
    def announce(cls, commission, *, suppliers, by, lots=(), at=None, **said):
        """Say who was chosen, why, and until when nobody may sign. One entry.

        `said` are the fields of the award. The end of the standstill, if not
        said, is counted from the notice. Raises NotReady where the gate is not
        met, the notice is not on its platform, a direct award is not justified,
        nobody is chosen or the day of the choice is to come; Overtaken where the same was announced before;
        ValidationError where a constraint refuses.
        """
        now = at or timezone.now()
        if lacking := announcement_gaps(commission, suppliers, now):
            raise NotReady(*lacking)
        said = {
            "status": "active",
            "decided_on": timezone.localdate(now),
            "standstill_ends_on": counted_end(commission, now),
            **said,
        }
        with transaction.atomic():
            Commission.objects.select_for_update().get(pk=commission.pk)
            refuse_twice(commission, suppliers, lots, said)
            number = next_number(commission.awards.values_list("award_id", flat=True))
            award = cls(
                **{"award_id": number, **said}, commission=commission, announced_at=now
            )
            award.full_clean()
            refuse_to_come(award.decided_on, "Announce an award", at)
            award.save(force_insert=True)
            award.suppliers.set(suppliers)
            award.lots.set(lots)
            ends = award.standstill_ends_on
            Entry.objects.append(
                Kind.AWARD_ANNOUNCED,
                award,
                by=by,
                at=at,
                suppliers=sorted(body.record_name for body in suppliers),
                on=award.decided_on.isoformat(),
                standstill_ends_on=ends.isoformat() if ends else "",
                why=award.reasons,
            )
        return award


def refuse_twice(commission, suppliers, lots, said):
    """Raise Overtaken where the same award was announced before.

    Two people press at once, or one presses twice: the public sees it once. It is
    the same where it says the same of no lot in particular, or where on the same
    day the same suppliers were chosen for one of the same lots. The caller holds
    the commission's row, so that of two the second sees the first.
    """
    on = {"announced_at__isnull": False, "decided_on": said["decided_on"]}
    told = commission.awards.filter(**on).prefetch_related("suppliers", "lots")
    words = (said.get("reasons"), said.get("amount"))
    for award in told:
        same_lots = set(lots) & set(award.lots.all())
        if lots and same_lots and set(suppliers) == set(award.suppliers.all()):
            named = ", ".join(sorted(map(str, same_lots)))
            raise Overtaken(f"This award is announced already, for {named}.")
        if not lots and words == (award.reasons, award.amount):
            raise Overtaken("This award is announced already, in the same words.")


def announcement_gaps(commission, suppliers, at):
    """List, as sentences, what is missing before an award can be announced."""
    lacking = gates.missing(commission, stage_of_choice(commission))
    if not suppliers:
        lacking.append("Say who was chosen: one supplier at least.")
    justified = DirectAward.objects.filter(commission=commission).exists()
    if commission.route in WITHOUT_COMPETITION and not justified:
        lacking.append(
            "Justify the direct award first: its ground, who decided, and why."
        )
    return lacking + missing_notice(commission, notices_before(commission), at)


def stage_of_choice(commission):
    """Return the stage at which its law has the choice announced."""
    line = path(commission.regime, commission.route, light_touch=commission.light_touch)
    return "standstill" if "standstill" in line else "contract"


def notices_before(commission):
    """Return the notice that must be published before the choice is told, if any."""
    code = intention_notice(commission.regime, commission.route)
    grounds = notice_type(code).excused
    without = DirectAward.objects.filter(commission=commission, ground__in=grounds)
    return (code,) if code and not without.exists() else ()


def counted_end(commission, at):
    """Count the end of the standstill from the newest notice that begins one, or None."""
    started = started_at(commission, at)
    if started is None:
        return None
    holidays = Holiday.objects.calendar(commission.organisation.nation)
    try:
        urgent = is_urgent(commission)
        return standstill.count_standstill(
            commission, started, holidays, urgent=urgent
        ).date
    except ClockError:
        return None
