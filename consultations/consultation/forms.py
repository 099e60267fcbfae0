"""The form of a consultation, in the order a person thinks; and its extension."""

import hashlib
from datetime import datetime, time, timedelta

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.utils import timezone

from commissions.record.models import canonical
from consultations.models import Consultation, Draft

CLOSING = time(17)
WEEKS_TO_ANSWER = 12


class LondonField(forms.SplitDateTimeField):
    """A day and a time in London; without a time, the usual one."""

    widget = AdminSplitDateTime

    def __init__(self, *args, usual, **kwargs):
        self.usual = usual
        super().__init__(*args, **kwargs)
        day, hour = self.widget.widgets
        day.attrs["aria-label"] = f"{self.label}: day"
        hour.attrs["aria-label"] = f"{self.label}: time"

    def clean(self, value):
        """Put the usual time where only a day is given."""
        if isinstance(value, list | tuple) and len(value) == 2 and value[0]:
            value = [value[0], value[1] or self.usual.isoformat("minutes")]
        return super().clean(value)


def seen(consultation):
    """Return a mark of all that a form of a consultation shows."""
    fields = [field.attname for field in Consultation._meta.concrete_fields]
    values = [str(getattr(consultation, name)) for name in fields]
    return hashlib.sha256(canonical(values).encode()).hexdigest()[:20]


class ConsultationForm(forms.ModelForm):
    """What about, which draft, when, whom you want to hear from."""

    opens_at = LondonField(
        label="Opens", usual=time(9), help_text="London time. Left empty: 9am."
    )
    closes_at = LondonField(label="Closes", usual=CLOSING)
    response_due_on = forms.DateField(
        label="You answer by",
        required=False,
        widget=AdminDateWidget,
        help_text=f"Left empty, it is {WEEKS_TO_ANSWER} weeks after closing, as "
        "government’s own principles say.",
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Consultation
        fields = [
            "commission",
            "kind",
            "title",
            "draft",
            "audience",
            "introduction",
            "short_reason",
        ]
        labels = {
            "kind": "What you ask about",
            "draft": "Version people comment on",
            "short_reason": "Why it is short",
        }
        widgets = {
            "title": forms.TextInput({"class": "vTextField"}),
            "audience": forms.Textarea({"rows": 3}),
            "introduction": forms.Textarea({"rows": 4}),
            "short_reason": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "draft" not in self.fields:
            return
        drafts = Draft.objects.published().select_related("specification__commission")
        self.fields["draft"].queryset = drafts
        self.fields["closes_at"].help_text = (
            "London time. Left empty: 5pm." + self.long()
        )
        if self.instance.pk:
            self.initial["stamp"] = seen(self.instance)

    def long(self):
        """Say how many days it is open, once that is known."""
        if not self.instance.pk:
            return " Your organisation says how many days are the least."
        least = self.instance.commission.organisation.least_consultation_days
        return f" Open for {self.instance.days()} days; your organisation’s least is {least}."

    def clean(self):
        """Offer the day of the answer; keep draft and commission together."""
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if closes and opens and closes <= opens:
            self.add_error("closes_at", "Choose a time after the opening.")
        if closes and not cleaned.get("response_due_on"):
            due = timezone.localdate(closes) + timedelta(weeks=WEEKS_TO_ANSWER)
            cleaned["response_due_on"] = due
        self.check_draft(cleaned)
        self.check_stamp(cleaned)
        return cleaned

    def check_draft(self, cleaned):
        """Refuse another commission's draft."""
        draft, commission = cleaned.get("draft"), cleaned.get("commission")
        if draft and commission and draft.specification.commission_id != commission.pk:
            self.add_error("draft", "Choose a version of this commission’s own draft.")

    def check_stamp(self, cleaned):
        """Refuse, once, where somebody saved since the form was shown."""
        now = self.initial.get("stamp")
        if self.instance.pk and cleaned.get("stamp") != now:
            self.data = self.data.copy()
            self.data["stamp"] = now
            raise forms.ValidationError(
                "Somebody else saved this after you opened it. Nothing was saved now, "
                "and what you typed is kept below. Compare it with theirs (open this "
                "page in another window), then save again."
            )


class ExtensionForm(forms.Form):
    """A later closing time, and why."""

    closes_on = forms.DateField(
        label="New closing day",
        widget=AdminDateWidget,
        help_text="It closes at 5pm in London.",
    )
    reason = forms.CharField(
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text="The public sees it, with the old closing time.",
    )

    def save(self, consultation, *, by):
        """Extend it; raises NotReady, Overtaken."""
        day = datetime.combine(self.cleaned_data["closes_on"], CLOSING)
        consultation.extend(
            timezone.make_aware(day), reason=self.cleaned_data["reason"], by=by
        )
