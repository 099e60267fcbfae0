"""Where: nations, regions, counties and districts by their official codes; postcodes."""

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy


class Area(models.Model):
    """A place with an official code: a nation, region, county or district.

    `code` is the GSS code (E10000020); older GSS codes and the ITL or NUTS
    codes that notices use are in AreaCode.
    """

    class Kind(models.TextChoices):
        """How large a place it is."""

        NATION = "nation", gettext_lazy("Nation")
        REGION = "region", gettext_lazy("Region")
        COMBINED = "combined", gettext_lazy("Combined authority area")
        COUNTY = "county", gettext_lazy("County")
        DISTRICT = "district", gettext_lazy("District, borough or unitary area")
        PARISH = "parish", gettext_lazy("Parish or community")
        HEALTH = "health", gettext_lazy("NHS area")
        POLICE = "police", gettext_lazy("Police area")
        FIRE = "fire", gettext_lazy("Fire and rescue area")

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

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("commissions:place-detail", args=[self.slug])


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


def free_slug(model, name):
    """Return a slug for a name that no row has."""
    stem = slugify(name)[:190] or "council"
    slug, number = stem, 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


class PostcodeDistrict(models.Model):
    """All postcodes with one beginning (NF1), packed: commissions.places.postcodes.

    `areas` lists [GSS codes, number of live postcodes] of each set of areas in which
    some of them lie.
    """

    outward = models.CharField(max_length=4, unique=True)
    packed = models.BinaryField()
    areas = models.JSONField()
    source = models.CharField(max_length=100, help_text="Which list they are from.")

    class Meta:
        ordering = ["outward"]

    def __str__(self):
        return self.outward


class AreaExtent(models.Model):
    """What the live postcodes in an area say of it: its centre, what else it lies in.

    By its code, since lists of postcodes name areas that may come in later. `beside`
    is {GSS code: number of the postcodes that lie in that area too}.
    """

    code = models.CharField(max_length=20, unique=True)
    easting = models.IntegerField()
    northing = models.IntegerField()
    postcodes = models.PositiveIntegerField()
    beside = models.JSONField()
    source = models.CharField(max_length=100)

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.code
