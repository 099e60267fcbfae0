"""The dates of a commission, inside its form: planned and moved through the verb."""

from pathlib import Path

from django import forms
from django.contrib import admin

from commissions.commission.stage_dates import first_day
from commissions.desk.base import VisibleRows, check_plausible
from commissions.models import Document, StageDate


class StageDateForm(forms.ModelForm):
    """One planned stage. Moving a published date asks for the reason."""

    reason = forms.CharField(
        required=False,
        label="Why it moves",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only when you move a date that is public. The public sees the old "
        "date and this reason.",
    )

    class Meta:
        model = StageDate
        fields = ("stage", "planned_on", "precision")
        labels = {"planned_on": "Planned for", "precision": "How exact it is"}
        help_texts = {
            "planned_on": "Any day in that month or quarter will do, if you say so "
            "beside it. For example 1/4/2027."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["stage"].disabled = True

    def clean(self):
        """Refuse to drop a public date, or to move one without a reason."""
        cleaned = super().clean()
        check_plausible(self)
        on, precision = cleaned.get("planned_on"), cleaned.get("precision")
        if self.is_new_plan() and not on and "planned_on" not in self.errors:
            self.add_error("planned_on", "Give a date. A rough one is enough.")
        moves = on and precision and self.moves(first_day(on, precision), precision)
        if moves and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why this date moves. The public sees it.")
        return cleaned

    def is_new_plan(self):
        """Tell whether the day or its exactness was touched."""
        return bool({"planned_on", "precision"} & set(self.changed_data))

    def moves(self, on, precision):
        """Tell whether this moves a date that the public was told."""
        was = self.initial.get("planned_on"), self.initial.get("precision")
        told = self.instance.pk and was[0] and self.instance.commission.published_at
        return told and was != (on, precision)


class StageDateFormSet(forms.BaseInlineFormSet):
    """Saves each date by StageDate.plan, in the name of `by`, set by the admin."""

    by = "staff"

    def save_new(self, form, commit=True):
        """Plan a stage for the first time."""
        return self.plan(form)

    def save_existing(self, form, obj, commit=True):
        """Move a stage that has a date."""
        return self.plan(form) if form.is_new_plan() else obj

    def plan(self, form):
        """Let the verb plan or move the date, keep the old one, and record it."""
        said = form.cleaned_data
        return StageDate.plan(
            self.instance,
            said["stage"],
            said["planned_on"],
            by=self.by,
            precision=said["precision"],
            reason=said["reason"],
        )


class StageDateInline(VisibleRows, admin.StackedInline):
    """The dates, one small group each: readable on a phone."""

    model = StageDate
    form = StageDateForm
    formset = StageDateFormSet
    verbose_name = "date"
    verbose_name_plural = "Dates: when each coming stage is planned"
    extra = 1
    readonly_fields = ("actual_on",)

    def get_fieldsets(self, request, obj=None):
        """Ask for a reason, and show the day a stage came, only once public."""
        asked = [("stage", "planned_on", "precision")]
        if obj and obj.published_at:
            asked += ["actual_on", "reason"]
        return [(None, {"fields": asked})]

    def has_delete_permission(self, request, obj=None):
        """A public date is moved, never taken away."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)


# The documents of a commission, inside its form.


LARGEST = 25 * 1024 * 1024  # bytes
ENDINGS = {
    ".csv", ".docx", ".html", ".jpg", ".json", ".ods", ".odt", ".pdf", ".png", ".pptx",
    ".txt", ".xlsx", ".zip",
}  # fmt: skip
TYPES = [
    ("", "Not said"),
    ("needsAssessment", "What people need"),
    ("technicalSpecifications", "Specification"),
    ("environmentalImpact", "Effect on the environment"),
    ("marketStudies", "What the market is like"),
    ("procurementPlan", "Decision or plan"),
    ("clarifications", "Answers and responses"),
    ("evaluationCriteria", "How bids are judged"),
    ("evaluationReports", "Evaluation or lessons"),
    ("contractSigned", "Signed contract"),
]


class DocumentForm(forms.ModelForm):
    """One document: a link, or a file of a kind that people can open."""

    document_type = forms.ChoiceField(choices=TYPES, required=False, label="What it is")

    class Meta:
        model = Document
        fields = ("title", "document_type", "url", "file", "is_accessible")
        labels = {"url": "Link", "is_accessible": "A screen reader can read it"}
        help_texts = {
            "url": "The address, if it is on the web already.",
            "file": "Or a file to keep here, up to 25 MB. People download it.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.instance.document_type
        if known and known not in dict(TYPES):
            self.fields["document_type"].choices = [*TYPES, (known, known)]

    def clean_file(self):
        """Refuse a file that is too large, or of a kind that can run."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        if file.size > LARGEST:
            raise forms.ValidationError(
                "This file is larger than 25 MB. Put it on your website and give the "
                "link, or make it smaller."
            )
        if Path(file.name).suffix.lower() not in ENDINGS:
            kinds = ", ".join(sorted(ending[1:] for ending in ENDINGS))
            raise forms.ValidationError(
                f"Choose a file of one of these kinds: {kinds}."
            )
        return file


class DocumentFormSet(forms.BaseInlineFormSet):
    """Adds each new document by its verb, in the name of `by`."""

    by = "staff"

    def save_existing(self, form, obj, commit=True):
        """Save what was corrected; of a public document that is on the record."""
        saved = super().save_existing(form, obj, commit=commit)
        self.instance.record_changes(["documents"], by=self.by)
        return saved

    def save_new(self, form, commit=True):
        """Attach a document; on a public commission that is a public act."""
        added = form.save(commit=False)
        added.commission = self.instance
        added.attach(by=self.by)
        return added


class DocumentInline(VisibleRows, admin.StackedInline):
    """The documents, each added through its verb."""

    model = Document
    form = DocumentForm
    formset = DocumentFormSet
    verbose_name_plural = "Documents"
    extra = 0

    def has_delete_permission(self, request, obj=None):
        """What the public may have read stays."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)
