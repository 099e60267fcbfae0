"""Where: nations, regions, counties and districts by their official codes."""

from django.db import models


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
