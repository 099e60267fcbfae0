"""What the gallery shows: all known, nothing known, all wrong, and very long names."""

import datetime

from django import forms

from commissions.law.lifecycle import LINE, STAGES
from commissions.public.commission.stages import StageDates, stage_timeline
from commissions.public.forms import DayField, FilterForm, PublicForm

LONG = (
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and District "
    "Integrated Neighbourhood Reablement and Intermediate Care Partnership Board"
)
UNBROKEN = "ocds-b5fd17-0123456789abcdef0123456789abcdef0123456789abcdef" * 2


class Everything(PublicForm):
    """One field of each kind, all required, so that all can be wrong at once."""

    name = forms.CharField(label="Your name", help_text="As you want it shown.")
    email = forms.EmailField(label="Email address", help_text="Never shown.")
    role = forms.ChoiceField(
        label="Which of these are you?",
        choices=[("uses", "I use the service"), ("carer", "Carer"), ("other", LONG)],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        choices=[("care", "Adult social care"), ("roads", "Highways")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply.",
    )
    place = forms.ChoiceField(choices=[("", "Choose one"), ("all", LONG)])
    words = forms.CharField(label="Your comment", widget=forms.Textarea)
    closes = DayField(label="Closing date", help_text="For example, 27 3 2027.")
    letter = forms.FileField(label="A letter", help_text="PDF or Word, 10 MB at most.")
    agree = forms.BooleanField(label="I have left out private details")
    notes = forms.CharField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        """Refuse one name, so that an error of the whole form can be seen."""
        if self.data.get("name") == "Nobody":
            raise forms.ValidationError("Comments close at 5pm today")
        return self.cleaned_data


class Filters(FilterForm):
    """The kind of form a list has."""

    q = forms.CharField(label="Words")
    stage = forms.MultipleChoiceField(
        choices=[(code, f"{STAGES[code].name} (12)") for code in LINE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def steps(stage):
    """Return the steps of a commission at `stage`, each planned and reached date known.

    Seen on 1 March 2026, when what was planned before then is late.
    """
    first, reached = datetime.date(2025, 6, 2), LINE.index(stage)
    dates = {
        code: StageDates(
            planned=first + datetime.timedelta(days=45 * place),
            actual=first + datetime.timedelta(days=50 * place)
            if place <= reached
            else None,
        )
        for place, code in enumerate(LINE)
    }
    return stage_timeline(stage, dates, today=datetime.date(2026, 3, 1))


def full(text="Care at home in North Wexshire", name="Amara Okafor"):
    """Return what the gallery shows when everything is known."""
    day = datetime.date(2026, 11, 3)
    items = [{"label": text, "url": "#one", "name": "Topic", "count": 12, "on": True}]
    return {
        "text": text,
        "name": name,
        "email": f"{name.split()[0].lower()}@example.org",
        "day": day,
        "steps": steps("decided"),
        "items": items * 3,
        "events": [
            {"when": day, "title": text, "url": "#x", "text": text, "by": name},
            {"when": day, "title": text, "url": "", "text": "", "by": ""},
        ],
        "heads": ["Lot", "Value", "Starts", "Supplier"],
        "rows": [[text, "£1.2 million", "3 November 2026", name]] * 2,
        "form": Everything(),
        "filters": Filters({"stage": ["tender"]}),
    }


def empty():
    """Return what the gallery shows when nothing optional is known."""
    return {
        "text": "Bus shelters",
        "name": "",
        "email": "",
        "day": None,
        "steps": stage_timeline("intention", {}, datetime.date(2026, 3, 1)),
        "items": [],
        "events": [],
        "heads": ["Lot"],
        "rows": [],
        "form": Everything(),
        "filters": Filters(),
    }


def wrong():
    """Return the gallery with everything refused and everything late."""
    return {
        **full(),
        "steps": steps("engagement"),
        "form": Everything({"name": "Nobody", "closes_day": "31", "closes_month": "x"}),
        "filters": Filters({"stage": ["nonsense"]}),
    }


def long():
    """Return the gallery with names nobody planned for."""
    return full(f"{LONG} {UNBROKEN}", f"{LONG} {UNBROKEN[:60]}")


STATES = {"full": full, "empty": empty, "wrong": wrong, "long": long}
