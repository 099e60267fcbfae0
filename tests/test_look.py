"""The look: one light stylesheet, colours that can be read, parts that say what they are."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from commissioning_portal.logo import LARGEST
from commissioning_portal.settings import env_colour, env_logo
from commissioning_portal.theme import (
    NIGHT,
    OWN_COLOUR,
    contrast,
    stylesheet,
    version_of,
)
from tests.gallery import STATES
from tests.outline import Outline
from tests.settings import ROOT

CSS = (ROOT / "static" / "portal.css").read_text()
NAMED = r"--([a-z-]+): (#[0-9a-f]{3,6});"
LIGHT = dict(re.findall(NAMED, CSS.partition("@media")[0]))
DARK = {
    **LIGHT,
    **dict(re.findall(NAMED, CSS.partition("(prefers-color-scheme: dark)")[2])),
}
MODES = {"light": LIGHT, "dark": DARK}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LIMIT = 28_000  # bytes (7 kB compressed): a page and this stay under 60 kB


def full(colour):
    """Write #abc as #aabbcc."""
    return colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])


# The stylesheet


def test_the_stylesheet_is_light():
    assert len(CSS.encode()) < LIMIT


@pytest.mark.parametrize("name", ["portal.css", "admin-portal.css"])
def test_stylesheets_fetch_nothing(name):
    rules = (ROOT / "static" / name).read_text()
    assert re.findall(r"url\(|@import|@font-face|https?:", rules) == []


TAGS = ("grey", "blue", "green", "yellow", "red", "purple")
TEXT = [
    *((ink, paper) for ink in ("ink", "quiet", "link") for paper in ("paper", "wash")),
    *((ink, "paper") for ink in ("link-dark", "visited", "stop", "go")),
    *((ink, "wash") for ink in ("link-dark", "visited", "stop")),
    *(("on-act", ground) for ground in ("go", "go-dark", "stop", "stop-dark")),
    *((f"{tag}-ink", f"{tag}-tag") for tag in TAGS),
    *(("ink", ground) for ground in ("grey-tag", "green-tag", "red-tag", "rule")),
    ("on-brand", "brand"),
    ("on-focus", "focus"),
    ("paper", "mark"),
    ("paper", "ink"),
]
PARTS = ("part-a", "part-b", "part-c", "part-d", "part-e")
SHAPES = [
    *((line, "paper") for line in ("edge", "mark", "quiet", "stop", "go", *PARTS)),
    *((line, "wash") for line in ("quiet", "mark")),
    ("purple-ink", "paper"),
    ("purple-ink", "purple-tag"),
    ("go", "green-tag"),
    ("stop", "red-tag"),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read_on_their_ground(ink, ground, mode):
    colours = MODES[mode]
    assert contrast(full(colours[ink]), full(colours[ground])) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("line", "ground"), SHAPES)
def test_lines_can_be_seen_on_their_ground(line, ground, mode):
    colours = MODES[mode]
    assert contrast(full(colours[line]), full(colours[ground])) >= 3


def test_what_is_in_focus_is_seen_by_its_ground_or_its_edge():
    for colours in MODES.values():
        around = full(colours["paper"])
        seen = (full(colours[name]) for name in ("focus", "ink"))
        assert max(contrast(colour, around) for colour in seen) >= 3


def test_the_dark_page_names_anew_every_colour_that_depends_on_the_page():
    same = {name for name in LIGHT if LIGHT[name] == DARK[name]}
    assert same == {"brand", "on-brand", "focus", "on-focus"}


def test_every_colour_used_is_a_named_one():
    _, rules = CSS.split("}", 1)
    named = set(re.findall(r"var\(--([a-z-]+)\)", rules))
    assert named - set(LIGHT) == set()


def test_no_rule_carries_a_colour_of_its_own():
    _, _, rules = CSS.partition("\n*, ::before")
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", rules)) == {"#000"}  # ink on paper


# The installation's colour


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21),
        ("#777777", "#ffffff", 4.478),
        ("#abcdef", "#abcdef", 1),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)
    assert contrast(one, other) == contrast(other, one)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_any_colour_gets_words_that_can_be_read_and_lines_that_can_be_seen(colour):
    light, dark = (
        dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", rules))
        for rules in stylesheet(colour).split("@media")
    )
    assert light["brand"] == colour
    assert contrast(light["on-brand"], colour) >= 4.5
    assert contrast(light["mark"], full(LIGHT["paper"])) >= 4.5
    assert contrast(dark["mark"], full(DARK["paper"])) >= 4.5


def test_a_colour_that_can_be_read_is_left_as_it_is():
    assert "--mark:#123a8c}" in stylesheet("#123a8c")
    assert "dark){:root{--mark:#ffd700}" in stylesheet("#ffd700")


def test_the_stylesheet_itself_has_what_its_own_colour_would_give():
    light, dark = re.findall(r"--mark:(#\w+)", stylesheet(OWN_COLOUR))
    assert (LIGHT["mark"], DARK["mark"]) == (light, dark)
    assert DARK["paper"] == NIGHT


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#12345g", "#123456}", "123456"])
def test_what_is_not_a_colour_is_refused_in_a_sentence(colour):
    with pytest.raises(ValueError, match=r"is not a colour: write # and six"):
        stylesheet(colour)


def test_a_colour_that_is_none_stops_the_portal_with_a_sentence(monkeypatch):
    monkeypatch.setenv("PORTAL_COLOUR", "navy")
    with pytest.raises(ImproperlyConfigured, match=r"^Set PORTAL_COLOUR anew: “navy”"):
        env_colour("PORTAL_COLOUR", "#1d4f76")
    monkeypatch.setenv("PORTAL_COLOUR", "#0B6B3A")
    assert env_colour("PORTAL_COLOUR", "#1d4f76") == "#0B6B3A"


def test_the_default_colour_costs_no_second_stylesheet(client):
    links = Outline(client.get("/about/").content.decode()).all("link")
    assert [link["href"] for link in links if link["rel"] == "stylesheet"] == [
        "/static/portal.css"
    ]
    assert LIGHT["brand"] == OWN_COLOUR == settings.PORTAL_COLOUR


def test_another_colour_comes_as_a_stylesheet_kept_for_a_year(client, settings):
    settings.PORTAL_COLOUR = "#ffd700"
    links = Outline(client.get("/about/").content.decode()).all("link")
    theme = [link["href"] for link in links if link["rel"] == "stylesheet"][1]
    assert theme == f"/theme.css?{version_of('#ffd700')}"
    response = client.get(theme)
    assert response.content.decode() == (
        ":root{--brand:#ffd700;--on-brand:#000000;--mark:#806c00}\n"
        "@media screen and (prefers-color-scheme:dark){:root{--mark:#ffd700}}\n"
    )
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=31536000" in response["Cache-Control"]


# The installation's logo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>'


def test_a_logo_is_shown_before_the_name_and_said_once(client, settings, tmp_path):
    (tmp_path / "logo.svg").write_bytes(SVG)
    settings.PORTAL_LOGO = str(tmp_path / "logo.svg")
    page = Outline(client.get("/about/").content.decode())
    [logo] = [img for img in page.all("img") if img.get("class") == "logo"]
    assert logo["alt"] == settings.PORTAL_NAME
    assert {"aria-hidden": "true"} in page.all("span")
    response = client.get(logo["src"])
    assert response.content == SVG
    assert response["Content-Type"] == "image/svg+xml"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "max-age=31536000" in response["Cache-Control"]


def test_another_logo_has_another_address(client, settings, tmp_path):
    links = set()
    for name, content in (("a", SVG), ("b", b"\x89PNG\r\n\x1a\n")):
        (tmp_path / name).write_bytes(content)
        settings.PORTAL_LOGO = str(tmp_path / name)
        page = Outline(client.get("/about/").content.decode())
        links |= {image["src"] for image in page.all("img")}
    assert len(links) == 2


def test_without_a_logo_the_header_has_the_portals_own_sign(client):
    assert Outline(client.get("/about/").content.decode()).all("img") == []
    assert client.get("/logo").content == (ROOT / "static/favicon.svg").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"GIF89a", "neither an SVG nor a PNG"),
        (SVG + b" " * LARGEST, "larger than 100 kB"),
    ],
)
def test_a_logo_that_cannot_be_shown_stops_the_portal_with_a_sentence(
    monkeypatch, tmp_path, content, said
):
    path = tmp_path / "logo"
    if content:
        path.write_bytes(content)
    monkeypatch.setenv("PORTAL_LOGO", str(path))
    with pytest.raises(ImproperlyConfigured, match=f"^Set PORTAL_LOGO anew: .*{said}"):
        env_logo("PORTAL_LOGO")


# Every template


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_style_or_script(path):
    source = path.read_text()
    faults = r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:"
    assert re.findall(faults, source) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_fetches_from_another_host(path):
    elements = Outline(path.read_text()).elements
    fetched = [
        attrs.get("src") or attrs.get("href") or ""
        for tag, attrs in elements
        if tag in {"img", "script", "link", "iframe", "source", "video", "use"}
    ]
    assert [url for url in fetched if urlsplit(url).netloc] == []


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates" / "components").glob("*.html")),
    ids=lambda p: p.name,
)
def test_every_component_says_first_what_it_takes(path):
    first = path.read_text().split("\n")[0]
    assert re.fullmatch(r"\{# .*Inputs?: .+#\}", first)


def test_the_list_of_components_leaves_none_out():
    readme = (ROOT / "templates" / "components" / "README").read_text()
    inner = {"_skip", "_header", "_nav_link", "_demo", "_breadcrumbs", "_footer"}
    inner |= {"_error_summary", "_reach", "_ways_on", "_language"}
    listed = set(re.findall(r"^  (_\w+)\.html ", readme, re.MULTILINE))
    parts = {path.stem for path in (ROOT / "templates" / "components").glob("*.html")}
    assert listed == parts - inner


@pytest.mark.parametrize(
    "name",
    sorted(path.name for path in (ROOT / "templates" / "components").glob("*.html")),
)
def test_every_component_is_on_some_page(name):
    readers = [*(ROOT / "templates").rglob("*.html"), *ROOT.glob("*/templatetags/*.py")]
    assert any(f"components/{name}" in path.read_text() for path in readers)


# The gallery of staff


def parts_of(name):
    """Return the names of every template that one extends or includes, to the end."""
    source = (ROOT / "templates" / name).read_text()
    found = set(re.findall(r'{% (?:include|extends) "([\w/.-]+)"', source))
    return found.union(*map(parts_of, found))


def test_the_gallery_shows_every_component_and_every_picture():
    names = ("_nav_link", "_breadcrumbs", "_language")
    tags = {f"components/{name}.html" for name in names}
    shown = parts_of("gallery.html") | tags
    wanted = {
        str(path.relative_to(ROOT / "templates"))
        for path in TEMPLATES
        if path.parent.name == "components" or "<figure" in path.read_text()
    }
    assert wanted - shown == {"home.html"}  # whose picture is its own


@pytest.mark.django_db
def test_the_gallery_is_for_staff_alone(client, admin_client):
    assert client.get("/admin/gallery/").status_code == 302
    assert client.get("/admin/gallery/long/").status_code == 302
    assert admin_client.get("/admin/gallery/").status_code == 200
    for state in STATES:
        assert admin_client.get(f"/admin/gallery/{state}/").status_code == 200
    assert admin_client.get("/admin/gallery/none/").status_code == 404


def test_what_is_wrong_with_a_form_is_said_above_the_heading_of_its_page():
    asking = [
        path
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r'\{% extends "base.html" %\}', text := path.read_text())
        and re.search(r"\{\{ form \}\}|\.as_field_group \}\}", text)
    ]
    first = r'\{% block content %\}\n\{% include "components/_error_summary.html"'
    assert asking
    assert [str(p) for p in asking if not re.search(first, p.read_text())] == []
