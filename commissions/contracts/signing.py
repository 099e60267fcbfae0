"""How a contract comes to be signed: here, or as a notice proposed it."""

from django.db import IntegrityError, models, transaction
from django.db.models import Max

from commissions.commission import gates
from commissions.contracts.amendments import iso, pounds
from commissions.record.exceptions import NotReady, Overtaken, refuse_to_come
from commissions.record.models import Kind
from commissions.record.references import next_number

UNSIGNED = {"pending", "planned", "planning", "cancelled", "unsuccessful", "withdrawn"}
"""OCDS states of a contract that, without a day of signing, was never signed."""

PROPOSED = (
    "This contract is only proposed: a notice told of it before anybody signed. "
    "Record its signature first, or confirm the notice that gives the day."
)


class Signable(models.Model):
    """The part of a contract that says whether it was made, and on which day."""

    class Meta:
        abstract = True

    @property
    def is_signed(self):
        """Whether it was made, as against only proposed by a notice."""
        return self.signed_on is not None or self.status not in UNSIGNED

    def refuse_unsigned(self):
        """Raise NotReady for a contract that is only proposed."""
        if not self.is_signed:
            raise NotReady(PROPOSED)

    @classmethod
    def sign(
        cls, commission, *, suppliers, on, by, award=None, options=(), at=None, **terms
    ):
        """Record a contract that was signed on a day; return it.

        `options` are the last days to which it may be extended; `terms` are
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
                "Somebody else has just recorded this contract, or an option is "
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
        stated = commission.awards.aggregate(last=Max("standstill_ends_on"))
        last = award.standstill_ends_on if award else stated["last"]
        if last and on <= last:
            raise NotReady(
                f"The standstill lasts until {last:%-d %B %Y}. A contract may be "
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
                raise Overtaken("Somebody else has just recorded this signature.")
            for name, value in facts.items():
                setattr(self, name, value)
            self.note_signed(by=by, at=at, suppliers=self.suppliers.count())

    def note_signed(self, *, by, at, suppliers):
        """Put the signature on the record, with the terms as they then stand."""
        self.note(
            Kind.CONTRACT_SIGNED,
            by=by,
            at=at,
            on=iso(self.signed_on),
            title=self.title,
            suppliers=suppliers,
            amount=pounds(self.amount),
            starts=iso(self.starts_on),
            ends=iso(self.ends_on),
        )
