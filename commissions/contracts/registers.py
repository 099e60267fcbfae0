"""What a contracts register says of a contract, and no notice does.

The columns are those of the Local Government Transparency Code 2015.
"""

from django.db import models, transaction

from commissions.addresses import WebAddressField
from commissions.commission.choices import Route
from commissions.fields import DayField
from commissions.people.models import Post
from commissions.record.models import Kind

COMPETED = {
    Route.OPEN: True,
    Route.COMPETITIVE_FLEXIBLE: True,
    Route.DYNAMIC_MARKET: True,
    Route.PSR_COMPETITIVE: True,
    Route.DIRECT_AWARD: False,
    Route.PSR_A: False,
    Route.PSR_B: False,
    Route.PSR_C: False,
    Route.PSR_MSP: False,
}
"""The routes that tell by themselves whether bids were invited."""


class Registered(models.Model):
    """The part of a contract that staff complete: who answers for it, its review."""

    COMPLETED = (
        "title",
        "description",
        "post",
        "department",
        "review_on",
        "irrecoverable_vat",
        "tendered",
        "copy_url",
        "copy_published_on",
        "changed_copy_url",
        "changed_copy_published_on",
        "no_indicators_because",
    )
    """What `complete` may fill in or correct."""

    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name="post that manages it",
    )
    department = models.CharField(
        "department responsible",
        max_length=200,
        blank=True,
        help_text="The team that answers for the contract, for example: Adult social care.",
    )
    review_on = DayField(
        "next review",
        null=True,
        blank=True,
        help_text="When somebody next looks at whether it still serves.",
    )
    irrecoverable_vat = models.DecimalField(
        "VAT that cannot be recovered",
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Pounds. Most councils recover all of it: then write 0.",
    )
    tendered = models.BooleanField(
        "was it tendered?",
        null=True,
        blank=True,
        help_text="Whether bids or quotes were invited. Only asked where the route of "
        "the commission does not tell.",
    )
    copy_url = WebAddressField(
        "copy of the contract",
        max_length=1000,
        blank=True,
        help_text="Where the published copy can be read.",
    )
    copy_published_on = DayField(null=True, blank=True)
    changed_copy_url = WebAddressField(
        "copy of the contract as changed",
        max_length=1000,
        blank=True,
        help_text="Where the newest copy as changed, or a copy of the change, can be read.",
    )
    changed_copy_published_on = DayField(
        "copy as changed published on", null=True, blank=True
    )
    no_indicators_because = models.TextField(
        "why there are no performance indicators",
        blank=True,
        help_text="Contracts worth more than £5 million need three, or a reason "
        "(Procurement Act 2023, section 52). Light touch contracts need none.",
    )

    class Meta:
        abstract = True

    @property
    def was_tendered(self):
        """Whether bids were invited: as the route tells, else as staff say; or None."""
        return COMPETED.get(self.commission.route, self.tendered)

    def complete(self, *, by, at=None, **fields):
        """Fill in or correct what notices do not say; return the names that changed.

        `fields` are some of COMPLETED. Nothing changed, nothing recorded.
        """
        changed = sorted(n for n, v in fields.items() if getattr(self, n) != v)
        if not changed:
            return []
        for name in changed:
            setattr(self, name, fields[name])
        self.full_clean(validate_unique=False)
        with transaction.atomic():
            self.save(update_fields=changed)
            self.note(Kind.CONTRACT_CHANGED, by=by, at=at, fields=changed)
        return changed
