"""Events in public: the list with its files, the page of one, signing up, giving up."""

from django import forms
from django.conf import settings
from django.db.models import DateTimeField, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissions.models import NotReady
from commissions.public.listing.exports import Column, Export, all_rows, iso_value
from commissions.public.listing.feeds import ical_calendar, ical_event
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from commissions.public.listing.page import ListPage, list_view
from consultations.events.models import Booking, Event, sign_up
from consultations.public_forms import TrapForm, email_field, save_unless_trapped
from consultations.signed_links import private_page, signed_key, status_of_lapsed_link

MOST_IN_CALENDAR = 500
WHEN = {
    "to_come": gettext_lazy("To come"),
    "over": gettext_lazy("Over"),
    "cancelled": gettext_lazy("Cancelled"),
}


class EventFilter(ListFilter):
    """Public events, narrowed: those to come first, soonest first, then the newest."""

    searched = ["title", "description", "audience", "place", "commission__title"]
    about = "commission__topic"
    offers_orders = False

    q = words_filter(
        gettext_lazy("In its title, what happens there, who it is for, or the place.")
    )
    when = choice_filter(gettext_lazy("When"), WHEN.items(), method="by_when")
    kind = choice_filter(gettext_lazy("Kind"), Event.Kind.choices)
    organisation = organisation_filter("commission__organisation")
    topic = choice_filter(gettext_lazy("Topic"), method="by_topic")

    def __init__(self, data):
        self.at = timezone.now()
        self.orders = {"usual": (gettext_lazy("To come first"), parts(self.at))}
        rows = Event.objects.published(self.at).select_related(
            "commission__organisation"
        )
        super().__init__(data, rows)

    def by_when(self, rows, name, value):
        """Keep those to come, those that are over, or those called off."""
        return rows.filter(states(self.at)[value])


def states(at):
    """Return the condition of each state at a time."""
    cancelled = Q(cancelled_at__isnull=False)
    return {
        "to_come": Q(ends_at__gt=at) & ~cancelled,
        "over": Q(ends_at__lte=at) & ~cancelled,
        "cancelled": cancelled,
    }


def parts(at):
    """Return the parts of the list, each in its own order."""
    found = states(at)
    return [
        KeysetPart("starts_at", DateTimeField(), where=found["to_come"]),
        KeysetPart(
            "starts_at",
            DateTimeField(),
            down=True,
            where=found["over"] | found["cancelled"],
        ),
    ]


COLUMNS = [
    Column("reference", "reference"),
    Column("title", "title"),
    Column("kind", lambda event: event.get_kind_display()),
    Column("organisation", "commission.organisation.name"),
    Column("commission", "commission.reference"),
    Column("starts_at", lambda event: iso_value(timezone.localtime(event.starts_at))),
    Column("ends_at", lambda event: iso_value(timezone.localtime(event.ends_at))),
    Column("place", "place"),
    Column("online", lambda event: bool(event.online_url)),
    Column("audience", "audience"),
    Column("access", "access"),
    Column("places", "places"),
    Column("cancelled", lambda event: bool(event.cancelled_at)),
    Column("address", lambda event: address_of(event)),
]


def address_of(event):
    """Return the whole address of its page."""
    return f"{settings.PORTAL_ORIGIN}{event.get_absolute_url()}"


def in_calendar(event):
    """Write one event for a calendar."""
    return ical_event(
        uid=f"event-{event.reference}@{settings.PORTAL_ORIGIN.partition('://')[2]}",
        at=event.starts_at,
        until=event.ends_at,
        now=event.cancelled_at or event.published_at,
        title=event.title,
        url=address_of(event),
        place=event.place or "Online",
        cancelled=bool(event.cancelled_at),
    )


def answer_calendar(name, events):
    """Answer with events as a calendar."""
    text = ical_calendar(name, [in_calendar(event) for event in events])
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def as_ical(filters):
    """Answer with those of the list that are to come."""
    coming = filters.narrowed().filter(ends_at__gt=filters.at).order_by("starts_at")
    return answer_calendar(
        gettext("Events – {portal}").format(portal=settings.PORTAL_NAME),
        coming[:MOST_IN_CALENDAR],
    )


EXPORT = Export(
    "events",
    COLUMNS,
    all_rows,
    also={"ics": (gettext_lazy("dates for your calendar"), as_ical)},
)
export = EXPORT.view(EventFilter)


class EventList(ListPage):
    """One page of events."""

    filter_set = EventFilter
    template = "consultations/events/list.html"
    title = gettext_lazy("Events")
    noun, nouns = "event", "events"
    counted = ngettext_lazy("{n} event", "{n} events", "number")
    export = EXPORT


index = list_view(EventList)


class SignUpForm(TrapForm):
    """An address, and what would help its holder to take part."""

    email = email_field(
        gettext_lazy(
            "We send you a link to confirm your place, and news about this event. No one "
            "else sees your address. We erase it a week after the event."
        )
    )
    needs = forms.CharField(
        label=gettext_lazy("What would help you to take part?"),
        help_text=gettext_lazy(
            "For example a hearing loop, a seat near the door, or an interpreter. The "
            "organisers see this without your name. You do not have to answer."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "max_length": gettext_lazy(
                "Shorten “What would help you to take part?” to 500 characters"
            )
        },
    )

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def save(self):
        """Take it down; raises NotReady where nobody can sign up any more."""
        return sign_up(self.event, **self.cleaned_data)


def public_event(reference):
    """Return a public event with its commission, or answer 404."""
    return get_object_or_404(
        Event.objects.published().for_page(), reference=reference.upper()
    )


@require_safe
def detail(request, reference):
    """Show one event: when, where, for whom, what access, how many places are left."""
    event = public_event(reference)
    return render(request, "consultations/events/detail.html", {"event": event})


@require_safe
def calendar(request, reference):
    """Answer with one event as a calendar file."""
    event = public_event(reference)
    return answer_calendar(event.title, [event])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_view(request, reference):
    """Take an address for an event, and send it the link that confirms."""
    event = public_event(reference)
    if not event.is_open():
        return redirect(event)
    form = SignUpForm(request.POST if request.method == "POST" else None, event=event)
    if (
        request.method == "POST"
        and form.is_valid()
        and save_unless_trapped(request, form)
    ):
        return redirect("consultations:event-asked")
    context = {"event": event, "form": form}
    return render(request, "consultations/events/sign_up.html", context)


@require_safe
def asked(request):
    """Say that the link is on its way."""
    return render(request, "consultations/events/asked.html")


def booking_path(booking):
    """Return the path of the page of one booking."""
    return reverse("consultations:booking", args=[signed_key("booking", booking.key)])


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request, token):
    """Confirm a place or give it up, by the link in an email and a button."""
    rows = Booking.objects.by_token("booking", token)
    found = rows.select_related("event__commission__organisation").first()
    if found is None:
        status = status_of_lapsed_link("booking", token)
        return render(request, "consultations/events/lapsed.html", status=status)
    problem = ""
    if request.method == "POST":
        problem = change(found, request.POST)
        if not problem:
            return redirect(booking_path(found))
    others = Booking.objects.asked_beside(found).select_related("event")
    context = {
        "booking": found,
        "event": found.event,
        "problem": problem,
        "others": [(other.event.title, booking_path(other)) for other in others],
    }
    return render(request, "consultations/events/booking.html", context)


def change(booking, asked):
    """Do what the button says; return why it was refused, or nothing."""
    try:
        if "give-up" in asked:
            booking.give_up()
        else:
            booking.confirm()
    except NotReady as refusal:
        return str(refusal)
    return ""
