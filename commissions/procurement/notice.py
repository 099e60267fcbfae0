"""Notices published on the central platforms, and the facts that the days of others depend on.

Platform first: an authority may publish a notice elsewhere, but not before the central
platform has it (SI 2024/692, regulation 5(11)).
"""

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from commissions.commission.models import Commission
from commissions.commission.standstill import LOST, standstill_of
from commissions.fields import MomentField, WebAddressField
from commissions.law.notices import (
    NOTICE_TYPES,
    OF_BODIES,
    OF_BODIES_ALONE,
    PLATFORMS,
    FiledNotice,
    name_of,
    notice_problems,
    notice_type,
)
from commissions.law.notices_due import (
    ContractChanged,
    ContractSigned,
    NoticeFacts,
    PublishedNotice,
    last_day_of_notice,
    notices_due,
)
from commissions.law.thresholds import CENTRAL
from commissions.organisations.models import Organisation
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken


class Notice(models.Model):
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
    form = models.CharField(
        max_length=20,
        blank=True,
        editable=False,
        help_text="What it is, where it has no code: a key of `law.notices.forms`.",
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
    contact_url = WebAddressField(max_length=1000, blank=True)

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
    def type(self):
        """What it is: its row in the table of notices, or of the forms without a code."""
        return notice_type(self.code or self.form)

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

    @classmethod
    def refusals(cls, about, now=None, **filed):
        """Return why a notice cannot be recorded, as sentences by field.

        `about` is a commission or an organisation. `filed` are code, title,
        platform, reference, url and published_at.
        """
        now = now or timezone.now()
        if isinstance(about, Organisation):
            return cls.refusals_of_a_body(about, now, **filed)
        return cls.refusals_of_a_commission(about, now, **filed)

    @classmethod
    def refusals_of_a_body(cls, organisation, now, **filed):
        """Return why an organisation's own notice cannot be recorded."""
        found = notice_problems(FiledNotice(is_of_a_body=True, **filed), (), now)
        if organisation.kind == Organisation.Kind.PROVIDER:
            found["code"] = (
                "A provider does not have to publish this notice: only a public body does."
            )
        return found

    @classmethod
    def refusals_of_a_commission(cls, commission, now, **filed):
        """Return why a notice about a commission cannot be recorded."""
        others = commission.notices.exclude(code="")
        asked = FiledNotice(
            regime=commission.regime,
            route=commission.route,
            light_touch=commission.light_touch,
            **filed,
        )
        found = notice_problems(asked, others.values_list("code", "published_at"), now)
        if not commission.published_at:
            found["code"] = (
                "Publish the intention first: a notice is shown on the commission’s "
                "public page."
            )
        return found

    @classmethod
    def publish(
        cls,
        about,
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

        `about` is a commission, or an organisation whose own notice it is.
        `reference` is the platform's own, `published_at` its time. `ocid` is
        the platform's identifier for the procurement, where that is known;
        else the commission's own stands. `contact` is the name, email address
        and telephone that the notice itself gives (SI 2024/692 regulation
        13(f)); the record holds none of it, but the day by which the law wanted
        the notice, as it could be counted when it was recorded.

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
        if amiss := cls.refusals(about, at, **filed):
            raise NotReady(*amiss.values())
        known = cls.objects.filter(
            platform=filed["platform"], release_id=filed["reference"]
        )
        name, email, phone = [*contact, "", "", ""][:3]
        notice = cls(
            **cls.place(about, ocid),
            release_id=filed.pop("reference"),
            tags=",".join(NOTICE_TYPES[code].first_tags) if code else "",
            contact_name=name,
            contact_email=email,
            contact_phone=phone,
            **filed,
        )
        if there := known.select_related("commission", "organisation").first():
            raise Overtaken(
                f"Notice {there.release_id} is recorded already, on "
                f"“{there.commission or there.organisation}”."
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
                due=(last := notice.last_day()) and last.isoformat(),
            )
        return notice

    @classmethod
    def place(cls, about, ocid):
        """Return the columns that say what a notice is about."""
        if isinstance(about, Organisation):
            return {"organisation": about}
        return {"commission": about, "ocid": ocid or about.ocid}

    def last_day(self):
        """Return the day by which the law wanted it published; None if it fixes none."""
        if self.organisation:
            on = timezone.localdate(self.published_at)
            return last_day_of_notice(self.code, on, self.organisation.nation)
        return last_day_of(self, timezone.localdate())

    def keep(self):
        """Save it for the first time; part of `publish`. Raises Overtaken."""
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            raise Overtaken(
                f"Someone else has just recorded notice {self.release_id}."
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


def newest_notice(commission, codes, at=None):
    """Return a commission's newest published notice with one of these codes, or None."""
    found = commission.notices.filter(
        code__in=codes, published_at__lte=at or timezone.now()
    )
    return found.order_by("-published_at", "-pk").first()


def missing_notice(commission, codes, at=None):
    """Say in a sentence which notice is not on record yet; none where nothing is due."""
    if not codes or newest_notice(commission, codes, at):
        return []
    named = " or the ".join(map(name_of, codes))
    return [
        f"Record the {named} first: publish it on the central platform, then "
        "enter its reference, address and time there under “Notices”."
    ]


# From the rows of one commission to the plain facts that its notices depend on.


def last_day_of(notice, today):
    """Return the day by which the law wanted a commission's notice; None if it fixes none.

    Of several contracts that one notice may be about, the last: a notice is not
    called late for the sake of another contract.
    """
    on = timezone.localdate(notice.published_at)
    days = [
        due.on
        for due in notices_due(facts_of(notice.commission, today))
        if (due.code, due.published_on) == (notice.code, on) and not due.part
    ]
    return max(filter(None, days), default=None)


def facts_of(commission, today):
    """Return what the rules need of one commission."""
    dates = list(commission.stage_dates.all())
    direct = getattr(commission, "direct_award", None)
    tender = getattr(commission, "tender", None)
    awards = [each for each in commission.awards.all() if each.status not in LOST]
    return NoticeFacts(
        today=today,
        regime=commission.regime,
        route=commission.route,
        light_touch=commission.light_touch,
        stage=commission.stage,
        nation=commission.organisation.nation,
        central=commission.organisation.kind in CENTRAL,
        works=bool(tender and tender.category == "works"),
        value=commission.value_max,
        least=commission.value_min,
        vat=commission.value_vat,
        reached={d.stage: d.actual_on for d in dates if d.actual_on},
        planned={
            d.stage: d.planned_on
            for d in dates
            if d.planned_on and d.precision == "day"
        },
        decided_on=latest_notice(awards, "decided_on"),
        standstill_ends_on=standstill_end(commission),
        contracts=tuple(
            signed_facts(each) for each in commission.contracts.all() if each.is_signed
        ),
        published=tuple(
            PublishedNotice(each.code, timezone.localdate(each.published_at))
            for each in commission.notices.all()
            if each.code
        ),
        chosen_by_user=bool(direct and direct.ground == "user_choice"),
        urgent=bool(direct and direct.ground == "psr_urgent"),
    )


def standstill_end(commission):
    """Return the end of the standstill that an abandonment may have fallen in, or None."""
    abandoned = (commission.regime, commission.stage) == ("psr", "cancelled")
    return standstill_of(commission).last if abandoned else None


def latest_notice(rows, name):
    return max(filter(None, (getattr(row, name) for row in rows)), default=None)


def signed_facts(contract):
    """Return a contract as the rules know it."""
    return ContractSigned(
        name=str(contract),
        signed_on=contract.signed_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        longest_end=contract.latest_end_on,
        ended_on=contract.ended_on,
        amount=contract.amount,
        gross=contract.amount_gross,
        indicators=len(contract.indicators.all()),
        changes=tuple(
            contract_changes_of(
                contract, contract.amendments.all(), contract.extensions.all()
            )
        ),
        copied_on=contract.copy_published_on,
        changed_copied_on=contract.changed_copy_published_on,
    )


def contract_changes_of(contract, amendments, extensions):
    """Yield the changes of a contract, oldest first."""
    made = [(each.made_on, each) for each in amendments]
    made += [(each.used_on, each) for each in extensions if each.used_on]
    for on, each in sorted(made, key=lambda pair: pair[0]):
        change = each.change()
        before, after = change.amount_before, change.amount_after
        added = after - before if None not in (before, after) else 0
        yield ContractChanged(on, tuple(contract.why_notice(change)), added, after)
