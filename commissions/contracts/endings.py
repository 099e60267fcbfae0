"""How a contract ends: on which day, and why."""

from django.db import models, transaction

from commissions.contracts.amendments import iso
from commissions.fields import DayField
from commissions.record.exceptions import NotReady, Overtaken, refuse_to_come
from commissions.record.models import Kind


class Endable(models.Model):
    """The part of a contract that says how it ended."""

    class Ending(models.TextChoices):
        """Why a contract ended."""

        EXPIRED = "expired", "It ran its full term"
        AGREED = "agreed", "Both sides agreed to end it early"
        BREACH = "breach", "The supplier did not do what was agreed"
        NOTICE = "notice", "One side gave notice, as the contract allows"
        INSOLVENT = "insolvent", "The supplier could not pay its debts"
        SET_ASIDE = "set_aside", "A court set it aside"
        OTHER = "other", "Another reason"

    ended_on = DayField(null=True, blank=True, editable=False)
    ending = models.CharField(max_length=20, choices=Ending, blank=True, editable=False)
    ended_why = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True

    def end(self, *, on, ending, by, why="", at=None):
        """Record that the contract ended, and why.

        Raises NotReady for a day to come, a contract that is only proposed, an
        expiry before the term is over, or an early end without a reason; Overtaken
        where its end is recorded.
        """
        self.refuse_unsigned()
        refuse_to_come(on, "Record the end", at)
        ending, why = self.Ending(ending), why.strip()
        if ending == self.Ending.EXPIRED and self.ends_on and on < self.ends_on:
            raise NotReady(
                f"It runs until {self.ends_on:%-d %B %Y}, so it has not run its full "
                "term. Choose why it ended early."
            )
        if ending != self.Ending.EXPIRED and not why:
            raise NotReady("Say why it ended early. The public sees the reason.")
        made = self.signed_on or self.starts_on
        if made and on < made:
            raise NotReady("It cannot end before it was signed.")
        facts = {"ended_on": on, "ending": ending, "ended_why": why}
        with transaction.atomic():
            signed = type(self).objects.signed().filter(pk=self.pk)
            going = signed.filter(ended_on__isnull=True)
            if not going.update(**facts, status="terminated"):
                raise Overtaken("The end of this contract is recorded already.")
            self.note(
                Kind.CONTRACT_ENDED,
                by=by,
                at=at,
                on=iso(on),
                ending=ending.value,
                why=why,
            )
        for name, value in {**facts, "status": "terminated"}.items():
            setattr(self, name, value)
