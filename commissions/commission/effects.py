"""What a commission changes, and for whom: effects, equality, staff who transfer."""

from django.db import models

from commissions.addresses import WebAddressField


class Tupe(models.TextChoices):
    """Whether staff move to a new provider with their terms kept (TUPE 2006)."""

    APPLIES = "applies", "TUPE applies"
    DOES_NOT = "does_not", "TUPE does not apply"
    NOT_KNOWN = "", "Not known yet"


class Effects(models.Model):
    """The part of a commission that says what it changes, and for whom."""

    changes_for = models.TextField(
        blank=True,
        help_text="Who it changes things for, and how: people who use the service, "
        "carers, providers, staff.",
    )
    equality_impact = models.TextField(
        "effect on equality",
        blank=True,
        help_text="Whom it could help or harm more than others (age, disability, sex, "
        "race, religion, pregnancy and so on), and what you do about it. Equality Act "
        "2010, section 149.",
    )
    equality_impact_url = WebAddressField(
        "equality impact assessment",
        max_length=1000,
        blank=True,
        help_text="Where the whole assessment can be read, if it is published.",
    )
    tupe = models.CharField(
        "TUPE",
        max_length=20,
        choices=Tupe,
        default=Tupe.NOT_KNOWN,
        blank=True,
        help_text="Whether staff of the present provider would move to the next one. "
        "Bidders need to know, and so do the staff.",
    )
    replaces = models.ManyToManyField(
        "commissions.Contract",
        blank=True,
        related_name="replaced_by",
        verbose_name="contracts it replaces",
        help_text="The present contracts that this commission follows. Their pages "
        "then say what comes next.",
    )

    class Meta:
        abstract = True
