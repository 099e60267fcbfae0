"""Events: announced, signed up for without an account, full, moved, called off."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commissions.models import Entry, Involvement, NotReady, Overtaken
from commissions.search.index import Findable
from consultations import erasure
from consultations.events.models import Booking, Event, remind, sign_up
from consultations.models import Message
from consultations.own_data.models import data_of
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
WHY = "The hall has no heating."


def booked(event, *names):
    """Sign people up and confirm each; return their bookings."""
    found = [sign_up(event, f"{name}@example.org") for name in names]
    for booking in found:
        booking.confirm()
    return found


def states(*bookings):
    for booking in bookings:
        booking.refresh_from_db()
    return [booking.state for booking in bookings]


def mail_to(name):
    """Return the subjects of the mail to somebody, oldest first."""
    rows = Message.objects.filter(to=f"{name}@example.org").order_by("pk")
    return list(rows.values_list("subject", flat=True))


def read(answer):
    """Return the words of an answer, streamed or not."""
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def link_to(name):
    """Return the path of the private link in the newest mail to somebody."""
    body = Message.objects.filter(to=f"{name}@example.org").latest("pk").body
    return re.search(r"https?://[^/]+(/my/event/\S+)", body)[1]


# A place, from the page to the door.


def test_a_place_is_taken_by_the_link_in_the_email_and_not_before(client):
    event = make.event()
    page = client.get(event.get_absolute_url())
    assert "2 in all, 2 left." in page.content.decode()
    path = f"{event.get_absolute_url()}sign-up/"
    sent = client.post(path, {"email": "ada@example.org", "needs": "A hearing loop"})
    assert sent.url == "/events/asked/"
    assert client.get(sent.url).status_code == 200
    event.refresh_from_db()
    assert event.taken == 0
    asked = Message.objects.get()
    assert event.title not in asked.subject + asked.body  # nor a stranger's words
    assert "hearing loop" not in asked.body
    link = link_to("ada")
    assert client.get(link).status_code == 200
    event.refresh_from_db()
    assert event.taken == 0  # mail scanners follow links
    client.post(link)
    client.post(link)
    event.refresh_from_db()
    assert (event.taken, event.bookings.get().state) == (1, "booked")
    assert mail_to("ada") == ["Confirm your place", f"You have a place: {event}"]
    assert "You have a place" in client.get(link).content.decode()


def test_who_comes_after_the_last_place_waits_and_moves_up_in_turn(client):
    event = make.event(places=1)
    ada, ben, cyd = booked(event, "ada", "ben", "cyd")
    assert states(ada, ben, cyd) == ["booked", "waiting", "waiting"]
    assert (
        "Join the waiting list" in client.get(event.get_absolute_url()).content.decode()
    )
    client.post(link_to("ada"), {"give-up": "1"})
    assert states(ada, ben, cyd) == ["given_up", "booked", "waiting"]
    assert mail_to("ben")[-1] == f"You now have a place: {event}"
    event.refresh_from_db()
    assert event.taken == 1
    again = sign_up(event, "ada@example.org")
    again.confirm()
    assert states(again) == ["waiting"]


def test_giving_up_a_waiting_place_frees_none():
    event = make.event(places=1)
    ada, ben = booked(event, "ada", "ben")
    ben.give_up()
    ben.give_up()
    event.refresh_from_db()
    assert (event.taken, states(ada, ben)) == (1, ["booked", "given_up"])


def test_the_database_holds_no_more_people_than_places():
    event = make.event(places=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(taken=3)


def test_an_address_has_one_place_however_it_is_written():
    event = make.event()
    (first,) = booked(event, "ada")
    second = sign_up(event, "Ada+again@Example.org")
    assert second.pk == first.pk
    assert event.bookings.count() == 1
    assert mail_to("ada").count(f"You have a place: {event}") == 2  # its link again


def test_a_stranger_who_types_an_address_sends_it_one_mail():
    for _ in range(3):
        sign_up(make.event(), "ada@example.org")
    assert len(mail_to("ada")) == 1


def test_the_page_of_one_link_shows_what_else_waits_for_that_address(client):
    first, second = make.event(title="One"), make.event(title="Two")
    sign_up(first, "ada@example.org")
    sign_up(second, "ada@example.org")
    page = client.get(link_to("ada")).content.decode()
    assert "Also waiting for you" in page
    assert "Two" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_at": timezone.now() - timedelta(hours=1)},
        {"cancelled_at": timezone.now(), "cancelled_because": WHY},
    ],
)
def test_nobody_signs_up_for_what_has_begun_or_is_cancelled(client, fields):
    event = make.event(**fields)
    with pytest.raises(NotReady, match="no longer sign up"):
        sign_up(event, "ada@example.org")
    path = f"{event.get_absolute_url()}sign-up/"
    assert client.get(path).url == event.get_absolute_url()


def test_a_link_followed_after_the_start_says_so_and_takes_nothing(client):
    event = make.event()
    sign_up(event, "ada@example.org")
    Event.objects.update(
        starts_at=timezone.now() - timedelta(minutes=5),
        ends_at=timezone.now() + timedelta(hours=1),
    )
    answer = client.post(link_to("ada"))
    assert "You can no longer sign up" in answer.content.decode()
    assert Event.objects.get().taken == 0


def test_a_link_that_is_not_ours_is_not_found_and_a_lapsed_one_is_gone(client):
    assert client.get("/my/event/x.y/").status_code == 404
    sign_up(make.event(), "ada@example.org")
    link = link_to("ada")
    Booking.objects.all().delete()
    assert client.get(link).status_code == 410


# What the organisers do.


def test_it_is_announced_once_and_only_when_it_says_where_and_how_to_get_in():
    event = make.event(published_at=None, place="", access="")
    with pytest.raises(NotReady) as refused:
        event.publish(by="tests")
    assert len(refused.value.reasons) == 2
    Event.objects.update(place="Library", access="Step-free.")
    event.refresh_from_db()
    event.publish(by="tests")
    with pytest.raises(Overtaken):
        event.publish(by="tests")
    entry = Entry.objects.get(kind="event.published")
    assert entry.commission == event.commission.reference


def test_a_change_emails_everyone_and_more_places_let_people_in():
    event = make.event(places=1)
    ada, ben = booked(event, "ada", "ben")
    event.change(why=WHY, by="tests", place="Town Hall", places=2)
    assert states(ada, ben) == ["booked", "booked"]
    assert f"Changed: {event}" in mail_to("ada")
    assert mail_to("ben")[-1] == f"You now have a place: {event}"
    facts = Entry.objects.get(kind="event.changed").facts
    assert (facts["was"]["place"], facts["place"]) == ("Norford Library", "Town Hall")
    with pytest.raises(NotReady, match="Nothing is different"):
        event.change(why=WHY, by="tests", place="Town Hall")


def test_no_place_is_taken_away_from_anybody():
    event = make.event()
    booked(event, "ada", "ben")
    with pytest.raises(Exception, match="More places are taken than that"):
        event.change(why=WHY, by="tests", places=1)
    event.refresh_from_db()
    assert event.places == 2


def test_a_cancelled_event_says_why_in_public_and_to_everyone(client):
    event = make.event(places=1)
    booked(event, "ada", "ben")
    event.cancel(why=WHY, by="tests")
    for name in ("ada", "ben"):
        assert mail_to(name)[-1] == f"Cancelled: {event}"
    assert WHY in client.get(event.get_absolute_url()).content.decode()
    assert (
        "STATUS:CANCELLED"
        in client.get(f"/events/{event.reference}.ics").content.decode()
    )
    with pytest.raises(Overtaken):
        event.cancel(why=WHY, by="tests")


def test_who_came_is_an_involvement_of_the_commission(client):
    event = make.event(starts_at=timezone.now() - timedelta(days=2))
    said = {"people": 31, "group": "users", "rung": 6, "changed": "Opens at 11am."}
    event.record_who_came(**said, by="tests")
    found = Involvement.objects.get()
    assert (found.people, found.commission) == (31, event.commission)
    assert found.entered_at
    assert "Number of people: 31" in flat(client.get(event.get_absolute_url()))
    with pytest.raises(Overtaken):
        event.record_who_came(**said, by="tests")


def test_who_will_come_is_not_recorded_before():
    said = {"people": 3, "group": "users", "rung": 3, "changed": ""}
    with pytest.raises(NotReady, match="once the event is over"):
        make.event().record_who_came(**said, by="tests")


# The clock.


def test_people_are_reminded_once_by_the_worker():
    soon = make.event(starts_at=timezone.now() + timedelta(days=1))
    booked(soon, "ada")
    booked(make.event(), "ben")  # in ten days
    call_command("worker", "--once")
    assert remind() == 0
    assert mail_to("ada").count(f"Coming soon: {soon}") == 1
    assert len(mail_to("ben")) == 2


def test_who_signed_up_is_erased_a_week_after_the_event():
    event = make.event()
    booked(event, "ada")
    later = event.ends_at + timedelta(days=7)
    assert not Booking.objects.lapsed(later).exists()
    assert Booking.objects.lapsed(later + timedelta(minutes=1)).count() == 1


def test_erasing_a_person_gives_their_place_to_whoever_waits():
    event = make.event(places=1)
    _, ben = booked(event, "ada", "ben")
    assert data_of("ada@example.org")["places at events"][0]["event"] == event.title
    erasure.erase_person("ada@example.org", by="staff")
    assert states(ben) == ["booked"]
    assert event.bookings.count() == 1


# Lists, files and the desk.


def test_the_list_shows_what_is_to_come_first_and_narrows(client):
    past = make.event(title="Past", starts_at=timezone.now() - timedelta(days=9))
    later = make.event(title="Later", starts_at=timezone.now() + timedelta(days=20))
    soon = make.event(title="Soon")
    make.event(title="Draft", published_at=None)
    shown = [row.title for row in client.get("/events/").context["page"].rows]
    assert shown == [soon.title, later.title, past.title]
    only = client.get("/events/?when=over").context["page"].rows
    assert [row.title for row in only] == ["Past"]
    calendar = client.get("/events.ics").content.decode()
    assert calendar.count("BEGIN:VEVENT") == 2
    assert "DTEND" in calendar


def test_only_who_has_a_place_reads_the_link_to_join(client):
    link = "https://meet.example/secret-room"
    event = make.event(online_url=link)
    booked(event, "ada")
    for path in (event.get_absolute_url(), "/events/", "/events.json", "/events.csv"):
        assert "secret-room" not in read(client.get(path))
    assert link in client.get(link_to("ada")).content.decode()


def test_an_event_is_found_by_its_words_once_it_is_announced():
    event = make.event(published_at=None, title="Gardening in Westholt")
    assert not Findable.objects.filter(kind="event").exists()
    event.publish(by="tests")
    found = Findable.objects.get(kind="event")
    assert (found.title, found.url) == (event.title, event.get_absolute_url())


def test_a_commission_lists_its_events(client):
    event = make.event()
    html = client.get(event.commission.get_absolute_url()).content.decode()
    assert f'href="{event.get_absolute_url()}"' in html


def test_the_desk_announces_changes_cancels_and_sees_no_address(admin_client):
    event = make.event(published_at=None)
    base = f"/admin/consultations/event/{event.pk}"
    assert admin_client.get(f"{base}/change/").status_code == 200
    admin_client.post(f"{base}/announce/")
    event.refresh_from_db()
    assert event.published_at
    sign_up(event, "ada@example.org", "A hearing loop").confirm()
    page = admin_client.get(f"{base}/bookings/").content.decode()
    assert "A hearing loop" in page
    assert "ada@example.org" not in page
    empty = admin_client.post(f"{base}/cancel/", {"why": ""})
    assert "Say why." in empty.content.decode()
    admin_client.post(f"{base}/cancel/", {"why": WHY})
    event.refresh_from_db()
    assert event.cancelled_because == WHY
    assert admin_client.get(f"{base}/change/").status_code == 200


def test_the_desk_records_who_came(admin_client):
    event = make.event(starts_at=timezone.now() - timedelta(days=2))
    path = f"/admin/consultations/event/{event.pk}/who-came/"
    assert admin_client.get(path).status_code == 200
    admin_client.post(path, {"people": "9", "group": "carers", "rung": "3"})
    assert Involvement.objects.get().people == 9


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_who_confirm_at_once_only_as_many_get_in_as_there_are_places():
    event = make.event(places=3)
    rows = [sign_up(event, f"guest-{n}@example.org") for n in range(8)]

    def confirm(pk):
        try:
            Booking.objects.select_related("event").get(pk=pk).confirm()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(confirm, [row.pk for row in rows]))
    event.refresh_from_db()
    assert sorted(states(*rows)) == ["booked"] * 3 + ["waiting"] * 5
    assert event.taken == 3
