"""Easy Read: what a commission is about in short sentences, each beside a picture."""

from pathlib import PurePath

from django.core.validators import FileExtensionValidator
from django.db import models

from commissions.commission.models import Commission


class EasyReadPart(models.Model):
    """One step of the Easy Read version of a commission: some words, and a picture."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="easy_read")
    order = models.PositiveSmallIntegerField()
    words = models.TextField(
        help_text="One idea, in one or two short sentences of everyday words."
    )
    picture = models.ImageField(
        upload_to="easy-read/",
        blank=True,
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
        help_text="A JPEG, PNG or WebP picture that shows the same idea.",
    )
    shows = models.CharField(
        "what the picture shows",
        max_length=300,
        blank=True,
        help_text="For those who cannot see it.",
    )

    class Meta:
        ordering = ["commission", "order", "pk"]
        verbose_name = "part of the Easy Read version"
        verbose_name_plural = "Easy Read version"
        constraints = [
            models.CheckConstraint(
                name="easy_read_picture_is_described",
                condition=models.Q(picture="") | ~models.Q(shows=""),
                violation_error_message="Say what the picture shows.",
            ),
        ]

    def __str__(self):
        return self.words

    @property
    def file_name(self):
        """The name of the picture's file, without its folder."""
        return PurePath(self.picture.name).name
