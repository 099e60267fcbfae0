"""Every public page in Chromium: accessible, quiet, and no wider than a phone."""

import urllib.request
from collections import namedtuple
from pathlib import Path

import axe_playwright_python
import pytest

from tests.crawl import crawl, route_of

pytestmark = pytest.mark.browser

WIDTHS = (1280, 360)  # CSS pixels: a desk, a phone
NARROWEST = 320  # WCAG 2.2, 1.4.10
PAGES_OF_A_ROUTE = 2

Look = namedtuple("Look", "address console violations beyond")

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
VIOLATIONS = """async () => {
    const found = await axe.run({
        resultTypes: ["violations"],
        rules: {"target-size": {enabled: true}},
    });
    return found.violations.map(
        one => `${innerWidth}: ${one.id}: ${one.nodes[0].html.slice(0, 150)}`);
}"""
BEYOND = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .filter(e => !e.closest(".scroll")).map(e => e.outerHTML.slice(0, 150));
}"""


def addresses(site):
    """Return the address of some pages of each route that links lead to."""

    def visit(url):
        with urllib.request.urlopen(site.origin + url, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            text = answer.read().decode() if kind == "text/html" else None
        return text is not None, text

    found = crawl(visit, PAGES_OF_A_ROUTE, kind=route_of)
    return [url for url, is_page in found.items() if is_page]


def look(page, origin, url):
    """Open a page, at a desk and then on a phone; return what faults can be seen."""
    console, violations = [], []
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.on("console", note := lambda message: console.append(message.text))
    page.on("pageerror", fail := lambda error: console.append(str(error)))
    page.goto(origin + url)
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    beyond = page.evaluate(BEYOND)
    # axe itself trips the CSP, so what the page says is collected before.
    page.remove_listener("console", note)
    page.remove_listener("pageerror", fail)
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        violations += page.evaluate(VIOLATIONS)
    return Look(url, console, violations, beyond)


@pytest.fixture(scope="module", params=["demo_site", "empty_site"])
def looks(request, browser):
    """Look once at every page of a site."""
    site = request.getfixturevalue(request.param)
    context = browser.new_context()
    page = context.new_page()
    yield [look(page, site.origin, url) for url in addresses(site)]
    context.close()


def test_there_are_pages_to_look_at(looks):
    assert {"/", "/commissions/", "/about/"} <= {one.address for one in looks}


def test_no_page_breaks_an_accessibility_rule(looks):
    assert {one.address: one.violations for one in looks if one.violations} == {}


def test_no_page_scrolls_sideways(looks):
    assert {one.address: one.beyond for one in looks if one.beyond} == {}


def test_no_page_makes_the_console_speak(looks):
    assert {one.address: one.console for one in looks if one.console} == {}
