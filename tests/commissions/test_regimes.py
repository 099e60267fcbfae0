"""Which law applies, from what notices state of it."""

from datetime import date

import pytest

from commissions.commission.choices import Regime
from commissions.law.notices.forms import FORMS, Shape, recognised
from commissions.law.regimes import REGIMES, Stated, regime_of
from tests import make

ACT = {"scheme": "UKPGA", "basis": "2023/54"}
EUROPEAN = {"scheme": "CELEX", "basis": "32014L0024"}
NHS = "This is a Provider Selection Regime (PSR) intention to award notice."
BELOW = "Open procedure (below threshold)"


def test_every_law_has_its_name():
    assert set(REGIMES) == set(Regime.values)


@pytest.mark.parametrize(
    ("regime", "stated"),
    [
        ("not_stated", {}),
        ("procurement_act", ACT),
        ("procurement_act", {"coded": True}),
        ("procurement_act", ACT | {"nation": "wales"}),
        ("procurement_act", ACT | {"nation": "northern_ireland"}),
        ("procurement_act", ACT | {"above": True, "details": "Below threshold - x"}),
        ("below_threshold", ACT | {"above": False}),
        ("below_threshold", ACT | {"details": "Below threshold - limited competition"}),
        ("below_threshold", {"details": BELOW, "began": date(2025, 1, 23)}),
        ("psr", {"scheme": "UKSI", "basis": "2023/1348"}),
        ("psr", EUROPEAN | {"words": NHS}),
        ("psr", EUROPEAN | {"details": "PSR Direct Award Process C"}),
        ("psr", EUROPEAN | {"psr": True}),
        ("psr_wales", {"scheme": "WSI", "basis": "2025/99"}),
        ("psr_wales", EUROPEAN | {"words": NHS, "nation": "wales"}),
        (
            "psr_wales",
            {
                "words": "Health Services (Provider Selection Regime) (Wales) Regulations"
            },
        ),
        ("old_regulations", EUROPEAN),
        ("old_regulations", EUROPEAN | {"nation": "wales"}),
        ("old_regulations", {"scheme": "CELEX", "basis": "32014L0025"}),
        ("old_regulations", {"words": "under the Public Contracts Regulations 2015"}),
        ("old_regulations", {"details": "Open procedure (above threshold)"}),
        ("scotland", EUROPEAN | {"nation": "scotland"}),
        ("scotland", EUROPEAN | {"scottish": True}),
        ("scotland", {"scottish": True, "details": BELOW}),
        ("scotland", {"words": "Public Contracts (Scotland) Regulations 2015"}),
        (
            "scotland_utilities",
            {"scheme": "CELEX", "basis": "32014L0025", "nation": "scotland"},
        ),
        (
            "scotland_concessions",
            {"scheme": "CELEX", "basis": "32014L0023", "scottish": True},
        ),
        ("scotland_utilities", {"scheme": "SSI", "basis": "2016/49"}),
        ("grant", {"details": "Other - Grant"}),
        ("in_house", {"details": "Other - in-house award (Teckal)"}),
    ],
)
def test_the_law_is_the_one_that_the_notices_state(regime, stated):
    assert regime_of(Stated(**stated)) == regime


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ("planned", {"tags": ["planning"]}),
        (
            "engagement",
            {"tags": ["planning"], "documents": {"marketEngagementNotice"}},
        ),
        ("opportunity", {"tags": ["tenderUpdate"]}),
        ("award", {"tags": ["award"]}),
        ("awarded", {"tags": ["award"], "platform": "Contracts Finder"}),
        ("awarded", {"tags": ["award", "contract"], "older": True}),
        ("transparency", {"tags": ["award"], "words": "A VEAT notice", "older": True}),
        ("changed", {"tags": ["awardUpdate", "contractUpdate"], "amends": True}),
        ("changed", {"tags": ["contractAmendment"]}),
        ("ended", {"tags": ["contractTermination"]}),
        ("cancelled", {"tags": ["tenderCancellation"]}),
        ("performance", {"tags": ["implementation"]}),
        ("", {"tags": ["compiled"]}),
        ("PSR3", {"words": f"{NHS} Direct Award Process C"}),
        ("psr-intention", {"words": f"{NHS} Process C", "unnumbered": True}),
        ("PSR14", {"words": "This is a PSR urgent modification notice."}),
        ("PSR5", {"words": "PSR: intention to follow the most suitable provider"}),
        ("PSR8", {"tags": ["tender"], "words": "PSR competitive process"}),
    ],
)
def test_a_notice_without_a_code_is_known_by_its_shape(key, shape):
    assert recognised(Shape(**shape)) == key
    assert not key or key in FORMS or key.startswith("PSR")


@pytest.mark.django_db
def test_a_welsh_body_under_the_act_has_the_welsh_regulations_named(client):
    body = make.organisation(nation="wales")
    ours = make.commission(organisation=body, regime="procurement_act")
    theirs = make.commission(regime="procurement_act")
    pages = [client.get(c.get_absolute_url()).content.decode() for c in (ours, theirs)]
    assert ["WSI 2024/782" in page for page in pages] == [True, False]
