"""The forms of choosing a provider: inviting bids, awarding, and representations.

Lots and criteria are typed as lines, one each, so that the page needs no
script and any number fits.
"""

from decimal import Decimal, InvalidOperation

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.utils import timezone

from commissions.desk.base import MOST
from commissions.desk.permissions import offered_to
from commissions.desk.widgets import RowCheckboxes, RowSelect, RowSelectMultiple
from commissions.law.direct_award_grounds import KEY_CRITERIA, grounds_of
from commissions.models import (
    Award,
    Committee,
    Decision,
    DirectAward,
    Lot,
    Organisation,
    Post,
    Representations,
    Tender,
    Weighing,
)
from commissions.text.labels import RESERVED

LOTS = "One a line: its name, then | and its value in pounds excluding VAT. Leave it empty where there is one."
CRITERIA = (
    "One a line: its weight in per cent, then | and its name, then | and what it "
    "means. For example: 40 | Price | The lowest price gets all the points."
)
KINDS = (("price", "price"), ("cost", "cost"))


def parts_of(line, at_most):
    return [part.strip() for part in line.split("|", at_most - 1)]


def number_of(text, what):
    """Read pounds or per cent; raise ValidationError with what was typed."""
    try:
        number = Decimal(text.replace(",", "").strip("£% "))
        if not (number.is_finite() and abs(number) < MOST):
            raise InvalidOperation
        return number
    except InvalidOperation:
        raise forms.ValidationError(
            f"“{text}” is not {what}. Write digits, for example 40 or 250000."
        ) from None


class InviteBidsForm(forms.ModelForm):
    """What is asked, how it is judged, by when and where to bid."""

    closes_at = forms.SplitDateTimeField(
        label="Bids close at", widget=AdminSplitDateTime
    )
    questions_close_at = forms.SplitDateTimeField(
        label="Questions close at", required=False, widget=AdminSplitDateTime
    )
    criteria = forms.CharField(
        label="What bids are judged by",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=CRITERIA,
        error_messages={"required": "Say what bids are judged by: one line at least."},
    )
    lots = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=LOTS
    )

    reserved_for = forms.MultipleChoiceField(
        choices=RESERVED.items,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Who alone may bid. Leave it empty where anybody may.",
    )

    class Meta:
        model = Tender
        fields = [
            "title",
            "description",
            "amount",
            "closes_at",
            "questions_close_at",
            "award_expected_on",
            "criteria",
            "lots",
            "no_lots_because",
            "how_to_bid",
            "platform_url",
            "languages",
            "conditions",
            "reserved_for",
            "reserved_place",
            "risks",
            "electronic",
            "documents_together",
            "shortened",
            "suits_sme",
            "suits_vcse",
        ]
        labels = {
            "amount": "Estimated value in pounds",
            "suits_sme": "Suits small and medium-sized firms",
            "suits_vcse": "Suits voluntary and community bodies",
        }
        widgets = {
            "platform_url": forms.URLInput(attrs={"class": "vURLField"}),
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "award_expected_on": AdminDateWidget,
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in (
                    "description",
                    "no_lots_because",
                    "how_to_bid",
                    "conditions",
                    "risks",
                )
            },
        }

    def __init__(self, *args, commission, user, **kwargs):
        self.commission = commission
        known = getattr(commission, "tender", None)
        super().__init__(
            *args, instance=known or Tender(commission=commission), **kwargs
        )
        self.initial.setdefault("title", "")
        self.initial["title"] = self.initial["title"] or commission.title
        chosen = [code for code in self.instance.reserved_for.split(",") if code]
        self.initial["reserved_for"] = chosen
        self.fields["reserved_for"].choices = {
            **RESERVED,
            **{code: RESERVED.get(code, code) for code in chosen},
        }.items()
        for name in ("closes_at", "questions_close_at"):
            day, hour = self.fields[name].widget.widgets
            day.attrs["aria-label"] = f"{self.fields[name].label}: day"
            hour.attrs["aria-label"] = f"{self.fields[name].label}: time"

    def clean_reserved_for(self):
        """Return the codes as the tender keeps them: separated by commas."""
        return ",".join(self.cleaned_data["reserved_for"])

    def clean_lots(self):
        """Return the lots of the lines: mappings of a title and perhaps an amount."""
        found = []
        for line in filter(str.strip, self.cleaned_data["lots"].splitlines()):
            title, *amount = parts_of(line, 2)
            worth = number_of(amount[0], "a value in pounds") if amount else None
            found.append({"title": title, "amount": worth})
        return found

    def clean_criteria(self):
        """Return the criteria of the lines: a weight, a name and what it means."""
        lines = filter(str.strip, self.cleaned_data["criteria"].splitlines())
        return [criterion_field(line) for line in lines]

    def save(self, *, by):
        """Invite bids; return the sentence that says so."""
        said = dict(self.cleaned_data)
        Tender.invite(self.commission, closes_at=said.pop("closes_at"), by=by, **said)
        return "Bids are invited. Everybody can see what is asked, and by when."


def criterion_field(line):
    """Read one line of criteria; its kind follows from its name."""
    weight, *rest = parts_of(line, 3)
    if not rest or not rest[0]:
        raise forms.ValidationError(
            f"“{line.strip()}” has no name. Write: 40 | Price | what it means."
        )
    kind = next((code for word, code in KINDS if word in rest[0].lower()), "quality")
    return {
        "weight": number_of(weight, "a weight in per cent"),
        "name": rest[0],
        "kind": kind,
        "description": rest[1] if len(rest) > 1 else "",
    }


def chosen_by_name(form, name, model, field, user, widget=RowSelect):
    """Let a field be typed, among the rows that this user may choose there."""
    form.fields[name].queryset = offered_to(user, field, model.objects.all())
    form.fields[name].widget = widget(
        field,
        admin.site,
        attrs={"class": "vTextField"},
        choices=form.fields[name].choices,
    )


class AnnounceAwardForm(forms.ModelForm):
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
            "lots": RowCheckboxes,
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
        many = RowSelectMultiple
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


class JustifyDirectAwardForm(forms.ModelForm):
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


class ChooseProviderForm(forms.ModelForm):
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


class WeighProvidersForm(forms.Form):
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


class OpenForRepresentationsForm(forms.ModelForm):
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


class ReceiveRepresentationsForm(forms.Form):
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
    "go_ahead": "Five working days pass before a contract can be signed.",
    "back": "Move the commission back to the step from which it is done again.",
    "abandon": "Publish the abandonment notice (PSR-AB), then call the commission off.",
}
"""What follows each decision after a review."""


class SettleRepresentationsForm(forms.ModelForm):
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
