"""The desk's pages in Chromium, one of each kind: accessible, no wider than a screen."""

from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.going import follow
from tests.browser.test_every_page import AXE, BEYOND, VIOLATIONS, WIDTHS
from tests.crawl import route_of
from tests.outline import Outline

pytestmark = pytest.mark.browser

READ_OF_A_KIND = 1  # pages whose links are followed
NO_PAGES = ("/logout/", "/jsi18n/", "/autocomplete/", ".json", "/r/")
DJANGO = (  # what the admin's own templates and scripts do, which nobody here wrote
    "empty-table-header",  # over the ticks and titles of rows
    "label-title-only",  # the list's search box, whose label is a picture
    'list: <ul class="select2-',  # Select2's box for several rows
    'aria-prohibited-attr: <span class="help-tooltip',  # the two lists of rights
)
PEOPLE = ("tomasz.wieczorek", "moderator", "administrator")


def sign_in(page, origin, username, password):
    """Sign a member of staff in."""
    page.goto(f"{origin}/admin/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(password)
    follow(page.get_by_role("button", name="Log in"))


def linked(url, html):
    """Return the pages of the desk that a page of it leads to."""
    links = [urljoin(url, a.get("href", "")) for a in Outline(html).all("a")]
    paths = {urlsplit(link).path: None for link in links}
    return [
        path
        for path in paths
        if path.startswith("/admin/") and not any(part in path for part in NO_PAGES)
    ]


def desk_pages(page, origin):
    """Return a page of each kind that links lead somebody to who has signed in."""
    waiting, seen, kinds, found = deque(["/admin/"]), {"/admin/"}, Counter(), {}
    while waiting:
        path = waiting.popleft()
        answer = page.request.get(origin + path)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        found.setdefault(route_of(path), path)
        for link in linked(path, answer.text()):
            kind = route_of(link)
            if kind and link not in seen and kinds[kind] < READ_OF_A_KIND:
                seen.add(link)
                kinds[kind] += 1
                waiting.append(link)
    return found


def look(page, url):
    """Return what axe finds on a page, and what juts out at a desk and on a phone.

    What is there is the same at both; only how it is laid out differs.
    """
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    page.goto(url)
    page.evaluate(AXE)
    violations, beyond = page.evaluate(VIOLATIONS), []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        beyond += page.evaluate(BEYOND)
    own = [one for one in violations if not any(known in one for known in DJANGO)]
    return own, beyond


@pytest.fixture(scope="module")
def looks(browser, demo_site, accounts):
    """Look once at a page of each kind of the desk."""
    looked, found = {}, {}
    for name in PEOPLE:
        context = browser.new_context()
        page = context.new_page()
        sign_in(page, demo_site.origin, name, accounts[name])
        own = desk_pages(page, demo_site.origin)
        for route in own.keys() - found.keys():
            looked[own[route]] = look(page, demo_site.origin + own[route])
        found = own | found
        context.close()
    return looked


def test_the_desk_has_pages_to_look_at(looks):
    assert len(looks) > 40
    assert {"/admin/", "/admin/consultations/comment/queue/"} <= looks.keys()


def test_no_page_of_the_desk_breaks_an_accessibility_rule(looks):
    assert {path: found for path, (found, _) in looks.items() if found} == {}


def test_no_page_of_the_desk_scrolls_sideways(looks):
    assert {path: found for path, (_, found) in looks.items() if found} == {}
