"""The forward plan: its filters, its order, its files."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from commissions.models import Decision
from tests import make

pytestmark = pytest.mark.django_db


def on(days):
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def taken(days, **fields):
    """Make a decision taken so many days from today."""
    return make.decision(
        **{
            "due_on": on(days),
            "decided_on": on(days),
            "outcome": "Yes.",
            "reasons": "Cheaper.",
            "conflicts": "None declared",
            **fields,
        }
    )


def titles(client, **asked):
    """Return the titles listed."""
    return [
        row["title"] for row in client.get("/decisions/", asked).context["page"].rows
    ]


def six():
    """Make decisions of which each filter keeps another part."""
    barset = make.organisation(name="Barset Council", slug="barset")
    nhs = make.organisation(name="Omnium Trust", slug="omnium", kind="nhs")
    topic = make.topic(slug="roads")
    commission = make.commission(topic=make.topic(parent=topic), organisation=barset)
    make.decision(title="Bridges", organisation=barset, due_on=on(5), is_key=True)
    make.decision(title="Roads", organisation=barset, commission=commission)
    make.decision(title="Late", organisation=nhs, due_on=on(-3), kind="board")
    taken(-9, title="Old road", organisation=nhs, kind="board")
    taken(-2, title="New", organisation=barset, kind="officer")
    make.draft_decision(title="Secret roads")
    hidden = make.draft_commission(topic=topic)
    make.decision(title="Unseen", commission=hidden, due_on=on(90))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Late", "Bridges", "Roads", "Unseen", "New", "Old road"]),
        (
            {"sort": "title"},
            ["Bridges", "Late", "New", "Old road", "Roads", "Unseen"],
        ),
        ({"q": "road"}, ["Roads", "Old road"]),
        ({"q": "road old"}, ["Old road"]),
        ({"state": "to_come"}, ["Late", "Bridges", "Roads", "Unseen"]),
        ({"state": "overdue"}, ["Late"]),
        ({"state": "taken"}, ["New", "Old road"]),
        ({"due": "28"}, ["Bridges"]),
        ({"organisation": "omnium"}, ["Late", "Old road"]),
        ({"kind": "officer"}, ["New"]),
        ({"key": "yes"}, ["Bridges"]),
        ({"key": "no", "state": "taken"}, ["New", "Old road"]),
        ({"topic": "roads"}, ["Roads"]),
    ],
)
def test_each_filter_keeps_what_it_says(client, asked, found):
    six()
    assert titles(client, **asked) == found


def test_a_period_under_way_is_due_and_not_overdue(client):
    make.decision(title="Now", due_on=on(-5), due_until=on(5))
    assert titles(client, due="7") == ["Now"]
    assert titles(client, state="overdue") == []


def test_filters_in_use_can_be_taken_off_and_an_empty_list_says_so(client):
    make.decision(title="Bridges")
    html = client.get("/decisions/", {"q": "bridges", "state": "taken"}).content
    assert b'href="?q=bridges"><span class="hide">Remove filter </span>' in html
    assert b"Nothing matches all of these filters." in html
    Decision.objects.all().delete()
    assert b"No decision is announced here yet." in client.get("/decisions/").content


def test_a_row_says_who_decides_when_and_whether_it_was_announced_in_time(client):
    person = make.commissioner(name="Ann Oakes")
    post = make.tenure(post=make.post(title="Head of Roads"), commissioner=person).post
    make.decision(post=post, is_key=True, due_on=on(10))
    html = client.get("/decisions/").content.decode()
    assert "Ann Oakes, Head of Roads" in html
    assert "19 days short: no exception claimed" in html
    assert "in 10 days" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_one_row_and_with_three(
    client, rows, django_assert_num_queries
):
    topic = make.topic(slug="roads")
    council = make.organisation(slug="barset")
    for n in range(rows):
        commission = make.commission(topic=topic, organisation=council)
        road = make.decision(
            organisation=council, commission=commission, title=f"Road {n}"
        )
        for paper in range(rows):
            road.papers.create(title=f"Report {paper}", url="https://a.example/r")
        sits = make.committee(organisation=council)
        make.decision(organisation=council, committee=sits, commission=commission)
        vacant = make.post(organisation=council, deputy=make.held_post())
        taken(-n, organisation=council, post=vacant, commission=commission)
        body = make.committee(organisation=council)
        taken(-n, organisation=council, committee=body, commission=commission)
    asked = {"organisation": "barset", "topic": "roads"}
    with django_assert_num_queries(9):
        response = client.get("/decisions/", asked)
    assert len(response.context["page"].rows) == 4 * rows
    assert response.cookies == {}


def test_pages_hold_each_decision_once(client):
    for n in range(30):
        made = taken(-(n // 9)) if n % 2 else make.decision(due_on=on(n // 9))
    first = client.get("/decisions/")
    second = client.get("/decisions/" + first.context["page"].next_url)
    urls = [
        r["url"] for r in (*first.context["page"].rows, *second.context["page"].rows)
    ]
    assert (len(urls), len(set(urls))) == (30, 30)
    assert made.get_absolute_url() in urls


def test_the_files_hold_the_list_that_was_asked_for(client):
    six()
    rows = client.get("/decisions.csv", {"organisation": "omnium"})
    text = b"".join(rows.streaming_content).decode().removeprefix("\ufeff")
    assert [row["title"] for row in csv.DictReader(StringIO(text))] == [
        "Late",
        "Old road",
    ]
    feed = client.get("/decisions.atom", {"key": "yes"}).content.decode()
    assert feed.count("<entry>") == 1
    assert "<title>Bridges</title>" in feed
    assert client.get("/decisions.xls").status_code == 404


def test_the_csv_names_no_commission_that_is_not_public(client):
    hidden = make.draft_commission()
    make.decision(commission=hidden)
    file = b"".join(client.get("/decisions.csv").streaming_content).decode()
    assert hidden.reference not in file


def test_a_calendar_holds_whole_days_of_what_is_to_come(client):
    make.decision(reference="R1", due_on=on(4), due_until=on(6), title="Bins, roads")
    taken(-1)
    text = client.get("/decisions.ics").content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{on(4):%Y%m%d}\r\n" in text
    assert f"DTEND;VALUE=DATE:{on(7):%Y%m%d}\r\n" in text
    assert "SUMMARY:Decision: Bins\\, roads\r\n" in text


def test_a_feed_is_dated_by_the_last_public_act(client):
    decision = make.draft_decision()
    past = timezone.now() - timedelta(days=9)
    decision.publish(by=decision.post, at=past)
    decision.defer(on(60), reason="The audit is late.", by=decision.post)
    feed = client.get("/decisions.atom").content.decode()
    assert f"<published>{past:%Y-%m-%dT%H:%M}" in feed
    assert f"<updated>{timezone.now():%Y-%m-%d}" in feed.split("<entry>")[1]


def with_a_full_notice():
    """Make a key decision with all that regulation 9 lists."""
    body = make.committee(name="Roads Cabinet")
    member = body.memberships.get()
    member.role = "Chair"
    member.save()
    decision = make.decision(
        committee=body,
        due_on=on(40),
        is_key=True,
        key_because="It costs £2 million.",
        how_to_see_papers="Ask at the Town Hall; send your own there too.",
    )
    decision.papers.create(title="Report on bridges", url="https://a.example/report")
    decision.papers.create(title="A map", url="javascript:alert(1)")
    return decision, member.commissioner.name


def test_the_list_says_all_that_the_notice_of_a_decision_must(client):
    decision, name = with_a_full_notice()
    html = client.get("/decisions/").content.decode()
    assert f"Who decides: Roads Cabinet, with {name} (chair)." in html
    assert '<a href="https://a.example/report">Report on bridges</a>' in html
    assert "<li>A map</li>" in html
    assert "Ask at the Town Hall; send your own there too." in html
    assert "could also be given other relevant papers" in html
    assert decision.question in html
    assert "Key decision" in html


def test_where_no_way_to_the_papers_is_given_the_body_is_to_be_asked(client):
    council = make.organisation(contact_email="clerk@barset.example")
    make.decision(organisation=council)
    html = client.get("/decisions/").content.decode()
    assert "Ask clerk@barset.example for them." in html
    assert "No papers are listed yet." in html


def test_a_decision_that_is_taken_has_its_notice_on_its_page_only(client):
    taken(-2)
    assert "<details><summary>Papers" not in client.get("/decisions/").content.decode()


def test_the_files_say_all_that_the_notice_must(client):
    _, name = with_a_full_notice()
    answer = client.get("/decisions.json")
    row = json.loads(b"".join(answer.streaming_content))["decisions"][0]
    assert row["members"] == [f"{name} (chair)"]
    assert row["papers"] == [
        {"title": "Report on bridges", "url": "https://a.example/report"},
        {"title": "A map", "url": ""},
    ]
    assert row["key_because"] == "It costs £2 million."
    assert row["how_to_see_papers"] == "Ask at the Town Hall; send your own there too."
    text = b"".join(client.get("/decisions.csv").streaming_content).decode()
    flat = next(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert flat["papers"] == "Report on bridges https://a.example/report; A map"
    assert flat["members"] == f"{name} (chair)"


def test_a_calendar_is_dated_by_the_last_act_and_folded_at_75_octets(client):
    decision = make.draft_decision(title="Ä" * 90, reference="R1")
    decision.publish(by=decision.post, at=timezone.now() - timedelta(days=9))
    decision.defer(on(60), reason="The audit is late.", by=decision.post)
    raw = client.get("/decisions.ics").content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    text = raw.decode().replace("\r\n ", "")
    assert f"DTSTAMP:{timezone.now():%Y%m%d}" in text
    assert "UID:R1@decision\r\n" in text
    assert "SUMMARY:Decision: " + "Ä" * 90 + "\r\n" in text


def test_no_control_character_reaches_a_calendar(client):
    make.decision(title="One\x0btwo", question="A\ttab")
    text = client.get("/decisions.ics").content.decode()
    assert "SUMMARY:Decision: Onetwo\r\n" in text
    assert "A tab" in text


def test_words_in_a_feed_are_words_and_not_markup(client):
    make.decision(question="Are children <10 safe & sound?")
    feed = client.get("/decisions.atom").content.decode()
    assert "children &amp;lt;10 safe &amp;amp; sound?" in feed
