"""The look in a real browser: nothing scrolls sideways, nothing is out of reach.

Pages come straight from Django's test client: no server, no database. 320 CSS
pixels are a small phone, and a 1280-pixel screen at 400 % zoom (WCAG 2.2, 1.4.10).
"""

import re
from collections import Counter
from itertools import combinations
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from commissioning_portal.theme import NIGHT, contrast, mix
from commissions.law.lifecycle import LINE
from tests import make
from tests.gallery import STATES

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.gallery")]

ORIGIN = "http://localhost"
A4 = 680  # CSS pixels between margins of 15 mm
TYPES = {"css": "text/css", "svg": "image/svg+xml"}
RULES = {"rules": {"target-size": {"enabled": True}}}
GALLERY = [f"/gallery/{state}/" for state in STATES]
PAGES = [
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/cookies/",
    "/glossary/",
    "/nothing-here/",
]
SCREENS = [
    *((path, 320) for path in GALLERY + PAGES),
    *((path, 1280) for path in GALLERY),
]
OUTSIDE = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .filter(e => !e.closest(".scroll")).map(e => e.outerHTML.slice(0, 200))"""

DISPLAY = "element => getComputedStyle(element).display"


def answer(route):
    """Answer the browser with what the portal answers, or with a static file."""
    url = urlsplit(route.request.url)
    if url.path.startswith("/static/"):
        path = finders.find(url.path.removeprefix("/static/"))
        route.fulfill(path=path, content_type=TYPES[path.rpartition(".")[2]])
        return
    response = Client().get(f"{url.path}?{url.query}")
    route.fulfill(
        status=response.status_code,
        headers=dict(response.headers),
        body=response.content,
    )


@pytest.fixture
def screen(browser, settings):
    """Open pages of the gallery and the portal; fail on what the console says."""
    settings.PORTAL_DEMO = True
    context = browser.new_context()
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", answer)

    def show(path, width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(ORIGIN + path)
        assert [words for words in said if "404 (Not Found)" not in words] == []
        return page

    yield show
    context.close()


@pytest.mark.parametrize(("path", "width"), SCREENS)
def test_no_page_scrolls_sideways_and_axe_finds_no_fault(screen, path, width):
    page = screen(path, width)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page, options=RULES)
    found = [
        (fault["id"], [node["html"] for node in fault["nodes"]])
        for fault in results.response["violations"]
    ]
    assert found == []


def test_a_refused_form_opens_with_its_summary_in_focus(screen):
    page = screen("/gallery/wrong/")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#id_email")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "id_email"


def test_the_first_tab_leads_past_the_header(screen):
    page = screen("/about/")
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    assert link.evaluate("e => e === document.activeElement")
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.django_db
@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_word_in_a_title_keeps_what_is_coming_on_its_page(screen, width):
    make.commission(title="Gemeinschaftsunterkunft" * 8)
    coming = Client().get("/pipeline/").content.decode()
    page = screen("/about/", width)
    page.set_content(coming)
    assert page.locator(".stack tbody th a").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_filters_are_folded_on_a_phone_and_open_beside_the_list(screen):
    apply = "button:has-text('Apply filters')"
    phone = screen("/gallery/full/", 360)
    assert not phone.locator(apply).is_visible()
    phone.locator("summary", has_text="Filter the list").click()
    assert phone.locator(apply).is_visible()
    assert screen("/gallery/full/", 1280).locator(apply).is_visible()


def test_the_line_of_stages_is_a_picture_only_where_there_is_room(screen):
    picture = ".line:not(.hands) svg"
    assert screen("/gallery/full/", 1280).locator(picture).is_visible()
    phone = screen("/gallery/full/", 360)
    assert not phone.locator(picture).is_visible()
    assert phone.locator("#line tbody tr").count() == len(LINE)


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(screen):
    page = screen("/gallery/full/", 320)
    table = page.get_by_role("region", name="Lots")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=table.element_handle())


@pytest.mark.parametrize("state", ["full", "wrong"])
def test_the_dark_page_has_no_fault_of_contrast(screen, state):
    page = screen("/about/")
    page.emulate_media(color_scheme="dark")
    page = screen(f"/gallery/{state}/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert hexed(ground) == NIGHT
    results = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert [each["nodes"] for each in results.response["violations"]] == []


def hexed(colour, ground="#ffffff"):
    """Return a colour of the browser as #rrggbb, over a ground where one sees through."""
    red, green, blue, *alpha = map(float, re.findall(r"[\d.]+", colour))
    solid = "#" + "".join(f"{round(part):02x}" for part in (red, green, blue))
    return mix(ground, solid, alpha[0]) if alpha else solid


PAINTED = """() => [...document.querySelectorAll(
    "figure svg :is(path, rect, circle, line), svg.trend :is(path, rect)")]
  .filter(e => !e.matches(".tick"))
  .map(e => [e, getComputedStyle(e), e.closest("figure"), e.closest("[class]")])
  .map(([e, s, figure, named]) => ({
    kind: [figure ? figure.className || "bar" : "trend", named.getAttribute("class"),
           ...e.matches(".line path") ? ["way"] : []].join(" "),
    fill: e.tagName === "line" ? "none" : s.fill, stroke: s.stroke,
    form: [s.fill, s.stroke, s.strokeWidth, s.strokeDasharray,
           e.getAttribute("height"), e.getAttribute("r")].join(" ")}))"""
APART = [
    ("line {}", ("done", "now", "late", "next")),
    ("line hands {}", ("done", "now", "vacant")),
    ("gantt {}", ("plan", "comment", "tender", "award", "hollow", "start")),
    ("bar {}", ("part-a", "part-b", "part-c", "part-d", "part-e")),
]


@pytest.fixture(params=["light", "dark"])
def forced(screen, request):
    """Return what a gallery's pictures paint where colours are forced, and on what."""
    screen("/about/").emulate_media(forced_colors="active", color_scheme=request.param)
    painted = [
        shape
        for state in ("full", "wrong")
        for shape in screen(f"/gallery/{state}/").evaluate(PAINTED)
    ]
    page = screen("/gallery/full/")
    return painted, page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_every_part_of_a_picture_is_seen_in_forced_colours(forced):
    painted, canvas = forced
    ground = hexed(canvas)
    unseen = {
        shape["kind"]
        for shape in painted
        if not any(
            contrast(hexed(shape[paint], ground), ground) >= 3
            for paint in ("fill", "stroke")
            if shape[paint].startswith("rgb")
        )
    }
    assert len(painted) > 60
    assert unseen == set()


def test_parts_that_mean_different_things_look_different_in_forced_colours(forced):
    painted, _ = forced
    for figure, kinds in APART:
        forms = {
            kind: {
                each["form"] for each in painted if each["kind"] == figure.format(kind)
            }
            for kind in kinds
        }
        assert all(forms.values()), forms
        for one, other in combinations(kinds, 2):
            assert not forms[one] & forms[other], (figure, one, other)


def test_what_is_printed_says_its_filters_and_nothing_is_cut(screen):
    page = screen("/gallery/full/", A4)
    page.emulate_media(media="print")
    assert page.locator(".chosen a").first.is_visible()
    assert page.locator(".chosen").inner_text().isascii()  # no cross
    assert not page.locator(".chosen .clear").is_visible()
    before = "getComputedStyle(document.querySelector('.chosen'), '::before').content"
    assert page.evaluate(before) == '"Filters in use:"'
    assert page.evaluate(OUTSIDE.replace('!e.closest(".scroll")', "true")) == []


@pytest.mark.django_db
def test_a_comment_is_not_cut_between_its_name_and_its_words(screen):
    consultation = make.comment().consultation
    comments = reverse("consultations:comment-list", args=[consultation.reference])
    page = screen("/about/", A4)
    page.set_content(Client().get(comments).text)
    page.emulate_media(media="print")
    style = "e => [getComputedStyle(e).breakInside, getComputedStyle(e).breakAfter]"
    assert page.locator(".said").first.evaluate(style)[0] == "avoid"
    assert page.locator(".said .meta").first.evaluate(style)[1] == "avoid"


def parts_of_tables(page):
    """Count what of a table a screen reader is told of."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    parts = ("table", "row", "columnheader", "rowheader", "cell")
    return [roles[part] for part in parts]


def test_a_table_whose_rows_stand_one_under_another_is_still_a_table(screen):
    wide = parts_of_tables(screen("/privacy/"))
    assert min(wide) > 0
    page = screen("/privacy/", 320)
    assert page.locator(".stack td").first.evaluate(DISPLAY) == "block"
    assert parts_of_tables(page) == wide


def test_nothing_to_press_is_printed(screen):
    page = screen("/gallery/full/")
    page.emulate_media(media="print")
    assert page.locator("button:visible, nav.nav:visible, .skip:visible").count() == 0
    assert page.locator("h1").is_visible()
