"""A commissioner at the desk: signs in, writes, is refused in a sentence, publishes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.going import follow

pytestmark = pytest.mark.browser

NAME = "Tomasz Wieczorek"
TITLE = "Befriending for older people in the east"


@pytest.fixture
def desk(page, demo_site, accounts):
    """Sign the demonstration's commissioner in; return the page, at the admin."""
    username = "tomasz.wieczorek"
    page.goto(f"{demo_site.origin}/admin/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(accounts[username])
    follow(page.get_by_role("button", name="Log in"))
    expect(page.locator("#user-tools")).to_be_visible()
    return page


def choose(page, field, words):
    """Choose the first of what an autocompleting field offers for these words."""
    box = page.locator(f"#id_{field} ~ .select2 .select2-selection")
    if words.lower() in box.inner_text().lower():
        return
    box.click()
    page.locator(".select2-search__field").last.fill(words)
    option = page.locator(".select2-results__option[data-select2-id]")
    option.filter(has_text=re.compile(words, re.I)).first.click()


def test_a_commissioner_publishes_an_intention(desk, demo_site):
    desk.goto(f"{demo_site.origin}/admin/commissions/commission/add/")
    desk.locator("#id_title").fill(TITLE)
    choose(desk, "organisation", "County Council")
    follow(desk.locator("[name=_publish]"))

    # Refused: each thing that is missing is a sentence that leads to its field.
    expect(desk.locator(".portal-gaps li").nth(1)).to_be_visible()
    expect(desk.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    follow(desk.get_by_role("link", name="Go back to the form").first)

    choose(desk, "post", "Head of Adult")
    desk.locator("#id_need").fill(
        "One in five people over 80 speaks to nobody all day."
    )
    desk.locator("[name=stage_dates-0-stage]").select_option("tender")
    desk.locator("[name=stage_dates-0-planned_on]").fill("1/4/2027")
    desk.locator("[name=stage_dates-0-precision]").select_option("month")
    follow(desk.locator("[name=_preview]"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text(TITLE)
    follow(desk.get_by_role("link", name="publish it"))
    follow(desk.get_by_role("button", name="Publish", exact=True))

    # Now the public reads it, face first.
    desk.context.clear_cookies()
    desk.goto(f"{demo_site.origin}/commissions/?q=befriending")
    follow(desk.get_by_role("link", name=TITLE))
    expect(desk.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(desk.locator("main")).to_contain_text(NAME)
    expect(desk.locator("main")).to_contain_text("April 2027")


def test_the_desk_makes_the_console_say_nothing(desk, demo_site):
    console = []
    desk.on("console", lambda message: console.append(message.text))
    desk.on("pageerror", lambda error: console.append(str(error)))
    for path in ("", "commissions/commission/", "commissions/commission/add/"):
        desk.goto(f"{demo_site.origin}/admin/{path}")
    assert console == []
