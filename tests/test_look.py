"""The look: one light stylesheet, colours that can be read, parts that say what they are."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from commissioning_portal.settings import env_colour
from commissioning_portal.theme import contrast, stylesheet
from tests.outline import Outline
from tests.settings import ROOT

CSS = (ROOT / "static" / "portal.css").read_text()
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LIMIT = 26_000  # bytes (6 kB compressed): a page and this stay under 60 kB


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


TEXT = [
    *((ink, paper) for ink in ("ink", "quiet", "link") for paper in ("paper", "wash")),
    *((ink, "paper") for ink in ("link-dark", "visited", "stop", "go")),
    *((ink, "wash") for ink in ("link-dark", "visited", "stop")),
    *(("paper", ground) for ground in ("go", "go-dark", "stop", "stop-dark")),
    *(
        (f"{tag}-ink", f"{tag}-tag")
        for tag in ("grey", "blue", "green", "yellow", "red", "purple")
    ),
    ("on-brand", "brand"),
    ("ink", "focus"),
    ("ink", "grey-tag"),
]
SHAPES = [("edge", "paper"), ("mark", "paper"), ("stop", "red-tag"), ("ink", "focus")]


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read_on_their_ground(ink, ground):
    assert contrast(full(COLOURS[ink]), full(COLOURS[ground])) >= 4.5


@pytest.mark.parametrize(("line", "ground"), SHAPES)
def test_lines_can_be_seen_on_their_ground(line, ground):
    assert contrast(full(COLOURS[line]), full(COLOURS[ground])) >= 3


def test_every_colour_used_is_a_named_one():
    _, rules = CSS.split("}", 1)
    named = set(re.findall(r"var\(--([a-z-]+)\)", rules))
    assert named - set(COLOURS) == set()


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
    rules = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", stylesheet(colour)))
    assert rules["brand"] == colour
    assert contrast(rules["on-brand"], colour) >= 4.5
    assert contrast(rules["mark"], "#ffffff") >= 3


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
    assert COLOURS["brand"] == settings.PORTAL_COLOUR


def test_another_colour_comes_as_a_stylesheet_kept_for_a_year(client, settings):
    settings.PORTAL_COLOUR = "#ffd700"
    links = Outline(client.get("/about/").content.decode()).all("link")
    theme = [link["href"] for link in links if link["rel"] == "stylesheet"][1]
    assert theme == "/theme.css?ffd700"
    response = client.get(theme)
    assert response.content.decode() == (
        ":root{--brand:#ffd700;--on-brand:#000000;--mark:#14181c}\n"
    )
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=31536000" in response["Cache-Control"]


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
    inner |= {"_error_summary", "_reach", "_ways_on"}
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
