"""Who was chosen, after a competition or without: the forms of those acts."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone

from commissions.desk.base import visible_to
from commissions.desk.widgets import Boxes, Chooser, Choosers
from commissions.law.direct_award_grounds import grounds_of
from commissions.models import (
    Award,
    Committee,
    Decision,
    DirectAward,
    Lot,
    Organisation,
    Post,
)


def chosen_by_name(form, name, model, field, user, widget=Chooser):
    """Let a field be typed, among the rows that this user may see."""
    form.fields[name].queryset = visible_to(user, model.objects.all())
    form.fields[name].widget = widget(
        field,
        admin.site,
        attrs={"class": "vTextField"},
        choices=form.fields[name].choices,
    )


class AnnounceForm(forms.ModelForm):
    """Who was chosen, why, for how much, and how many bid."""

    suppliers = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Who was chosen",
        help_text="Type part of the name. A new supplier is added under “Organisations”.",
        error_messages={"required": "Say who was chosen: one supplier at least."},
    )

    class Meta:
        model = Award
        fields = [
            "suppliers",
            "reasons",
            "decided_on",
            "decision",
            "lots",
            "amount",
            "starts_on",
            "ends_on",
            "standstill_ends_on",
            "bids_received",
            "bids_assessed",
            "bids_from_sme",
            "bids_from_vcse",
        ]
        labels = {
            "reasons": "Why",
            "amount": "Value in pounds, excluding VAT",
            "starts_on": "Contract starts",
            "ends_on": "Contract ends",
            "standstill_ends_on": "Last day of the standstill",
        }
        help_texts = {
            "standstill_ends_on": "Leave it empty: it is counted from the notice. "
            "Give it where the law asks for none and you announce one."
        }
        widgets = {
            "lots": Boxes,
            "reasons": forms.Textarea(attrs={"rows": 4}),
            **dict.fromkeys(
                ("decided_on", "starts_on", "ends_on", "standstill_ends_on"),
                AdminDateWidget,
            ),
        }

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission
        self.initial.setdefault("decided_on", timezone.localdate())
        field = Award._meta.get_field("suppliers")
        many = Choosers
        chosen_by_name(self, "suppliers", Organisation, field, user, many)
        self.fields["decision"].queryset = Decision.objects.filter(
            commission=commission, decided_on__isnull=False
        )
        self.fields["lots"].queryset = Lot.objects.filter(tender__commission=commission)
        self.fields["lots"].required = False
        self.fields["decided_on"].required = self.fields["reasons"].required = True
        if not self.fields["lots"].queryset.exists():
            del self.fields["lots"]

    def clean_decided_on(self):
        """Refuse a day to come."""
        if (on := self.cleaned_data["decided_on"]) > timezone.localdate():
            raise forms.ValidationError(
                "Announce it once it is decided: today or earlier."
            )
        return on

    def save(self, *, by):
        """Announce it; return the sentence that says so."""
        said = dict(self.cleaned_data)
        if not said["standstill_ends_on"]:
            del said["standstill_ends_on"]
        Award.announce(self.commission, title=str(self.commission), by=by, **said)
        return "Announced. Everybody can see who was chosen, and why."


class JustifyForm(forms.ModelForm):
    """On what ground there is no competition, who decided, and to whom it goes."""

    class Meta:
        model = DirectAward
        fields = [
            "ground",
            "explanation",
            "post",
            "committee",
            "conflicts",
            "conflicts_managed",
            "supplier",
            "amount",
            "vat",
        ]
        labels = {"committee": "Or the committee that decided"}
        help_texts = {
            "supplier": "Leave it empty for the Most Suitable Provider Process: it is "
            "named later. A new supplier is added under “Organisations”."
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": rows})
            for name, rows in (
                ("explanation", 5),
                ("conflicts", 3),
                ("conflicts_managed", 3),
            )
        }

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission
        self.fields["ground"].choices = [
            ("", "Choose"),
            *((g.code, f"{g.name} ({g.law})") for g in grounds_of(commission.regime)),
        ]
        models = {"post": Post, "committee": Committee, "supplier": Organisation}
        for name, model in models.items():
            chosen_by_name(self, name, model, DirectAward._meta.get_field(name), user)

    def clean(self):
        """Ask for one decider: a post or a committee."""
        said = super().clean()
        if bool(said.get("post")) == bool(said.get("committee")):
            self.add_error("post", "Say who decided: one post, or one committee.")
        return said

    def _get_validation_exclusions(self):
        """Leave the deciders to `clean`, which says it beside the field."""
        return super()._get_validation_exclusions() | {"post", "committee"}

    def save(self, *, by):
        """Justify it; return the sentence that says so."""
        said = dict(self.cleaned_data)
        decider = said.pop("post") or said.pop("committee")
        said.pop("committee", None)
        DirectAward.justify(self.commission, decider=decider, by=by, **said)
        return "On record. The page says in plain sight that there was no competition."


class ChooseForm(forms.ModelForm):
    """Who the most suitable provider is."""

    class Meta:
        model = DirectAward
        fields = ["supplier", "amount"]

    def __init__(self, *args, commission, user, **kwargs):
        super().__init__(*args, instance=commission.direct_award, **kwargs)
        self.award = DirectAward.objects.get(commission=commission)
        field = DirectAward._meta.get_field("supplier")
        chosen_by_name(self, "supplier", Organisation, field, user)
        self.fields["supplier"].required = True

    def save(self, *, by):
        """Name it; return the sentence that says so."""
        said = self.cleaned_data
        self.award.choose(said["supplier"], amount=said["amount"], by=by)
        return "Named. Weigh the five key criteria next, if that is not done."
