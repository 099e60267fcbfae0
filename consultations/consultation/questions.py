"""Questions asked beside the text of a consultation."""

from django.db import models
from django.db.models import Q

from consultations.consultation.models import Consultation


class Question(models.Model):
    """A question asked beside the text."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", "In their own words"
        SINGLE = "single", "One choice"
        MULTIPLE = "multiple", "Any number of choices"
        SCALE = "scale", "A scale from 1 to 5"

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="questions"
    )
    order = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=500)
    hint = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(
        blank=True,
        help_text="One choice a line. For a scale: the words for 1 and for 5, one a line.",
    )
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_with_choices_has_choices",
                condition=Q(kind="text") | ~Q(choices=""),
                violation_error_message="Give the choices, one a line.",
            ),
        ]

    def __str__(self):
        return self.text

    def choice_list(self):
        """Return the choices, or the two ends of the scale."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]
