"""Notices published on the central platforms, and the releases as received."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from commissions.models.addresses import WebAddressField
from commissions.models.commissions import Commission
from commissions.models.days import MomentField
from commissions.models.record import Entry, Kind
from commissions.models.refusals import NotReady, Overtaken
from commissions.notice_types import NOTICE_TYPES, PLATFORMS, Filed, problems


class Notice(models.Model):
    """One notice about a commission: one OCDS release.

    A notice is shown only with the reference, time and address under which
    its platform published it (SI 2024/692 reg 5(11): platform first). The
    contact is the one the notice names, which the law requires of it
    (reg 13(f)). A platform of `PLATFORMS` gives each reference once; of
    another publisher an id is only told apart within its OCID (OCDS).
    """

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="notices")
    ocid = models.CharField(max_length=255)
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
        constraints = [
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
        """Its name on the public record."""
        return f"notice/{self.ocid}/{self.release_id}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns."""
        return self.commission.reference

    @classmethod
    def refusals(cls, commission, now=None, **filed):
        """Return why a notice cannot be recorded, as sentences by field.

        `filed` are code, title, platform, reference, url and published_at.
        """
        others = commission.notices.exclude(code="")
        asked = Filed(
            regime=commission.regime,
            route=commission.route,
            light_touch=commission.light_touch,
            **filed,
        )
        found = problems(
            asked, others.values_list("code", "published_at"), now or timezone.now()
        )
        if not commission.published_at:
            found["code"] = (
                "Publish the intention first: a notice is shown on the commission’s "
                "public page."
            )
        return found

    @classmethod
    def publish(
        cls,
        commission,
        *,
        code,
        platform,
        reference,
        url,
        published_at,
        by,
        title="",
        ocid="",
        contact=(),
        at=None,
    ):
        """Record a notice that its platform has published, and show it.

        `reference` is the platform's own, `published_at` its time. `ocid` is
        the platform's identifier for the procurement, where that is known;
        else the commission's own stands. `contact` is the name, email address
        and telephone that the notice itself gives (SI 2024/692 regulation
        13(f)); the record holds none of it.

        Raises NotReady with a sentence for each thing that is amiss, and
        Overtaken where the notice is recorded already.
        """
        filed = {
            "code": code,
            "title": title,
            "platform": platform.strip(),
            "reference": reference.strip(),
            "url": url.strip(),
            "published_at": published_at,
        }
        if amiss := cls.refusals(commission, at, **filed):
            raise NotReady(*amiss.values())
        known = cls.objects.filter(
            platform=filed["platform"], release_id=filed["reference"]
        )
        name, email, phone = [*contact, "", "", ""][:3]
        notice = cls(
            commission=commission,
            ocid=ocid or commission.ocid,
            release_id=filed.pop("reference"),
            tags=",".join(NOTICE_TYPES[code].first_tags) if code else "",
            contact_name=name,
            contact_email=email,
            contact_phone=phone,
            **filed,
        )
        if there := known.select_related("commission").first():
            raise Overtaken(
                f"Notice {there.release_id} is recorded already, on "
                f"“{there.commission}”."
            )
        with transaction.atomic():
            notice.keep()
            Entry.objects.append(
                Kind.NOTICE_PUBLISHED,
                notice,
                by=by,
                at=at,
                code=code,
                platform=notice.platform,
                reference=notice.release_id,
                url=notice.url,
                published=published_at.isoformat(),
            )
        return notice

    def keep(self):
        """Save it for the first time; part of `publish`. Raises Overtaken."""
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            raise Overtaken(
                f"Somebody else has just recorded notice {self.release_id}."
            ) from None


class Release(models.Model):
    """An OCDS release exactly as it was received.

    `body` is its JSON, compressed with zlib; kept apart from Notice so that
    no list has to read it.
    """

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="release")
    source = models.CharField(max_length=1000, help_text="The file or address.")
    received_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the JSON.")
    body = models.BinaryField()

    def __str__(self):
        return f"release of {self.notice}"


class Document(models.Model):
    """A document about a commission: a link, or a file kept here (OCDS document)."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="documents")
    source_id = models.CharField(
        max_length=255,
        blank=True,
        editable=False,
        help_text="Where an imported release has it: section and id.",
    )
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    document_type = models.CharField(
        max_length=60, blank=True, help_text="A code of OCDS documentType."
    )
    url = WebAddressField(max_length=1000, blank=True)
    file = models.FileField(upload_to="documents/%Y/", blank=True, max_length=300)
    format = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=20, blank=True)
    published_at = MomentField(null=True, blank=True)
    is_accessible = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether a screen reader can read it. Empty if nobody has checked.",
    )

    class Meta:
        ordering = ["-published_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="document_is_a_link_or_a_file",
                condition=(models.Q(url="") & ~models.Q(file=""))
                | (~models.Q(url="") & models.Q(file="")),
                violation_error_message="Give a link or a file, one of the two.",
            ),
            models.UniqueConstraint(
                fields=["commission", "source_id"],
                condition=~models.Q(source_id=""),
                name="imported_document_is_listed_once",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def record_name(self):
        """Its name on the public record."""
        return f"{self.commission.record_name}/documents/{self.pk}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns."""
        return self.commission.reference

    def attach(self, *, by, at=None):
        """Add it to its commission; on a published one that is a public act."""
        with transaction.atomic():
            self.published_at = self.published_at or at or timezone.now()
            self.save(force_insert=True)
            if self.commission.published_at:
                Entry.objects.append(
                    Kind.DOCUMENT_ADDED, self, by=by, at=at, title=self.title
                )
