"""What changes a contract after it is signed: extension options used, amendments."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from commissions.fields import DayField
from commissions.law.contract_changes import Change, why_notice
from commissions.record.exceptions import NotReady, Overtaken, refuse_to_come
from commissions.record.models import Kind


def iso(day):
    """Write a day for the record; empty where there is none."""
    return day.isoformat() if day else ""


def pounds(amount):
    """Write an amount for the record, to the penny; None where there is none."""
    return None if amount is None else f"{amount:.2f}"


class Extension(models.Model):
    """An option, agreed from the start, to let a contract run on until a day."""

    contract = models.ForeignKey(
        "commissions.Contract", models.CASCADE, related_name="extensions"
    )
    until = DayField(help_text="The last day if this option is used.")
    used_on = DayField(null=True, blank=True)
    ends_before = DayField(null=True, blank=True, editable=False)
    why = models.TextField(blank=True, help_text="Why the contract was extended.")

    class Meta:
        ordering = ["until", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "until"],
                name="extension_option_is_listed_once",
                violation_error_message="This contract has an option until that day already.",
            ),
            models.CheckConstraint(
                name="extension_that_is_used_says_when_and_why",
                condition=Q(used_on__isnull=True, why="")
                | (Q(used_on__isnull=False) & ~Q(why="")),
                violation_error_message="Say when the contract was extended, and why.",
            ),
        ]

    def __str__(self):
        return f"May run until {self.until}"

    def change(self):
        """Return what its use changes: see `commissions.law.contract_changes`."""
        before = self.ends_before or self.contract.ends_on
        return Change(
            ends_before=before,
            ends_after=self.until,
            starts_on=self.contract.starts_on,
            longest_end=self.contract.latest_end_on,
        )


class Amendment(models.Model):
    """A change to a contract, with the reason. Amounts in pounds, excluding VAT."""

    contract = models.ForeignKey(
        "commissions.Contract", models.CASCADE, related_name="amendments"
    )
    made_on = DayField("changed on")
    changed = models.TextField("what changed")
    reason = models.TextField()
    amount_before = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )
    amount_after = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True
    )
    ends_before = DayField(null=True, blank=True)
    ends_after = DayField(null=True, blank=True)
    longest_end_before = DayField(null=True, blank=True)

    class Meta:
        ordering = ["made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="amendment_says_what_changed_and_why",
                condition=~Q(reason="") & ~Q(changed=""),
                violation_error_message="Say what changed, and why.",
            ),
            models.CheckConstraint(
                name="amendment_value_is_not_negative",
                condition=(Q(amount_before__isnull=True) | Q(amount_before__gte=0))
                & (Q(amount_after__isnull=True) | Q(amount_after__gte=0)),
                violation_error_message="The value must be nothing or more, in pounds.",
            ),
        ]

    def __str__(self):
        return f"{self.made_on}: {self.changed[:60]}"

    def change(self):
        """Return how far it moves the contract: see `commissions.law.contract_changes`."""
        return Change(
            amount_before=self.amount_before,
            amount_after=self.amount_after,
            ends_before=self.ends_before,
            ends_after=self.ends_after,
            starts_on=self.contract.starts_on,
            longest_end=self.longest_end_before,
        )


class Amendable(models.Model):
    """The part of a contract that can change while it runs."""

    class Meta:
        abstract = True

    def why_notice(self, change):
        """Say why the law asks for a change notice (UK10) before such a change."""
        tender = getattr(self.commission, "tender", None)
        return why_notice(
            change,
            regime=self.commission.regime,
            light_touch=self.commission.light_touch,
            works=bool(tender and tender.category == "works"),
        )

    def offer(self, until, *, by, at=None):
        """Add an option to extend that was agreed from the start; return it.

        Raises NotReady where the contract has ended or the option is too early,
        ValidationError where it is listed, Overtaken where the end just moved.
        """
        self.refuse_no_later(until)
        option = self.extensions.model(contract=self, until=until)
        with transaction.atomic():
            option.full_clean()
            option.save(force_insert=True)
            latest = max(self.latest_end_on or until, until)
            self.change_term(self.ends_on, latest_end_on=latest)
            self.note(Kind.CONTRACT_CHANGED, by=by, at=at, fields=["extensions"])
        return option

    def refuse_no_later(self, until):
        """Raise NotReady for an option that would not let the contract run longer."""
        if self.ends_on and until <= self.ends_on:
            raise NotReady("An option ends later than the contract does without it.")

    def extend(self, option, *, why, by, on=None, at=None):
        """Use an option to let the contract run on, for a reason.

        Raises NotReady where the option is used or too early, the contract has
        ended or the reason is missing, and Overtaken where somebody was first.
        """
        on = on or timezone.localdate(at)
        refuse_to_come(on, "Record an extension", at)
        if not why.strip():
            raise NotReady("Say why the contract is extended. The public sees it.")
        if option.contract_id != self.pk or option.used_on:
            raise NotReady("Choose an option of this contract that is not used yet.")
        self.refuse_no_later(option.until)
        before = self.ends_on
        with transaction.atomic():
            self.change_term(option.until)
            unused = self.extensions.filter(pk=option.pk, used_on__isnull=True)
            if not unused.update(used_on=on, why=why, ends_before=before):
                raise Overtaken("Somebody else has just used this option.")
            self.note(
                Kind.CONTRACT_EXTENDED,
                by=by,
                at=at,
                on=iso(on),
                before=iso(before),
                until=iso(option.until),
                why=why,
            )
        option.refresh_from_db()

    def change_term(self, ends_on, **values):
        """Move the end (and other `values`), unless somebody else just did.

        Part of a verb. Raises NotReady for a contract that has ended or is only
        proposed, ValidationError where a constraint refuses.
        """
        self.refuse_unsigned()
        if self.ended_on:
            raise NotReady("This contract has ended: it can no longer change.")
        before = {"ends_on": self.ends_on, "amount": self.amount}
        values["ends_on"] = ends_on
        if self.latest_end_on and ends_on and ends_on > self.latest_end_on:
            values["latest_end_on"] = ends_on
        for name, value in values.items():
            setattr(self, name, value)
        self.validate_constraints()
        signed = type(self).objects.signed().filter(pk=self.pk)
        same = signed.filter(ended_on__isnull=True, **before)
        if not same.update(**values):
            raise Overtaken("Somebody else has just changed this contract.")

    def amend(
        self, *, changed, reason, by, on=None, amount=None, ends_on=None, at=None
    ):
        """Record a change that was agreed, with its reason; return the amendment.

        `amount` is the new value in pounds excluding VAT, `ends_on` the new last
        day; either is left out where it stays. What the value came to with VAT
        is then no longer known. Raises NotReady, ValidationError, Overtaken.
        """
        on = on or timezone.localdate(at)
        refuse_to_come(on, "Record a change", at)
        amount = None if amount == self.amount else amount
        ends_on = None if ends_on == self.ends_on else ends_on
        amendment = self.amendments.model(
            contract=self,
            made_on=on,
            changed=changed.strip(),
            reason=reason.strip(),
            amount_before=self.amount if amount is not None else None,
            amount_after=amount,
            ends_before=self.ends_on if ends_on else None,
            ends_after=ends_on,
            longest_end_before=self.latest_end_on or self.ends_on,
        )
        amendment.full_clean()
        values = {} if amount is None else {"amount": amount, "amount_gross": None}
        with transaction.atomic():
            self.change_term(ends_on or self.ends_on, **values)
            amendment.save(force_insert=True)
            self.note(
                Kind.CONTRACT_AMENDED,
                by=by,
                at=at,
                on=iso(on),
                changed=amendment.changed,
                reason=amendment.reason,
                amount_before=pounds(amendment.amount_before),
                amount=pounds(amount),
                before=iso(amendment.ends_before),
                until=iso(ends_on),
            )
        return amendment
