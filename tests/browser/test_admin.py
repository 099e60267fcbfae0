"""A commissioner at the desk: signs in, writes, is refused in a sentence, publishes."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NAME = "Tomasz Wieczorek"
TITLE = "Befriending for older people in the east"


@pytest.fixture
def desk(page, demo_site, accounts):
    """Sign the demonstration's commissioner in; return the page, at the admin."""
    username = "tomasz.wieczorek"
    page.set_default_timeout(20_000)
    page.goto(f"{demo_site.origin}/admin/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(accounts[username])
    page.get_by_role("button", name="Log in").click()
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
    desk.locator("[name=_publish]").click()

    # Refused: each thing that is missing is a sentence that leads to its field.
    assert desk.locator(".portal-gaps li").count() >= 2
    assert desk.get_by_role("button", name="Publish", exact=True).count() == 0
    desk.get_by_role("link", name="Go back to the form").first.click()

    choose(desk, "post", "Head of Adult")
    desk.locator("#id_need").fill(
        "One in five people over 80 speaks to nobody all day."
    )
    desk.locator("[name=stage_dates-0-stage]").select_option("tender")
    desk.locator("[name=stage_dates-0-planned_on]").fill("1/4/2027")
    desk.locator("[name=stage_dates-0-precision]").select_option("month")
    desk.locator("[name=_preview]").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(TITLE)
    desk.get_by_role("link", name="publish it").click()
    desk.get_by_role("button", name="Publish", exact=True).click()

    # Now the public reads it, face first.
    desk.context.clear_cookies()
    desk.goto(f"{demo_site.origin}/commissions/?q=befriending")
    desk.get_by_role("link", name=TITLE).click()
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
