"""Events: where people meet those who are responsible, and the places at them.

Market engagement, co-design and public meetings of one commission. Anybody signs up
with an email address and no account; a place is theirs once they follow the link in
the email. `Event.taken` counts the places that are taken, and the database refuses
more than there are: who comes after that waits, and moves up when a place is
given back. Who signed up is private: the address is never shown to anybody, staff
included, and is erased after the event.
"""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.commission.models import Commission
from commissions.fields import MomentField, WebAddressField
from commissions.involvement.models import Involvement
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken, new_short_reference
from commissions.text.formats import span_of_times
from consultations.comments.submissions import MOST_SHOWN, UNCONFIRMED_FOR
from consultations.languages import in_language_of, language_field
from consultations.outbox.models import Message, ask, queue_email
from consultations.signed_links import (
    PrivateLinkQuerySet,
    address_key,
    new_key,
    signed_url,
)

REMINDED_BEFORE = timedelta(days=2)
KEPT_FOR = timedelta(days=7)
BATCH = 100
PURPOSE = "event"


class EventQuerySet(models.QuerySet):
    """Events by who may see them, and by when they are."""

    def published(self, at=None):
        """Events that are public at a time (now, unless said)."""
        return self.filter(published_at__lte=at or timezone.now())

    def for_page(self):
        """Fetch with them whose they are."""
        return self.select_related(
            "commission__organisation", "commission__post", "involvement"
        )


class Event(models.Model):
    """One meeting about one commission: when, where, for whom, with how many places."""

    class Kind(models.TextChoices):
        """What people do there."""

        MARKET_ENGAGEMENT = "market_engagement", gettext_lazy("Market engagement")
        CO_DESIGN = "co_design", gettext_lazy("Co-design session")
        PUBLIC_MEETING = "public_meeting", gettext_lazy("Public meeting")

    reference = models.CharField(
        max_length=20, unique=True, default=new_short_reference
    )
    commission = models.ForeignKey(Commission, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=200)
    description = models.TextField(
        blank=True, help_text="What happens there, and what you hope to learn."
    )
    audience = models.CharField(
        max_length=300,
        blank=True,
        help_text="Who it is for. Leave empty if anyone can come.",
    )
    starts_at = MomentField()
    ends_at = MomentField()
    place = models.TextField(
        blank=True, help_text="The building and its address. Empty if only online."
    )
    online_url = WebAddressField(
        max_length=1000,
        blank=True,
        help_text="Sent only to people who have a place.",
    )
    access = models.TextField(
        blank=True,
        help_text="Steps, hearing loop, interpreters, travel costs: what people can "
        "rely on. It must be said before the event is announced.",
    )
    places = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many can come. Empty: no limit."
    )
    taken = models.PositiveIntegerField(default=0, editable=False)
    published_at = MomentField(null=True, blank=True, editable=False)
    cancelled_at = MomentField(null=True, blank=True, editable=False)
    cancelled_because = models.TextField(blank=True, editable=False)
    involvement = models.OneToOneField(
        Involvement,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="event",
        help_text="Who came, once that is on the record.",
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at", "id"], name="event_by_start")]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="An event must end after it starts.",
            ),
            models.CheckConstraint(
                name="event_has_no_more_people_than_places",
                condition=Q(places__isnull=True) | Q(taken__lte=F("places")),
                violation_error_message="More places are taken than that. "
                "Leave as many places as people have signed up for.",
            ),
            models.CheckConstraint(
                name="event_announced_is_somewhere_and_accessible",
                condition=Q(published_at__isnull=True)
                | ((~Q(place="") | ~Q(online_url="")) & ~Q(access="")),
                violation_error_message="Say where it is, and what people who need "
                "access can rely on.",
            ),
            models.CheckConstraint(
                name="event_cancelled_was_announced_and_says_why",
                condition=Q(cancelled_at__isnull=True, cancelled_because="")
                | (
                    Q(cancelled_at__isnull=False, published_at__isnull=False)
                    & ~Q(cancelled_because="")
                ),
                violation_error_message="Say why it is cancelled. People who signed "
                "up read it.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Return the address of its public page."""
        return reverse("consultations:event-detail", args=[self.reference])

    @property
    def record_name(self):
        return f"event/{self.reference}"

    @property
    def record_commission(self):
        return self.commission.reference

    @property
    def when(self):
        """Its day and times in London, in words."""
        return span_of_times(self.starts_at, self.ends_at)

    @property
    def left(self):
        """How many places are left; None where there is no limit."""
        return None if self.places is None else self.places - self.taken

    def is_open(self, at=None):
        """Tell whether people can sign up: announced, not cancelled, not begun."""
        at = at or timezone.now()
        announced = self.published_at and self.published_at <= at
        return bool(announced and not self.cancelled_at and at < self.starts_at)

    def is_over(self, at=None):
        return self.ends_at <= (at or timezone.now())

    def publication_gaps(self, at=None):
        """List what is missing before it can be announced, as sentences."""
        gaps = []
        if not self.commission.published_at:
            gaps.append(
                "The commission is not public yet. Publish its intention first."
            )
        if not (self.place or self.online_url):
            gaps.append("Say where it is: a place, a link, or both.")
        if not self.access.strip():
            gaps.append(
                "Say what people who need access can rely on: steps, hearing loop, "
                "interpreters, travel costs."
            )
        if self.starts_at <= (at or timezone.now()):
            gaps.append("It starts in the past: give a later time.")
        return gaps

    def publish(self, *, by, at=None):
        """Announce it; raises NotReady with every gap, Overtaken where it is public."""
        now = at or timezone.now()
        if gaps := self.publication_gaps(at):
            raise NotReady(*gaps)
        with transaction.atomic():
            waiting = Event.objects.filter(pk=self.pk, published_at__isnull=True)
            if not waiting.update(published_at=now):
                raise Overtaken("This event is announced already.")
            self.published_at = now
            self.enter(Kind.EVENT_PUBLISHED, by=by, at=at, **self.told())

    def told(self):
        """Return what an entry says of it, as plain JSON values."""
        return {
            "meeting": self.kind,
            "title": self.title,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "place": self.place,
        }

    def enter(self, act, *, by, at, **facts):
        """Put one act about it on the record."""
        Entry.objects.append(act, self, by=by, at=at, **facts)

    def change(self, *, why, by, at=None, **said):
        """Move or amend an announced event; everybody who signed up is emailed.

        `said` are the fields that change. More places let people who wait move up.
        Raises NotReady without a reason or a difference, Overtaken where it is
        cancelled or over.
        """
        if not why.strip():
            raise NotReady("Say why it changes. People who signed up read it.")
        changed = {k: v for k, v in said.items() if getattr(self, k) != v}
        if not changed:
            raise NotReady("Nothing is different. Change what is no longer right.")
        with transaction.atomic():
            held = self.hold(at)
            was = held.told()
            for name, value in changed.items():
                setattr(held, name, value)
            held.full_clean(exclude=["commission"])
            held.save(update_fields=list(changed))
            held.enter(
                Kind.EVENT_CHANGED, by=by, at=at, was=was, why=why, **held.told()
            )
            held.write_to_all("changed", why=why, at=at)
            held.fill()
        self.refresh_from_db()

    def cancel(self, *, why, by, at=None):
        """Call it off, for a reason that the public and everybody who signed up reads.

        Raises NotReady without a reason, Overtaken where it is cancelled or over.
        """
        if not why.strip():
            raise NotReady("Say why it is cancelled. People who signed up read it.")
        now = at or timezone.now()
        with transaction.atomic():
            held = self.hold(at)
            held.cancelled_at, held.cancelled_because = now, why
            held.save(update_fields=["cancelled_at", "cancelled_because"])
            held.enter(Kind.EVENT_CANCELLED, by=by, at=at, why=why, title=held.title)
            held.write_to_all("cancelled", why=why, at=at)
        self.refresh_from_db()

    def hold(self, at=None):
        """Return it, held until the transaction ends; raises Overtaken where it is past."""
        held = Event.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if held.cancelled_at:
            raise Overtaken("This event is cancelled.")
        if held.is_over(at):
            raise Overtaken("This event is over: record who came instead.")
        return held

    def record_who_came(self, *, people, group, rung, changed, by, at=None):
        """Put on the record who came and what changed: an involvement of the commission.

        Raises NotReady before it is over, Overtaken where that is on the record.
        """
        if not self.is_over(at) or self.cancelled_at:
            raise NotReady("Record who came once the event is over.")
        with transaction.atomic():
            held = Event.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if held.involvement_id:
                raise Overtaken("Who came is on the record. Correct it there.")
            involved = Involvement(
                commission=self.commission,
                group=group,
                started_on=timezone.localdate(self.starts_at),
                ended_on=timezone.localdate(self.ends_at),
                people=people,
                how=f"{self.get_kind_display()}: {self.title}",
                rung=rung,
                evidence=f"The event was announced here as {self.reference}.",
                changed=changed,
            )
            involved.enter(by=by, at=at)
            held.involvement = involved
            held.save(update_fields=["involvement"])
        self.refresh_from_db()

    # Places: a place is taken by an update that the database guards, never counted.

    def take_place(self):
        """Take one place; False where none is left."""
        free = Event.objects.filter(
            Q(places__isnull=True) | Q(taken__lt=F("places")), pk=self.pk
        )
        return bool(free.update(taken=F("taken") + 1))

    def fill(self):
        """Give the places that are left to those who wait, longest first."""
        waiting = self.bookings.filter(state=Booking.State.WAITING)
        for booking in waiting.order_by("confirmed_at", "pk"):
            if not self.take_place():
                return
            if not booking.move([Booking.State.WAITING], Booking.State.BOOKED):
                self.give_back()
                continue
            booking.write("moved_up")

    def give_back(self):
        """Give back one place."""
        Event.objects.filter(pk=self.pk, taken__gt=0).update(taken=F("taken") - 1)

    def write_to_all(self, news, *, why, at):
        """Email everybody who has a place or waits for one."""
        stamp = f"{news}-{(at or timezone.now()):%Y%m%d%H%M%S%f}"
        for booking in self.bookings.filter(state__in=Booking.HELD).iterator():
            booking.event = self
            booking.write(news, stamp=stamp, why=why)


class BookingQuerySet(PrivateLinkQuerySet):
    """Bookings by state."""

    def asked_beside(self, one):
        """The others that the same address has been asked to confirm."""
        waiting = self.filter(address_key=one.address_key, state=Booking.State.ASKED)
        return waiting.exclude(pk=one.pk).order_by("-asked_at")[:MOST_SHOWN]

    def to_remind(self, at=None):
        """Those with a place at an event that is near, who were not reminded."""
        at = at or timezone.now()
        return self.filter(
            state=Booking.State.BOOKED,
            reminded_at__isnull=True,
            event__cancelled_at__isnull=True,
            event__starts_at__gt=at,
            event__starts_at__lte=at + REMINDED_BEFORE,
        )

    def lapsed(self, at=None):
        """Those to be erased: not confirmed in seven days, or a week after the event."""
        at = at or timezone.now()
        return self.filter(
            Q(state=Booking.State.ASKED, asked_at__lt=at - UNCONFIRMED_FOR)
            | Q(event__ends_at__lt=at - KEPT_FOR)
            | Q(event__cancelled_at__lt=at - KEPT_FOR)
            | Q(state=Booking.State.GIVEN_UP, changed_at__lt=at - KEPT_FOR)
        )


class Booking(models.Model):
    """One address at one event, with a place, waiting for one, or having given it up."""

    class State(models.TextChoices):
        """Where it is."""

        ASKED = "asked", "Not confirmed yet"
        BOOKED = "booked", "Has a place"
        WAITING = "waiting", "On the waiting list"
        GIVEN_UP = "given_up", "Given up"

    HELD = (State.BOOKED, State.WAITING)

    event = models.ForeignKey(Event, models.CASCADE, related_name="bookings")
    email = models.EmailField()
    address_key = models.CharField(max_length=40)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    language = language_field()
    needs = models.CharField(
        max_length=500, blank=True, help_text="What would help them to take part."
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["event", "state", "confirmed_at"], name="booking_queue"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "address_key"],
                condition=~Q(state="given_up"),
                name="address_signs_up_once",
                violation_error_message="This address has signed up already.",
            ),
            models.CheckConstraint(
                name="booking_confirmed_has_a_time",
                condition=Q(state__in=["asked", "given_up"])
                | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Booking {self.pk} at event {self.event_id}"

    @property
    def link(self):
        """The whole address of the page on which its holder confirms or gives it up."""
        return signed_url("booking", "booking", self.key)

    def move(self, states, to, *, at=None, **fields):
        """Go from one of some states to another; False where it is in none of them."""
        at = at or timezone.now()
        here = Booking.objects.filter(pk=self.pk, state__in=states)
        moved = here.update(state=to, changed_at=at, **fields)
        if moved:
            self.refresh_from_db()
        return bool(moved)

    def confirm(self, *, at=None):
        """Take a place, or one on the waiting list; confirming again changes nothing.

        Raises NotReady where the event is cancelled or has begun.
        """
        now = at or timezone.now()
        if self.state != self.State.ASKED:
            return
        if not self.event.is_open(now):
            raise NotReady(gettext("You can no longer sign up for this event."))
        with transaction.atomic():
            got = self.event.take_place()
            to = self.State.BOOKED if got else self.State.WAITING
            if not self.move([self.State.ASKED], to, at=now, confirmed_at=now):
                if got:
                    self.event.give_back()
                self.refresh_from_db()
                return
            Message.objects.settle(PURPOSE, self.address_key)
            self.write(self.state)

    def give_up(self, *, at=None):
        """Give up a place, which goes to the one who has waited longest."""
        with transaction.atomic():
            event = Event.objects.select_for_update().get(pk=self.event_id)
            had_place = self.move(
                [self.State.BOOKED], self.State.GIVEN_UP, at=at, needs=""
            )
            if had_place:
                event.give_back()
                if event.is_open(at):
                    event.fill()
            else:
                others = [self.State.ASKED, self.State.WAITING]
                self.move(others, self.State.GIVEN_UP, at=at, needs="")

    def write(self, news, *, stamp="", why=""):
        """Email its holder, in their language, what happened to the event or their place."""
        with in_language_of(self):
            queue_email(
                "event_news",
                self.email,
                f"event-{stamp or news}-{self.key}",
                news=news,
                event=self.event,
                why=why,
                link=self.link,
            )


def sign_up(event, email, needs=""):
    """Take down an address for an event and email it the link that confirms.

    An address that has a place or waits gets its link again. Raises NotReady where
    nobody can sign up any more.
    """
    if not event.is_open():
        raise NotReady(
            gettext(
                "You can no longer sign up for this event. It has started or is "
                "cancelled."
            )
        )
    key = address_key(email)
    with transaction.atomic():
        held = event.bookings.exclude(state=Booking.State.GIVEN_UP)
        booking, new = held.get_or_create(
            address_key=key, defaults={"event": event, "email": email, "needs": needs}
        )
        if booking.state in Booking.HELD:
            hour = f"{timezone.now():%Y%m%d%H}"
            booking.write(booking.state, stamp=f"again-{hour}")
        else:
            if needs and not new:
                Booking.objects.filter(pk=booking.pk).update(needs=needs)
            ask(
                PURPOSE,
                "event_confirm",
                booking.email,
                f"event-confirm-{booking.key}",
                link=booking.link,
            )
    return booking


def remind(at=None):
    """Queue the reminders that are due; return how many."""
    due = Booking.objects.to_remind(at).select_related("event")
    reminded = 0
    for booking in due[:BATCH]:
        with transaction.atomic():
            here = Booking.objects.to_remind(at).filter(pk=booking.pk)
            if here.update(reminded_at=at or timezone.now()):
                booking.write("reminder")
                reminded += 1
    return reminded


def erase_bookings(at=None):
    """Erase who signed up, where that has lapsed; return how many."""
    return Booking.objects.lapsed(at).delete()[0]


def erase_bookings_of(bookings):
    """Erase some people's bookings, giving back the places they have; return how many."""
    count = 0
    for booking in bookings.select_related("event"):
        booking.give_up()
        booking.delete()
        count += 1
    return count
