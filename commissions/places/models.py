"""Where and what about: areas, topics, and the CPV codes that lead to topics."""

from django.db import models
from django.urls import reverse


class Area(models.Model):
    """A place with an official code: a nation, region, county or district.

    `code` is the GSS code (E10000020); older GSS codes and the ITL or NUTS
    codes that notices use stand in AreaCode.
    """

    class Kind(models.TextChoices):
        """How large a place it is."""

        NATION = "nation", "Nation"
        REGION = "region", "Region"
        COMBINED = "combined", "Combined authority area"
        COUNTY = "county", "County"
        DISTRICT = "district", "District, borough or unitary area"

    code = models.CharField(max_length=20, unique=True, help_text="GSS code.")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(
        max_length=255,
        db_index=True,
        editable=False,
        help_text="Codes from the root to here, each followed by a slash.",
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Save with the path that finds everything inside this area."""
        self.path = f"{self.parent.path if self.parent else ''}{self.code}/"
        if "update_fields" in kwargs:
            kwargs["update_fields"] = {*kwargs["update_fields"], "path"}
        super().save(**kwargs)


class AreaCode(models.Model):
    """Another code for an area: a former GSS code, an ITL or NUTS code."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="codes")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], name="area_code_names_one_area"
            ),
        ]

    def __str__(self):
        return f"{self.scheme} {self.value}"


class Topic(models.Model):
    """What a service is about, in residents' words; a tree two levels deep."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Return the list of commissions about it."""
        return f"{reverse('commissions:commission-list')}?topic={self.slug}"


class CpvCode(models.Model):
    """A code of the Common Procurement Vocabulary (Regulation (EC) 213/2008).

    A code without a topic of its own takes that of its nearest parent.
    """

    code = models.CharField(max_length=8, primary_key=True)
    description = models.CharField(max_length=400)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="cpv_codes"
    )

    class Meta:
        verbose_name = "CPV code"
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.description}"
