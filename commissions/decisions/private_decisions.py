"""Taking a decision in private: why, and the two notices of it (SI 2012/2089 reg 5).

The first notice comes 28 clear days before (5(2)); the second, with what people
said against it and the answer, 5 clear days before (5(4) and (5)).
"""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from commissions.fields import DayField
from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry, Kind


class InPrivate(models.Model):
    """The part of a decision that says whether it is taken in private, and why."""

    is_private = models.BooleanField(
        "taken in private",
        default=False,
        help_text="Then 28 clear days’ notice of that is due too (regulation 5).",
    )
    private_reason = models.TextField(blank=True)
    private_notice_on = DayField(null=True, blank=True)
    second_notice_on = DayField(
        null=True,
        blank=True,
        help_text="The day of the further notice, 5 clear days before (regulation 5(4)).",
    )
    representations = models.TextField(
        blank=True,
        help_text="What people said against taking it in private. Leave it empty if "
        "nobody did. Names of people stay out.",
    )
    representations_response = models.TextField(
        "answer to them",
        blank=True,
        help_text="The statement of response that regulation 5(5)(c) asks for.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="decision_in_private_says_why",
                condition=Q(is_private=False) | ~Q(private_reason=""),
                violation_error_message="Say why it is taken in private.",
            ),
            models.CheckConstraint(
                name="second_notice_of_privacy_follows_the_first",
                condition=Q(second_notice_on__isnull=True)
                | Q(is_private=True, second_notice_on__gte=F("private_notice_on")),
                violation_error_message="The second notice follows the first notice "
                "that it is taken in private.",
            ),
        ]

    def give_second_notice(
        self, *, by, on=None, at=None, representations="", response=""
    ):
        """Say again that it is taken in private, with the objections and the answer.

        `on` is the day of the notice: today, unless said. Raises NotReady where
        the first notice or the answer is missing, or the day does not fit;
        Overtaken where it is decided, or the notice is recorded, already.
        """
        on = on or timezone.localdate(at)
        self.check_second_notice(on, representations, response)
        fields = {
            "second_notice_on": on,
            "representations": representations.strip(),
            "representations_response": response.strip(),
        }
        with transaction.atomic():
            waiting = type(self).objects.filter(
                pk=self.pk, second_notice_on__isnull=True, decided_on__isnull=True
            )
            if not waiting.update(**fields):
                raise Overtaken(
                    "The second notice is recorded, or it is decided, already."
                )
            Entry.objects.append(
                Kind.PRIVACY_CONFIRMED,
                self,
                by=by,
                at=at,
                on=on.isoformat(),
                due_on=self.due_on.isoformat(),
                objected=bool(fields["representations"]),
            )
        for name, value in fields.items():
            setattr(self, name, value)

    def check_second_notice(self, on, representations, response):
        """Refuse a second notice that cannot follow the first, or answers nobody."""
        if not (self.is_private and self.published_at and self.private_notice_on):
            raise NotReady(
                "A second notice follows a first: publish the decision as one taken in "
                "private, with the day of its first notice."
            )
        if not self.private_notice_on <= on <= timezone.localdate():
            raise NotReady(
                "The second notice is published on or after the day of the first, and "
                "is recorded once it is published: today or earlier."
            )
        if representations.strip() and not response.strip():
            raise NotReady(
                "Answer what people said: the second notice has to carry a statement "
                "of response (regulation 5(5)(c))."
            )
