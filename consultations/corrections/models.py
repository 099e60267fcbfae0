"""Corrections: somebody says that what a page states is wrong, and is told what came of it.

Needs no account. The words and the address are private: what is public is
that the page was checked, and what was found. The address goes once the
answer is on its way; its digest stays, so that erasing by it finds the words.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.models import Commissioner, Organisation, Post
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_short_reference
from consultations import public_names
from consultations.languages import in_language_of, language_field
from consultations.outbox.models import Message, queue_email
from consultations.signed_links import address_key, address_keys


class CorrectionQuerySet(models.QuerySet):
    """Reports, by whether anybody has looked at them."""

    def open(self):
        """Those that wait for an answer."""
        return self.filter(state=Correction.State.OPEN)


class Correction(models.Model):
    """One report of an error on one page, and its answer."""

    class State(models.TextChoices):
        """What came of it."""

        OPEN = "open", gettext_lazy("Not checked yet")
        CONFIRMED = "confirmed", gettext_lazy("Checked: the page is correct")
        CORRECTED = (
            "corrected",
            gettext_lazy("The page was wrong, and is now corrected"),
        )

    reference = models.CharField(
        max_length=20, unique=True, default=new_short_reference
    )
    about = models.CharField(
        max_length=255, help_text="What the page is about, by its public name."
    )
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        help_text="The body whose page it is: its staff answer.",
    )
    text = models.TextField(help_text="What is wrong, and what would be right.")
    email = models.EmailField(blank=True)
    address_key = models.CharField(max_length=40, blank=True, db_index=True)
    language = language_field()
    state = models.CharField(max_length=20, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True, help_text="What was found and done.")
    received_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "report of an error"
        verbose_name_plural = "reports of errors"
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["state", "received_at"], name="correction_by_state")
        ]
        constraints = [
            models.CheckConstraint(
                name="correction_settled_has_an_answer_and_a_time",
                condition=Q(state="open", answer="", answered_at__isnull=True)
                | (~Q(state="open") & ~Q(answer="") & Q(answered_at__isnull=False)),
                violation_error_message="Say what was found and done.",
            ),
        ]

    def __str__(self):
        return f"Report {self.reference} about {self.about}"

    def save(self, **kwargs):
        """Keep whose page it is about, and with an address its digest."""
        if self._state.adding:
            self.body = body_of(
                public_names.find_by_public_name(self.about, REPORTABLE)
            )
        if self.email:
            self.address_key = address_key(self.email)
        super().save(**kwargs)

    @property
    def record_name(self):
        return f"correction/{self.reference}"

    @property
    def record_commission(self):
        """The reference of the commission it concerns, if it is about one."""
        kind, _, key = self.about.partition("/")
        return key if kind == "commission" else ""

    def settle(self, state, *, answer, by, at=None):
        """Say what came of it, put that on the record, and forget the address.

        The record says which of the two it was, and has no words of theirs. The caller
        queues the mail. Raises NotReady without an answer,
        Overtaken where somebody was first.
        """
        if not answer.strip():
            raise NotReady(
                "Say what you found and did. The person who reported it reads this."
            )
        now = at or timezone.now()
        with transaction.atomic():
            waiting = Correction.objects.filter(pk=self.pk, state=self.State.OPEN)
            if not waiting.update(
                state=state, answer=answer, answered_at=now, email=""
            ):
                raise Overtaken("Somebody else has answered this report already.")
            Entry.objects.append(
                Kind.CORRECTION_SETTLED, self, by=by, at=at, outcome=str(state)
            )
        self.refresh_from_db()

    @classmethod
    def erase_sent_from(cls, email):
        """Erase the words and the address of what one address reported; return how many."""
        sent = cls.objects.filter(
            Q(email__iexact=email) | Q(address_key__in=address_keys(email))
        )
        told = Message.objects.filter(
            to__iexact=email, dedupe__startswith="correction-"
        ).values_list("dedupe", flat=True)
        references = [dedupe.removeprefix("correction-") for dedupe in told]
        mine = cls.objects.filter(
            Q(pk__in=sent.values("pk")) | Q(reference__in=references)
        )
        return mine.update(
            text="[Erased at the sender's request]", email="", address_key=""
        )


REPORTABLE = {
    "commission",
    "contract",
    "decision",
    "commissioner",
    "organisation",
    "post",
    "service",
    "barrier",
}


def body_of(thing):
    """Return the body whose page a thing is on; None where that is no one body's."""
    if isinstance(thing, Organisation):
        return thing
    if isinstance(thing, Commissioner):
        tenure = thing.tenures.current().select_related("post__organisation").first()
        return tenure and tenure.post.organisation
    return getattr(getattr(thing, "commission", None) or thing, "organisation", None)


def subject_of(name):
    """Return (its title, its page) of what a public name names, or None."""
    found = public_names.find_by_public_name(name, REPORTABLE)
    shown = found.organisation if isinstance(found, Post) else found
    return found and (str(found), shown.get_absolute_url())


def settle(correction, state, *, answer, by):
    """Answer a report and tell its sender, if they left an address."""
    with transaction.atomic(), in_language_of(correction):
        found = subject_of(correction.about)
        email = correction.email
        correction.settle(state, answer=answer, by=by)
        queue_email(
            "correction",
            email,
            f"correction-{correction.reference}",
            correction=correction,
            title=found[0] if found else correction.about,
            link=f"{settings.PORTAL_ORIGIN}{found[1] if found else '/'}",
        )
