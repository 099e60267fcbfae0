"""Contracts: what was signed with whom, for how much, for how long (OCDS).

The state of a contract on a day is said here only, for pages, files and the clock.
An extension that is used moves `ends_on`; one that is not used yet leaves it, and
`latest_end_on` says until when the contract can run on. So its *term* is over after
`ends_on`, and a register says that its end is not recorded; but a contract is *known
to be over*, so that its commission moves on, only after every extension.

`contract_standing` reads one contract in Python; the conditions beside it find the
same rows in the database. Tests hold both to the same answers.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.commission import gates
from commissions.commission.choices import Route
from commissions.commission.models import Commission
from commissions.commission.snapshots import pounds
from commissions.commission.standstill import standstill_of
from commissions.contracts.performance import Rating
from commissions.fields import AmountField, DayField, WebAddressField
from commissions.law.contract_changes import why_change_notice
from commissions.organisations.models import Organisation
from commissions.people.models import Post
from commissions.procurement.award import Award
from commissions.record.models import Entry, Kind
from commissions.record.references import (
    NotReady,
    Overtaken,
    contract_reference,
    next_number,
    refuse_to_come,
)
from commissions.text.formats import on_day

UNSIGNED = {"pending", "planned", "planning", "cancelled", "unsuccessful", "withdrawn"}


"""OCDS states of a contract that, without a day of signing, was never signed."""


OVER = {"terminated", "complete", "cancelled"}


"""OCDS states of a contract that is over, whatever its days say."""


SOON = 366  # days: within a year somebody should know what comes next


class ContractState(TextChoices):
    """The state of a contract on a day."""

    PROPOSED = "proposed", gettext_lazy("Proposed, not signed")
    TO_START = "to_start", gettext_lazy("Signed, not started")
    RUNNING = "running", gettext_lazy("Running")
    TERM_OVER = "term_over", gettext_lazy("Term over, end not recorded")
    ENDED = "ended", gettext_lazy("Ended")


STATED = {
    ContractState.PROPOSED: gettext_lazy(
        "In a notice; a signature is not recorded here"
    ),
    ContractState.TO_START: gettext_lazy("Starts later, as the notice says"),
    ContractState.RUNNING: gettext_lazy("Within its term, as the notice says"),
    ContractState.TERM_OVER: gettext_lazy("Term over, as the notice says"),
    ContractState.ENDED: gettext_lazy("Ended, as the notice says"),
}


"""The same of a contract under a commission that is known from notices only."""


@dataclass(frozen=True)
class ContractStanding:
    """The state of one contract on a day.

    `over_since` is the day it ended, every extension included; None unless known.
    """

    on: date
    state: ContractState
    ends_on: date | None
    over_since: date | None

    @property
    def label(self):
        return str(self.state.label)

    def label_of(self, commission):
        """Say it of a contract under a commission: as far as its notices state it."""
        if commission.kept_here:
            return self.label
        if self.state == ContractState.RUNNING and not self.ends_on:
            return gettext("In a notice; its last day is not recorded here")
        return str(STATED[self.state])

    @property
    def is_signed(self):
        """Whether it was made, as against only proposed by a notice."""
        return self.state != ContractState.PROPOSED

    @property
    def is_over(self):
        """Whether it ended or its term is over."""
        return self.state in (ContractState.TERM_OVER, ContractState.ENDED)

    @property
    def ends_soon(self):
        """Whether it is signed, not over, and ends within a year."""
        going = self.state in (ContractState.TO_START, ContractState.RUNNING)
        left = (self.ends_on - self.on).days if self.ends_on else -1
        return going and 0 <= left <= SOON


def is_contract_signed(contract):
    """Tell whether a contract was made, as against only proposed by a notice."""
    return contract.signed_on is not None or contract.status not in UNSIGNED


def contract_state(contract, on):
    """Return the state of a contract on a day."""
    if not is_contract_signed(contract):
        return ContractState.PROPOSED
    if contract.ended_on:
        if contract.ended_on <= on:
            return ContractState.ENDED
    elif contract.status in OVER:
        return ContractState.ENDED
    elif contract.ends_on and contract.ends_on < on:
        return ContractState.TERM_OVER
    later = contract.starts_on and contract.starts_on > on
    return ContractState.TO_START if later else ContractState.RUNNING


def last_contract_day(contract):
    """Return the day it ended, or the last day with every extension; None without."""
    if contract.ended_on or not contract.ends_on:
        return contract.ended_on
    return max(contract.ends_on, contract.latest_end_on or contract.ends_on)


def contract_over_since(contract, on):
    """Return the day on which a contract is known to have ended by a day, or None."""
    last = last_contract_day(contract)
    over = last and (last <= on if contract.ended_on else last < on)
    return last if over else None


def contract_standing(contract, on):
    return ContractStanding(
        on,
        contract_state(contract, on),
        contract.ends_on,
        contract_over_since(contract, on),
    )


def signed_condition():
    """Tell, as a condition, which contracts were made."""
    return ~Q(signed_on__isnull=True, status__in=UNSIGNED)


def over_condition(on):
    """Tell, as a condition, which are over on a day: ended, or past their term."""
    past = Q(status__in=OVER) | Q(ends_on__lt=on)
    return Q(ended_on__lte=on) | (Q(ended_on__isnull=True) & past)


def running_condition(on):
    """Tell, as a condition, which are not; written out, for an index to serve."""
    ahead = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    unended = Q(ended_on__isnull=True) & ~Q(status__in=OVER) & ahead
    return Q(ended_on__gt=on) | unended


def over_with_extensions_condition(on):
    """Tell, as a condition, which are known to have ended by a day: `over_since`."""
    no_longer = Q(latest_end_on__isnull=True) | Q(latest_end_on__lt=on)
    past = Q(ended_on__isnull=True, ends_on__lt=on) & no_longer
    return Q(ended_on__lte=on) | past


PROPOSED = (
    "This contract is only proposed: a notice named it before anyone signed. "
    "Record its signature first, or confirm the notice that gives the day."
)

COMPETED = {
    Route.OPEN: True,
    Route.COMPETITIVE_FLEXIBLE: True,
    Route.DYNAMIC_MARKET: True,
    Route.PSR_COMPETITIVE: True,
    Route.DIRECT_AWARD: False,
    Route.PSR_A: False,
    Route.PSR_B: False,
    Route.PSR_C: False,
    Route.PSR_MSP: False,
}
"""The routes that tell by themselves whether bids were invited."""


def iso_day(day):
    return day.isoformat() if day else ""


class ContractQuerySet(models.QuerySet):
    """Contracts by who may see them and what state they are in (`contracts.standing`)."""

    def published(self, at=None):
        """Contracts under commissions that are public at a time."""
        return self.filter(commission__published_at__lte=at or timezone.now())

    def signed(self):
        """Contracts that were made, as against only proposed."""
        return self.filter(signed_condition())

    def ended(self, on=None):
        """Contracts that are over on a day: ended on record, or past their term."""
        return self.filter(over_condition(on or timezone.localdate()))

    def running(self, on=None):
        """Contracts that are signed and not over on a day, begun or not."""
        return self.signed().filter(running_condition(on or timezone.localdate()))

    def ending_soon(self, on):
        """Contracts that are signed, not over, and end within a year of a day."""
        last = on + timedelta(days=SOON)
        return self.running(on).filter(ends_on__range=(on, last))


class Contract(models.Model):
    """A contract with one or more suppliers. Amounts are pounds excluding VAT.

    What an imported notice does not say (who manages it, when it is reviewed)
    staff complete; what changes after the signature is a verb of its own.
    """

    class Ending(models.TextChoices):
        """Why a contract ended."""

        EXPIRED = "expired", gettext_lazy("It ran its full term")
        AGREED = "agreed", gettext_lazy("Both sides agreed to end it early")
        BREACH = "breach", gettext_lazy("The supplier did not do what was agreed")
        NOTICE = "notice", gettext_lazy("One side gave notice, as the contract allows")
        INSOLVENT = "insolvent", gettext_lazy("The supplier could not pay its debts")
        SET_ASIDE = "set_aside", gettext_lazy("A court set it aside")
        OTHER = "other", gettext_lazy("Another reason")

    COMPLETED = (
        "title",
        "description",
        "post",
        "department",
        "review_on",
        "irrecoverable_vat",
        "tendered",
        "copy_url",
        "copy_published_on",
        "changed_copy_url",
        "changed_copy_published_on",
        "no_indicators_because",
    )
    """What `complete` may fill in or correct."""

    reference = models.CharField(max_length=255, unique=True, editable=False)
    commission = models.ForeignKey(Commission, models.CASCADE, related_name="contracts")
    award = models.ForeignKey(
        Award, models.SET_NULL, null=True, blank=True, related_name="contracts"
    )
    contract_id = models.CharField(max_length=255)
    title = models.CharField(max_length=500, blank=True)
    description = models.TextField(
        blank=True, help_text="What the supplier does, in plain words."
    )
    status = models.CharField(max_length=20, blank=True)
    signed_on = DayField(null=True, blank=True)
    signing_expected_on = DayField(
        null=True,
        blank=True,
        editable=False,
        help_text="When it is to be signed, by the notice of the choice.",
    )
    amount = AmountField(
        "value", help_text="Pounds over the whole term, excluding VAT."
    )
    amount_gross = AmountField(
        "value with VAT", help_text="Pounds over the whole term, including VAT."
    )
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = DayField(null=True, blank=True)
    ends_on = DayField(
        null=True, blank=True, help_text="The last day, extensions used included."
    )
    latest_end_on = DayField(
        null=True, blank=True, help_text="The end if every extension is used."
    )
    extension = models.TextField(
        blank=True, editable=False, help_text="How it may be renewed, by its notice."
    )
    options = models.TextField(
        blank=True, editable=False, help_text="What may be added, by its notice."
    )
    suppliers = models.ManyToManyField(Organisation, related_name="contracts")
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name="post that manages it",
    )
    department = models.CharField(
        "department responsible",
        max_length=200,
        blank=True,
        help_text="The team that answers for the contract, for example: Adult social care.",
    )
    review_on = DayField(
        "next review",
        null=True,
        blank=True,
        help_text="When somebody next looks at whether it still serves.",
    )
    irrecoverable_vat = AmountField(
        "VAT that cannot be recovered",
        help_text="Pounds. Most councils recover all of it: then write 0.",
    )
    tendered = models.BooleanField(
        "was it tendered?",
        null=True,
        blank=True,
        help_text="Whether bids or quotes were invited. Only asked where the route of "
        "the commission does not tell.",
    )
    copy_url = WebAddressField(
        "copy of the contract",
        max_length=1000,
        blank=True,
        help_text="Where the published copy can be read.",
    )
    copy_published_on = DayField(null=True, blank=True)
    changed_copy_url = WebAddressField(
        "copy of the contract as changed",
        max_length=1000,
        blank=True,
        help_text="Where the newest copy as changed, or a copy of the change, can be read.",
    )
    changed_copy_published_on = DayField(
        "copy as changed published on", null=True, blank=True
    )
    no_indicators_because = models.TextField(
        "why there are no performance indicators",
        blank=True,
        help_text="Contracts worth more than £5 million need three, or a reason "
        "(Procurement Act 2023, section 52). Light touch contracts need none.",
    )
    ended_on = DayField(null=True, blank=True, editable=False)
    ending = models.CharField(max_length=20, choices=Ending, blank=True, editable=False)
    ended_why = models.TextField(blank=True, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(fields=["ends_on", "id"], name="contract_by_end"),
            models.Index(fields=["-signed_on", "-id"], name="contract_by_signature"),
            models.Index(fields=["-amount", "-id"], name="contract_by_value"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "contract_id"], name="contract_is_listed_once"
            ),
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The contract must end on or after its first day.",
            ),
            models.CheckConstraint(
                name="contract_ends_within_its_longest_term",
                condition=Q(ends_on__isnull=True)
                | Q(latest_end_on__isnull=True)
                | Q(latest_end_on__gte=F("ends_on")),
                violation_error_message="The latest end must not lie before the end.",
            ),
            models.CheckConstraint(
                name="contract_value_is_not_negative",
                condition=(Q(amount__isnull=True) | Q(amount__gte=0))
                & (Q(amount_gross__isnull=True) | Q(amount_gross__gte=0))
                & (Q(irrecoverable_vat__isnull=True) | Q(irrecoverable_vat__gte=0)),
                violation_error_message="The value must be nothing or more, in pounds.",
            ),
            models.CheckConstraint(
                name="contract_copy_has_an_address_and_a_day",
                condition=Q(copy_url="", copy_published_on__isnull=True)
                | (~Q(copy_url="") & Q(copy_published_on__isnull=False)),
                violation_error_message="Give the address of the copy and the day it was published: both, or neither.",
            ),
            models.CheckConstraint(
                name="contract_copy_as_changed_has_an_address_and_a_day",
                condition=Q(changed_copy_url="", changed_copy_published_on__isnull=True)
                | (
                    ~Q(changed_copy_url="") & Q(changed_copy_published_on__isnull=False)
                ),
                violation_error_message="Give the address of the copy as changed and the day it was published: both, or neither.",
            ),
            models.CheckConstraint(
                name="contract_that_ended_says_when_and_why",
                condition=Q(ended_on__isnull=True, ending="", ended_why="")
                | (Q(ended_on__isnull=False) & ~Q(ending="")),
                violation_error_message="Say when the contract ended, and why.",
            ),
        ]

    def __str__(self):
        return self.title or f"Contract {self.contract_id}"

    def save(self, **kwargs):
        """Save with a public reference, made from that of its commission."""
        self.reference = self.reference or contract_reference(
            self.commission.reference, self.contract_id
        )
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("commissions:contract-detail", args=[self.reference])

    @property
    def record_name(self):
        return f"contract/{self.reference}"

    @property
    def record_commission(self):
        return self.commission.reference

    def note(self, kind, *, by, at=None, **facts):
        """Append the entry of a verb to the record, if the public can see the contract."""
        if self.commission.published_at:
            Entry.objects.append(kind, self, by=by, at=at, **facts)

    @property
    def is_signed(self):
        """Whether it was made, as against only proposed by a notice."""
        return is_contract_signed(self)

    def standing(self, on=None):
        return contract_standing(self, on or timezone.localdate())

    def refuse_unsigned(self):
        """Raise NotReady for a contract that is only proposed."""
        if not self.is_signed:
            raise NotReady(PROPOSED)

    @classmethod
    def sign(
        cls, commission, *, suppliers, on, by, award=None, options=(), at=None, **terms
    ):
        """Record a contract that was signed on a day; return it.

        `options` are the last days to which it can be extended; `terms` are
        further fields (title, amount, starts_on, ends_on …). Raises NotReady
        where the commission is no public one, no supplier is named, a gate before
        the contract is shut, the standstill still runs or an option lets it run no
        longer; ValidationError where the
        constraints refuse.
        """
        if not suppliers:
            raise NotReady("Name the supplier with whom the contract is signed.")
        refuse_to_come(on, "Record a signature", at)
        if lacking := gates.missing(commission, "contract"):
            raise NotReady(*lacking)
        cls.refuse_in_standstill(commission, award, on)
        number = next_number(commission.contracts.values_list("contract_id", flat=True))
        terms = {"contract_id": number, "title": commission.title} | terms
        contract = cls(
            commission=commission, award=award, signed_on=on, status="active", **terms
        )
        for until in options:
            contract.refuse_no_later(until)
        ends = [day for day in (contract.ends_on, contract.latest_end_on) if day]
        contract.latest_end_on = max([*ends, *options], default=None)
        contract.full_clean(exclude=["reference"], validate_unique=False)
        try:
            with transaction.atomic():
                contract.save(force_insert=True)
                contract.suppliers.set(suppliers)
                for until in options:
                    contract.extensions.create(until=until)
                contract.note_signed(by=by, at=at, suppliers=len(suppliers))
        except IntegrityError:
            raise Overtaken(
                "Someone else has just recorded this contract, or an option is "
                "listed twice. Look at the commission again."
            ) from None
        return contract

    @staticmethod
    def refuse_in_standstill(commission, award, on):
        """Raise NotReady for a signature before the standstill of its award is over.

        Where no award is named, all of the commission's count.
        """
        if award and award.commission_id != commission.pk:
            raise NotReady("Choose an award of the same commission, or none.")
        found = standstill_of(commission, on, award=award)
        if found.state == "running":
            raise NotReady(
                f"The standstill lasts until {on_day(found.last)}. A contract can be "
                "signed from the day after."
            )

    def record_signature(self, *, on, by, at=None):
        """Record on which day a contract that a notice proposed was signed.

        Raises NotReady for a day to come, one in the standstill, a contract that
        is signed already or a gate that is shut; Overtaken where somebody was first.
        """
        refuse_to_come(on, "Record a signature", at)
        if self.is_signed:
            raise NotReady("This contract is signed already.")
        if lacking := gates.missing(self.commission, "contract"):
            raise NotReady(*lacking)
        self.refuse_in_standstill(self.commission, self.award, on)
        facts = {"signed_on": on, "status": "active"}
        with transaction.atomic():
            proposed = type(self).objects.filter(
                pk=self.pk, signed_on__isnull=True, status=self.status
            )
            if not proposed.update(**facts):
                raise Overtaken("Someone else has just recorded this signature.")
            for name, value in facts.items():
                setattr(self, name, value)
            self.note_signed(by=by, at=at, suppliers=self.suppliers.count())

    def note_signed(self, *, by, at, suppliers):
        """Put the signature on the record, with the terms as they then stand."""
        self.note(
            Kind.CONTRACT_SIGNED,
            by=by,
            at=at,
            on=iso_day(self.signed_on),
            title=self.title,
            suppliers=suppliers,
            amount=pounds(self.amount),
            starts=iso_day(self.starts_on),
            ends=iso_day(self.ends_on),
        )

    @property
    def was_tendered(self):
        """Whether bids were invited: as the route tells, else as staff say; or None."""
        return COMPETED.get(self.commission.route, self.tendered)

    def complete(self, *, by, at=None, **fields):
        """Fill in or correct what notices do not say; return the names that changed.

        `fields` are some of COMPLETED. Nothing changed, nothing recorded.
        """
        changed = sorted(n for n, v in fields.items() if getattr(self, n) != v)
        if not changed:
            return []
        for name in changed:
            setattr(self, name, fields[name])
        self.full_clean(validate_unique=False)
        with transaction.atomic():
            self.save(update_fields=changed)
            self.note(Kind.CONTRACT_CHANGED, by=by, at=at, fields=changed)
        return changed

    def why_notice(self, change):
        """Say why the law asks for a change notice (UK10) before such a change."""
        tender = getattr(self.commission, "tender", None)
        return why_change_notice(
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

    def may_use(self, option):
        """Tell whether one of its options to extend is left: unused, and no later end."""
        ends_later = self.ends_on is None or option.until > self.ends_on
        return not (option.used_on or self.ended_on) and ends_later

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
                raise Overtaken("Someone else has just used this option.")
            self.note(
                Kind.CONTRACT_EXTENDED,
                by=by,
                at=at,
                on=iso_day(on),
                before=iso_day(before),
                until=iso_day(option.until),
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
            raise Overtaken("Someone else has just changed this contract.")

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
                on=iso_day(on),
                changed=amendment.changed,
                reason=amendment.reason,
                amount_before=pounds(amendment.amount_before),
                amount=pounds(amount),
                before=iso_day(amendment.ends_before),
                until=iso_day(ends_on),
            )
        return amendment

    def measure(self, title, *, by, target="", at=None):
        """Set a key performance indicator, in public; return it."""
        with transaction.atomic():
            indicator = self.indicators.model(
                contract=self, title=title.strip(), target=target.strip()
            )
            indicator.full_clean()
            indicator.save(force_insert=True)
            self.note(
                Kind.CONTRACT_MEASURED,
                by=by,
                at=at,
                title=indicator.title,
                target=indicator.target,
            )
        return indicator

    def rate(self, ratings, *, starts_on, ends_on, by, at=None):
        """Publish how the supplier did in a period: one entry for all indicators.

        `ratings` are (indicator, level, note). Raises NotReady where the contract
        is only proposed, nothing is rated, the period is not over, or one was rated
        for part of it before; ValidationError where the constraints refuse.
        """
        self.refuse_unsigned()
        if not ratings:
            raise NotReady("Rate at least one indicator.")
        if ends_on > timezone.localdate(at):
            raise NotReady("Rate a period once it is over: its last day is to come.")
        rows = [
            Rating(
                indicator=indicator,
                starts_on=starts_on,
                ends_on=ends_on,
                level=level,
                note=note,
            )
            for indicator, level, note in ratings
        ]
        with transaction.atomic():
            self.lock_signed()
            self.refuse_twice(ratings, starts_on, ends_on)
            for row in rows:
                row.full_clean()
                row.save(force_insert=True)
            self.note(
                Kind.CONTRACT_RATED,
                by=by,
                at=at,
                starts=starts_on.isoformat(),
                ends=ends_on.isoformat(),
                ratings=[[row.indicator.title, row.level] for row in rows],
            )
        return rows

    def lock_signed(self):
        """Lock the row, so that two ratings follow one another; refuse one unsigned."""
        rows = type(self).objects.signed().select_for_update(of=("self",))
        if not rows.filter(pk=self.pk).first():
            raise Overtaken("This contract has just been changed: it is not signed.")

    def refuse_twice(self, ratings, starts_on, ends_on):
        """Raise NotReady for an indicator of elsewhere, or a period rated before."""
        mine = set(self.indicators.values_list("pk", flat=True))
        keys = {indicator.pk for indicator, _, _ in ratings}
        if keys - mine:
            raise NotReady("Rate the indicators of this contract only.")
        before = Rating.objects.filter(
            indicator__in=keys, starts_on__lte=ends_on, ends_on__gte=starts_on
        ).select_related("indicator")
        if rated := sorted({row.indicator.title for row in before}):
            raise NotReady(
                f"Rated for part of that period already: {'; '.join(rated)}. "
                "Choose another period, or leave these out."
            )

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
                f"It runs until {on_day(self.ends_on)}, so it has not run its full "
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
                on=iso_day(on),
                ending=ending.value,
                why=why,
            )
        for name, value in {**facts, "status": "terminated"}.items():
            setattr(self, name, value)
