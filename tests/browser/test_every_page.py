"""Every public page in Chromium: accessible, quiet, and no wider than a phone."""

import urllib.request
from collections import namedtuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.crawl import crawl

pytestmark = pytest.mark.browser

PHONE, DESKTOP, NARROWEST = 360, 1280, 320  # CSS pixels; WCAG 2.2, 1.4.10
RULES = {"rules": {"target-size": {"enabled": True}}}
PAGES_OF_A_KIND = 3

Look = namedtuple("Look", "address width console violations beyond")

BEYOND = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .filter(e => !e.closest(".scroll")).map(e => e.outerHTML.slice(0, 150));
}"""


def addresses(site):
    """Return the address of every page of a site that links lead to."""

    def visit(url):
        with urllib.request.urlopen(site.origin + url, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            text = answer.read().decode() if kind == "text/html" else None
        return text is not None, text

    return [url for url, is_page in crawl(visit, PAGES_OF_A_KIND).items() if is_page]


def look(page, origin, url, width):
    """Open a page at a width; return what can be seen of its faults."""
    console = []
    page.on("console", note := lambda message: console.append(message.text))
    page.on("pageerror", fail := lambda error: console.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(origin + url)
    if width == PHONE:
        page.set_viewport_size({"width": NARROWEST, "height": 800})
    beyond = page.evaluate(BEYOND)
    # axe itself trips the CSP, so what the page says is collected before.
    page.remove_listener("console", note)
    page.remove_listener("pageerror", fail)
    found = Axe().run(page, options=RULES).response["violations"]
    violations = [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in found]
    return Look(url, width, console, violations, beyond)


@pytest.fixture(
    scope="module",
    params=[
        (site, width)
        for site in ("demo_site", "empty_site")
        for width in (PHONE, DESKTOP)
    ],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def looks(request, browser):
    """Look once at every page of a site at one width."""
    name, width = request.param
    site = request.getfixturevalue(name)
    context = browser.new_context()
    page = context.new_page()
    yield [look(page, site.origin, url, width) for url in addresses(site)]
    context.close()


def test_there_are_pages_to_look_at(looks):
    assert {"/", "/commissions/", "/about/"} <= {one.address for one in looks}


def test_no_page_breaks_an_accessibility_rule(looks):
    assert {one.address: one.violations for one in looks if one.violations} == {}


def test_no_page_scrolls_sideways(looks):
    assert {one.address: one.beyond for one in looks if one.beyond} == {}


def test_no_page_makes_the_console_speak(looks):
    assert {one.address: one.console for one in looks if one.console} == {}
