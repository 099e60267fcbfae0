"""Decisions at the desk: the notice is written, then changed by acts only, each on a page."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import render
from django.utils import timezone

from commissions.desk.action_views import (
    action_urls,
    form_page,
    get_row,
    redirect_to_row,
    render_page,
    run_verb,
)
from commissions.desk.base import PortalAdmin, TableInline, VisibleRows, acting_as
from commissions.desk.people import hand_over
from commissions.models import Decision, Entry, Kind, Option, Paper, Post
from commissions.public.decisions.page import DecisionPage, for_page

EARLY = (
    "Why it is taken before people are answered. Leave it empty unless a consultation "
    "on the commission has no response by then. The public sees the reason."
)
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


class PaperInline(BeforeItIsTaken, TableInline):
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
        views = PAGES
        return action_urls(self, views, "decision") + super().get_urls()

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None


def early_reason_field():
    return forms.CharField(
        required=False,
        label="Why before people are answered",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=EARLY,
    )


class DeferDecisionForm(forms.Form):
    """To which day or period, and why."""

    due_on = forms.DateField(label="New day, or first day", widget=AdminDateWidget)
    due_until = forms.DateField(
        label="Last day of the period",
        required=False,
        widget=AdminDateWidget,
        help_text="Leave it empty if it is one day.",
    )
    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The public sees the old date, the new one and this reason.",
        error_messages={
            "required": "Say why the decision moves. The public sees the reason."
        },
    )
    early_reason = early_reason_field()

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision = decision

    def clean(self):
        """Refuse the date that it has, and a period that is upside down."""
        said = super().clean()
        first, last = said.get("due_on"), said.get("due_until")
        if first and first == self.decision.due_on and not last:
            self.add_error("due_on", "That is its date already. Choose another day.")
        if first and last and last < first:
            self.add_error(
                "due_until", "The period must end on or after its first day."
            )
        return said

    def save(self, *, by):
        """Move it; return the sentence that says so."""
        said = dict(self.cleaned_data)
        self.decision.defer(said.pop("due_on"), by=by, **said)
        return "Moved. The old date and the reason stay visible."


class TakeDecisionForm(forms.Form):
    """What was decided, when and why: SI 2012/2089 regulations 12 and 13."""

    on = forms.DateField(label="Decided on", widget=AdminDateWidget)
    chosen = forms.ModelChoiceField(
        Option.objects.none(),
        required=False,
        label="Option chosen",
        empty_label="None of them, or none was listed",
    )
    outcome = forms.CharField(
        label="What was decided", widget=forms.Textarea(attrs={"rows": 3})
    )
    reasons = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    alternatives_rejected = forms.CharField(
        label="Alternatives considered and rejected",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    risks_accepted = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    conflicts = forms.CharField(
        label="Conflicts of interest declared",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Write “None declared” if nobody declared one.",
        error_messages={
            "required": "Say which conflicts were declared, or write “None declared”."
        },
    )
    dispensations = forms.CharField(
        label="Dispensations granted",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    early_reason = early_reason_field()

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.initial["early_reason"] = decision.early_reason
        self.initial["on"] = timezone.localdate()
        self.fields["chosen"].queryset = decision.options.all()

    def clean_on(self):
        """Refuse a day to come."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError("It is recorded once it is taken: today or earlier.")
        return on

    def save(self, *, by):
        """Record the outcome; return the sentence that says so."""
        said = dict(self.cleaned_data)
        chosen = said.pop("chosen")
        with transaction.atomic():
            self.decision.options.update(is_chosen=False)
            if chosen:
                self.decision.options.filter(pk=chosen.pk).update(is_chosen=True)
            self.decision.decide(by=by, **said)
        return "Recorded. Everybody can read what was decided, and why."


class SecondPrivacyNoticeForm(forms.Form):
    """The second notice that it is taken in private: SI 2012/2089 regulation 5(4)."""

    on = forms.DateField(label="Published on", widget=AdminDateWidget)
    representations = forms.CharField(
        required=False,
        label="What people said against taking it in private",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave it empty if nobody objected. Names of people stay out.",
    )
    response = forms.CharField(
        required=False,
        label="The answer to them",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The statement of response that regulation 5(5) asks for.",
    )

    def __init__(self, *args, decision, **kwargs):
        super().__init__(*args, **kwargs)
        self.decision = decision

    def save(self, *, by):
        """Record the notice; return the sentence that says so."""
        self.decision.give_second_notice(by=by, **self.cleaned_data)
        return "Recorded. The public sees both notices, the objections and the answer."


def preview_decision(request, pk, *, desk):
    """Show the page exactly as the public will see it, under a banner."""
    decision = for_page(Decision.objects).get(pk=get_row(request, pk, desk, "view").pk)
    page = DecisionPage(decision, preview=not decision.published_at)
    return render(request, "commissions/decisions/detail.html", {"page": page})


def publish_decision(request, pk, *, desk):
    """Say what is missing, or ask once more; then publish the notice."""
    decision = get_row(request, pk, desk)
    if decision.published_at:
        messages.info(request, "The notice of this decision is public already.")
        return redirect_to_row(desk, pk)
    done = "Published. Everybody can see the notice now."
    if request.method == "POST" and run_verb(request, decision.publish, done):
        return redirect_to_row(desk, pk)
    gaps = decision.publication_gaps()
    return render_page(
        request,
        "admin/commissions/decision/publish.html",
        desk,
        original=decision,
        title="Not ready to publish" if gaps else "Publish this notice?",
        gaps=gaps,
    )


def decision_act(request, pk, form_class, *, desk, title, label):
    """Show a form; on a valid one perform its verb and go back to the decision."""
    decision = get_row(request, pk, desk)
    if not decision.published_at or decision.decided_on:
        messages.error(request, why_not_allowed(decision))
        return redirect_to_row(desk, pk)
    form = form_class(request.POST or None, decision=decision)
    return form_page(request, desk, decision, form, title=title, label=label)


def why_not_allowed(decision):
    """Say why a decision can neither move nor be taken."""
    if decision.decided_on:
        return "It is taken already; its outcome stays as it was recorded."
    return "Publish its notice first: nobody knows yet that it is to be taken."


def defer_decision(request, pk, *, desk):
    """Move a decision to a later day, in public."""
    return decision_act(
        request,
        pk,
        DeferDecisionForm,
        desk=desk,
        title="Move to another day",
        label="Move it",
    )


def take_decision(request, pk, *, desk):
    """Record what was decided."""
    return decision_act(
        request,
        pk,
        TakeDecisionForm,
        desk=desk,
        title="Record what was decided",
        label="Record it",
    )


def second_privacy_notice(request, pk, *, desk):
    """Record the second notice that it is taken in private."""
    return decision_act(
        request,
        pk,
        SecondPrivacyNoticeForm,
        desk=desk,
        title="Second notice that it is taken in private",
        label="Record it",
    )


PAGES = {
    "preview": preview_decision,
    "publish": publish_decision,
    "defer": defer_decision,
    "decide": take_decision,
    "second-notice": second_privacy_notice,
    "hand-over": hand_over,
}
