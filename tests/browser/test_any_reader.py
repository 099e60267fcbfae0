"""The portal by keyboard, without JavaScript, on paper: whole each time."""

import pytest
from playwright.sync_api import expect

from tests.browser.going import enter, follow

pytestmark = pytest.mark.browser

FOCUSED = """() => {
    const e = document.activeElement, box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
        what: e.outerHTML.slice(0, 100),
        body: e === document.body,
        seen: box.width > 0 && box.height > 0 && box.left >= 0 && box.top >= 0,
        marked: ring || style.boxShadow !== "none",
    };
}"""


def test_the_first_key_press_offers_to_skip_to_the_content(page, demo_site):
    page.goto(demo_site.origin)
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert 'href="#main"' in focused["what"]
    assert (focused["seen"], focused["marked"]) == (True, True)
    enter(page)
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["/", "/commissions/", "/about/"])
def test_whatever_has_the_focus_can_be_seen(page, demo_site, path):
    page.goto(demo_site.origin + path)
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["body"]:
            break
        reached.append(focused)
    assert len(reached) > 10
    assert [one["what"] for one in reached if not (one["seen"] and one["marked"])] == []


@pytest.fixture
def scriptless(browser):
    """Open pages in a browser that runs no JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_search_from_the_home_page_works_without_javascript(scriptless, demo_site):
    scriptless.goto(demo_site.origin)
    box = (
        scriptless.get_by_role("search")
        .get_by_role("searchbox")
        .or_(scriptless.get_by_role("search").get_by_role("textbox"))
    )
    box.first.fill("care")
    follow(scriptless.get_by_role("search").get_by_role("button").first)
    assert scriptless.url.startswith(f"{demo_site.origin}/search/?")
    assert "q=care" in scriptless.url
    assert scriptless.locator(".results > li").count() > 0


def test_a_commission_is_whole_without_javascript(scriptless, demo_site):
    scriptless.goto(f"{demo_site.origin}/commissions/")
    link = scriptless.locator("ul.results > li a").first
    title = link.inner_text().strip()
    follow(link)
    expect(scriptless.get_by_role("heading", level=1)).to_contain_text(title)
    assert scriptless.locator("main").inner_text().count("\n") > 20


def test_a_page_can_be_printed_without_what_only_a_screen_needs(page, demo_site):
    page.goto(f"{demo_site.origin}/commissions/")
    follow(page.locator("ul.results > li a").first)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.locator("header nav").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


PHONE = {"width": 360, "height": 640}


@pytest.fixture
def phone(browser):
    """Open pages on a phone that runs no JavaScript of theirs."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


def bottom_of(found):
    """Return how far down the page an element ends, in pixels."""
    box = found.bounding_box()
    return box["y"] + box["height"]


def test_a_commission_says_on_the_first_screen_who_holds_it_and_what_to_do(
    phone, demo_site
):
    phone.goto(f"{demo_site.origin}/commissions/NORF-1001/")
    button = phone.locator("main .button")
    assert (button.count(), bottom_of(button) <= PHONE["height"]) == (1, True)
    assert button.inner_text().startswith("Comment on this draft – closes ")
    for said in ("Who holds this decision", "Tomasz Wieczorek"):
        assert bottom_of(phone.get_by_text(said).first) < bottom_of(button)
    height = phone.evaluate("document.documentElement.scrollHeight")
    assert height <= 7 * PHONE["height"]


def test_the_home_page_says_at_one_glance_what_people_come_for(phone, demo_site):
    phone.goto(demo_site.origin)
    for found in (
        phone.get_by_role("searchbox"),
        phone.locator(".doors"),
        phone.locator("main .row .avatar").first,
    ):
        assert bottom_of(found) <= PHONE["height"]
    menu = phone.locator("header nav")
    assert menu.bounding_box()["height"] < 48  # one row
