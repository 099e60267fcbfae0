"""The forms of an author: words in, sections put right, one section's words."""

from django import forms

from consultations.drafts import actions
from consultations.drafts.document_import import (
    Refused,
    from_docx,
    from_markdown,
    guess_kind,
)
from consultations.drafts.document_import.sections import section as section_of
from consultations.drafts.plain_text import text_of
from consultations.drafts.readability import readability
from consultations.drafts.section_history import propose_origins
from consultations.models import SectionText

AT_ONCE = 40
"""Sections on one page of the review."""
MOST_ORIGINS = 6


class ImportWordsForm(forms.Form):
    """A Word file or pasted Markdown, read as sections."""

    file = forms.FileField(label="Word file", required=False)
    markdown = forms.CharField(
        label="Or paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "class": "vLargeTextField"}),
        help_text="As Markdown: a line that begins with # is a heading and begins a section.",
    )
    replace = forms.BooleanField(
        label="Replace the working draft",
        required=False,
        help_text="Sections that stay the same section keep their kind, reason and meaning.",
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, specification=None, draft=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.specification = specification
        most = actions.import_limits()
        self.fields["file"].help_text = (
            f"A .docx of at most {most.file_bytes // 1_000_000} MB, with Word’s own "
            "Heading styles. Pictures, margin comments and macros are not read."
        )
        self.fields["file"].widget.attrs["accept"] = ".docx"
        if draft is None or not draft.texts.exists():
            del self.fields["replace"]
        else:
            self.initial["stamp"] = actions.stamp_draft(draft)

    def clean(self):
        """Read the document; what cannot be read is refused in its own sentence."""
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("markdown", "")
        if bool(file) == bool(text.strip()):
            if "file" not in self.errors:
                raise forms.ValidationError(
                    "Choose a Word file or paste text, one of the two."
                )
            return cleaned
        self.read("file" if file else "markdown", file or text)
        return cleaned

    def read(self, name, source):
        """Read one source as sections, or put its refusal beside its field."""
        reader = from_docx if name == "file" else from_markdown
        try:
            self.reading = reader(source, actions.import_limits())
        except Refused as refusal:
            self.add_error(name, str(refusal))

    def save(self):
        """Write what was read into the working draft; raises NotReady, Overtaken."""
        file = self.cleaned_data.get("file")
        agreed = self.cleaned_data.get("replace")
        return actions.import_document(
            self.specification,
            self.reading,
            name=file.name if file else "pasted text",
            replacing=self.cleaned_data["stamp"] if agreed else "",
        )


class SectionForm(forms.ModelForm):
    """One section in the review: heading, level, kind, reason, meaning, place, fate."""

    fate = forms.ChoiceField(
        label="Keep it?",
        choices=[
            ("keep", "Keep it"),
            ("join", "Join it to the section before"),
            ("out", "Leave it out"),
        ],
        initial="keep",
    )
    cut = forms.ChoiceField(label="Split it at", required=False)

    class Meta:
        model = SectionText
        fields = ["order", "heading", "level", "kind", "reason", "meaning"]
        labels = {"order": "Place", "meaning": "What it means if you use the service"}
        widgets = {
            "order": forms.NumberInput({"min": 1}),
            "heading": forms.TextInput({"class": "vTextField"}),
            "level": forms.Select(choices=[(1, "1"), (2, "2"), (3, "3")]),
            "reason": forms.Textarea({"rows": 2}),
            "meaning": forms.Textarea({"rows": 2}),
        }
        help_texts = {"reason": "Needed for process and input.", "meaning": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = self.instance
        self.readability = readability(text.body)
        self.guess = None if text.kind else guess_kind(text.heading, text_of(text.body))
        lines = section_of(text.heading, text.level, text.body).looks_like_heading
        self.fields["cut"].choices = [("", "Do not split"), *((n, n) for n in lines)]
        if not lines:
            del self.fields["cut"]

    def differences(self):
        """Say what is saved now in each field that was typed otherwise."""
        return [
            f"“{self.instance.heading}”, {self.fields[name].label.lower()}, is now: "
            f"{self.initial.get(name) or '(empty)'}"
            for name in self.changed_data
            if name in self.initial
        ]


class SectionReview:
    """The sections on one page of the review, saved together."""

    def __init__(self, draft, texts, data=None):
        self.draft, self.data = draft, data
        self.stamp = actions.stamp_draft(draft)
        self.problems = []
        self.forms = [
            SectionForm(data, instance=text, prefix=f"s{text.pk}") for text in texts
        ]

    def is_valid(self):
        """Tell whether every section can be saved; a section gone meanwhile cannot."""
        return all(form.is_valid() for form in self.forms)

    def overtaken(self):
        """Say what somebody else saved, and let the next save count as knowing it."""
        if self.data.get("stamp") == self.stamp:
            return False
        self.problems = [
            "Somebody else changed this draft after you opened it. Nothing was saved "
            "now, and what you typed is kept below. Bring the two together, then save "
            "again.",
            *(words for form in self.forms for words in form.differences()),
        ]
        return True

    def save(self):
        """Put the sections right; raises NotReady, Overtaken."""
        take = self.data.get("take_proposed")
        rows = []
        for form in self.forms:
            text = form.save(commit=False)
            if take and not text.kind and form.guess:
                text.kind = form.guess.kind
            said = form.cleaned_data
            rows.append((text, said["fate"], said.get("cut", "")))
        actions.review_sections(self.draft, rows, stamped=self.stamp)


class RewriteSectionForm(forms.ModelForm):
    """The words of one section, as simple HTML that is cleaned on the way in."""

    stamp = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = SectionText
        fields = ["heading", "body", *actions.WELSH]
        labels = {"body": "Words"}
        widgets = {
            "heading": forms.TextInput({"class": "vTextField"}),
            "body": forms.Textarea({"rows": 20, "class": "vLargeTextField"}),
            "welsh_heading": forms.TextInput({"class": "vTextField"}),
            "welsh_body": forms.Textarea({"rows": 8, "class": "vLargeTextField"}),
        }
        help_texts = {
            "body": "Simple HTML: <p>, <ul>, <ol>, <li>, <strong>, <em>, <table>, "
            "<a href>. Anything else is taken out.",
            "welsh_body": "If your body writes in both languages: shown on the Welsh "
            "pages in place of the words above.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["stamp"] = actions.section_stamp(self.instance)

    def save(self):
        """Change the words; raises Overtaken."""
        actions.rewrite_section(
            self.instance,
            heading=self.cleaned_data["heading"],
            body=self.cleaned_data["body"],
            **{name: self.cleaned_data[name] for name in actions.WELSH},
            stamped=self.cleaned_data["stamp"],
        )


class SectionOriginsForm(forms.Form):
    """Where one section comes from, and why it changed."""

    why = forms.CharField(
        label="Why it changed",
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, proposed, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposed = proposed
        self.fields["why"].initial = proposed.text.why
        choices = [("", "Nothing: not in the version before"), *earlier]
        origins = [origin.pk for origin in proposed.origins]
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


class RemovedSectionForm(forms.Form):
    """Why a section was left out."""

    why = forms.CharField(
        label="Why it was left out",
        required=False,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, text, **kwargs):
        super().__init__(*args, **kwargs)
        self.text = text


class SectionMatching:
    """All sections of a working draft against the version before, confirmed at once."""

    def __init__(self, draft, data=None):
        self.draft, self.data = draft, data
        self.stamp = actions.stamp_draft(draft)
        found, gone = propose_origins(draft)
        earlier = list(draft.previous.texts.all())
        named = [(text.pk, f"{text.order}. {text.heading}") for text in earlier]
        self.forms = [
            SectionOriginsForm(
                data, proposed=each, earlier=named, prefix=f"s{each.text.pk}"
            )
            for each in found
        ]
        whys = dict(draft.removals.values_list("text", "why"))
        self.removed = [
            RemovedSectionForm(
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
        return [form for form in self.removed if form.text.pk in self.gone]

    def is_valid(self):
        """Tell whether all of it can be read."""
        return all(form.is_valid() for form in [*self.forms, *self.removed])

    def save(self):
        """Confirm; raises Overtaken."""
        actions.confirm_matches(
            self.draft,
            {form.proposed.text.pk: form.origins() for form in self.forms},
            {form.proposed.text.pk: form.cleaned_data["why"] for form in self.forms},
            {form.text.pk: form.cleaned_data["why"] for form in self.removed},
            stamped=self.data.get("stamp", ""),
        )
