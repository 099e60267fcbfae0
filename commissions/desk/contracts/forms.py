"""The forms of a contract: signing it, completing it, and the acts that follow."""

from datetime import timedelta

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone

from commissions.contracts.models import PROPOSED
from commissions.desk.base import check_plausible
from commissions.desk.permissions import where
from commissions.desk.widgets import RowSelect, RowSelectMultiple
from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import (
    Award,
    Commission,
    Contract,
    Extension,
    Organisation,
    Rating,
)
from commissions.public.contracts.charts import period_after
from commissions.public.listing.filters import PoundsField
from commissions.text.formats import on_day

OPTIONS = ("option_1", "option_2", "option_3")


def day_field(label, **kwargs):
    return forms.DateField(label=label, widget=AdminDateWidget, **kwargs)


def text_field(label, help_text="", rows=3, **kwargs):
    """Return a field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Write a sentence here. The public reads it."},
        **kwargs,
    )


def public_commissions():
    return Commission.objects.published()


class SignContractForm(forms.Form):
    """Under which commission, with whom, for how much and for how long."""

    commission = forms.ModelChoiceField(
        Commission.objects.none(),
        help_text="The commission that led to it. Type part of its title.",
    )
    suppliers = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Supplier",
        help_text="One or more. If it is not listed, add it under “Organisations” "
        "with its company or charity number.",
        error_messages={"required": "Name the supplier with whom it is signed."},
    )
    on = day_field(
        "Signed on", help_text="The day on which the last of the two signed."
    )
    starts_on = day_field("First day of the service")
    ends_on = day_field("Last day", help_text="If no extension is used.")
    option_1 = day_field("May be extended to", required=False)
    option_2 = day_field("then to", required=False)
    option_3 = day_field("then to", required=False)
    amount = PoundsField(
        label="Value, excluding VAT",
        help_text="Over the whole term, without extensions: 250,000 or 1.2 million.",
    )
    amount_gross = PoundsField(
        label="Value, including VAT",
        required=False,
        help_text="It decides whether a copy must be published: above £5 million.",
    )
    description = forms.CharField(
        label="What the supplier does",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In plain words. You can complete it later.",
    )
    award = forms.ModelChoiceField(
        Award.objects.none(),
        required=False,
        empty_label="None, or not recorded here",
        help_text="The award that it follows.",
    )

    def __init__(self, *args, user, commission=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose("commission", RowSelect, where(user, COMMIT, public_commissions()))
        self.choose("suppliers", RowSelectMultiple, Organisation.objects.all())
        self.fields["award"].queryset = awards = Award.objects.filter(
            commission=commission
        )
        if not awards:
            del self.fields["award"]
        self.initial = {"on": timezone.localdate(), "commission": commission}
        self.initial |= known_terms(commission, awards)

    def choose(self, name, widget, rows):
        """Let somebody type part of a name to choose from some rows."""
        of = Contract._meta.get_field(name)
        field = self.fields[name]
        field.widget = widget(of, admin.site, attrs={"class": "vTextField"})
        field.queryset = rows

    def clean(self):
        """Refuse what is upside down beside the field that says it."""
        said = super().clean()
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must not lie before the first.")
        options = [said[name] for name in OPTIONS if said.get(name)]
        if len(set(options)) < len(options):
            self.add_error("option_2", "Give each extension a day of its own.")
        if ends and options and min(options) <= ends:
            self.add_error("option_1", "An extension ends after the last day.")
        return said

    def save(self, *, by):
        """Record the signature; return the sentence that says so."""
        said = dict(self.cleaned_data)
        options = [said.pop(name) for name in OPTIONS]
        self.contract = Contract.sign(
            said.pop("commission"), options=sorted(filter(None, options)), by=by, **said
        )
        return "Recorded. Complete what the register asks for, below."


def known_terms(commission, awards):
    """Return what the commission and its only award tell of its contract."""
    if commission is None:
        return {}
    found = {"starts_on": commission.starts_on, "ends_on": commission.ends_on}
    if len(awards) == 1:
        (award,) = awards
        found |= {
            "award": award,
            "suppliers": list(award.suppliers.values_list("pk", flat=True)),
            "amount": award.amount,
            "amount_gross": award.amount_gross,
            "starts_on": award.starts_on or commission.starts_on,
            "ends_on": award.ends_on or commission.ends_on,
        }
    return found


class CompleteContractForm(forms.ModelForm):
    """What staff complete of a contract."""

    class Meta:
        model = Contract
        fields = Contract.COMPLETED
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "description": forms.Textarea(attrs={"rows": 3}),
            "no_indicators_because": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self):
        """Refuse a day or a sum that cannot be meant."""
        cleaned = super().clean()
        check_plausible(self)
        return cleaned


class ContractActForm(forms.Form):
    """The base: every act is about one contract, today unless said."""

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.contract = contract
        if "on" in self.fields:
            self.initial["on"] = timezone.localdate()

    @classmethod
    def hindrance(cls, contract):
        """Say why this act is not possible now; empty where it is."""
        if not contract.is_signed:
            return PROPOSED
        ended = contract.ended_on
        return f"This contract ended on {on_day(ended)}." if ended else ""


class RecordSignatureForm(ContractActForm):
    """On which day a contract that a notice proposed was signed."""

    on = day_field(
        "Signed on", help_text="The day on which the last of the two signed."
    )

    def save(self, *, by):
        """Record it; return the sentence that says so."""
        self.contract.record_signature(on=self.cleaned_data["on"], by=by)
        return "Recorded. Complete what the register asks for, below."


class ExtendContractForm(ContractActForm):
    """Which option, and why."""

    option = forms.ModelChoiceField(
        Extension.objects.none(), label="Extend it to", empty_label=None
    )
    on = day_field("Agreed on")
    why = text_field(
        "Why", "The public reads this: how it goes, and why not a new tender."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["option"]
        left = [
            o.pk for o in self.contract.extensions.all() if self.contract.may_use(o)
        ]
        field.queryset = self.contract.extensions.filter(pk__in=left)
        field.label_from_instance = lambda option: on_day(option.until)

    @classmethod
    def hindrance(cls, contract):
        """Ask for an option first where none is left."""
        if hindered := super().hindrance(contract):
            return hindered
        if any(map(contract.may_use, contract.extensions.all())):
            return ""
        return (
            "No option to extend is left. Add one if the contract allows it; else "
            "record a change."
        )

    def save(self, *, by):
        """Use the option; return the sentence that says so."""
        said = self.cleaned_data
        option = said["option"]
        self.contract.extend(option, on=said["on"], why=said["why"], by=by)
        moved = self.contract.why_notice(option.change())
        return amendment_message("Extended.", moved)


class AmendContractForm(ContractActForm):
    """What changed, why, and the new value or end where it moves."""

    on = day_field("Agreed on")
    changed = text_field(
        "What changes", "In a sentence or two that a resident understands."
    )
    reason = text_field("Why", "The public reads this.")
    amount = PoundsField(
        label="New value, excluding VAT",
        required=False,
        help_text="Leave it empty if the value stays. Pounds over the whole term.",
    )
    ends_on = day_field(
        "New last day", required=False, help_text="Leave it empty if it stays."
    )

    def save(self, *, by):
        """Record the change; return the sentence that says so."""
        made = self.contract.amend(by=by, **self.cleaned_data)
        return amendment_message("Recorded.", self.contract.why_notice(made.change()))


def amendment_message(done, why):
    """Say that it was done, and whether the law asks for a notice before it."""
    if not why:
        return f"{done} It is on the record, with the reason."
    return (
        f"{done} {' '.join(why)} The law asks for a contract change notice (UK10) "
        "before such a change (Procurement Act 2023, section 75)."
    )


class OfferExtensionForm(ContractActForm):
    """An option to extend that the contract has had from the start."""

    until = day_field(
        "May be extended to", help_text="The last day if this option is used."
    )

    def save(self, *, by):
        """Add the option; return the sentence that says so."""
        self.contract.offer(self.cleaned_data["until"], by=by)
        return "Added. The public sees until when it may run."


class AddIndicatorForm(ContractActForm):
    """One key performance indicator."""

    title = forms.CharField(
        label="What is measured",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="In words a resident understands: “Visits on time”.",
    )
    target = forms.CharField(
        label="What counts as good",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="For example: 95 in 100 visits.",
    )

    @classmethod
    def hindrance(cls, contract):
        """Let indicators be set before the signature, as the law asks (section 52)."""
        return super().hindrance(contract) if contract.ended_on else ""

    def save(self, *, by):
        """Set the indicator; return the sentence that says so."""
        said = self.cleaned_data
        self.contract.measure(said["title"], target=said["target"], by=by)
        return "Added. Rate it at the end of each period."


class RateIndicatorsForm(ContractActForm):
    """A rating and a note for each indicator, for one period."""

    starts_on = day_field("First day of the period")
    ends_on = day_field("Last day of the period")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicators = list(self.contract.indicators.all())
        rated = Rating.objects.filter(indicator__contract=self.contract)
        last = rated.order_by("-ends_on").first()
        today = timezone.localdate()
        first, end = period_after(last and (last.starts_on, last.ends_on), today)
        self.initial |= {"starts_on": first, "ends_on": end}
        for indicator in self.indicators:
            self.fields[f"level_{indicator.pk}"] = forms.ChoiceField(
                label=indicator.title,
                required=False,
                choices=[("", "Not rated"), *Rating.Level.choices],
                help_text=f"Good is: {indicator.target}" if indicator.target else "",
            )
            self.fields[f"note_{indicator.pk}"] = forms.CharField(
                label="The figure, or what lies behind it",
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"class": "vTextField"}),
            )

    @classmethod
    def hindrance(cls, contract):
        """Ask for indicators first; an ended contract gets its last ratings."""
        if not contract.is_signed:
            return PROPOSED
        if contract.indicators.exists():
            return ""
        return "Add a performance indicator first: there is none to rate yet."

    def save(self, *, by):
        """Publish the ratings; return the sentence that says so."""
        said = self.cleaned_data
        ratings = [
            (each, said[f"level_{each.pk}"], said[f"note_{each.pk}"])
            for each in self.indicators
            if said[f"level_{each.pk}"]
        ]
        self.contract.rate(
            ratings, starts_on=said["starts_on"], ends_on=said["ends_on"], by=by
        )
        return "Published. Everybody can see how the contract goes."


class EndContractForm(ContractActForm):
    """When it ended, and why."""

    on = day_field("Ended on")
    ending = forms.ChoiceField(label="How it ended", choices=Contract.Ending.choices)
    why = text_field(
        "Why", "Needed if it ended early. The public reads this.", required=False
    )

    def save(self, *, by):
        """Record the end; return the sentence that says so."""
        self.contract.end(by=by, **self.cleaned_data)
        last = self.contract.ended_on + timedelta(days=29)
        if self.contract.commission.regime != "procurement_act":
            return "Recorded. Write down what was learnt while people remember it."
        return (
            f"Recorded. The contract termination notice (UK11) is due by {on_day(last)}: "
            "30 days, the first of which is the day it ended (Procurement Act 2023, "
            "section 80)."
        )
