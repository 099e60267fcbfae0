"""Who was involved, what was learnt, and barriers: entered by acts, then kept."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.http import Http404

from commissions.desk.action_views import action_urls, form_page
from commissions.desk.base import PortalAdmin, acting_as
from commissions.models import Barrier, Commission, Involvement, Lesson


class EnteredOnce(PortalAdmin):
    """Drafted, then entered in public by its verb; afterwards only corrected.

    `correction` is the form of its correction.
    """

    correction = None
    autocomplete_fields = ["commission"]
    search_fields = ["commission__title", "commission__reference"]
    actions = None
    change_form_template = "admin/commissions/entered_form.html"

    def has_change_permission(self, request, obj=None):
        """Change a draft; refuse what is on the record, whoever asks."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj and obj.entered_at)

    def has_delete_permission(self, request, obj=None):
        """Only a draft can be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and bool(obj) and not obj.entered_at

    def save_model(self, request, obj, form, change):
        """Enter it by its verb where that was asked, else keep a draft."""
        if "_enter" in request.POST:
            obj.enter(by=acting_as(request.user))
        else:
            obj.save()

    def get_urls(self):
        """Add the page on which it is corrected."""
        views = {"correct": correct_entry}
        return action_urls(self, views, self.opts.model_name) + super().get_urls()

    def view_on_site(self, obj):
        """Lead to the page where the public sees it."""
        commission = Commission.objects.get(pk=obj.commission_id)
        public = obj.entered_at and commission.published_at
        return commission.get_absolute_url() if public else None

    @admin.display(description="stands")
    def stands(self, entered):
        """Say whether it is a draft, entered, or replaced by a correction."""
        if not entered.entered_at:
            return "Draft"
        return "Corrected" if hasattr(entered, "corrected_by") else "Entered"


def correct_entry(request, pk, *, desk):
    """Enter other words in place of what was entered, for a reason."""
    entered = desk.get_queryset(request).filter(pk=pk).first()
    if entered is None:
        raise Http404(
            f"There is no such {desk.opts.verbose_name}, or you may not see it."
        )
    if not desk.has("publish", request, entered):
        raise PermissionDenied
    form = desk.correction(request.POST or None, instance=entered)
    return form_page(
        request, desk, entered, form, title="Correct it", label="Enter the correction"
    )


class CorrectionForm(forms.ModelForm):
    """What was entered, to be changed, and why."""

    why = forms.CharField(
        label="Why it is corrected",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The public sees the old words, the new ones and this reason.",
        error_messages={"required": "Say why it is corrected. The public sees it."},
    )

    def save(self, *, by):
        """Correct it as it stands on the record; return the sentence that says so."""
        entered = type(self.instance).objects.get(pk=self.instance.pk)
        entered.correct(by=by, **self.cleaned_data)
        return "Corrected. The old words and the reason stay visible."


ASKED = [
    "commission",
    "group",
    ("started_on", "ended_on"),
    "people",
    "how",
    "rung",
    "evidence",
    "evidence_url",
    "changed",
]


class InvolvementForm(forms.ModelForm):
    """How one group took part; a claim high on the ladder needs evidence."""

    class Meta:
        model = Involvement
        fields = flatten_fieldsets([("", {"fields": ASKED})])
        labels = {"people": "How many", "how": "What they did with you"}
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("how", "evidence", "changed")
        }

    def clean(self):
        """Ask what shows it where engagement or more is claimed."""
        said = super().clean()
        rung = said.get("rung") or 0
        shown = said.get("evidence", "").strip() or said.get("evidence_url")
        if rung >= Commission.Rung.ENGAGEMENT and not shown:
            self.add_error(
                "evidence",
                "From “Engagement” up, say what shows that it really went that far: "
                "minutes, a report, or their own words.",
            )
        return said


class InvolvementCorrection(CorrectionForm, InvolvementForm):
    """How one group took part, corrected."""

    class Meta(InvolvementForm.Meta):
        fields = [name for name in InvolvementForm.Meta.fields if name != "commission"]


class LessonCorrection(CorrectionForm):
    """What was learnt, corrected."""

    class Meta:
        model = Lesson
        fields = ("learnt", "next_time")


@admin.register(Involvement)
class InvolvementAdmin(EnteredOnce):
    """Who took part, when, how, and what changed because of it."""

    form, correction = InvolvementForm, InvolvementCorrection
    list_select_related = ["commission", "corrected_by"]
    fields = ASKED
    list_display = ["commission", "group", "started_on", "people", "rung", "stands"]
    list_filter = ["group", "rung"]


@admin.register(Lesson)
class LessonAdmin(EnteredOnce):
    """What was learnt at review."""

    correction = LessonCorrection
    fields = ["commission", "learnt", "next_time"]
    list_display = ["commission", "learnt", "entered_at", "stands"]
    list_select_related = ["commission", "corrected_by"]


@admin.register(Barrier)
class BarrierAdmin(PortalAdmin):
    """A law or policy in the way: written as a draft, then put in the register."""

    fieldsets = [
        (
            "What is in the way",
            {"fields": ["title", "slug", "organisation", "law", "law_url", "stops"]},
        ),
        ("The way round it", {"fields": ["workaround", "is_solved"]}),
        ("Where it was met", {"fields": ["topic", "commissions"]}),
    ]
    autocomplete_fields = ["organisation", "topic", "commissions"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "organisation", "is_solved", "published_at"]
    list_select_related = ["organisation"]
    list_filter = ["is_solved", "topic"]
    search_fields = ["title", "law", "organisation__name"]
    actions = ["publish"]

    def get_actions(self, request):
        """Leave out deletion in bulk: what is public stays."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_prepopulated_fields(self, request, obj=None):
        """Make the address from the title only while nobody has seen it."""
        return {} if obj and obj.published_at else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        """Keep the address of what is public."""
        return ["slug"] if obj and obj.published_at else []

    @admin.action(description="Put in the register", permissions=["change"])
    def publish(self, request, barriers):
        """Show the chosen barriers in public."""
        for barrier in barriers:
            barrier.publish(by=acting_as(request.user))
        messages.success(request, "Published. Everybody can see them now.")

    def has_delete_permission(self, request, obj=None):
        """Only a draft can be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None
