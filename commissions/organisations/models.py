"""Organisations: the bodies that commission, and those that provide."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from commissions.fields import DayField, WebAddressField
from commissions.law.deadlines import Holidays
from commissions.places.models import Area
from commissions.record.models import Entry, Kind


class OrganisationQuerySet(models.QuerySet):
    """Organisations by what they do."""

    def commissioning(self):
        """Public bodies: every kind but providers."""
        return self.exclude(kind=Organisation.Kind.PROVIDER)

    def providers(self):
        """Bodies known only because they bid for or won something."""
        return self.filter(kind=Organisation.Kind.PROVIDER)

    def called(self, name):
        """Organisations known by a name, however it is spaced, pointed or capitalised."""
        words = " ".join(name.split()).strip(" .,;:")
        if not words:
            return self.none()
        by_name = Q(name__iexact=words) | Q(other_names__name__iexact=words)
        return self.filter(by_name | Q(slug=slugify(words))).distinct()

    def identified(self, scheme, identifier):
        """Organisations known by one identifier: one at most."""
        return self.filter(identifiers__scheme=scheme, identifiers__value=identifier)


class Organisation(models.Model):
    """A body that commissions public services, or provides them (OCDS party)."""

    class Kind(models.TextChoices):
        """What sort of body it is. Only a provider holds no commissions."""

        LOCAL_AUTHORITY = "local_authority", gettext_lazy("Council")
        COMBINED_AUTHORITY = "combined_authority", gettext_lazy("Combined authority")
        PARISH = "parish", gettext_lazy("Parish, town or community council")
        NHS = "nhs", gettext_lazy("NHS body")
        POLICE = "police", gettext_lazy("Police")
        FIRE = "fire", gettext_lazy("Fire and rescue")
        CENTRAL = "central", gettext_lazy("Central government")
        DEVOLVED = "devolved", gettext_lazy("Devolved government")
        EDUCATION = "education", gettext_lazy("School, college or university")
        HOUSING = "housing", gettext_lazy("Housing association")
        OTHER = "other", gettext_lazy("Other public body")
        PROVIDER = "provider", gettext_lazy("Provider")

    class Nation(models.TextChoices):
        """Whose bank holidays count its working days."""

        ENGLAND = "england", gettext_lazy("England")
        WALES = "wales", gettext_lazy("Wales")
        SCOTLAND = "scotland", gettext_lazy("Scotland")
        NORTHERN_IRELAND = "northern_ireland", gettext_lazy("Northern Ireland")

    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255, unique=True)
    kind = models.CharField(max_length=30, choices=Kind, db_index=True)
    nation = models.CharField(
        max_length=20,
        choices=Nation,
        default=Nation.ENGLAND,
        help_text="Its bank holidays are not counted as working days.",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        help_text="The place it serves.",
    )
    website = WebAddressField(max_length=500, blank=True)
    about = models.TextField(
        blank=True, help_text="What it does, in a sentence or two."
    )
    contact_email = models.EmailField(
        blank=True, help_text="A shared mailbox for representations, not a person's."
    )
    contact_phone = models.CharField(max_length=50, blank=True)
    contact_address = models.TextField(blank=True)
    least_consultation_days = models.PositiveSmallIntegerField(
        "least days to comment",
        default=28,
        help_text="A shorter consultation needs a reason, which the public sees.",
    )
    moderates_every_comment = models.BooleanField(
        default=False,
        help_text="Questions too. Otherwise only the first from an address waits for a moderator.",
    )
    same_people_decline = models.BooleanField(
        "those who run a consultation also decline comments",
        default=False,
        help_text="Only where it has one person for both: the page of the consultation "
        "says so. Otherwise a second person decides.",
    )
    moderated_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="moderates_for",
        verbose_name="moderated by",
        help_text="Another body whose moderators alone decide which comments and "
        "questions are published. The public is told.",
    )
    moderators = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        help_text="Or accounts of people who hold no post here, by name, who alone decide.",
    )
    question_days = models.PositiveSmallIntegerField(
        "working days to answer a question",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="What it promises to people who ask a holder in public. "
        "Questions asked before keep the promise made to them.",
    )
    agenda_in_working_days = models.BooleanField(
        "agendas wait five clear working days",
        default=True,
        help_text="Most councils leave weekends and bank holidays out of the five clear "
        "days before a meeting. Untick it if this one counts every day.",
    )
    is_sme = models.BooleanField(
        "small or medium-sized firm",
        null=True,
        blank=True,
        help_text="As it says itself: fewer than 250 staff, and a turnover of at most "
        "£44 million or a balance sheet of at most £38 million.",
    )
    is_vcse = models.BooleanField(
        "voluntary, community or social enterprise",
        null=True,
        blank=True,
        help_text="As it says itself: a charity, community group or social enterprise.",
    )
    moved_by_notices = models.BooleanField(
        "let imported notices move our commissions",
        default=False,
        help_text="What a notice says of a commission you hold is then taken over at "
        "once, as far as no gate refuses. Otherwise somebody here confirms it first.",
    )
    owes_pipeline_notice = models.BooleanField(
        "expects to pay over £100 million a year",
        null=True,
        blank=True,
        help_text="Under contracts that the Procurement Act covers, in the financial "
        "year: it then owes a pipeline notice (UK1, section 93). Until it says, the "
        "public reads “not known”, never “late”.",
    )
    owes_payments_notice = models.BooleanField(
        "pays under public contracts",
        null=True,
        blank=True,
        help_text="In each half-year in which it does it owes a payments compliance "
        "notice (UK17, section 69). Schools and private utilities owe none.",
    )
    founded_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text="The body that took over when this one was abolished or merged.",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "id"], name="organisation_by_name")]
        constraints = [
            models.CheckConstraint(
                name="organisation_is_dissolved_after_it_is_founded",
                condition=Q(founded_on__isnull=True)
                | Q(dissolved_on__isnull=True)
                | Q(dissolved_on__gte=F("founded_on")),
                violation_error_message="An organisation must be dissolved after it was founded.",
            ),
            models.CheckConstraint(
                name="organisation_does_not_succeed_itself",
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                violation_error_message="An organisation cannot be its own successor. Choose another body.",
            ),
            models.CheckConstraint(
                name="organisation_does_not_moderate_for_itself",
                condition=Q(moderated_by__isnull=True) | ~Q(moderated_by=F("id")),
                violation_error_message="A moderator from elsewhere works for another body. Choose another, or leave it empty.",
            ),
            models.CheckConstraint(
                name="organisation_with_a_successor_is_dissolved",
                condition=Q(successor__isnull=True) | Q(dissolved_on__isnull=False),
                violation_error_message="Give the date on which this body ended, since another has taken over.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:organisation-detail", args=[self.slug])

    @property
    def record_name(self):
        return f"organisation/{self.slug}"

    def succeed(self, successor, *, on, by, at=None):
        """Record that another body took over on a date (Popolo: dissolution)."""
        with transaction.atomic():
            self.successor, self.dissolved_on = successor, on
            self.full_clean()
            self.save(update_fields=["successor", "dissolved_on"])
            Entry.objects.append(
                Kind.ORGANISATION_SUCCEEDED,
                self,
                by=by,
                at=at,
                successor=successor.record_name,
                on=on.isoformat(),
            )


class OrganisationIdentifier(models.Model):
    """A number by which a register knows an organisation (OCDS identifier).

    The same buyer under two names is one organisation, because its
    identifiers say so.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(
        max_length=60,
        help_text="The register, as org-id.guide writes it: GB-LAE, GB-NHS, GB-COH, GB-PPON.",
    )
    value = models.CharField(max_length=200, verbose_name="identifier")

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_names_one_organisation",
                violation_error_message="Another organisation already has this identifier. Merge the two, or correct the number.",
            ),
        ]

    def __str__(self):
        return f"{self.scheme}-{self.value}"


class OtherName(models.Model):
    """Another name under which notices have known an organisation (Popolo)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="other_names"
    )
    name = models.CharField(max_length=255)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="other_name_is_listed_once"
            ),
        ]

    def __str__(self):
        return self.name


class HolidayQuerySet(models.QuerySet):
    """Bank holidays as the clocks want them: one query, plain dates."""

    def known_on(self, day):
        """Those announced by a day: what a count begun then could know."""
        return self.filter(Q(announced_on__isnull=True) | Q(announced_on__lte=day))

    def for_nation(self, nation):
        """Return the days that are bank holidays in a nation."""
        return frozenset(self.filter(nation=nation).values_list("day", flat=True))

    def calendar(self, nation):
        """Return a nation's holidays for the clocks, the other nations' beside them.

        `nation` is a value of Organisation.Nation. Call it once for many clocks.
        """
        own, elsewhere = set(), set()
        for whose, day in self.values_list("nation", "day"):
            (own if whose == nation else elsewhere).add(day)
        return Holidays(nation, frozenset(own), frozenset(elsewhere))


class Holiday(models.Model):
    """A day that is not a working day in one nation (gov.uk/bank-holidays).

    Change the table here and every clock still running moves with it.
    """

    nation = models.CharField(max_length=20, choices=Organisation.Nation)
    day = DayField()
    name = models.CharField(
        max_length=100,
        help_text="As GOV.UK lists it, for example: Boxing Day (substitute day).",
    )
    announced_on = DayField(
        null=True,
        blank=True,
        help_text="Only for a day announced late, such as a coronation. "
        "Leave it empty for the usual ones.",
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "nation"]
        constraints = [
            models.UniqueConstraint(
                fields=["nation", "day"],
                name="holiday_is_listed_once_for_a_nation",
                violation_error_message="This nation has a bank holiday on this day already. Change that one instead.",
            ),
            models.CheckConstraint(
                name="holiday_is_announced_before_it_is_over",
                condition=Q(announced_on__isnull=True) | Q(announced_on__lte=F("day")),
                violation_error_message="A bank holiday is announced on or before the day itself. Correct one of the two dates.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_nation_display()}, {self.day.isoformat()}"

    @property
    def record_name(self):
        return f"holiday/{self.nation}/{self.day.isoformat()}"


class HolidayCalendars:
    """The bank holidays, read once and only where a clock asks for them."""

    def __init__(self):
        self.read = {}

    def of(self, nation):
        """Return the holidays of a nation."""
        if nation not in self.read:
            self.read[nation] = Holiday.objects.calendar(nation)
        return self.read[nation]
