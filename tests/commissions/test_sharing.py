"""Found and shared: the site map, icons, what browsers and search engines ask for."""

import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings as portal
from django.test import Client
from django.utils import timezone
from PIL import Image

from commissions.public.sharing import pictures
from commissions.search.index import index_subjects
from tests import make

pytestmark = pytest.mark.django_db


def body(address):
    """Return what an address answers, as bytes."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def listed(address):
    """Return {path: lastmod} of a site map, or of the index of its parts."""
    whole = ElementTree.fromstring(body(address))
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {
        each.find(f"{name}loc").text.removeprefix(portal.PORTAL_ORIGIN): each.findtext(
            f"{name}lastmod"
        )
        for each in whole
    }


def all_listed():
    """Return what all parts of the site map list."""
    return {
        path: when
        for part in listed("/sitemap.xml")
        for path, when in listed(part).items()
    }


def published(**fields):
    """Publish a commission; return it."""
    made = make.draft_commission(**fields)
    made.publish(by=made.organisation)
    return made


def test_robots_leave_out_what_is_private_and_find_the_site_map():
    text = body("/robots.txt").decode()
    assert "\nDisallow: /admin/\n" in text
    assert "\nDisallow: /my/\n" in text
    assert f"Sitemap: {portal.PORTAL_ORIGIN}/sitemap.xml" in text


def test_the_site_map_lists_what_is_public_with_when_the_record_last_told_of_it():
    shown, hidden = published(), make.draft_commission()
    paths = all_listed()
    assert shown.get_absolute_url() in paths
    assert hidden.get_absolute_url() not in paths
    today = timezone.now().date().isoformat()
    assert paths[shown.get_absolute_url()].startswith(today)
    assert {"/", "/commissions/", "/places/", "/consultations/"} <= set(paths)


def test_the_site_map_leaves_out_who_asked_not_to_be_found():
    shown, hidden = (make.held_post().tenure.commissioner for _ in range(2))
    hidden.hide_from_search_engines = True
    hidden.save()
    index_subjects([shown, hidden])
    paths = all_listed()
    assert shown.get_absolute_url() in paths
    assert hidden.get_absolute_url() not in paths


def test_what_is_no_longer_public_is_not_listed_though_it_is_still_indexed():
    shown = published()
    type(shown).objects.filter(pk=shown.pk).update(
        published_at=timezone.now() + timedelta(days=1)
    )
    assert shown.get_absolute_url() not in all_listed()


@pytest.mark.parametrize("number", [5, 2**50, 10**30])
def test_a_part_that_is_not_there_is_not_found(number):
    assert Client().get(f"/sitemap-{number}.xml").status_code == 404


def test_whoever_finds_a_hole_learns_whom_to_tell(settings):
    lines = body("/.well-known/security.txt").decode().split("\n")
    assert lines[0] == f"Contact: mailto:{portal.PORTAL_CONTACT_EMAIL}"
    until = lines[1].removeprefix("Expires: ")
    days = timezone.datetime.fromisoformat(until) - timezone.now()
    assert timedelta(days=90) < days < timedelta(days=365)
    settings.SECURITY_CONTACT = "https://council.example/security"
    assert b"Contact: https://council.example/security\n" in body(
        "/.well-known/security.txt"
    )


def test_the_manifest_names_icons_that_are_there():
    told = json.loads(body("/manifest.webmanifest"))
    assert told["name"] == portal.PORTAL_NAME
    for icon in told["icons"]:
        size = int(icon["sizes"].partition("x")[0])
        assert Image.open(io.BytesIO(body(icon["src"]))).size == (size, size)


def test_the_icons_wear_the_installations_colour(settings):
    settings.PORTAL_COLOUR = "#aa0011"
    drawn = Image.open(io.BytesIO(body("/apple-touch-icon.png"))).convert("RGB")
    assert drawn.size == (180, 180)
    assert drawn.getpixel((5, 5)) == (0xAA, 0, 0x11)
    assert drawn.getpixel((90, 68)) == (255, 255, 255)
    old = Image.open(io.BytesIO(body("/favicon.ico")))
    assert old.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert Client().get("/icon-9000.png").status_code == 404


HOSTILE = "</script><script>alert(1)</script><!-- “&amp;” \u2028"


def test_no_words_of_a_commission_end_its_data_early():
    made = published(title=HOSTILE, summary=HOSTILE, topic=make.topic(name=HOSTILE))
    page = body(made.get_absolute_url()).decode()
    _, _, rest = page.partition('<script type="application/ld+json">')
    told = rest.partition("</script>")[0]
    assert json.loads(told)["@graph"][0]["name"] == HOSTILE
    assert "<" not in told
    assert "<script>alert" not in page


def test_who_asked_not_to_be_found_is_in_no_preview_and_no_data():
    post = make.held_post(title="Director of Roads")
    made = published(organisation=post.organisation, post=post)
    before = pictures.commission_picture(made.reference)
    person = post.tenure.commissioner
    person.hide_from_search_engines = True
    person.save()
    after = pictures.commission_picture(made.reference)
    assert (before.name, after.name, after.post) == (
        person.name,
        "",
        "Director of Roads",
    )
    page = body(person.get_absolute_url()).decode()
    assert "og:" not in page
    assert "ld+json" not in page
    assert Client().get(f"/pictures/person/{person.slug}.png").status_code == 404


def test_a_picture_shows_what_it_is_of_and_changes_with_it():
    made = published(title="Buses “to” Ŵyn – £5 a day " * 9)
    answer = Client().get(f"/pictures/commission/{made.reference}.png")
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 100_000
    etag = answer.headers["ETag"]
    again = Client().get(answer.request["PATH_INFO"], headers={"If-None-Match": etag})
    assert again.status_code == 304
    type(made).objects.filter(pk=made.pk).update(title="Trains")
    changed = Client().get(answer.request["PATH_INFO"], headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.content != answer.content


def test_a_picture_is_drawn_without_any_font_of_the_machine(monkeypatch):
    monkeypatch.setattr(pictures, "FONTS", {False: (), True: ()})
    pictures.font.cache_clear()
    letters = pictures.font(40, True)
    assert pictures.written("Ŵyn’s £5 – é", letters) == "Wyn's GBP 5 - e"
    drawn = pictures.draw(pictures.SharePicture("Ŵyn", name="Siân", photo="none.png"))
    assert Image.open(io.BytesIO(drawn)).size == (1200, 630)
    pictures.font.cache_clear()


@pytest.mark.parametrize("path", ["commission/nothing", "nothing/nothing", "person/x"])
def test_there_is_no_picture_of_what_is_not_there(path):
    assert Client().get(f"/pictures/{path}.png").status_code == 404


def test_there_is_no_picture_of_what_is_not_public():
    draft = make.draft_commission()
    assert (
        Client().get(f"/pictures/commission/{draft.reference}.png").status_code == 404
    )


def test_a_card_may_be_framed_by_the_sites_that_are_named_and_by_no_other(settings):
    made = published(title="Buses")
    address = f"/embed/commissions/{made.reference}/"
    shut = Client().get(address)
    assert "frame-ancestors 'none'" in shut.headers["Content-Security-Policy"]
    assert shut.headers["X-Frame-Options"] == "DENY"
    settings.EMBED_ANCESTORS = ["https://www.council.example"]
    shown = Client().get(address)
    policy = shown.headers["Content-Security-Policy"]
    assert "frame-ancestors https://www.council.example;" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in shown.headers
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "Buses</a>" in shown.content.decode()
    assert Client().get(made.get_absolute_url()).headers["X-Frame-Options"] == "DENY"
    draft = make.draft_commission()
    assert Client().get(f"/embed/commissions/{draft.reference}/").status_code == 404


def test_a_consultation_has_a_card_a_picture_and_data():
    asked = make.consultation(title="What helps?")
    card = body(f"/embed/consultations/{asked.reference}/").decode()
    assert "What helps?</a>" in card
    assert (
        Client().get(f"/pictures/consultation/{asked.reference}.png").status_code == 200
    )
    page = body(asked.get_absolute_url()).decode()
    assert '"@type":"Event","name":"What helps?"' in page
    assert (
        f'title="Card for other sites" href="/embed/consultations/{asked.reference}/"'
        in page
    )
