"""How consultations and events are shared: pictures, data for search engines, cards."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from commissions.public.commission.rows import shorten_summary
from commissions.public.sharing import head, pictures, site
from commissions.public.sharing.embed import card
from commissions.text.formats import at_time
from consultations.models import Consultation, Event

COLOURS = {"open": "green"}


def register():
    """Add to the site map, the pictures and the cards what this floor has."""
    site.PRIVATE.append("/my/")
    site.PAGES.extend(
        f"consultations:{name}-list"
        for name in ("consultation", "event", "question", "outcome")
    )
    pictures.KINDS |= {"consultation": consultation_picture, "event": event_picture}
    pictures.PICTURED |= dict.fromkeys(
        (
            f"consultations:{name}"
            for name in ("consultation-detail", "draft-detail", "section-detail")
        ),
        "consultation",
    )
    pictures.PICTURED["consultations:event-detail"] = "event"
    head.CARDS["consultations:consultation-detail"] = "consultations:consultation-card"


def public_consultations():
    return Consultation.objects.published().select_related(
        "commission__organisation", "commission__post", "commission__committee"
    )


def consultation_picture(reference):
    """Return the picture of a public consultation; raises DoesNotExist."""
    found = public_consultations().get(reference=reference)
    return pictures.held_picture(
        found.title,
        f"{found.get_kind_display()}: {found.state.label}",
        found.commission,
    )


def event_picture(reference):
    """Return the picture of a public event; raises DoesNotExist."""
    public = Event.objects.published().select_related(
        "commission__organisation", "commission__post", "commission__committee"
    )
    found = public.get(reference=reference)
    when = f"{found.get_kind_display()}: {at_time(found.starts_at)}"
    return pictures.held_picture(found.title, when, found.commission)


def event_told(name, address, opens, closes, body, **more):
    """Say a time in which people can take part, as an event: online unless told otherwise."""
    return {
        "@type": "Event",
        "name": name,
        "startDate": opens.isoformat() if opens else "",
        "endDate": closes.isoformat() if closes else "",
        "eventStatus": f"{head.SCHEMA}/EventScheduled",
        "eventAttendanceMode": f"{head.SCHEMA}/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": head.full_address(address)},
        "organizer": head.body_data(body),
        **more,
    }


@head.describes("consultations:consultation-detail")
def consultation_data(context):
    """Say a consultation as an event that everybody can take part in online."""
    consultation = context["page"].consultation
    address = consultation.get_absolute_url()
    return [
        event_told(
            consultation.title,
            address,
            consultation.opens_at,
            consultation.closes_at,
            consultation.commission.organisation,
            description=consultation.introduction,
            url=head.full_address(address),
            isAccessibleForFree=True,
        )
    ]


@head.describes("consultations:event-detail")
def event_data(context):
    """Say when and where an event is, or that it is cancelled."""
    event = context["event"]
    address = event.get_absolute_url()
    told = event_told(
        event.title,
        address,
        event.starts_at,
        event.ends_at,
        event.commission.organisation,
        description=event.description,
        url=head.full_address(address),
    )
    if event.cancelled_at:
        told["eventStatus"] = f"{head.SCHEMA}/EventCancelled"
    if event.place:
        told["location"] = {
            "@type": "Place",
            "name": event.place,
            "address": event.place,
        }
        mode = "Mixed" if event.online_url else "Offline"
        told["eventAttendanceMode"] = f"{head.SCHEMA}/{mode}EventAttendanceMode"
    return [told]


@require_safe
def consultation_card(request, reference):
    """Show the card of a public consultation."""
    found = get_object_or_404(public_consultations(), reference=reference)
    last = at_time(found.closes_at)
    over = found.closes_at <= timezone.now()
    row = {
        "title": found.title,
        "url": found.get_absolute_url(),
        "tag": found.state.label,
        "tag_kind": COLOURS.get(found.state, "blue"),
        "summary": shorten_summary(found.introduction),
        "meta": [
            found.commission.organisation.name,
            (
                gettext("Closed at {time}") if over else gettext("Closes at {time}")
            ).format(time=last),
        ],
    }
    return card(request, row, found.commission.post)
