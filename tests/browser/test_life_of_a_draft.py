"""The whole life of one draft, from a Word file to the clause that changed.

Those who meet in it: a commissioner and a moderator at their desks, a
resident on a phone who runs no JavaScript, and a charity with two others who
sign. Everybody goes by the links that their page or their mail offers.
"""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from docx import Document
from playwright.sync_api import expect

from tests.browser.going import enter, follow
from tests.site import manage

pytestmark = pytest.mark.browser

COMMISSION = "Breaks and advice for unpaid carers"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
LINK = re.compile(r"http://\S+")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

VISITS = (
    "Breaks are given as visits of two hours at fixed times, between 9am and 5pm "
    "from Monday to Friday. The provider must use the council’s rota form."
)
VISITS_AFTER = (
    "Breaks are given as visits at times the carer chooses, evenings and weekends "
    "included. The provider must use the council’s rota form."
)
FIRST = [
    (
        "Heading 1",
        "What should change for carers",
        "Carers feel less alone and can live a life beside caring. Fewer carers reach a crisis.",
    ),
    ("Heading 1", "Breaks", "At least 400 carers have a break of two hours each week."),
    ("Heading 2", "When breaks happen", VISITS),
    (
        "Heading 1",
        "Staff",
        "Each visit is made by trained staff. Supervisors have a vehicle and a telephone.",
    ),
    (
        "Heading 1",
        "Paper newsletter",
        "A newsletter is printed every quarter and posted to each carer.",
    ),
    ("bold", "The law", "The Care Act 2014 and the Equality Act 2010 apply."),
]
SECOND = [
    ("Heading 1", *FIRST[0][1:]),
    ("Heading 1", *FIRST[1][1:]),
    ("Heading 2", "When breaks happen", VISITS_AFTER),
    ("Heading 1", "Who visits", FIRST[3][2]),
    ("Heading 1", *FIRST[5][1:]),
    ("Heading 1", "Advice by telephone", "Advice is given by telephone every day."),
]


def word_file(sections):
    """Return the bytes of a Word file: a title, headings of several kinds, words."""
    document = Document()
    document.add_heading("Breaks and advice: the specification", 0)
    for style, heading, words in sections:
        if style == "bold":
            document.add_paragraph().add_run(heading).bold = True
        else:
            document.add_paragraph(heading, style=style)
        document.add_paragraph(words)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def sound(page):
    """Fail where a page is inaccessible or scrolls sideways."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    assert [(page.url, one["id"], one["nodes"][0]["html"][:150]) for one in found] == []
    assert page.evaluate(SIDEWAYS) <= 0, page.url


def tab_to(page, target):
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No Tab leads to {target} at {page.url}")


def type_into(page, label, words):
    """Write into a field by keyboard alone."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.insert_text(words)


def press(page, target):
    """Go to a link or button by keyboard and press it."""
    tab_to(page, target)
    enter(page)


@pytest.fixture
def people(browser):
    """Return a function that opens a browser of its own for each person."""
    contexts = []

    def arrive(**options):
        contexts.append(browser.new_context(**{"viewport": DESK, **options}))
        return contexts[-1].new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(people, demo_site, accounts):
    """Return a function that signs a member of staff in."""

    def sign_in(username):
        page = people()
        page.goto(f"{demo_site.origin}/admin/")
        page.locator("#id_username").fill(username)
        page.locator("#id_password").fill(accounts[username])
        enter(page)
        expect(page.locator("#user-tools")).to_be_visible()
        return page

    return sign_in


def mailed(page, origin, to, subject):
    """Return the link in the newest message to somebody whose subject begins so."""
    page.goto(f"{origin}/demonstration/mail/")
    subjects = page.locator("main h2").all_inner_texts()
    bodies = page.locator("main .inset").all_inner_texts()
    addresses = page.locator("main h2 + p").all_inner_texts()
    for told, address, body in zip(subjects, addresses, bodies, strict=True):
        if address == f"To {to}" and told.startswith(subject):
            return LINK.search(body).group()
    raise AssertionError(f"No message “{subject}…” to {to}, only {subjects}")


def open_commission(page, origin):
    """Open the commission at the desk."""
    page.goto(f"{origin}/admin/commissions/commission/?q=unpaid+carers")
    follow(page.locator("#result_list").get_by_role("link", name=COMMISSION))


def try_to_decide(page, origin):
    """Ask to move the commission to decided, from the line of its stages."""
    open_commission(page, origin)
    follow(page.get_by_role("link", name="Move to another stage"))
    page.get_by_label("Stage reached").select_option(label="Decided")
    follow(page.get_by_role("button", name="Move it"))


def upload(page, sections, name):
    """Give the desk a Word file."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file = {"name": name, "mimeType": word, "buffer": word_file(sections)}
    page.get_by_label("Word file").set_input_files(file)
    follow(page.get_by_role("button", name="Read it"))


def section(page, heading):
    """Return the part of a page of the desk that is about one section."""
    return page.locator("fieldset", has=page.get_by_role("heading", name=heading))


def the_commissioner_writes(page, origin):
    """Upload, correct, publish version 1; announce it; return its public address."""
    open_commission(page, origin)
    follow(page.get_by_role("link", name="Write the specification"))
    sound(page)
    upload(page, FIRST, "specification.docx")
    expect(page.locator("fieldset h3")).to_have_count(5)
    sound(page)
    page.get_by_label("Split it at").last.select_option(label="The law")
    follow(page.get_by_role("button", name="Save"))
    expect(page.locator("fieldset h3")).to_have_count(6)

    # The program proposes kinds; one is corrected, the others are looked at and taken.
    section(page, "Paper newsletter").get_by_label("Kind").select_option("output")
    section(page, "Staff").get_by_label("Heading").fill("Who visits")
    page.get_by_label("I have looked at the proposed kinds").check()
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("link", name="Publish…"))
    expect(page.locator(".portal-gaps li")).to_have_count(2)
    follow(page.get_by_role("link", name="Give a reason why “When breaks happen”"))
    section(page, "When breaks happen").get_by_label("Reason").fill(
        "The rota form is how the council pays."
    )
    section(page, "Who visits").get_by_label("Reason").fill(
        "Carers asked for people they can trust."
    )
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("link", name="Publish…"))
    sound(page)
    follow(page.get_by_role("button", name="Publish version 1"))


def the_commissioner_announces(page):
    """Open version 1 for comment; return the address of its public page."""
    follow(page.get_by_role("link", name="Open it for comment…"))
    today = timezone.localdate()
    page.locator("#id_opens_at_0").fill(f"{today:%d/%m/%Y}")
    page.locator("#id_opens_at_1").fill("00:00")
    page.locator("#id_closes_at_0").fill(f"{today + timedelta(days=40):%d/%m/%Y}")
    page.locator("#id_audience").fill("Carers, and those who know them.")
    sound(page)
    follow(page.get_by_role("button", name="Save and announce…"))
    sound(page)
    follow(page.get_by_role("button", name="Announce it"))
    follow(page.get_by_role("link", name="See the public page"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(COMMISSION)
    sound(page)
    return page.url


def a_resident_comments(page, consultation):
    """Comment on one section by keyboard on a phone, with a slip on the way."""
    page.goto(consultation)
    press(page, page.get_by_role("link", name="Comment on When breaks happen"))
    type_into(page, "Your comment", "I care at night and on Sundays.")
    press(page, page.get_by_role("button", name="Send my comment"))
    # Refused: the summary leads by keyboard to the fields.
    press(page, page.get_by_role("link", name="Answer “Who are you?”"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("I care for someone")).to_be_checked()
    type_into(page, "Your name", "Rosa Almeida")
    type_into(page, "Your email address", "rosa@example.org")
    press(page, page.get_by_role("button", name="Send my comment"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your email")


def confirm(page, link, button="Confirm"):
    """Follow the link of a mail, and agree to what it asks."""
    page.goto(link)
    agree = page.get_by_role("button", name=button, exact=True)
    press(page, agree)
    expect(agree).to_have_count(0)


def a_charity_comments(page, consultation):
    """Comment on everything in one form, with two who sign."""
    page.goto(consultation)
    follow(page.get_by_role("link", name="Answer everything in one form"))
    page.get_by_label("Breaks (optional)").fill(
        "Two hours is too short for a town away."
    )
    page.get_by_label("Who visits (optional)").fill(
        "Ask Jean Moor of 4 Mill Lane, who waited a year. Continuity matters most."
    )
    page.get_by_label("On the whole draft").fill("Stay at our cottage: £90 a night!")
    page.get_by_label("I speak for a community group").check()
    page.get_by_label("Do not show my name").check()
    page.get_by_label("Your email address").fill("office@carers.example")
    page.get_by_label("I am writing for an organisation").check()
    follow(page.get_by_role("button", name="Send my response"))
    page.get_by_label("Organisation you speak for").fill("Norfordshire Carers")
    page.get_by_label("Others who sign").fill(
        "Ada Obi, Riverside Carers, ada@river.example\n"
        "Tom Reed, Fenland Friends, tom@fenland.example"
    )
    sound(page)
    follow(page.get_by_role("button", name="Send my response"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check your email")


def a_moderator_decides(page, origin):
    """Publish two comments, hide a passage of a third, decline a fourth."""
    follow(page.get_by_role("link", name="Comments waiting for a moderator"))
    sound(page)

    def comment(words):
        page.goto(f"{origin}/admin/consultations/comment/queue/")
        follow(page.get_by_role("link", name=words))

    comment("I care at night")
    sound(page)
    follow(page.get_by_role("button", name="Publish", exact=True))
    comment("Two hours is too short")
    follow(page.get_by_role("button", name="Publish", exact=True))
    comment("Stay at our cottage")
    declining = page.locator(
        "form", has=page.get_by_role("button", name="Do not publish")
    )
    declining.get_by_label("Why").select_option(label="It is advertising")
    follow(page.get_by_role("button", name="Do not publish"))
    expect(page.locator(".errornote")).to_be_visible()
    declining.get_by_label("In a sentence").fill(
        "Say what you think without the offer."
    )
    follow(page.get_by_role("button", name="Do not publish"))
    comment("Ask Jean Moor")
    hiding = page.locator(
        "form", has=page.get_by_role("button", name="Hide the passage")
    )
    hiding.get_by_label("Passage to hide").fill("Jean Moor of 4 Mill Lane")
    hiding.get_by_label("Why").select_option(
        label="It contains somebody's personal details"
    )
    hiding.get_by_label("In a few words").fill("a person’s name and address")
    follow(page.get_by_role("button", name="Hide the passage"))
    comment("Ask Jean Moor")
    follow(page.get_by_role("button", name="Publish", exact=True))
    sound(page)


def the_time_comes(site, consultation):
    """Let a consultation close now."""
    reference = consultation.rstrip("/").rpartition("/")[2]
    close = (
        "from django.utils.timezone import now;"
        "from consultations.models import Consultation as C;"
        f"this=C.objects.filter(reference={reference!r});"
        "this.update(closes_at=now());"
        "this.get().commission.show_window('comment',None,now())"
    )
    manage(site.variables, "shell", "-v", "0", "-c", close)


def open_consultation(page, origin):
    """Go from the first page of the desk to the comments that wait for an answer."""
    page.goto(f"{origin}/admin/")
    name = f"Answer the comments on “Your say on: {COMMISSION}”"
    follow(page.get_by_role("link", name=name))


def answer(page, words, outcome, reason, section=""):
    """Tick the comments that hold such words; give them one outcome."""
    for row in page.get_by_role("row").filter(has_text=words).all():
        row.get_by_role("checkbox").check()
    page.get_by_label("Outcome:").select_option(label=outcome)
    page.get_by_label("Reason:").fill(reason)
    if section:
        page.get_by_label("Section that it changed").select_option(label=section)
    page.get_by_label("New theme").fill("When and for how long")
    follow(page.get_by_role("button", name="Give this outcome"))


def the_commissioner_answers(page, origin):
    """Give one comment its outcome, and two another at once."""
    open_consultation(page, origin)
    sound(page)
    answer(
        page,
        "I care at night",
        "Accepted",
        "Breaks now come when you choose.",
        "When breaks happen",
    )
    expect(page.locator(".portal-state")).to_contain_text("Answered 1 of 3")
    answer(
        page,
        re.compile("Two hours|Continuity"),
        "Accepted in part",
        "We will ask bidders how.",
    )
    expect(page.locator(".portal-state")).to_contain_text("Answered 3 of 3")
    sound(page)


def the_commissioner_publishes_version_2(page, origin):
    """Upload again, confirm what became of each section, publish."""
    open_commission(page, origin)
    follow(page.get_by_role("link", name="Write the specification"))
    upload(page, SECOND, "specification-2.docx")
    sound(page)
    expect(section(page, "When breaks happen")).to_contain_text("Proposed: reworded")
    expect(section(page, "Advice by telephone")).to_contain_text("Proposed: new")
    section(page, "Advice by telephone").get_by_label("Why").fill(
        "Carers told us so at two workshops."
    )
    section(page, "Paper newsletter").get_by_label("Why").fill("Nobody reads it.")
    follow(page.get_by_role("button", name="Confirm all of these"))
    follow(page.get_by_role("link", name="Say what kind “Advice by telephone”"))
    section(page, "Advice by telephone").get_by_label("Kind").select_option("output")
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("link", name="Publish…"))
    follow(page.get_by_role("button", name="Publish version 2"))


def the_commissioner_responds(page, origin):
    """Write what people said and what was done; publish it once."""
    open_consultation(page, origin)
    follow(page.get_by_role("link", name="Themes"))
    page.get_by_label("You said:").first.fill("Breaks at fixed hours help few.")
    page.get_by_label("We did:").first.fill("Carers choose the hours.")
    sound(page)
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("link", name="Response", exact=True))
    page.get_by_label("Introduction").fill("Thank you to everybody who wrote.")
    page.get_by_label("New version").select_option(
        label="Breaks and advice: the specification, version 2"
    )
    sound(page)
    follow(page.get_by_role("button", name="Publish the response"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(COMMISSION)
    sound(page)


def test_a_draft_lives_from_a_word_file_to_the_clause_that_changed(
    demo_site, signed_in, people
):
    origin = demo_site.origin
    commissioner = signed_in("tomasz.wieczorek")
    try_to_decide(commissioner, origin)
    expect(commissioner.locator(".errorlist")).to_contain_text("Publish a draft")
    sound(commissioner)
    the_commissioner_writes(commissioner, origin)
    consultation = the_commissioner_announces(commissioner)

    post = people()
    resident = people(viewport=PHONE, has_touch=True, java_script_enabled=False)
    a_resident_comments(resident, consultation)
    confirm(resident, mailed(post, origin, "rosa@example.org", "Confirm your comment"))
    expect(resident.locator("main")).to_contain_text("Waiting for a moderator")

    charity = people()
    a_charity_comments(charity, consultation)
    confirm(
        charity, mailed(post, origin, "office@carers.example", "Confirm your comment")
    )
    for address in ("ada@river.example", "tom@fenland.example"):
        signer = people(viewport=PHONE)
        confirm(signer, mailed(post, origin, address, "Do you sign"), "I sign this")
    expect(signer.locator("main")).to_contain_text("You have signed")
    sound(signer)

    moderator = signed_in("moderator")
    sound(moderator)
    a_moderator_decides(moderator, origin)
    charity.goto(mailed(post, origin, "office@carers.example", "Your comment is not"))
    expect(charity.locator("main")).to_contain_text(
        "Say what you think without the offer."
    )
    sound(charity)
    charity.goto(f"{consultation}comments/")
    expect(charity.locator("main")).to_contain_text(
        "Also signed by: Ada Obi, Riverside Carers; Tom Reed, Fenland Friends"
    )
    expect(charity.locator("main")).not_to_contain_text("Mill Lane")
    expect(charity.locator("main")).not_to_contain_text("cottage")
    sound(charity)

    the_time_comes(demo_site, consultation)
    the_commissioner_answers(commissioner, origin)
    the_commissioner_publishes_version_2(commissioner, origin)
    the_commissioner_responds(commissioner, origin)

    resident.goto(
        mailed(post, origin, "rosa@example.org", "What happened to your comment")
    )
    expect(resident.locator("main")).to_contain_text(
        "Outcome: Accepted. Breaks now come when you choose."
    )
    press(resident, resident.get_by_role("link", name="See the words it changed"))
    clause = resident.get_by_role("region", name="When breaks happen")
    expect(clause.locator("del", has_text="of two hours")).to_be_visible()
    expect(clause.locator("ins", has_text="the carer")).to_be_visible()
    expect(clause).to_contain_text("I care at night and on Sundays.")
    reader = people(viewport=PHONE)
    reader.goto(resident.url)
    sound(reader)
    reader.goto(f"{consultation}response/")
    sound(reader)

    try_to_decide(commissioner, origin)
    expect(commissioner.locator(".errorlist")).to_have_text(
        "Record the decision to go ahead, with its reasons: an officer’s decision is "
        "enough. Announce it, then record the outcome."
    )
