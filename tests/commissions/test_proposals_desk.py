"""The desk of proposals: ours beside theirs, ticked, confirmed or declined."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from commissions.desk.proposals import changes_in_words, organisation_slugs
from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import (
    Commission,
    Entry,
    Exemption,
    Kind,
    LinkedOcid,
    Notice,
    Organisation,
    Proposal,
    Tender,
)
from commissions.public.record_sentences import event
from tests import make

pytestmark = pytest.mark.django_db
LIST = reverse("admin:commissions_proposal_changelist")
CHANGES = {
    "stage": ["decided", "tender"],
    "closes_at": [None, "2099-01-05T12:00:00+00:00"],
    "value": [
        [None, "100000.00", "not_stated"],
        ["1200000.00", "1200000.00", "included"],
    ],
    "light_touch": [False, True],
    "plan/delivery": ["2027-04-01", "2027-05-02"],
    "tender": [None, {"title": "Help at home", "amount": "1000000.00"}],
    "lot/1": [None, {"title": "North"}],
    "award/a1": [
        {"suppliers": []},
        {"suppliers": ["care-ltd"], "decided_on": "2026-02-01"},
    ],
    "documents": [None, {"tender/1": {"title": "Papers", "url": "https://x.example/"}}],
}


def waiting(**fields):
    """Make a proposal that waits, of a commission at “Decided”."""
    commission = fields.pop("commission", None) or make.commission(stage="decided")
    notice = make.notice(commission=commission, url="https://x.example/Notice/1")
    given = {"ocid": commission.ocid, "changes": CHANGES}
    return Proposal.objects.create(
        commission=commission, notice=notice, **{**given, **fields}
    )


def address(proposal):
    """Return the address of the page on which it is settled."""
    return reverse("admin:proposal-settle", args=[proposal.pk])


def test_changes_are_said_in_words():
    said = {
        change.what: (change.name, change.lines)
        for change in changes_in_words(CHANGES, {"care-ltd": "Care Ltd"})
    }
    assert said == {
        "stage": ("Stage", (("Stage", "Decided", "Tender"),)),
        "closes_at": (
            "Open for bids until",
            (
                (
                    "Open for bids until",
                    "Not stated",
                    "midday on Monday 5 January 2099",
                ),
            ),
        ),
        "value": (
            "Value",
            (
                (
                    "Value",
                    "Up to £100,000, VAT not stated",
                    "£1.2 million including VAT",
                ),
            ),
        ),
        "light_touch": ("Light touch", (("Light touch", "No", "Yes"),)),
        "plan/delivery": (
            "Plan for “Delivery”",
            (("Planned for", "1 April 2027", "2 May 2027"),),
        ),
        "tender": (
            "Tender",
            (
                ("Title", "Not stated", "Help at home"),
                ("Value, excluding VAT", "Not stated", "£1 million"),
            ),
        ),
        "lot/1": ("Lot 1: North", (("Title", "Not stated", "North"),)),
        "award/a1": (
            "Award a1",
            (
                ("Suppliers", "Not stated", "Care Ltd"),
                ("Decided on", "Not stated", "1 February 2026"),
            ),
        ),
        "documents": ("Documents", (("New", "–", "Papers"),)),
    }
    assert organisation_slugs(CHANGES) == {"care-ltd"}


def test_the_list_shows_what_waits_unless_asked_otherwise(client, post):
    shown = waiting()
    settled = waiting(state="superseded")
    page = client.get(LIST).content.decode()
    assert shown.notice.release_id in page
    assert settled.notice.release_id not in page
    page = client.get(LIST, {"state": "superseded"}).content.decode()
    assert shown.notice.release_id not in page
    assert settled.notice.release_id in page
    assert client.get(LIST, {"state": "all"}).content.decode().count("-2026</") == 2


def test_the_list_costs_the_same_however_long_it_is(
    client, post, django_assert_num_queries
):
    waiting()
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
    waiting()
    waiting()
    with django_assert_num_queries(6):
        client.get(LIST)


def test_a_row_of_the_list_leads_to_the_page_on_which_it_is_settled(client, post):
    proposal = waiting()
    url = reverse("admin:commissions_proposal_change", args=[proposal.pk])
    assert client.get(url).url == address(proposal)


def test_ticked_changes_are_taken_over_in_the_name_of_the_post(client, post):
    proposal = waiting()
    page = client.get(address(proposal)).content.decode()
    assert page.count(' name="taken"') == len(CHANGES)
    assert " checked" not in page
    sent = {"taken": ["value", "tender"], "reason": ""}
    page = client.post(address(proposal), sent, follow=True).content.decode()
    assert "Taken over: 2 of 9. It is on the record." in page
    commission = Commission.objects.get()
    assert (commission.stage, commission.tender.title) == ("decided", "Help at home")
    entry = Entry.objects.get(kind=Kind.NOTICE_CONFIRMED)
    assert entry.by == post.record_name
    number = proposal.notice.release_id
    assert event(entry, {})["title"] == (
        f"Taken from notice {number}: value, tender. Left as it was: stage, "
        "closing time for bids, planned dates, light touch, lots, award, documents"
    )
    assert (
        "Taken from notice"
        in client.get(commission.get_absolute_url()).content.decode()
    )
    page = client.get(address(proposal)).content.decode()
    assert "<strong>Value</strong>, taken over" in page
    assert "<form" not in page.partition('id="content-main"')[2]


def test_everything_can_be_taken_over_at_once(client, post):
    proposal = waiting(changes={"value": CHANGES["value"], "lot/1": CHANGES["lot/1"]})
    sent = {"all": "Take over everything", "reason": ""}
    page = client.post(address(proposal), sent, follow=True).content.decode()
    assert "Taken over: 2 of 2. It is on the record." in page


def test_our_side_is_shown_as_it_is_now_and_what_is_so_already_changes_nothing(
    client, post
):
    commission = make.commission(stage="tender", value_max=5_000, route="open")
    Tender.objects.create(commission=commission, title="Ours", amount=7)
    proposal = waiting(commission=commission)
    page = client.get(address(proposal)).content.decode()
    assert "Up to £5,000, VAT not stated" in page
    assert "£100,000" not in page
    assert "<td>Ours</td>" in page
    assert "<td>£7</td>" in page
    sent = {"taken": ["stage", "closes_at"], "reason": ""}
    client.post(address(proposal), sent)
    commission.refresh_from_db()
    assert (commission.stage, commission.window_closes_at.year) == ("tender", 2099)
    assert not Entry.objects.filter(kind=Kind.STAGE_REACHED).exists()


def test_the_desk_counts_what_waits(client, post):
    words = "Notices that would change a commission, to confirm or decline"
    assert words not in client.get(reverse("admin:index")).content.decode()
    waiting()
    waiting(state="superseded")
    assert f"{words}: 1" in client.get(reverse("admin:index")).content.decode()


def test_a_gate_that_refuses_says_why_and_keeps_what_was_ticked(client, post):
    proposal = waiting()
    sent = {"taken": ["stage", "lot/1"], "reason": ""}
    page = client.post(address(proposal), sent).content.decode()
    assert "Publish a draft specification and open it for comment" in page
    assert page.count(" checked") == 2
    assert Commission.objects.get().stage == "decided"
    assert Proposal.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": ""}, "Tick what is right. If nothing is, decline it and say why."),
        ({"decline": "Decline"}, "Say why it is not right. The public sees it."),
        ({"taken": ["nonsense"]}, "What was ticked is not in this list any more."),
        ({"taken": ["value"], "reason": "No"}, "To confirm, leave it empty"),
    ],
)
def test_half_an_answer_is_refused_in_a_sentence(client, post, sent, sentence):
    proposal = waiting()
    page = client.post(address(proposal), sent).content.decode()
    assert sentence in page
    assert Proposal.objects.get().state == "waiting"


def test_who_may_not_choose_or_sign_confirms_no_such_stage(client, post, without):
    without("publisher", COMMIT)
    proposal = waiting(changes={"stage": ["evaluation", "standstill"]})
    sent = {"taken": ["stage"], "reason": ""}
    page = client.post(address(proposal), sent).content.decode()
    assert "Moving it to “Standstill” is for somebody who may choose" in page
    changes = {"stage": ["evaluation", "delivery"], "award/a1": [None, {"title": "A"}]}
    Proposal.objects.update(changes=changes)
    page = client.post(address(proposal), sent).content.decode()
    assert "Moving it to “Delivery” is for somebody who may choose" in page
    page = client.post(address(proposal), {**sent, "taken": ["award/a1"]})
    assert "An award or a contract is for somebody" in page.content.decode()
    assert Proposal.objects.get().state == "waiting"


def test_declining_needs_a_reason_which_the_public_reads(client, post):
    proposal = waiting()
    sent = {
        "decline": "Decline",
        "reason": "It is another council’s.",
        "taken": ["value"],
    }
    page = client.post(address(proposal), sent, follow=True).content.decode()
    assert "Declined. The reason is on the record; nothing was changed." in page
    public = client.get(Commission.objects.get().get_absolute_url()).content.decode()
    assert "Reason: It is another council’s." in public
    again = client.post(address(proposal), sent, follow=True).content.decode()
    assert "This was settled before. Nothing was changed." in again


def test_what_is_settled_or_not_there_is_answered_in_words(client, post):
    assert client.get(reverse("admin:proposal-settle", args=[999])).status_code == 404
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert client.get(address(waiting())).status_code == 404


def test_a_commissioner_links_a_platforms_ocid(client, post):
    commission = make.commission()
    url = reverse("admin:commission-link", args=[commission.pk])
    page = client.post(url, {"ocid": "h6vhtk"}).content.decode()
    assert "An OCID begins with “ocds-”" in page
    assert 'value="h6vhtk"' in page
    page = client.post(url, {"ocid": "ocds-h6vhtk-0525b3"}, follow=True)
    assert "Notices under ocds-h6vhtk-0525b3 now join" in page.content.decode()
    link = LinkedOcid.objects.get()
    assert (link.linked_by, str(link)) == (post.record_name, "ocds-h6vhtk-0525b3")
    assert "ocds-h6vhtk-0525b3" in client.get(url).content.decode()
    public = client.get(commission.get_absolute_url()).content.decode()
    assert "The platform’s identifier for this is ocds-h6vhtk-0525b3" in public


def test_an_organisation_says_whether_notices_move_its_commissions(client):
    client.force_login(make.staff())
    body = make.organisation()
    url = reverse("admin:commissions_organisation_change", args=[body.pk])
    assert (
        "Let imported notices move our commissions" in client.get(url).content.decode()
    )
    assert not Organisation.objects.get().moved_by_notices
    assert not Exemption.objects.exists()
    assert not Notice.objects.exists()
