"""Decisions in the admin: the notice is written, published, and changed by acts only."""

from django import forms
from django.contrib import admin

from commissions.desk.action_views import action_urls
from commissions.desk.base import PortalAdmin, VisibleRows, acting_as
from commissions.desk.decisions import views as decisions_actions
from commissions.desk.decisions.views import EARLY
from commissions.models import Decision, Entry, Kind, Option, Paper, Post

COMPLETED = ("consulted", "risks", "how_to_see_papers")
"""What may still be completed between the notice and the decision."""

FIELDSETS = [
    (
        "What has to be decided",
        {"fields": ["title", "question", "organisation", "commission"]},
    ),
    (
        "Who decides",
        {
            "description": "One post or one committee. The public sees the name and "
            "title, or the body and its members.",
            "fields": ["kind", "post", "committee"],
        },
    ),
    (
        "When, and with how much notice",
        {
            "description": "A key decision of a council’s executive waits 28 clear "
            "days from the notice, unless an exception is claimed.",
            "fields": [
                ("due_on", "due_until"),
                "is_key",
                "key_because",
                "urgency",
                "urgency_reason",
                "early_reason",
            ],
        },
    ),
    (
        "In public or in private",
        {
            "fields": [
                "is_private",
                "private_reason",
                "private_notice_on",
            ]
        },
    ),
    (
        "What people should know",
        {"fields": ["consulted", "risks", "how_to_see_papers"]},
    ),
]


WRITTEN = [
    name
    for _, part in FIELDSETS
    for names in part["fields"]
    for name in (names if isinstance(names, tuple) else [names])
]
"""Every field of the form, in its order."""


class DecisionForm(forms.ModelForm):
    """The notice of a decision; a single day needs no last day."""

    class Meta:
        model = Decision
        fields = WRITTEN
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in (
                "question",
                "urgency_reason",
                "early_reason",
                "private_reason",
                "consulted",
                "risks",
                "how_to_see_papers",
            )
        }
        labels = {
            "due_on": "Day, or first day",
            "due_until": "Last day",
            "key_because": "Why it is a key decision",
            "urgency": "Notice, or exception",
            "urgency_reason": "Why it cannot wait 28 clear days",
            "early_reason": "Why before people are answered",
            "private_reason": "Why in private",
            "private_notice_on": "Notice of that published on",
            "consulted": "Who was asked",
        }
        help_texts = {
            "due_until": "Leave it empty if it is one day.",
            "early_reason": EARLY,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "due_until" in self.fields:
            self.fields["due_until"].required = False

    def clean(self):
        """Take one day for a period of one; ask why a decision is key."""
        said = super().clean()
        if "due_until" in self.fields and not said.get("due_until"):
            said["due_until"] = said.get("due_on")
        if said.get("is_key") and not said.get("key_because", "").strip():
            self.add_error("key_because", "Say why it is a key decision.")
        return said


class BeforeItIsTaken(VisibleRows):
    """An inline that stays as it is once the decision is taken."""

    def has_add_permission(self, request, obj):
        """Add until it is taken."""
        allowed = super().has_add_permission(request, obj)
        return allowed and not (obj and obj.decided_on)

    def has_change_permission(self, request, obj=None):
        """Change until it is taken."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj and obj.decided_on)

    def has_delete_permission(self, request, obj=None):
        """What the public may have read stays."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)


class OptionInline(BeforeItIsTaken, admin.StackedInline):
    """The ways it could go."""

    model = Option
    extra = 0
    fields = ["order", "title", "cost", "effect"]


class PaperInline(BeforeItIsTaken, admin.TabularInline):
    """The documents that whoever decides considers."""

    model = Paper
    extra = 0


@admin.register(Decision)
class DecisionAdmin(PortalAdmin):
    """Write the notice, preview it, publish it; afterwards each change is an act."""

    form = DecisionForm
    fieldsets = FIELDSETS
    inlines = [OptionInline, PaperInline]
    autocomplete_fields = ["organisation", "commission", "post", "committee"]
    list_display = ["title", "due_on", "stands", "is_key", "organisation"]
    list_filter = ["kind", "is_key"]
    list_select_related = ["organisation"]
    search_fields = ["title", "reference", "organisation__name"]
    ordering = ["-due_on", "-pk"]
    actions = None

    @admin.display(description="stands")
    def stands(self, decision):
        """Say whether it is a draft, to come, late, or taken."""
        if not decision.published_at:
            return "Draft"
        if decision.decided_on:
            return "Taken"
        return "Overdue" if decision.is_overdue() else "To come"

    def get_queryset(self, request):
        """Fetch with each what its pages name."""
        rows = super().get_queryset(request)
        return rows.select_related(
            "organisation",
            "commission",
            "post__organisation",
            "post__deputy",
            "committee__organisation",
        )

    def get_readonly_fields(self, request, obj=None):
        """Fix the notice once it is public; fix all once it is taken."""
        if not (obj and obj.published_at):
            return []
        return [name for name in WRITTEN if obj.decided_on or name not in COMPLETED]

    def has_delete_permission(self, request, obj=None):
        """Only a draft can be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and obj.published_at)

    def get_changeform_initial_data(self, request):
        """Begin with the post that the person signed in holds, and its body."""
        initial = super().get_changeform_initial_data(request)
        post = acting_as(request.user)
        if isinstance(post, Post):
            initial = {"post": post, "organisation": post.organisation} | initial
        return initial

    def save_model(self, request, obj, form, change):
        """Save; on a public decision put on the record what was completed."""
        super().save_model(request, obj, form, change)
        if obj.published_at and form.changed_data:
            Entry.objects.append(
                Kind.DECISION_CHANGED,
                obj,
                by=acting_as(request.user),
                fields=sorted(form.changed_data),
            )

    def get_urls(self):
        """Add the pages on which it is previewed, published, moved, taken, passed on."""
        views = decisions_actions.PAGES
        return action_urls(self, views, "decision") + super().get_urls()

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None
