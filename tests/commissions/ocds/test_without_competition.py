"""Why there is no competition, where a notice says so: its own words, on our pages."""

import pytest
from django.urls import reverse

from commissions.models import Commission, DirectAward, Proposal, Tender
from tests import make
from tests.commissions.ocds.releases import OCID, award, bring_in, supplier

pytestmark = pytest.mark.django_db
WHY = "Only the maker of the bridge has the drawings."
GROUND = "Single supplier - technical reasons"
URL = "https://www.find-tender.service.gov.uk/Notice/000002-2026"


def transparency(details="Direct award", **fields):
    """Make a UK5 notice: a supplier proposed without a competition, and why."""
    tender = {
        "title": "A motor for the bridge",
        "status": "active",
        "procurementMethod": "direct",
        "procurementMethodDetails": details,
        "procurementMethodRationale": WHY,
        "procurementMethodRationaleClassifications": [
            {"scheme": "UK", "id": "technical", "description": GROUND},
            {"scheme": "UK", "id": "technical", "description": GROUND},
        ],
    }
    paper = {"id": "1", "noticeType": "UK5", "url": URL, "documentType": "awardNotice"}
    given = {"id": "a1", "status": "pending", "documents": [paper]}
    maker = supplier(1, "Bridge Motors")
    given["suppliers"] = [{"id": maker["id"], "name": maker["name"]}]
    return award(maker, tender=tender, awards=[given], **fields)


def text(client, name, *args):
    """Return a page."""
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("details", ["Direct award", "Direct Award Process A"])
def test_what_only_a_notice_tells_is_shown_in_its_words(client, details):
    bring_in(transparency(details))
    commission = Commission.objects.get(ocid=OCID)
    assert commission.tender.no_competition_ground == GROUND
    page = text(client, "commissions:award-detail", commission.reference)
    assert f"The ground, as the notice says: {GROUND}." in page
    assert f"<blockquote><p>{WHY}</p></blockquote>" in page
    assert f'<a href="{URL}">' in page
    assert "Who decided is not recorded here." in page
    listed = text(client, "commissions:direct-award-list")
    assert GROUND in listed
    assert f"“{WHY}”" in listed


def test_a_notice_that_gives_no_reason_is_said_to_give_none(client):
    release = transparency()
    for name in ("Rationale", "RationaleClassifications"):
        del release["tender"][f"procurementMethod{name}"]
    bring_in(release)
    reference = Commission.objects.get(ocid=OCID).reference
    page = text(client, "commissions:award-detail", reference)
    assert "On what ground, and who decided, is not recorded here." in page
    assert "The ground is not recorded here." in text(
        client, "commissions:direct-award-list"
    )


def test_for_a_commission_that_people_hold_it_is_proposed_and_shown_once_confirmed(
    client,
):
    ours = {"ocid": OCID, "regime": "procurement_act", "route": "direct_award"}
    commission = make.commission(**ours, stage="direct_award")
    Tender.objects.create(commission=commission, title="A motor for the bridge")
    bring_in(transparency())
    commission.tender.refresh_from_db()
    assert commission.tender.no_competition_because == ""
    proposal = Proposal.objects.get()
    assert proposal.changes["tender"][1]["no_competition_because"] == WHY
    client.force_login(make.staff())
    settle = text(client, "admin:proposal-settle", proposal.pk)
    assert "Why there is no competition" in settle
    assert WHY not in text(client, "commissions:award-detail", commission.reference)
    proposal.accept(["tender"], by="tests")
    assert WHY in text(client, "commissions:award-detail", commission.reference)


def test_what_was_justified_here_in_the_same_words_is_not_asked_again():
    commission = make.commission(
        ocid=OCID,
        regime="procurement_act",
        route="direct_award",
        stage="direct_award",
    )
    Tender.objects.create(commission=commission, title="A motor for the bridge")
    DirectAward.objects.create(
        commission=commission,
        ground="technical",
        explanation=WHY,
        conflicts="None declared",
        post=commission.post,
    )
    bring_in(transparency())
    asked = Proposal.objects.get().changes.get("tender", [{}, {}])[1]
    assert "no_competition_because" not in asked


@pytest.mark.parametrize(
    "rationale", [{"procurementMethodRationale": ["x"]}, {"procurementMethodRationaleClassifications": "x"}]
)  # fmt: skip
def test_a_rationale_of_the_wrong_shape_is_left_out_and_named(rationale):
    release = transparency()
    release["tender"] |= rationale
    _, plans = bring_in(release)
    assert Commission.objects.count() == 1
    assert any(next(iter(rationale)) in remark for remark in plans[0].remarks)


def test_a_long_ground_is_cut_at_a_word():
    release = transparency()
    ground = "one of many words " * 50
    release["tender"]["procurementMethodRationaleClassifications"] = [
        {"id": "x", "description": ground}
    ]
    bring_in(release)
    kept = Tender.objects.get().no_competition_ground
    assert len(kept) <= 500
    assert kept.endswith("…")
