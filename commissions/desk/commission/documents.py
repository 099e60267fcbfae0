"""The documents of a commission, inside its form."""

from pathlib import Path

from django import forms
from django.contrib import admin

from commissions.desk.base import Scoped
from commissions.models import Document

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


class DocumentInline(Scoped, admin.StackedInline):
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
