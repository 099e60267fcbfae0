"""Inviting bids: the page on which a tender is put to providers, lots and criteria with it.

Lots and criteria are typed as lines, one each, so that the page needs no
script and any number fits.
"""

from decimal import Decimal, InvalidOperation

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime

from commissions.desk.base import MOST
from commissions.models import Tender

LOTS = "One a line: its name, then | and its value in pounds excluding VAT. Leave it empty where there is one."
CRITERIA = (
    "One a line: its weight in per cent, then | and its name, then | and what it "
    "means. For example: 40 | Price | The lowest price gets all the points."
)
KINDS = (("price", "price"), ("cost", "cost"))


def parts_of(line, at_most):
    """Return the parts of a line, without the space around them."""
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


class InviteForm(forms.ModelForm):
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
        for name in ("closes_at", "questions_close_at"):
            day, hour = self.fields[name].widget.widgets
            day.attrs["aria-label"] = f"{self.fields[name].label}: day"
            hour.attrs["aria-label"] = f"{self.fields[name].label}: time"

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
        return [criterion(line) for line in lines]

    def save(self, *, by):
        """Invite bids; return the sentence that says so."""
        said = dict(self.cleaned_data)
        Tender.invite(
            self.commission,
            closes_at=said.pop("closes_at"),
            by=by,
            **said,
        )
        return "Bids are invited. Everybody can see what is asked, and by when."


def criterion(line):
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
