"""What residents come for, on a phone that runs no JavaScript, counted in taps.

A tap is a click on a link, a button, a folded part or an answer to choose; typing
is none. Each journey begins at the home page or with the link of a mail.
"""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.going import follow
from tests.site import manage

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
LINK = re.compile(r"http://\S+")
COMMISSION = "a[href='/commissions/NORF-1001/']"
ANSWERED = "NORF-1404-1"  # a consultation whose response is out


class Reader:
    """Somebody with a phone, whose taps are counted."""

    def __init__(self, page, origin):
        self.page, self.origin, self.taps = page, origin, 0

    def arrive(self, path="/"):
        """Open the portal; what was tapped before is forgotten."""
        self.page.goto(self.origin + path)
        self.taps = 0

    def search(self, words):
        """Search from the box at the head of the page."""
        self.page.get_by_role("searchbox").first.fill(words)
        self.go("[role=search] button")

    def go(self, what):
        """Tap what leads to another page."""
        self.taps += 1
        follow(self.page.locator(f"main {what}").first)

    def choose(self, what):
        """Tap an answer among several."""
        self.taps += 1
        self.page.locator(f"main {what}").first.check()

    def write(self, **fields):
        """Type into fields, by their names."""
        for name, words in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(words)

    def sees(self, *parts):
        """Tell whether the first of each is on the screen without scrolling."""
        boxes = [
            self.page.locator(f"main {part}").first.bounding_box() for part in parts
        ]
        return [0 <= box["y"] <= PHONE["height"] - box["height"] for box in boxes]


@pytest.fixture
def reader(browser, demo_site):
    """Give a phone without JavaScript to somebody who has not been here before."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False
    )
    yield Reader(context.new_page(), demo_site.origin)
    context.close()


def mailed(reader, to):
    """Return the path that the newest message to somebody links to."""
    page = reader.page
    page.goto(f"{reader.origin}/demonstration/mail/")
    told = zip(
        page.locator("main h2 + p").all_inner_texts(),
        page.locator("main .inset").all_inner_texts(),
        strict=True,
    )
    bodies = [body for at, body in told if at.endswith(to)]
    return urlsplit(LINK.search(bodies[0]).group()).path


# Who is responsible


def test_who_is_responsible_for_a_service_is_found_in_two_taps(reader):
    reader.arrive()
    reader.search("home care")
    reader.go(".results a")
    assert reader.taps <= 2
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(
        re.compile("home care", re.I)
    )
    face = reader.page.locator("main .face").first
    expect(face).to_contain_text("Tomasz Wieczorek")
    expect(face).to_contain_text("Head of Adult Commissioning")
    contact = ".face a[href^='mailto:']"
    assert (
        reader.sees(".face h2", ".face", contact, ".face a[href^='tel:']") == [True] * 4
    )


# Comment, and follow what becomes of it


def comment(reader, email):
    """Comment on the draft about home care, from the home page to the mail."""
    reader.arrive()
    reader.search("home care")
    reader.go(f".results {COMMISSION}")
    reader.go(".button")
    reader.choose("[name=role]")
    reader.write(whole="Ask the carers too.", public_name="Jo Hall", email=email)
    reader.go("form[method=post] button")
    expect(reader.page).to_have_url(re.compile("/consultations/NORF-1001-1/sent/"))


def test_a_comment_is_sent_in_five_taps(reader):
    comment(reader, "jo.hall@example.org")
    assert reader.taps <= 5


def test_who_has_commented_is_offered_to_follow_in_one_tap(reader):
    comment(reader, email := "sam.hall@example.org")
    reader.arrive(mailed(reader, email))
    reader.taps = 1  # the link of the mail
    reader.go("form[method=post] button")  # confirms
    offer = reader.page.locator("main form[action$='/follow/']")
    expect(offer.get_by_role("button")).to_be_visible()
    reader.go("form[action$='/follow/'] button")
    expect(reader.page.locator("main h2#follow")).to_be_visible()
    expect(offer).to_have_count(0)
    assert reader.taps <= 3


# Follow


def test_what_one_cares_about_is_followed_from_the_home_page_in_two_taps(reader):
    reader.arrive()
    reader.go(".doors a[href^='/alerts/']")
    reader.write(q="home care", email="jo@example.org")
    reader.go("form[method=post] button")
    expect(reader.page).to_have_url(re.compile("/alerts/sent/"))
    assert reader.taps <= 2


def test_a_commission_is_followed_from_its_page_in_two_taps(reader):
    reader.arrive("/commissions/NORF-1001/")
    assert reader.sees("a[href^='/alerts/follow/']") == [True]
    reader.go("a[href^='/alerts/follow/']")
    reader.write(email="jo@example.org")
    reader.go("form[method=post] button")
    expect(reader.page).to_have_url(re.compile("/alerts/sent/"))
    assert reader.taps <= 2


# Ask


def test_the_form_for_a_question_is_reached_from_the_home_page_in_three_taps(reader):
    reader.arrive()
    reader.search("home care")
    reader.go(f".results {COMMISSION}")
    reader.go("a[href^='/ask/']")
    assert reader.taps <= 3
    assert reader.sees("form[method=post] [name=title]") == [True]


def test_a_question_is_asked_from_the_page_it_is_about_in_three_taps(reader):
    reader.arrive("/commissions/NORF-1001/")
    reader.go("a[href^='/ask/']")
    reader.choose("[name=role]")
    reader.write(
        title="Will my mother keep her carers?",
        text="She knows them.",
        public_name="Jo Hall",
        email="jo@example.org",
    )
    reader.go("form[method=post] button")
    expect(reader.page).to_have_url(re.compile("/ask/sent/"))
    assert reader.taps <= 3


# What became of a comment


@pytest.fixture
def told(demo_site):
    """Have the senders told of the outcomes of a consultation; return an address."""
    tell = (
        "from consultations.comments import emails;"
        "from consultations.models import Consultation as C;"
        f"this=C.objects.get(reference={ANSWERED!r});"
        "emails.say_outcomes(this.response);"
        "print(this.submissions.confirmed().exclude(email='').last().email)"
    )
    return manage(demo_site.variables, "shell", "-v", "0", "-c", tell).strip()


def test_what_became_of_a_comment_is_one_tap_from_the_mail(reader, told):
    reader.arrive(mailed(reader, told))
    reader.taps = 1  # the link of the mail
    outcome = reader.page.locator("main .inset", has_text="Outcome:")
    expect(outcome.first).to_be_visible()
    assert outcome.first.bounding_box()["y"] < PHONE["height"]


# Contracts without a competition


def test_which_contracts_were_direct_awards_is_found_in_two_taps(reader):
    reader.arrive()
    reader.go("a[href='/direct-awards/']")
    assert reader.taps <= 2
    assert reader.page.locator("main .results > li").count() > 0
    assert reader.sees(".results h2 a") == [True]
