"""Notices published on the central platforms, about a commission or a body itself."""

from django.db import models

from commissions.addresses import WebAddressField
from commissions.commission.models import Commission
from commissions.fields import MomentField
from commissions.law.notices import OF_BODIES, OF_BODIES_ALONE, PLATFORMS
from commissions.organisations.models import Organisation
from commissions.procurement.models.noticing import Recorded


class Notice(Recorded):
    """One notice about a commission: one OCDS release. Or one about an organisation.

    A pipeline notice (UK1) and a payments compliance notice (UK17) are the
    organisation's own; Find a Tender publishes no release of the latter.

    A notice is shown only with the reference, time and address under which
    its platform published it (SI 2024/692 reg 5(11): platform first). The
    contact is the one the notice names, which the law requires of it
    (reg 13(f)). A platform of `PLATFORMS` gives each reference once; of
    another publisher an id is only told apart within its OCID (OCDS).
    """

    commission = models.ForeignKey(
        Commission, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        help_text="Of a notice that is about the body itself, not a commission.",
    )
    ocid = models.CharField(max_length=255, blank=True)
    release_id = models.CharField(max_length=255)
    code = models.CharField(
        max_length=10,
        blank=True,
        help_text="UK1 to UK17, PSR2 to PSR14 or PSR-AB, where the notice says so.",
    )
    title = models.CharField(max_length=500, blank=True)
    platform = models.CharField(
        max_length=100, help_text="Who published it: Find a Tender, Contracts Finder."
    )
    tags = models.CharField(
        max_length=200, blank=True, help_text="OCDS release tags, comma-separated."
    )
    url = WebAddressField(max_length=1000, blank=True)
    published_at = MomentField()
    contact_name = models.CharField(max_length=255, blank=True)
    contact_email = models.CharField(max_length=255, blank=True)
    contact_phone = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["published_at", "pk"]
        indexes = [
            models.Index(
                fields=["code", "published_at"],
                condition=models.Q(code__in=OF_BODIES),
                name="notice_that_bodies_owe",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_is_about_a_commission_or_an_organisation",
                condition=models.Q(commission__isnull=True, organisation__isnull=False)
                | models.Q(commission__isnull=False, organisation__isnull=True),
                violation_error_message="A notice is about one commission or about one organisation: give one of the two.",
            ),
            models.CheckConstraint(
                name="notice_about_an_organisation_is_one_that_it_owes",
                condition=models.Q(organisation__isnull=True)
                | models.Q(code__in=OF_BODIES),
                violation_error_message="Only the pipeline notice (UK1) and the payments compliance notice (UK17) are about an organisation.",
            ),
            models.CheckConstraint(
                name="notice_about_payments_is_about_an_organisation",
                condition=models.Q(commission__isnull=True)
                | ~models.Q(code__in=OF_BODIES_ALONE),
                violation_error_message="The payments compliance notice (UK17) is about the organisation, not about one commission.",
            ),
            models.UniqueConstraint(
                fields=["ocid", "release_id", "platform"],
                name="notice_is_received_once",
            ),
            models.UniqueConstraint(
                fields=["release_id", "platform"],
                condition=models.Q(platform__in=list(PLATFORMS)),
                name="reference_of_a_platform_names_one_notice",
                violation_error_message="A notice with this reference on this platform is recorded already. Check the reference.",
            ),
            models.CheckConstraint(
                name="notice_with_a_code_has_its_place_on_a_platform",
                condition=models.Q(code="")
                | ~(
                    models.Q(platform="")
                    | models.Q(release_id="")
                    | models.Q(url="")
                    | models.Q(published_at__isnull=True)
                ),
                violation_error_message="Give the platform, the reference, the address and the time of publication: a notice is shown here only after its platform published it.",
            ),
        ]

    def __str__(self):
        return f"{self.code or self.tags} {self.release_id}"

    @property
    def record_name(self):
        """Its name on the public record; an organisation's own is told as an act of it."""
        if self.organisation:
            return self.organisation.record_name
        return f"notice/{self.ocid}/{self.release_id}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns, if any."""
        return self.commission.reference if self.commission else ""

    @classmethod
    def of_bodies(cls, organisations):
        """Select what bodies published of what they owe themselves, oldest first.

        Find a Tender has one pipeline notice for each contract to come, so one
        on a commission that a body leads counts as its own.
        """
        own = models.Q(organisation__in=organisations)
        led = models.Q(
            commission__organisation__in=organisations,
            commission__published_at__isnull=False,
        )
        return cls.objects.filter(own | led, code__in=OF_BODIES)
