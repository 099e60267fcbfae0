"""The NHS regime's key criteria, and providers' representations: the forms of those acts."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone

from commissions.law.direct_award_grounds import KEY_CRITERIA
from commissions.models import Representations, Weighing


class WeighForm(forms.Form):
    """Each of the five key criteria: its weight, and how it weighed in the choice."""

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission
        for code, name in KEY_CRITERIA.items():
            self.fields[f"{code}_weight"] = forms.DecimalField(
                label=f"{name}: weight",
                min_value=0,
                max_value=100,
                decimal_places=2,
                help_text="Per cent. The five come to 100.",
            )
            self.fields[f"{code}_finding"] = forms.CharField(
                label=f"{name}: how it weighed",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def save(self, *, by):
        """Put them on the record; return the sentence that says so."""
        said = self.cleaned_data
        weighed = {
            code: (said[f"{code}_weight"], said[f"{code}_finding"])
            for code in KEY_CRITERIA
        }
        Weighing.weigh(self.commission, weighed, by=by)
        return "On record: everybody can see what counted, and how it weighed."


class OpenForm(forms.ModelForm):
    """Where providers write to, and what a representation should say."""

    class Meta:
        model = Representations
        fields = ["mailbox", "how"]
        widgets = {"how": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission
        holder = commission.post or commission.committee
        self.initial["mailbox"] = getattr(holder, "mailbox", "")

    def save(self, *, by):
        """Open them; return the sentence that says until when."""
        opened = Representations.open(self.commission, by=by, **self.cleaned_data)
        return f"Open for representations. {opened.clock().counting}"


class ReceiveForm(forms.Form):
    """How many representations there are in all."""

    number = forms.IntegerField(
        label="Received in all",
        min_value=1,
        max_value=100_000,
        help_text="Only this number is public, not who wrote or what.",
    )

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = commission.representations

    def save(self, *, by):
        """Count them; return the sentence that says what it means."""
        self.review.receive(self.cleaned_data["number"], by=by)
        return "Counted. The standstill now lasts until each is settled."


NEXT = {
    "go_ahead": "Five working days pass before a contract may be signed.",
    "back": "Move the commission back to the step from which it is done again.",
    "abandon": "Publish the abandonment notice (PSR-AB), then call the commission off.",
}
"""What follows each decision after a review."""


class SettleForm(forms.ModelForm):
    """What was decided after the review, why, and when providers were told."""

    class Meta:
        model = Representations
        fields = ["outcome", "reasons", "told_on"]
        labels = {"outcome": "What was decided", "told_on": "Providers told on"}
        widgets = {
            "reasons": forms.Textarea(attrs={"rows": 4}),
            "told_on": AdminDateWidget,
        }

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.review = commission.representations
        self.initial["told_on"] = timezone.localdate()
        for name in self.fields:
            self.fields[name].required = True

    def save(self, *, by):
        """Settle them; return the sentence that says so."""
        self.review.settle(by=by, **self.cleaned_data)
        return f"On record. {NEXT[self.cleaned_data['outcome']]}"

    def _get_validation_exclusions(self):
        """Leave the rules between fields to the verb, which has all of them."""
        return {field.name for field in Representations._meta.fields}
