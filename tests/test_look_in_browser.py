"""The look in a real browser: nothing scrolls sideways, nothing is out of reach.

Pages come straight from Django's test client: no server, no database. 320 CSS
pixels are a small phone, and a 1280-pixel screen at 400 % zoom (WCAG 2.2, 1.4.10).
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client

from commissions.law.lifecycle import LINE
from tests import make
from tests.gallery import STATES

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.gallery")]

ORIGIN = "http://localhost"
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
    picture = ".line svg"
    assert screen("/gallery/full/", 1280).locator(picture).is_visible()
    phone = screen("/gallery/full/", 360)
    assert not phone.locator(picture).is_visible()
    assert phone.locator(".steps tbody tr").count() == len(LINE)


def test_a_wide_table_is_reached_and_scrolled_by_keyboard(screen):
    page = screen("/gallery/full/", 320)
    table = page.get_by_role("region", name="Lots")
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft > 0", arg=table.element_handle())


def test_nothing_to_press_is_printed(screen):
    page = screen("/gallery/full/")
    page.emulate_media(media="print")
    assert page.locator("button:visible, nav.nav:visible, .skip:visible").count() == 0
    assert page.locator("h1").is_visible()
