"""Topics, and the CPV codes (Common Procurement Vocabulary) that lead to them."""

from django.db import models
from django.urls import reverse


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
