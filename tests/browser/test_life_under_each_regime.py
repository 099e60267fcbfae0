"""Two whole lives at the desk, from the intention to the closed review.

A commissioner moves one commission under the Procurement Act by the open
procedure, and one under Direct Award Process C of the NHS regime. Each gate is
tried before it is met; each notice is recorded by the platform-first form; the
public page is looked at after every move. The days lie in the past, since
that is what the form takes; comments have their own walk.
"""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.going import enter, follow
from tests.site import manage

pytestmark = pytest.mark.browser

BEGIN = """
from commissioning_portal.demo.commissions import add
from commissioning_portal.demo.reading import Row
from commissioning_portal.demo.story import Story
from commissions.record.triggers import past_may_be_told
story = Story()
told = {{"published": -300, "topic": "Community health", "areas": ["E10000901"],
    "dates": {{"delivery": {{"on": -40, "precision": "month"}}}}, **{fields!r}}}
Row(told, "the walk", story).call(add, story)
with past_may_be_told():
    story.play()
"""
ASK = """
from commissioning_portal.demo.consultations import book
from commissioning_portal.demo.reading import Row
from commissioning_portal.demo.story import Story
from commissions.models import Commission
from commissions.record.triggers import past_may_be_told
story = Story()
row = Row({{"opens": -250, "closes": -215, "answered": -200}}, "the walk", story)
commission = Commission.objects.get(reference={reference!r})
book(row, commission)
with past_may_be_told():
    story.play()
"""
EVERYWHERE = """
from django.contrib.auth.models import User
from commissions.models import Organisation, StaffRole
user = User.objects.get(username="tomasz.wieczorek")
for body in Organisation.objects.filter(commissions__isnull=False).distinct():
    StaffRole.objects.get_or_create(user=user, organisation=body, role="publisher")
"""
APPROVERS = """
from commissions.models import Commission, Post
commission = Commission.objects.get(reference={reference!r})
posts = Post.objects.filter(organisation=commission.organisation)
print(next(post.pk for post in posts if post.tenure))
"""
APPROVE = """
from commissions.models import Exemption
asked = Exemption.objects.asked().latest("pk")
asked.approve(by=asked.approver)
"""
CHOOSE = "(box, key) => box.add(new Option(key, key, true, true))"
COUNCIL = {
    "reference": "WALK-ACT",
    "title": "Benches along the river",
    "organisation": "norfordshire-county-council",
    "holder": "head-of-highways",
    "need": "Nobody over 70 walks to the lock: there is nowhere to sit.",
    "outcomes": "A bench every 200 metres.",
    "regime": "procurement_act",
    "route": "open",
}
NHS = {
    "reference": "WALK-PSR",
    "title": "Night nurses for people who are dying at home",
    "organisation": "nhs-norfordshire-icb",
    "holder": "head-of-community-services",
    "need": "Families are alone from ten at night.",
    "outcomes": "Somebody comes within an hour.",
    "regime": "psr",
    "route": "psr_c",
}


class Desk:
    """One commission as its commissioner and the public see it in the browser."""

    def __init__(self, page, site, fields):
        self.page, self.site, self.reference = page, site, fields["reference"]
        self.today = timezone.localdate()
        manage(site.variables, "shell", "-v", "0", "-c", BEGIN.format(fields=fields))
        page.goto(f"{site.origin}/admin/commissions/commission/?q={self.reference}")
        follow(page.locator("#result_list tbody th a"))
        self.pk = re.search(r"/commission/(\d+)/", page.url).group(1)
        self.is_at("Intention")

    def day(self, ago):
        """Write a day some days ago as the forms take it."""
        return f"{self.today - timedelta(days=ago):%d/%m/%Y}"

    def go(self, name):
        """Open one of the pages of the commission at the desk."""
        self.page.goto(
            f"{self.site.origin}/admin/commissions/commission/{self.pk}/{name}/"
        )

    def try_to_move(self, stage, ago, why=""):
        """Fill in the form of a move and send it."""
        self.go("move")
        self.page.locator("#id_stage").select_option(label=stage)
        self.page.locator("#id_on").fill(self.day(ago))
        self.page.locator("#id_reason").fill(why)
        follow(self.page.get_by_role("button", name="Move it"))

    def move(self, stage, ago):
        """Move to a stage, and see that the public page says so."""
        self.try_to_move(stage, ago)
        expect(self.page.locator(".messagelist")).to_contain_text(f"“{stage}”")
        self.is_at(stage)

    def is_refused(self, stage, ago, because):
        """See that a move is refused, and why; the public page stays as it was."""
        self.try_to_move(stage, ago)
        expect(self.page.locator(".errorlist.nonfield")).to_contain_text(because)

    def is_at(self, stage):
        """Look at the public page: the line marks this stage as where it is now."""
        self.page.goto(f"{self.site.origin}/commissions/{self.reference}/")
        now = self.page.locator("tr[aria-current=step] th").first
        expect(now).to_have_text(stage)

    def publish(self, code, ago, number):
        """Follow a refusal to the form of its notice, and record it."""
        self.go("move")
        follow(self.page.get_by_role("link", name=f"({code})").first)
        self.record(code, ago, number)

    def record(self, code, ago, number):
        """Record a notice that Find a Tender published at nine that day."""
        reference = f"{number:06}-{self.today.year}"
        self.page.locator("#id_code").select_option(code)
        self.page.locator("#id_platform").select_option(label="Find a Tender")
        self.page.locator("#id_reference").fill(reference)
        self.page.locator("#id_url").fill(
            f"https://www.find-tender.service.gov.uk/Notice/{reference}"
        )
        self.page.locator("#id_published_at_0").fill(self.day(ago))
        self.page.locator("#id_published_at_1").fill("09:00")
        follow(self.page.get_by_role("button", name="Record this notice"))
        expect(self.page.locator(".messagelist")).to_contain_text(reference)

    def decide(self, ago):
        """Follow a refusal to a new decision: announce it, then record its outcome."""
        self.go("move")
        follow(self.page.get_by_role("link", name="Record the decision to go ahead"))
        self.page.locator("#id_title").fill("Whether to go ahead")
        self.page.locator("#id_kind").select_option("officer")
        self.page.locator("#id_question").fill("Do we go ahead?")
        self.page.locator("#id_due_on").fill(self.day(ago))
        self.page.locator("#id_due_until").fill(self.day(ago))
        follow(self.page.get_by_role("button", name="Save and continue editing"))
        follow(self.page.get_by_role("link", name="Publish the notice"))
        follow(self.page.get_by_role("button", name="Publish"))
        follow(self.page.get_by_role("link", name="Record what was decided"))
        self.page.locator("#id_on").fill(self.day(ago))
        self.page.locator("#id_outcome").fill("Go ahead.")
        self.page.locator("#id_reasons").fill("It is needed.")
        self.page.locator("#id_conflicts").fill("None declared")
        follow(self.page.get_by_role("button", name="Record it"))
        expect(self.page.locator(".messagelist")).to_be_visible()

    def exempt(self, stage):
        """Follow a refusal to an exemption from the draft; another post approves it."""
        self.go("move")
        follow(self.page.get_by_role("link", name=f"enter an exemption for “{stage}”"))
        self.page.locator("#id_ground").select_option(
            "Health Care Services (Provider Selection Regime) Regulations 2023, "
            "regulation 9 (Direct Award Process C)"
        )
        self.page.locator("#id_reason").fill("Nothing changes for those who need it.")
        approver = self.shell(APPROVERS.format(reference=self.reference)).strip()
        self.page.locator("#id_approver").evaluate(CHOOSE, approver)
        follow(self.page.get_by_role("button", name="Save", exact=True))
        expect(self.page.locator(".messagelist .success")).to_be_visible()
        self.shell(APPROVE)

    def shell(self, code):
        """Do something that this account cannot; return what it printed."""
        return manage(self.site.variables, "shell", "-v", "0", "-c", code)

    def looks_right(self):
        """Fail where the page at the desk is inaccessible."""
        self.go("move")
        found = Axe().run(self.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:150]) for one in found] == []

    def sign_and_run(self):
        """Sign, set up and run, on days of the last two months."""
        self.move("Contract", 60)
        self.move("Mobilisation", 58)
        self.move("Delivery", 40)


@pytest.fixture
def page(browser, demo_site, accounts):
    """Sign the administrator in."""
    manage(demo_site.variables, "shell", "-v", "0", "-c", EVERYWHERE)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{demo_site.origin}/admin/")
    page.locator("#id_username").fill("tomasz.wieczorek")
    page.locator("#id_password").fill(accounts["tomasz.wieczorek"])
    enter(page)
    expect(page.locator("#user-tools")).to_be_visible()
    yield page
    context.close()


def test_a_life_under_the_act_by_the_open_procedure(page, demo_site):
    desk = Desk(page, demo_site, COUNCIL)
    desk.move("Engagement", 290)
    code = ASK.format(reference=desk.reference)
    manage(demo_site.variables, "shell", "-v", "0", "-c", code)
    desk.is_at("Draft open for comment")
    desk.move("Considering comments", 190)
    desk.is_refused("Decided", 150, "Record the decision to go ahead")
    desk.looks_right()
    desk.decide(150)
    desk.move("Decided", 150)
    desk.is_refused("Tender", 140, "Publish the tender notice (UK4)")
    desk.publish("UK4", 140, 901)
    desk.move("Tender", 140)
    desk.move("Evaluation", 100)
    desk.publish("UK6", 90, 902)
    desk.is_refused("Standstill", 91, "Give that day or a later one")
    desk.move("Standstill", 90)
    desk.is_refused("Contract", 89, "contract cannot be signed")
    desk.sign_and_run()
    desk.is_refused("Review", 10, "(UK7) was due")
    desk.go("notice")
    desk.record("UK7", 40, 903)
    desk.move("Review", 10)
    desk.publish("UK11", 5, 904)
    desk.move("Closed", 1)
    desk.go("move")
    expect(page.locator("#content")).to_contain_text("that is the end of it")


def test_a_life_under_direct_award_process_c(page, demo_site):
    desk = Desk(page, demo_site, NHS)
    desk.is_refused("Decided", 150, "Publish a draft specification")
    desk.exempt("Decided")
    desk.decide(150)
    desk.move("Decided", 150)
    desk.move("Direct award", 120)
    desk.is_refused("Standstill", 90, "(PSR3) on the central platform first")
    desk.publish("PSR3", 90, 911)
    desk.move("Standstill", 90)
    desk.is_refused("Contract", 88, "contract cannot be signed")
    desk.go("notice")
    desk.record("PSR4", 60, 912)
    desk.sign_and_run()
    desk.move("Review", 10)
    desk.move("Closed", 1)
