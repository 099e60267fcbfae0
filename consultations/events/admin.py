"""Events in the admin: prepare, announce, change, cancel, record who came."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from commissions.desk.action_views import (
    action_urls,
    form_page,
    get_row,
    render_page,
)
from commissions.desk.base import PortalAdmin
from commissions.models import Involvement
from consultations.models import Booking, Event

CHANGES = ["starts_at", "ends_at", "place", "online_url", "access", "places"]
REQUIRED = {
    "required": "Say why. People who signed up read it, and so does the public."
}


class AnnounceForm(forms.Form):
    """Nothing to fill in: the verb says what is missing."""

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def save(self, *, by):
        """Announce it."""
        self.event.publish(by=by)
        return "Announced. It is on the record, and people can sign up."


class ChangeForm(forms.ModelForm):
    """What is different now, and why."""

    why = forms.CharField(
        label="Why it changes",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="We email it to everyone who signed up; the public sees it too.",
        error_messages=REQUIRED,
    )

    class Meta:
        model = Event
        fields = CHANGES
        widgets = {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("place", "access")
        }

    def save(self, *, by):
        """Change it; the row was filled in for validation, so it is read afresh."""
        event = Event.objects.get(pk=self.instance.pk)
        event.change(by=by, **self.cleaned_data)
        return "Changed. Everyone who signed up is emailed."


class CancelForm(forms.Form):
    """Why it does not take place."""

    why = forms.CharField(
        label="Why it is cancelled",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="We email it to everyone who signed up; the public sees it too.",
        error_messages=REQUIRED,
    )

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def save(self, *, by):
        """Call it off."""
        self.event.cancel(by=by, **self.cleaned_data)
        return "Cancelled. Everyone who signed up is emailed."


class WhoCameForm(forms.ModelForm):
    """How many came, of whom, and what changed because of it."""

    class Meta:
        model = Involvement
        fields = ["people", "group", "rung", "changed"]
        labels = {"people": "How many came", "group": "Who they were"}
        widgets = {"changed": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["people"].required = True

    def _post_clean(self):
        """Leave the checks of the whole row to the verb, which fills in the rest."""

    def save(self, *, by):
        """Put it on the record."""
        self.event.record_who_came(by=by, **self.cleaned_data)
        return "Recorded. It is among the people involved in the commission."


def act(form_class, title, label):
    """Return the page of one act on an announced event."""

    def view(request, pk, *, desk):
        event = get_row(request, pk, desk)
        named = {"instance": event} if form_class is ChangeForm else {"event": event}
        form = form_class(request.POST if request.method == "POST" else None, **named)
        return form_page(request, desk, event, form, title=title, label=label)

    return view


def bookings(request, pk, *, desk):
    """Show how many signed up, and what would help them; nobody's address."""
    event = get_row(request, pk, desk)
    held = event.bookings.filter(state__in=Booking.HELD)
    return render_page(
        request,
        "admin/consultations/event_bookings.html",
        desk,
        original=event,
        title="Who signed up",
        event=event,
        waiting=held.filter(state=Booking.State.WAITING).count(),
        needs=held.exclude(needs="").values_list("needs", "state"),
    )


PAGES = {
    "announce": act(AnnounceForm, "Announce this event?", "Announce it"),
    "move": act(ChangeForm, "Change this event", "Change it and email people"),
    "cancel": act(CancelForm, "Cancel this event", "Cancel it and email people"),
    "who-came": act(WhoCameForm, "Record who came", "Put it on the record"),
    "bookings": bookings,
}


@admin.register(Event)
class EventAdmin(PortalAdmin):
    """Prepare an event; once announced it changes only by an act people are told of."""

    list_display = ["title", "commission", "starts_at", "places", "taken", "announced"]
    list_select_related = ["commission"]
    list_filter = ["kind"]
    search_fields = ["title", "reference", "commission__title", "place"]
    autocomplete_fields = ["commission"]
    ordering = ["-starts_at"]
    actions = None
    change_form_template = "admin/consultations/event_form.html"
    fieldsets = [
        (
            "What",
            {"fields": ["commission", "kind", "title", "description", "audience"]},
        ),
        ("When and where", {"fields": ["starts_at", "ends_at", "place", "online_url"]}),
        ("Who can come", {"fields": ["access", "places"]}),
    ]

    @admin.display(description="announced", boolean=True)
    def announced(self, event):
        """Whether it is public."""
        return bool(event.published_at)

    def get_readonly_fields(self, request, obj=None):
        """Show what was announced; ask for it before."""
        if obj is None or not obj.published_at:
            return []
        return [name for _, part in self.fieldsets for name in part["fields"]]

    def has_delete_permission(self, request, obj=None):
        """Only what is not announced can be deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and bool(obj) and not obj.published_at

    def get_urls(self):
        """Add the pages of the acts."""
        return action_urls(self, PAGES, "event") + super().get_urls()

    def response_add(self, request, obj, post_url_continue=None):
        """Go on to the announcement, if its button was pressed."""
        return self.onward(request, obj) or super().response_add(request, obj)

    def response_change(self, request, obj):
        """Go on to the announcement, if its button was pressed."""
        return self.onward(request, obj) or super().response_change(request, obj)

    def onward(self, request, obj):
        """Return the way to the announcement, if asked for."""
        if "_announce" in request.POST:
            return redirect(reverse("admin:event-announce", args=[obj.pk]))
        return None

    def view_on_site(self, obj):
        """Lead to the public page, once there is one."""
        return obj.get_absolute_url() if obj.published_at else None
