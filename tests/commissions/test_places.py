"""Where I live: a postcode leads to a place; its page says who decides there."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify

from commissions.models import AreaExtent
from commissions.places.import_postcodes import PostcodeReading, keep_postcodes
from commissions.public.places.map import to_grid
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db


def place(name, **fields):
    """Add a place whose address is its name."""
    return make.area(name=name, slug=slugify(name), **fields)


@pytest.fixture
def county():
    """Add a county with two districts, their postcodes, and a council for each."""
    region = place(code="E12000906", name="Fenland Region", kind="region")
    county = place(code="E10000999", name="Fenshire", kind="county", parent=region)
    reading = PostcodeReading("a list of 2026")
    for code, name, outward, easting in (
        ("E07000991", "Northfen", "QX1", 100_000),
        ("E07000992", "Southfen", "QX2", 140_000),
    ):
        area = place(code=code, name=name, kind="district", parent=county)
        council(f"{name} District Council", area)
        codes = [code, county.code, "E54000999"]
        reading.add(f"{outward} 1AA", codes, easting=easting, northing=300_000)
        reading.add(f"{outward} 1AB", codes, easting=easting, northing=310_000)
        reading.add(f"QX3 {area.pk % 10}AA", codes, easting=easting, northing=300_000)
    reading.add("QX1 9ZZ", ["E07000991"], ended="201006")
    reading.add("QX9 9ZZ", [])
    keep_postcodes(reading)
    council("Fenshire County Council", county)
    return county


def council(name, area, **fields):
    """Add a body with a post that decides and a person in it."""
    body = make.organisation(name=name, area=area, **fields)
    post = make.post(organisation=body, title=f"Director of {name}")
    make.tenure(post=post, commissioner=make.commissioner(name=f"Person of {name}"))
    return body


def ask(postcode, client=None):
    """Send a postcode as the form does, without any token."""
    client = client or Client(enforce_csrf_checks=True)
    return client.post("/places/", {"postcode": postcode})


def words(response):
    """Return a page as text."""
    assert response.status_code == 200
    return flat(response)


@pytest.mark.parametrize("typed", ["QX1 1AA", "qx11aa", "qx1", "QX1 1"])
def test_a_postcode_leads_to_the_place_it_is_in(county, typed):
    answer = ask(typed)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/places/northfen/"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_postcode_goes_into_no_address_cookie_log_or_row(county, caplog):
    caplog.set_level(logging.DEBUG)
    client = Client(enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as queries:
        answers = [
            ask(typed, client) for typed in ("QX1 1AB", "qx3", "QX1 9ZZ", "QX7 7QX")
        ]
    told = [a.headers.get("Location", "") + str(a.cookies) for a in answers]
    told += [
        record.getMessage()
        for record in caplog.records
        if record.name != "django.db.backends"
    ]
    assert not any("qx" in each.lower() for each in told)
    assert all(query["sql"].startswith("SELECT") for query in queries)
    form = words(client.get("/places/"))
    assert 'method="post" action="/places/"' in form
    assert "csrfmiddlewaretoken" not in form
    assert not client.cookies


def test_a_beginning_in_two_places_lets_the_reader_choose(county):
    page = words(ask("QX3"))
    assert "/places/northfen/" in page
    assert "/places/southfen/" in page
    assert "in 2 places" in page


def test_a_postcode_that_ended_says_so_and_where_it_was(county):
    page = words(ask("QX1 9ZZ"))
    assert "stopped using this postcode in June 2010" in page
    assert "/places/northfen/" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter your postcode"),
        ("Norwich", "Enter a postcode, such as"),
        ("QX7 7QX", "We do not know this postcode"),
        ("QX1 1AA QX1 1AA QX1 1AA", "Enter a postcode of 8 letters"),
    ],
)
def test_what_cannot_be_found_says_how_to_go_on(county, typed, said):
    page = words(ask(typed))
    assert said in page
    assert 'href="#id_postcode"' in page


def test_a_postcode_that_no_council_is_named_for_says_so(county):
    assert "We do not know which council this postcode belongs to" in words(
        ask("QX9 9ZZ")
    )


def test_without_postcodes_the_list_is_offered():
    assert "No postcodes are loaded here yet" in words(ask("QX1 1AA"))


def test_real_postcodes_are_credited(county):
    assert "Contains Royal Mail data" in words(Client().get("/places/"))


def test_a_district_shows_who_decides_there_and_above_it(county):
    page = words(Client().get("/places/northfen/"))
    for name in ("Northfen District Council", "Fenshire County Council"):
        assert f"Person of {name}" in page
    assert "Southfen District Council" not in page
    assert "Who decides for the whole of Fenland Region" in page


def test_a_body_is_found_by_the_code_of_its_area_alone(county):
    board = council("NHS Fenshire", None, kind="nhs")
    board.identifiers.create(scheme="GSS", value="E54000999")
    assert "Person of NHS Fenshire" in words(Client().get("/places/northfen/"))
    assert "Person of NHS Fenshire" in words(Client().get("/places/southfen/"))


def test_an_area_that_holds_only_a_part_says_so(county):
    """As an NHS area that ends in the middle of a district."""
    west = place(code="E54000998", name="NHS West", kind="health")
    extent = AreaExtent.objects.get(code="E07000991")
    extent.beside[west.code] = 1
    extent.save()
    council("NHS West Board", west, kind="nhs")
    page = words(Client().get("/places/northfen/"))
    assert "NHS West</a> (in part)" in page
    assert "for part of Northfen" in page
    assert "NHS West Board" not in words(Client().get("/places/southfen/"))


def test_a_body_that_has_ended_decides_nothing(county):
    gone = council("Old Fen Council", county)
    gone.dissolved_on = timezone.localdate()
    gone.save()
    assert "Old Fen Council" not in words(Client().get("/places/northfen/"))


def test_what_is_open_and_coming_in_a_place_around_it_and_inside_it(county):
    districts = {area.name: area for area in county.children.all()}
    soon = timezone.now() + timedelta(days=9)
    for title, area in (
        ("County draft", county),
        ("Northern draft", districts["Northfen"]),
    ):
        made = make.commission(
            title=title,
            published_at=timezone.now(),
            window_for="comment",
            window_closes_at=soon,
        )
        made.areas.add(area)
        planned = (soon + timedelta(days=90)).date()
        made.stage_dates.filter(stage="tender").update(planned_on=planned)
    north, south, whole = (
        words(Client().get(f"/places/{slug}/"))
        for slug in ("northfen", "southfen", "fenshire")
    )
    assert all("County draft" in page for page in (north, south, whole))
    assert ["Northern draft" in page for page in (north, south, whole)] == [
        True,
        False,
        True,
    ]
    assert "Tender: " in north


def test_the_page_costs_the_same_however_much_there_is(county):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            words(Client().get("/places/northfen/"))
        return len(queries)

    first = cost()
    for number in range(8):
        council(f"Body {number}", county)
        made = make.commission(
            title=f"Draft {number}",
            published_at=timezone.now(),
            window_for="comment",
            window_closes_at=timezone.now() + timedelta(days=9),
        )
        made.areas.add(county)
    assert cost() <= first <= 15


def test_places_can_be_narrowed_and_taken_away_as_files(county):
    page = words(Client().get("/places/", {"kind": "district", "area": "Fenshire"}))
    assert ["Northfen" in page, "Southfen" in page, ">Fenshire<" in page] == [
        True,
        True,
        False,
    ]
    assert "1 public body" in page
    file = b"".join(
        Client().get("/places.csv?kind=district").streaming_content
    ).decode()
    assert 'Northfen,E07000991,"District, borough or unitary area",Fenshire' in file
    assert "Nothing matches" in words(Client().get("/places/", {"q": "zzz"}))


def test_a_map_has_each_place_where_its_homes_are_as_a_link(county):
    page = words(Client().get("/places/fenshire/"))
    assert page.count('aria-label="1, Northfen"') == 1
    assert '<circle cx="24"' in page
    assert '<circle cx="336"' in page
    assert "<path" not in page.partition('class="map"')[2].partition("</svg>")[0]


def test_outlines_of_the_installation_are_drawn(county, settings, tmp_path):
    path = tmp_path / "outlines.geojson"
    square = [
        [[90_000, 290_000], [90_000, 320_000], [110_000, 320_000], [90_000, 290_000]]
    ]
    path.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"LAD24CD": "E07000991"},
                        "geometry": {"type": "Polygon", "coordinates": square},
                    },
                    {
                        "type": "Feature",
                        "properties": {"LAD24CD": "E07000992"},
                        "geometry": None,
                    },
                ],
            }
        )
    )
    settings.AREA_OUTLINES = str(path)
    page = words(Client().get("/places/northfen/"))
    assert '<path class="here" d="M' in page
    path.write_text("not a map")
    assert "<circle" in words(Client().get("/places/northfen/"))
    settings.AREA_OUTLINES = str(tmp_path / "missing")
    assert "<circle" in words(Client().get("/places/northfen/"))


def test_degrees_are_drawn_where_the_national_grid_has_them():
    """The Ordnance Survey's own worked example: Caister water tower."""
    easting, northing = to_grid(1.7179215806, 52.6575703056)
    assert (round(easting), round(northing)) == (651410, 313177)


def test_a_place_without_anything_says_so():
    place(code="E07000777", name="Emptyfen", kind="district", parent=None)
    page = words(Client().get("/places/emptyfen/"))
    assert "Nothing is open" in page
    assert "No public body is recorded here for this place" in page


@pytest.mark.parametrize(
    ("typed", "address", "said"),
    [
        ("qx11aa", "/places/northfen/", "Northfen"),
        ("QX3", "/places/", "more than one place: "),
    ],
)
def test_a_search_for_a_postcode_is_answered_with_the_place(
    county, typed, address, said
):
    page = words(Client().get("/search/", {"q": typed}))
    assert f'href="{address}"' in page
    assert said in page


def test_a_search_for_words_is_not_taken_for_a_postcode(county):
    page = words(Client().get("/search/", {"q": "qx"}))
    assert "Who decides in" not in page
