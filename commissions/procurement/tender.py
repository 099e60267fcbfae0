"""Tenders: what providers are asked to bid for (OCDS tender)."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.commission import gates
from commissions.commission.models import Commission
from commissions.fields import AmountField, DayField, MomentField, WebAddressField
from commissions.law.lifecycle.transitions import opening_notice
from commissions.procurement.notice import missing_notice
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken

# Lots and award criteria: the parts of a tender, and what bids are judged by.


WHOLE = 100  # per cent: what the weights of one set of criteria may come to


class Lot(models.Model):
    """A part of a tender that can be bid for on its own."""

    tender = models.ForeignKey(
        "commissions.Tender", models.CASCADE, related_name="lots"
    )
    lot_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    amount = AmountField(help_text="Estimated value, excluding VAT.")
    amount_gross = AmountField(help_text="Estimated value, including VAT.")
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = DayField(null=True, blank=True)
    ends_on = DayField(null=True, blank=True)
    duration = models.CharField(
        max_length=60, blank=True, help_text="How long it runs, for example: 24 months."
    )
    extension = models.TextField(blank=True, help_text="How it may be renewed.")
    options = models.TextField(blank=True, help_text="What may be added to it.")
    conditions = models.TextField("conditions of participation", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "lot_id"], name="lot_is_listed_once_in_a_tender"
            )
        ]

    def __str__(self):
        return self.title or f"Lot {self.lot_id}"


class AwardCriterion(models.Model):
    """One thing bids are judged by, and how much it counts.

    Of one lot, or without a lot of the whole tender. `weight` is in per cent;
    empty where the notice gives none, or something other than a per cent,
    which then stands in the description. That a set comes to 100 at most, the
    database holds by a trigger (`commissions.contracts.triggers`).
    """

    class Kind(models.TextChoices):
        """OCDS award criteria type."""

        PRICE = "price", gettext_lazy("Price")
        COST = "cost", gettext_lazy("Cost over the whole life")
        QUALITY = "quality", gettext_lazy("Quality")
        NOT_STATED = "", gettext_lazy("Not stated")

    tender = models.ForeignKey(
        "commissions.Tender", models.CASCADE, related_name="criteria"
    )
    lot = models.ForeignKey(
        Lot, models.CASCADE, null=True, blank=True, related_name="criteria"
    )
    order = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    weight = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Per cent of the whole score.",
    )
    description = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "award criteria"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "name"],
                condition=Q(lot__isnull=True),
                name="criterion_is_listed_once_in_a_tender",
                violation_error_message="This criterion is listed already.",
            ),
            models.UniqueConstraint(
                fields=["lot", "name"],
                condition=Q(lot__isnull=False),
                name="criterion_is_listed_once_in_a_lot",
                violation_error_message="This criterion is listed already for this lot.",
            ),
            models.CheckConstraint(
                name="criterion_weight_is_a_per_cent",
                condition=Q(weight__isnull=True) | Q(weight__gt=0, weight__lte=WHOLE),
                violation_error_message="A weight is more than 0 and at most 100 per cent.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a lot of another tender, and weights that come to more than all."""
        if self.lot_id and self.lot.tender_id != self.tender_id:
            raise ValidationError({"lot": "Choose a lot of the same tender."})
        others = AwardCriterion.objects.filter(tender=self.tender_id, lot=self.lot_id)
        weights = others.exclude(pk=self.pk).aggregate(sum=Sum("weight"))
        given = Decimal(weights["sum"] or 0).normalize()
        if given + (self.weight or 0) > WHOLE:
            left = (WHOLE - given).normalize()
            raise ValidationError(
                {
                    "weight": f"The other criteria weigh {given:f} per cent already: "
                    f"this one can weigh {left:f} at most."
                }
            )


class Tender(models.Model):
    """The tender of a commission. Amounts are pounds unless `currency` differs.

    `invited_at` is set by the verb that invites bids here; a tender known from
    its notice only has none. What the shortest tendering period depends on
    (Procurement Act 2023 s.54(4)) is asked as the Act asks it.
    """

    class Status(models.TextChoices):
        """OCDS tender status."""

        PLANNING = "planning", gettext_lazy("In planning")
        PLANNED = "planned", gettext_lazy("Planned")
        ACTIVE = "active", gettext_lazy("Open or being assessed")
        CANCELLED = "cancelled", gettext_lazy("Cancelled")
        UNSUCCESSFUL = "unsuccessful", gettext_lazy("Ended without an award")
        COMPLETE = "complete", gettext_lazy("Complete")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
        NOT_STATED = "", gettext_lazy("Not stated")

    class Shortened(models.TextChoices):
        """Why the Act lets bids close after 10 days (s.54(4))."""

        NO = "", gettext_lazy("Not shortened")
        PLANNED_NOTICE = (
            "planned_notice",
            gettext_lazy("A planned procurement notice came before"),
        )
        URGENCY = "urgency", gettext_lazy("It is urgent")
        DYNAMIC_MARKET = (
            "dynamic_market",
            gettext_lazy("It asks the members of a dynamic market"),
        )

    commission = models.OneToOneField(Commission, models.CASCADE, related_name="tender")
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=Status, blank=True)
    method = models.CharField(
        max_length=20, blank=True, help_text="OCDS: open, selective, limited, direct."
    )
    method_details = models.CharField(max_length=500, blank=True)
    category = models.CharField(
        max_length=20, blank=True, help_text="OCDS: goods, services, works."
    )
    cpv = models.CharField(max_length=8, blank=True)
    amount = AmountField(help_text="Estimated value, excluding VAT.")
    amount_gross = AmountField(help_text="Estimated value, including VAT.")
    currency = models.CharField(max_length=3, default="GBP")
    opens_at = MomentField(null=True, blank=True)
    closes_at = MomentField(null=True, blank=True)
    questions_close_at = MomentField(null=True, blank=True)
    award_expected_on = DayField(
        null=True, blank=True, help_text="When the choice is expected to be made."
    )
    how_to_bid = models.TextField(blank=True)
    platform_url = WebAddressField(
        "where to bid",
        max_length=1000,
        blank=True,
        help_text="The address where bids are sent and documents are kept.",
    )
    languages = models.CharField(
        "languages of bids",
        max_length=200,
        blank=True,
        help_text="For example: English or Welsh.",
    )
    conditions = models.TextField(
        "conditions of participation",
        blank=True,
        help_text="What a provider must have or show to take part, in plain words.",
    )
    risks = models.TextField(
        "known risks",
        blank=True,
        help_text="What could change the contract while it runs, in plain words.",
    )
    no_lots_because = models.TextField(
        "why it is not in lots",
        blank=True,
        help_text="The Act asks for the reason where a contract could be divided (s.18).",
    )
    electronic = models.BooleanField(
        "bids are sent electronically", null=True, blank=True
    )
    documents_together = models.BooleanField(
        "every document was there from the first day", null=True, blank=True
    )
    shortened = models.CharField(
        "why bids close sooner", max_length=20, choices=Shortened, blank=True
    )
    no_competition_ground = models.CharField(
        "ground that the notice gives for no competition", max_length=500, blank=True
    )
    no_competition_because = models.TextField(
        "why there is no competition, as the notice says", blank=True
    )
    own_reference = models.CharField(
        "the body’s own reference", max_length=255, blank=True
    )
    other_cpv = models.CharField(
        "other CPV codes", max_length=500, blank=True, help_text="Separated by commas."
    )
    options = models.TextField(
        blank=True, help_text="What may be added to the contract, in plain words."
    )
    reserved_for = models.CharField(
        "reserved for",
        max_length=200,
        blank=True,
        help_text="Who alone may bid: codes, separated by commas.",
    )
    reserved_place = models.CharField(
        "reserved for suppliers of",
        max_length=200,
        blank=True,
        help_text="The place that suppliers must be from, for example: Kent.",
    )
    related_processes = models.JSONField(default=list, blank=True, editable=False)
    suits_sme = models.BooleanField(null=True, blank=True)
    suits_vcse = models.BooleanField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tender_invited_here_closes_after_it_opens",
                condition=Q(invited_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                violation_error_message="Bids must close after they open.",
            ),
            models.CheckConstraint(
                name="tender_invited_here_takes_questions_before_it_closes",
                condition=Q(invited_at__isnull=True)
                | Q(questions_close_at__isnull=True)
                | Q(questions_close_at__lte=F("closes_at")),
                violation_error_message="Questions must close before bids do.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def record_name(self):
        return f"{self.commission.record_name}/tender"

    @property
    def record_commission(self):
        return self.commission.reference

    @classmethod
    def invite(cls, commission, *, closes_at, by, opens_at=None, at=None, **said):
        """Ask providers for bids until a time, in lots and by criteria if said.

        `said` are the fields of the tender, and `lots` and `criteria`, lists of
        mappings of theirs; a criterion names its lot by `lot_id`. What a notice
        told of the tender before is completed. Lists show until when one can bid.
        One entry. Raises NotReady where
        the gate is not met or the notice is not on its platform, Overtaken
        where bids were invited already, ValidationError where a rule refuses.
        """
        now = at or timezone.now()
        if lacking := invitation_gaps(commission, now):
            raise NotReady(*lacking)
        lots, criteria = said.pop("lots", ()), said.pop("criteria", ())
        with transaction.atomic():
            tender = cls.objects.select_for_update().filter(commission=commission)
            tender = tender.first() or cls(commission=commission)
            if tender.invited_at:
                raise Overtaken("Bids are invited already for this commission.")
            said = {"status": cls.Status.ACTIVE, "opens_at": opens_at or now, **said}
            for name, value in said.items():
                setattr(tender, name, value)
            tender.closes_at, tender.invited_at = closes_at, now
            tender.full_clean()
            tender.save()
            tender.divide(lots, criteria)
            if commission.stage == "tender":
                window = commission.Window.BIDS
                commission.show_window(window, tender.opens_at, closes_at)
            Entry.objects.append(
                Kind.TENDER_INVITED,
                tender,
                by=by,
                at=at,
                title=tender.title,
                closes=closes_at.isoformat(),
                lots=len(lots),
                criteria=[str(criterion) for criterion in tender.criteria.all()],
            )
        return tender

    def divide(self, lots, criteria):
        """Put its lots and criteria in place of those there; part of `invite`."""
        self.lots.all().delete()
        self.criteria.all().delete()
        by_id = {}
        for number, lot in enumerate(lots, 1):
            made = Lot(**{"tender": self, "lot_id": str(number), **lot})
            made.full_clean()
            made.save()
            by_id[made.lot_id] = made
        for order, criterion in enumerate(criteria, 1):
            lot = by_id.get(criterion.get("lot_id", ""))
            rest = {name: v for name, v in criterion.items() if name != "lot_id"}
            made = AwardCriterion(tender=self, lot=lot, order=order, **rest)
            made.full_clean()
            made.save()


def invitation_gaps(commission, at=None):
    """List, as sentences, what is missing before bids can be invited."""
    code = opening_notice(commission.regime, commission.route, "tender")
    return [
        *gates.missing(commission, "tender"),
        *missing_notice(
            commission, (code,) if code and not commission.is_small else (), at
        ),
    ]
