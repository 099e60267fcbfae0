"""The list of commissions: what it finds, how it pages, what it says."""

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from commissions.models import Commission, Tender
from commissions.public.commission import filters
from commissions.public.listing.keyset import write_cursor
from commissions.search import index as search_index
from commissions.search import query as search_query
from tests import make

pytestmark = pytest.mark.django_db
URL = "/commissions/"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def shown(response):
    """Return the titles of the rows of a page."""
    return [row.commission.title for row in response.context["page"].rows]


def listed(client, **asked):
    """Ask for the list and return its titles."""
    return shown(client.get(URL, asked))


def window(kind="comment", *, opens=-1, closes=26):
    """Return the fields of a window some days from noon on 22 November 2026."""
    return {
        "window_for": kind,
        "window_opens_at": NOON + timedelta(days=opens),
        "window_closes_at": NOON + timedelta(days=closes, hours=5),
    }


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "winter", "area": "kent", "organisation": "bar", "kind": "nhs"},
        {"q": "winter", "area": "kent", "organisation": "bar", "sort": "value"},
        {"q": "winter", "area": "kent", "stage": "closed", "holder": "no"},
    ],
)
def test_list_costs_the_same_with_one_row_and_with_three(
    client, asked, django_assert_max_num_queries
):
    council = make.organisation(name="Barsetshire", kind="nhs")
    kent = make.area(name="Kent", slug="kent-area")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            for post in (make.post(), make.held_post(deputy=make.held_post()), None):
                made = make.commission(
                    title="Winter", organisation=council, post=post, topic=make.topic()
                )
                made.areas.add(kent, make.area())
        search_index.index(Commission.objects.values_list("pk", flat=True))
        with django_assert_max_num_queries(12) as counted:
            client.get(URL, asked)
        counts.append(len(counted.captured_queries))
    assert counts[0] == counts[1]


def test_list_sets_no_cookie_and_is_complete(client):
    make.commission(title="Winter roads")
    response = client.get(URL)
    assert response.cookies == {}
    assert shown(response) == ["Winter roads"]


def test_working_drafts_and_what_is_published_later_are_not_listed(client):
    make.commission(title="Winter roads")
    make.draft_commission(title="Winter draft")
    make.commission(title="Tomorrow", published_at=timezone.now() + timedelta(days=1))
    search_index.index(Commission.objects.values_list("pk", flat=True))
    assert listed(client) == ["Winter roads"]
    assert listed(client, q="winter") == ["Winter roads"]
    assert listed(client, q="tomorrow") == []


@pytest.fixture
def four():
    """Make four commissions that differ in everything a filter looks at."""
    england = make.area(name="Anyland", slug="anyland", code="X92")
    kent = make.area(name="Kent", slug="kent-area", parent=england)
    dover = make.area(name="Dover", slug="dover-area", parent=kent)
    care = make.topic(name="Care of people", slug="care-of-people")
    homes = make.topic(name="Homes for people", slug="homes-for-people", parent=care)
    council = make.organisation(name="Barset Council", slug="barset")
    trust = make.organisation(name="Barset NHS Trust", slug="barset-nhs", kind="nhs")
    now = timezone.now()
    day = timedelta(days=1)
    made = {
        "open": make.commission(
            title="open",
            organisation=council,
            stage="draft_open",
            topic=care,
            value_max=100_000,
            window_for="comment",
            window_closes_at=now + 5 * day,
            published_at=now - 4 * day,
        ),
        "coming": make.commission(
            title="coming",
            organisation=trust,
            stage="draft_open",
            topic=homes,
            regime="psr",
            value_max=900_000,
            window_for="comment",
            window_opens_at=now + day,
            window_closes_at=now + 10 * day,
            published_at=now - 3 * day,
        ),
        "bids": make.commission(
            title="bids",
            organisation=council,
            stage="tender",
            post=make.post(organisation=council),
            regime="procurement_act",
            window_for="bids",
            window_closes_at=now + 20 * day,
            published_at=now - 2 * day,
        ),
        "over": make.commission(
            title="over",
            organisation=council,
            stage="delivery",
            post=None,
            value_max=250_000,
            window_for="bids",
            window_closes_at=now - 20 * day,
            published_at=now - 5 * day,
        ),
    }
    made["open"].areas.add(dover)
    made["coming"].areas.add(kent)
    made["bids"].areas.add(england)
    return made


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, ["open", "coming", "bids", "over"]),
        ({"sort": "closing"}, ["open", "coming", "bids", "over"]),
        ({"sort": "newest"}, ["bids", "coming", "open", "over"]),
        ({"sort": "value"}, ["coming", "over", "open", "bids"]),
        ({"stage": "draft_open"}, ["open", "coming"]),
        ({"topic": "care-of-people"}, ["open", "coming"]),
        ({"topic": "homes-for-people"}, ["coming"]),
        ({"organisation": "Barset Council"}, ["open", "bids", "over"]),
        ({"organisation": "barset-nhs"}, ["coming"]),
        ({"organisation": "barset"}, ["open", "bids", "over"]),
        ({"organisation": "BARSE"}, ["open", "coming", "bids", "over"]),
        ({"kind": "nhs"}, ["coming"]),
        ({"area": "anyland"}, ["open", "coming", "bids"]),
        ({"area": "X92"}, ["open", "coming", "bids"]),
        ({"area": "Kent"}, ["open", "coming"]),
        ({"area": "dov"}, ["open"]),
        ({"open": "comment"}, ["open"]),
        ({"open": "bids"}, ["bids"]),
        ({"closing": "7"}, ["open"]),
        ({"closing": "28"}, ["open", "bids"]),
        ({"value_from": "£250,000"}, ["coming", "over"]),
        ({"value_from": "0.2m", "value_to": "500k"}, ["over"]),
        ({"regime": "psr"}, ["coming"]),
        ({"holder": "yes"}, ["open", "coming"]),
        ({"holder": "no"}, ["bids"]),
        ({"holder": "notices"}, ["over"]),
        ({"stage": "draft_open", "kind": "local_authority"}, ["open"]),
    ],
)
def test_filters_and_orders_keep_exactly_what_they_say(client, four, asked, titles):
    assert listed(client, **asked) == titles


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"stage": "dreaming"}, "“dreaming” is not one of the choices under “Stage”."),
        ({"topic": "x' OR 1=1"}, "is not one of the choices under “Topic”."),
        ({"kind": "provider"}, "is not one of the choices under “Kind"),
        (
            {"organisation": "Nowhere"},
            "No organisation here has “Nowhere” in its name.",
        ),
        ({"area": "Atlantis"}, "No place here has “Atlantis” in its name."),
        (
            {"closing": "99999999999"},
            "is not one of the choices under “Closes within”.",
        ),
        ({"value_from": "lots"}, "Enter pounds in numbers, such as 250,000"),
        ({"value_from": "NaN"}, "Enter pounds in numbers"),
        ({"value_from": "9" * 40}, "Enter a smaller number of pounds."),
        ({"value_from": "2m", "value_to": "1m"}, "The highest value must be at least"),
        ({"sort": "random"}, "is not one of the choices under “Order”."),
        ({"q": "x" * 501}, "Search for 500 characters or fewer."),
    ],
)
def test_answer_that_makes_no_sense_is_refused_in_words_and_kept(
    client, four, asked, message
):
    response = client.get(URL, asked)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("There is a problem") == 1
    assert message in html.replace("&#x27;", "'")
    assert "<title>Error: Commissions" in html
    for name, value in asked.items():
        assert response.context["page"].form[name].value() == value


def test_facets_count_with_the_other_filters_applied(client, four):
    form = client.get(URL, {"stage": "draft_open"}).context["page"].form
    choices = {
        name: dict(form.fields[name].choices)
        for name in ("stage", "topic", "kind", "regime", "open")
    }
    assert choices == {
        "stage": {
            "": "Any",
            "draft_open": "Draft open for comment (2)",
            "tender": "Tender (1)",
            "delivery": "Delivery, or contract term begun (1)",
        },
        "topic": {
            "": "Any",
            "care-of-people": "Care of people (2)",
            "homes-for-people": "– Homes for people (1)",
        },
        "kind": {"": "Any", "local_authority": "Council (1)", "nhs": "NHS body (1)"},
        "regime": {
            "": "Any",
            "psr": "NHS Provider Selection Regime (1)",
            "not_stated": "Not stated (1)",
        },
        "open": {"": "Any", "comment": "Open for comment (1)"},
    }


def test_every_facet_count_is_what_choosing_it_shows(client, four):
    for name in ("stage", "topic", "kind", "regime", "open"):
        form = (
            client.get(URL, {"area": "anyland", "stage": "draft_open"})
            .context["page"]
            .form
        )
        for code, label in form.fields[name].choices:
            if code:
                asked = {"area": "anyland", "stage": "draft_open", name: code}
                assert label.endswith(f"({len(listed(client, **asked))})"), label


def test_refused_choice_stays_in_its_box_beside_the_real_ones(client, four):
    html = client.get(URL, {"stage": "<zzz>"}).content.decode()
    assert '<option value="&lt;zzz&gt;" selected>“&lt;zzz&gt;” (not a choice)' in html
    assert '<option value="tender">Tender (1)</option>' in html


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ({}, False),
        ({"q": "road", "open": "comment", "topic": "care-of-people"}, False),
        ({"stage": "tender"}, True),
        ({"value_from": "lots"}, True),
    ],
)
def test_lesser_filters_wait_folded_until_one_is_in_use(client, four, asked, opened):
    html = client.get(URL, asked).content.decode()
    folded = html.partition("<summary>More filters")[0]
    assert folded.rpartition("<details")[2] == (" open>" if opened else ">")
    names = ("open", "closing", "topic", "area", "stage", "organisation", "regime")
    assert [name for name in names if f'name="{name}"' in folded] == [*names[:4]]


def test_search_box_stands_outside_the_filters_and_sends_them_too(client, four):
    html = client.get(URL).content.decode()
    before, _, filters = html.partition('<details class="filters"')
    assert 'name="q"' in before
    assert 'name="q"' not in filters
    assert 'form="filters"' in before
    assert 'id="filters"' in filters


@pytest.mark.parametrize(
    ("asked", "orders", "kept"),
    [
        (
            "?topic=care-of-people",
            [
                ("Closing soonest", "?topic=care-of-people", True),
                ("Newest", "?topic=care-of-people&sort=newest", False),
                ("Highest value", "?topic=care-of-people&sort=value", False),
            ],
            "",
        ),
        (
            "?q=road&sort=newest&after=x",
            [
                ("Best match", "?q=road", False),
                ("Closing soonest", "?q=road&sort=closing", False),
                ("Newest", "?q=road&sort=newest", True),
                ("Highest value", "?q=road&sort=value", False),
            ],
            "newest",
        ),
    ],
)
def test_orders_are_links_that_keep_the_filters(client, four, asked, orders, kept):
    response = client.get(URL + asked)
    panel = response.context["page"].panel
    assert [(o["label"], o["url"], o["on"]) for o in panel["orders"]] == orders
    hidden = '<input type="hidden" name="sort" value="newest">'
    assert (hidden in response.content.decode()) == (kept == "newest")


def test_list_longer_than_is_counted_says_so(client, four, monkeypatch):
    monkeypatch.setattr(filters, "SCANNED", 2)
    html = client.get(URL).content.decode()
    assert "More than 2 commissions." in html
    assert "The numbers beside the filters count only the first 2 commissions." in html


@pytest.mark.parametrize("sort", ["closing", "newest", "value", "relevance"])
def test_pages_hold_each_commission_once_forwards_and_backwards(client, sort):
    now = timezone.now()
    council = make.organisation()
    for n in range(61):
        shut = n % 3 or None
        make.commission(
            title=f"Road {n}",
            organisation=council,
            post=None,
            value_max=(n % 4) * 1000 if n % 5 else None,
            window_for="bids" if shut else "",
            window_closes_at=now + timedelta(days=n // 9 - 1) if shut else None,
            published_at=now - timedelta(days=n // 7),
        )
    search_index.index(Commission.objects.values_list("pk", flat=True))
    response = client.get(URL, {"sort": sort, "q": "road", "holder": "notices"})
    forward, previous = [shown(response)], [response.context["page"].previous_url]
    while response.context["page"].next_url:
        response = client.get(URL + response.context["page"].next_url)
        forward.append(shown(response))
        previous.append(response.context["page"].previous_url)
    assert [len(page) for page in forward] == [25, 25, 11]
    assert len({title for page in forward for title in page}) == 61
    assert [bool(link) for link in previous] == [False, True, True]
    back = []
    while response.context["page"].previous_url:
        assert "holder=notices" in response.context["page"].previous_url
        response = client.get(URL + response.context["page"].previous_url)
        back.append(shown(response))
    assert back == forward[-2::-1]
    assert (
        client.get(f"/commissions.csv?sort={sort}&q=road&holder=no").status_code == 200
    )
    lines = list(
        csv.DictReader(
            StringIO(
                text(client.get(f"/commissions.csv?sort={sort}&q=road")).lstrip(
                    "\ufeff"
                )
            )
        )
    )
    assert [line["title"] for line in lines] == [t for page in forward for t in page]


def text(response):
    """Read a streamed answer."""
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "é",
        "AAAA",
        write_cursor("closing"),
        write_cursor("closing", 0, "yesterday", 1),
        write_cursor("closing", 0, "2026-01-01", 1),
        write_cursor("closing", 0, "0001-01-01T00:00:00+14:00", 1),
        write_cursor("closing", 7, "2026-01-01T00:00:00+00:00", 1),
        write_cursor("closing", 0, "2026-01-01T00:00:00+00:00", "1e9"),
        write_cursor("closing", 0, "2026-01-01T00:00:00+00:00", 9**30),
        write_cursor("newest", 0, "2026-01-01T00:00:00+00:00", 1),
        write_cursor("value", 0, "NaN", 1),
        write_cursor("closing", 0, "\x00", 1),
        "W" * 5000,
        "W1tb" * 1000,
    ],
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_mangled_cursor_says_so_and_shows_the_first_page(client, four, way, cursor):
    response = client.get(URL, {way: cursor})
    assert shown(response) == ["open", "coming", "bids", "over"]
    assert "That page of the list could not be found" in response.content.decode()


def test_chosen_filters_are_tags_that_take_themselves_off(client, four):
    response = client.get(
        URL, {"stage": "draft_open", "area": "Kent", "value_to": "1m"}
    )
    assert [
        (c["name"], c["label"], c["url"]) for c in response.context["page"].chosen
    ] == [
        ("Stage", "Draft open for comment", "?area=Kent&value_to=1m"),
        ("Place", "Kent", "?stage=draft_open&value_to=1m"),
        ("Value to", "£1 million", "?stage=draft_open&area=Kent"),
    ]


def test_empty_list_says_which_filter_to_take_off_and_what_that_shows(client, four):
    response = client.get(
        URL, {"stage": "delivery", "kind": "nhs", "holder": "notices"}
    )
    assert [
        (w["name"], w["found"], w["url"]) for w in response.context["page"].wider
    ] == [("Kind of organisation", "1 commission", "?stage=delivery&holder=notices")]
    assert "Remove “Kind of organisation: NHS body”" in response.content.decode()


def test_empty_portal_says_so(client):
    assert (
        "No commission has been published here yet." in client.get(URL).content.decode()
    )


@time_machine.travel(NOON, tick=False)
def test_row_says_who_holds_it_and_until_when_it_is_open(client):
    council = make.organisation(name="Barset")
    held = make.held_post(organisation=council, title="Head of Care")
    person = held.tenure.commissioner
    make.commission(
        title="A",
        organisation=council,
        post=held,
        value_min=1_200_000,
        value_max=1_200_000,
        value_vat="included",
        **window(),
    )
    make.commission(title="B", post=make.post(title="Director", created_on=NOON.date()))
    quiet = make.held_post(title="Officer", is_decision_level=False)
    make.commission(title="C", post=quiet)
    make.commission(title="D", post=None)
    make.commission(title="E", committee=make.committee(name="Cabinet"))
    rows = {row.commission.title: row for row in client.get(URL).context["page"].rows}
    assert {title: row.holder for title, row in rows.items()} == {
        "A": f"{person.name}, Head of Care",
        "B": "Vacant since 22 November 2026: Director",
        "C": "Officer",
        "D": "Known from notices; who is responsible is not recorded here",
        "E": "Cabinet",
    }
    assert rows["A"].open == "Comment by 5pm on Friday 18 December 2026, in 26 days"
    assert rows["A"].facts == ["£1.2 million including VAT"]


def test_person_whose_name_is_not_public_is_in_no_page_and_no_file(client):
    quiet = make.held_post(title="Officer", is_decision_level=False)
    name = quiet.tenure.commissioner.name
    make.commission(title="C", post=quiet)
    assert name not in client.get(URL).content.decode()
    assert name not in text(client.get("/commissions.csv"))
    assert name not in text(client.get("/commissions.json"))


def test_files_hold_exactly_the_list_and_no_formula(client, four):
    Commission.objects.filter(title="open").update(title="=HYPERLINK(1)")
    response = client.get("/commissions.csv", {"stage": "draft_open"})
    lines = list(csv.DictReader(StringIO(text(response).lstrip("\ufeff"))))
    assert [line["title"] for line in lines] == ["'=HYPERLINK(1)", "coming"]
    body = json.loads(text(client.get("/commissions.json", {"stage": "draft_open"})))
    assert [each["title"] for each in body["commissions"]] == [
        "=HYPERLINK(1)",
        "coming",
    ]
    assert body["commissions"][1]["value_max_pounds"] == "900000.00"
    assert response["X-Robots-Tag"] == "noindex"


def test_files_say_what_the_tender_says(client, four):
    commission = Commission.objects.get(title="open")
    tender = Tender.objects.create(
        commission=commission,
        reserved_for="vcse",
        reserved_place="Kent",
        risks="Rents rise.",
        suits_sme=True,
        award_expected_on=date(2027, 1, 4),
    )
    for number, title in enumerate(("North", "South")):
        tender.lots.create(lot_id=number, title=title)
    response = client.get("/commissions.csv", {"stage": "draft_open"})
    lines = list(csv.DictReader(StringIO(text(response).lstrip("\ufeff"))))
    said = {name: v for name, v in lines[0].items() if name.startswith("tender_") and v}
    assert said == {
        "tender_reserved_for": "vcse",
        "tender_reserved_place": "Kent",
        "tender_risks": "Rents rise.",
        "tender_suits_sme": "True",
        "tender_award_expected_on": "2027-01-04",
        "tender_lots": "North; South",
    }
    assert not any(v for name, v in lines[1].items() if name.startswith("tender_"))


def test_feed_and_calendar_hold_the_list(client, four):
    atom = client.get("/commissions.atom", {"stage": "draft_open"}).content.decode()
    assert re.findall("<title>(.*?)</title>", atom)[1:] == ["open", "coming"]
    ical = client.get("/commissions.ics").content.decode()
    assert re.findall("SUMMARY:(.*)\r", ical) == [
        "Closes: open",
        "Closes: coming",
        "Closes: bids",
    ]
    assert client.get("/commissions.exe").status_code == 404


def test_filtered_list_is_not_for_search_engines_and_names_the_whole_one(client, four):
    plain = client.get(URL).content.decode()
    filtered = client.get(URL, {"stage": "tender"}).content.decode()
    canonical = '<link rel="canonical" href="http://127.0.0.1:8000/commissions/">'
    assert ("noindex" in plain, "noindex" in filtered) == (False, True)
    assert (plain.count(canonical), filtered.count(canonical)) == (1, 1)


def test_full_page_is_small(client):
    council = make.organisation(name="Barsetshire County Council")
    for _ in range(26):
        made = make.commission(
            title="Day centres and transport for older people " * 2,
            organisation=council,
            topic=make.topic(name=f"Adult social care {_}"),
            value_max=Decimal("1250000"),
            window_for="comment",
            window_closes_at=timezone.now() + timedelta(days=9),
        )
        made.areas.add(make.area(), make.area())
    response = client.get(URL)
    assert len(shown(response)) == 25
    assert len(response.content) < 35_000


def test_words_typed_into_the_page_stay_words(client, four):
    html = client.get(URL, {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>" not in html


@pytest.mark.parametrize(
    "bounds",
    [
        {"COMMON": 0, "MANY": 0},
        {"COMMON": 0, "MANY": 0, "HANDFUL": 0},
        {"COMMON": 0},
    ],
)
@pytest.mark.parametrize("sort", ["relevance", "closing", "newest", "value"])
def test_every_way_of_looking_words_up_finds_the_same(
    client, four, monkeypatch, bounds, sort
):
    search_index.index(commission.pk for commission in four.values())
    asked = {"q": "barset", "sort": sort, "area": "anyland"}
    plain = client.get(URL, asked)
    for name, value in bounds.items():
        monkeypatch.setattr(search_query, name, value)
    weighed = client.get(URL, asked)
    assert shown(plain) != []
    assert shown(weighed) == shown(plain)
    assert weighed.context["page"].counts == plain.context["page"].counts


def test_search_of_which_only_the_newest_are_counted_says_more_than(
    client, four, monkeypatch
):
    search_index.index(commission.pk for commission in four.values())
    for name, value in {"COMMON": 0, "MANY": 1, "HANDFUL": 0, "FEW": 0}.items():
        monkeypatch.setattr(search_query, name, value)
    response = client.get(URL, {"q": "barset", "sort": "newest"})
    html = response.content.decode()
    assert len(shown(response)) == 4
    assert ("More than 0 commissions." in html) == (connection.vendor == "sqlite")
