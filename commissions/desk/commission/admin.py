"""Commissions at the desk: the list, the form with its dates, and exemptions from a gate."""

from pathlib import Path

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.urls import reverse

from commissions.commission.exemptions import ASKED_ALREADY
from commissions.commission.stage_dates import first_day
from commissions.desk.action_views import (
    action_urls,
    get_row,
    render_page,
    save_form,
)
from commissions.desk.base import (
    NoDelete,
    PortalAdmin,
    VersionedAdmin,
    VisibleRows,
    acting_as,
    check_plausible,
)
from commissions.desk.commission.forms import FIELDSETS, HOLDER, CommissionForm
from commissions.desk.commission.views import PAGES
from commissions.desk.notices import drafts, record_notice
from commissions.models import (
    Commission,
    CommitteeMember,
    Document,
    EasyReadPart,
    Exemption,
    Post,
    StageDate,
    Tenure,
)
from commissions.people import photos
from commissions.record.models import actor


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


class EasyReadForm(forms.ModelForm):
    """One part of the Easy Read version; its picture is checked and shrunk."""

    class Meta:
        model = EasyReadPart
        fields = ("order", "words", "picture", "shows")
        widgets = {"words": forms.Textarea(attrs={"rows": 2})}

    def clean_picture(self):
        """Keep a small JPEG without what the camera wrote into it."""
        picture = self.cleaned_data["picture"]
        if "picture" in self.changed_data and picture:
            return photos.shrink_photo(picture)
        return picture


class EasyReadInline(VisibleRows, admin.StackedInline):
    """The Easy Read version, part by part; of a public commission it is on the record."""

    model = EasyReadPart
    form = EasyReadForm
    extra = 0
    classes = ["collapse"]


GROUNDS = {
    "Direct award under the Procurement Act": (
        "Procurement Act 2023, section 41 and Schedule 5, paragraphs 5 and 6 (single supplier)",
        "Procurement Act 2023, section 41 and Schedule 5, paragraphs 13 and 14 (urgency)",
        "Procurement Act 2023, section 42 (to protect life, health or public order)",
        "Procurement Act 2023, section 43 (no suitable tender was received)",
    ),
    "NHS Provider Selection Regime": (
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 7 (Direct Award Process A)",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 8 (Direct Award Process B)",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 9 (Direct Award Process C)",
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 14 (urgent award)",
    ),
    "Decisions of a council’s executive": (
        "SI 2012/2089, regulation 10 (general exception: 5 clear days’ notice)",
        "SI 2012/2089, regulation 11 (special urgency)",
    ),
    "Begun before this portal": (
        "Public Contracts Regulations 2015: the contract was made before this portal was used",
    ),
}
ANOTHER = "another"


class ExemptionForm(forms.ModelForm):
    """Which gate, by what law, why, and who approves it; `asker` is whose act it is."""

    asker = "staff"

    ground = forms.ChoiceField(
        label="Legal ground",
        choices=[
            ("", "Choose"),
            *((group, [(law, law) for law in laws]) for group, laws in GROUNDS.items()),
            (ANOTHER, "Another law: say which below"),
        ],
    )
    another_ground = forms.CharField(
        label="Another law",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Only if it is not in the list: the Act or regulation, and the section.",
    )

    class Meta:
        model = Exemption
        fields = ["commission", "gate", "reason", "approver"]
        labels = {"gate": "Which gate it passes", "approver": "Post that approves it"}
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def clean(self):
        """Take the ground chosen, or the one written; the model asks for it."""
        cleaned = super().clean()
        chosen, written = cleaned.get("ground"), cleaned.get("another_ground", "")
        if chosen == ANOTHER and not written.strip():
            self.add_error("another_ground", "Name the law that allows it.")
        self.instance.legal_ground = written if chosen == ANOTHER else chosen or ""
        self.instance.asked_by = actor(self.asker)
        former = Exemption.objects.filter(
            commission=cleaned.get("commission"), gate=cleaned.get("gate")
        )
        if former.standing().exists():
            self.add_error(None, ASKED_ALREADY)
        return cleaned

    def enter(self, *, by):
        """Ask for it, on the record."""
        return Exemption.ask(
            self.cleaned_data["commission"],
            gate=self.cleaned_data["gate"],
            legal_ground=self.instance.legal_ground,
            reason=self.cleaned_data["reason"],
            approver=self.cleaned_data["approver"],
            by=by,
        )


class AnswerExemptionForm(forms.Form):
    """The approver's answer."""

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[("approve", "I approve it"), ("refuse", "I refuse it")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why you refuse it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only if you refuse. The public reads it.",
    )

    def __init__(self, *args, exemption, **kwargs):
        super().__init__(*args, **kwargs)
        self.exemption = exemption

    def save(self, *, by):
        """Answer in the name of the approver's own post; return what was done."""
        if self.cleaned_data["answer"] == "approve":
            self.exemption.approve(by=by)
            return "Approved. It is on the record, under your post."
        self.exemption.refuse(reason=self.cleaned_data["reason"], by=by)
        return "Refused. The public reads your reason."


def answer_exemption(request, pk, *, desk):
    """Show what was asked, and take the approver's answer."""
    exemption = get_row(request, pk, desk)
    form = AnswerExemptionForm(request.POST or None, exemption=exemption)
    if save_form(request, form):
        return redirect("admin:commissions_exemption_changelist")
    return render_page(
        request,
        "admin/commissions/commission/answer_exemption.html",
        desk,
        original=exemption,
        title="Approve this exemption?",
        exemption=exemption,
        label="Send my answer",
        form=form,
    )


@admin.register(Exemption)
class ExemptionAdmin(NoDelete, PortalAdmin):
    """Ask for one; the post that approves it answers, and then it stays as it is."""

    form = ExemptionForm
    list_display = ["commission", "gate", "state", "approver", "entered_at"]
    list_filter = ["state"]
    list_select_related = ["commission", "approver"]
    search_fields = ["commission__title", "commission__reference", "legal_ground"]
    autocomplete_fields = ["commission", "approver"]
    actions = None

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Let the form know in whose name it asks."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.asker = acting_as(request.user)
        return form

    def get_fields(self, request, obj=None):
        """Ask in the order one thinks; show what was entered afterwards."""
        if obj:
            return [
                "commission",
                "gate",
                "legal_ground",
                "reason",
                "approver",
                "entered_at",
                "state",
                "answered_at",
                "answer",
            ]
        return ["commission", "gate", "ground", "another_ground", "reason", "approver"]

    def has_change_permission(self, request, obj=None):
        """Refuse, whoever asks: it is on the record."""
        return False

    def get_changeform_initial_data(self, request):
        """Begin with what the address gives: somebody else than the asker approves."""
        return super().get_changeform_initial_data(request)

    def save_model(self, request, obj, form, change):
        """Ask for it by its verb."""
        obj.pk = form.enter(by=acting_as(request.user)).pk

    def get_urls(self):
        """Add the page on which the approver answers."""
        return action_urls(self, {"answer": answer_exemption}, "exemption") + (
            super().get_urls()
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead the post that was asked to the page on which it answers."""
        asked = self.get_queryset(request).asked().filter(pk=object_id).first()
        if asked and asked.approver == acting_as(request.user):
            return redirect("admin:exemption-answer", asked.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def view_on_site(self, obj):
        """Lead to the page where the public sees it."""
        commission = Commission.objects.get(pk=obj.commission_id)
        return commission.get_absolute_url() if commission.published_at else None


class VisibilityFilter(admin.SimpleListFilter):
    """Working drafts or public commissions."""

    title = "who can see it"
    parameter_name = "seen"

    def lookups(self, request, model_admin):
        """Offer the two."""
        return [("draft", "Staff only: drafts"), ("public", "Everybody")]

    def queryset(self, request, queryset):
        """Keep those asked for."""
        if self.value() is None:
            return queryset
        return queryset.filter(published_at__isnull=self.value() == "draft")


class HolderFilter(admin.SimpleListFilter):
    """Whether somebody is named for it."""

    title = "holder"
    parameter_name = "holder"

    def lookups(self, request, model_admin):
        """Offer the two."""
        return [("named", "Somebody is named"), ("nobody", "Nobody is named")]

    def queryset(self, request, queryset):
        """Keep those asked for."""
        if self.value() is None:
            return queryset
        return queryset.filter(names_somebody=self.value() == "named")


@admin.register(Commission)
class CommissionAdmin(VersionedAdmin, PortalAdmin):
    """Write a draft, preview it, publish it; afterwards every change is on record."""

    form = CommissionForm
    fieldsets = FIELDSETS
    inlines = [StageDateInline, DocumentInline, EasyReadInline]
    autocomplete_fields = [
        "organisation",
        "post",
        "committee",
        "partners",
        "services",
        "areas",
        "replaces",
        "topic",
    ]
    list_display = ["title", "holder", "stands", "missing", "changed", "organisation"]
    list_filter = [VisibilityFilter, HolderFilter, "stage", "regime"]
    list_select_related = ["organisation", "post", "committee"]
    search_fields = ["title", "reference", "ocid", "organisation__name", "post__title"]
    search_help_text = "Words of the title, the reference, the body or the post."
    ordering = ["-changed_at", "-pk"]
    actions = None

    def get_queryset(self, request):
        """Fetch with each whether somebody is named for it, and dates planned."""
        in_post = Tenure.objects.current().filter(post=OuterRef("post"))
        sitting = CommitteeMember.objects.filter(
            committee=OuterRef("committee"), ended_on__isnull=True
        )
        planned = StageDate.objects.filter(
            commission=OuterRef("pk"), planned_on__isnull=False
        )
        return (
            super()
            .get_queryset(request)
            .filter(stands_for__isnull=True)
            .annotate(
                names_somebody=Exists(in_post) | Exists(sitting),
                has_a_date=Exists(planned),
            )
        )

    @admin.display(description="holder")
    def holder(self, commission):
        """Name the post or committee."""
        held_by = commission.post or commission.committee
        return (held_by.title if commission.post else held_by.name) if held_by else "–"

    @admin.display(description="stage", ordering="stage")
    def stands(self, commission):
        """Say the stage, or that it is a draft."""
        return commission.get_stage_display() if commission.published_at else "Draft"

    @admin.display(description="missing")
    def missing(self, commission):
        """Say what keeps a draft from the public, or a public one from being right."""
        gaps = [
            (commission.names_somebody, "holder"),
            (commission.need.strip(), "need"),
            (commission.has_a_date, "date"),
        ]
        return ", ".join(word for there, word in gaps if not there) or "nothing"

    @admin.display(description="changed", ordering="changed_at")
    def changed(self, commission):
        """Say when it was last saved."""
        return commission.changed_at

    def has_delete_permission(self, request, obj=None):
        """Only a draft can be deleted; what is public is cancelled, in public."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)

    def get_readonly_fields(self, request, obj=None):
        """Once public, only a hand-over changes the holder: by its button."""
        return HOLDER if obj and obj.published_at else ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave out the small links to other forms: they lead away from this one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_changeform_initial_data(self, request):
        """Begin with the post that the person signed in holds, and its body."""
        initial = super().get_changeform_initial_data(request)
        post = acting_as(request.user)
        if isinstance(post, Post):
            initial = {"post": post, "organisation": post.organisation} | initial
        return initial

    def save_model(self, request, obj, form, change):
        """Save; on a public commission put on the record what changed."""
        by = acting_as(request.user)
        super().save_model(request, obj, form, change)
        if not obj.published_at:
            return
        obj.record_changes(set(form.changed_data) - {"version"}, by=by)

    def save_formset(self, request, form, formset, change):
        """Let each date and document be saved by its verb, in the right name."""
        formset.by = acting_as(request.user)
        super().save_formset(request, form, formset, change)
        if formset.model is EasyReadPart and formset.has_changed():
            form.instance.record_changes(["easy_read"], by=formset.by)

    def get_urls(self):
        """Add the pages that preview, publish and move a commission."""
        views = PAGES
        return [
            *action_urls(self, views, "commission"),
            *record_notice.record_notice_urls(self),
            *drafts.draft_urls(self),
            *super().get_urls(),
        ]

    def response_add(self, request, obj, post_url_continue=None):
        """Go on to the page asked for by the button."""
        return self.onward(request, obj) or super().response_add(request, obj)

    def response_change(self, request, obj):
        """Go on to the page asked for by the button."""
        return self.onward(request, obj) or super().response_change(request, obj)

    def onward(self, request, obj):
        """Return the way to the preview or the publishing page, if asked for."""
        for name in ("preview", "publish"):
            if f"_{name}" in request.POST:
                return redirect(reverse(f"admin:commission-{name}", args=[obj.pk]))
        return None

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None
