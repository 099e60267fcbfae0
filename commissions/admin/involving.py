"""Who was involved, what was learnt, and barriers: entered by acts, then kept."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets

from commissions.admin.scope import KeptForGood, ScopedAdmin, acting_as
from commissions.models import Barrier, Commission, Involvement, Lesson


class EnteredOnce(KeptForGood, ScopedAdmin):
    """Entered by its verb, in public; afterwards it is looked at and not touched."""

    autocomplete_fields = ["commission"]
    list_select_related = ["commission"]
    search_fields = ["commission__title", "commission__reference"]
    actions = None

    def has_change_permission(self, request, obj=None):
        """Refuse, whoever asks: it is on the record."""
        return False

    def save_model(self, request, obj, form, change):
        """Enter it by its verb."""
        obj.enter(by=acting_as(request.user))

    def view_on_site(self, obj):
        """Lead to the page where the public sees it."""
        commission = Commission.objects.get(pk=obj.commission_id)
        return commission.get_absolute_url() if commission.published_at else None


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


@admin.register(Involvement)
class InvolvementAdmin(EnteredOnce):
    """Who took part, when, how, and what changed because of it."""

    form = InvolvementForm
    fields = ASKED
    list_display = ["commission", "group", "started_on", "people", "rung"]
    list_filter = ["group", "rung"]


@admin.register(Lesson)
class LessonAdmin(EnteredOnce):
    """What was learnt at review."""

    fields = ["commission", "learnt", "next_time"]
    list_display = ["commission", "learnt", "entered_at"]


@admin.register(Barrier)
class BarrierAdmin(ScopedAdmin):
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
