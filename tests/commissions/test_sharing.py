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
