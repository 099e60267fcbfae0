"""The form that confirms what became of each section since the version before."""

from django import forms

from consultations.drafts import authoring, confirm_matches

MOST_ORIGINS = 6


class StepForm(forms.Form):
    """Where one section comes from, and why it changed."""

    why = forms.CharField(
        label="Why it changed",
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, step, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["why"].initial = step.text.why
        choices = [("", "Nothing: not in the version before"), *earlier]
        origins = [origin.pk for origin in step.origins]
        for number in range(min(MOST_ORIGINS, len(origins) + 1)):
            self.fields[f"from{number}"] = forms.TypedChoiceField(
                label="Comes from" if number == 0 else "And also from",
                required=False,
                coerce=int,
                empty_value=None,
                choices=choices,
                initial=origins[number] if number < len(origins) else "",
            )
        self.order_fields([name for name in self.fields if name != "why"])

    def origins(self):
        """Return the pks chosen, each once, in order."""
        chosen = [v for name, v in self.cleaned_data.items() if name != "why" and v]
        return tuple(dict.fromkeys(chosen))


class RemovedForm(forms.Form):
    """Why a section was left out."""

    why = forms.CharField(
        label="Why it was left out",
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, text, **kwargs):
        super().__init__(*args, **kwargs)
        self.text = text


class Matching:
    """All sections of a working draft against the version before, confirmed at once."""

    def __init__(self, draft, data=None):
        self.draft, self.data = draft, data
        self.stamp = authoring.stamp(draft)
        found, gone = confirm_matches.steps(draft)
        earlier = list(draft.previous.texts.all())
        named = [(text.pk, f"{text.order}. {text.heading}") for text in earlier]
        self.forms = [
            StepForm(data, step=step, earlier=named, prefix=f"s{step.text.pk}")
            for step in found
        ]
        whys = dict(draft.removals.values_list("text", "why"))
        self.removed = [
            RemovedForm(
                data,
                text=text,
                prefix=f"r{text.pk}",
                initial={"why": whys.get(text.pk, "")},
            )
            for text in earlier
        ]
        self.gone = {text.pk for text in gone}

    @property
    def left_out(self):
        """Return the forms of the sections that nothing comes from."""
        return [form for form in self.removed if form.text.pk in self.gone]

    def is_valid(self):
        """Tell whether all of it can be read."""
        return all(form.is_valid() for form in [*self.forms, *self.removed])

    def save(self):
        """Confirm; raises Overtaken."""
        confirm_matches.confirm(
            self.draft,
            {form.step.text.pk: form.origins() for form in self.forms},
            {form.step.text.pk: form.cleaned_data["why"] for form in self.forms},
            {form.text.pk: form.cleaned_data["why"] for form in self.removed},
            stamped=self.data.get("stamp", ""),
        )
