"""Several bodies that buy under one OCID: each keeps its own awards and contracts."""

import pytest
from django.urls import reverse

from commissions.models import Award, Commission, Contract
from tests.commissions.ocds.releases import bring_in, supplier
from tests.commissions.ocds.test_reading_cases import notice

pytestmark = pytest.mark.django_db


def bought(name, on, seller):
    """Make the notice of one body that bought something."""
    buyer = {"id": f"GB-PPON-{name}", "name": f"{name} Council", "roles": ["buyer"]}
    sells = supplier(seller, f"Supplier {seller}")
    award = {"id": "1", "status": "active", "suppliers": [{"id": sells["id"]}]}
    contract = {"id": "1", "awardID": "1", "dateSigned": "2026-08-01"}
    return notice(
        "UK7",
        on,
        awards=[award],
        contracts=[contract],
        parties=[buyer, sells],
        buyer={"id": buyer["id"], "name": buyer["name"]},
    )


FIRST = bought("Ayton", "2026-08-10", 1)
SECOND = bought("Beeton", "2026-08-12", 2)


@pytest.mark.parametrize(
    "batches", [[[FIRST, SECOND]], [[FIRST], [SECOND]], [[SECOND], [FIRST]]]
)
def test_each_body_keeps_its_own_awards(batches, client):
    for batch in batches:
        bring_in(*batch)
    found = {
        (str(award.buyer), *map(str, award.suppliers.all()))
        for award in Award.objects.all()
    }
    assert found == {
        ("Ayton Council", "Supplier 1"),
        ("Beeton Council", "Supplier 2"),
    }
    made = {
        (str(c.award.buyer), *map(str, c.suppliers.all()))
        for c in Contract.objects.all()
    }
    assert made == found
    again, _ = bring_in(FIRST, SECOND)
    assert again.totals.left_alone == 2
    path = Commission.objects.get().get_absolute_url()
    page = client.get(path).content.decode()
    assert "Led by" not in page
    assert "Organisations that each buy for themselves" in page
    reference = Commission.objects.get().reference
    award = client.get(reverse("commissions:award-detail", args=[reference]))
    assert "Who bought it" in award.content.decode()


def test_one_body_that_buys_leads_and_its_awards_are_plain():
    bring_in(FIRST, {**FIRST, "id": "309999-2026", "date": "2026-09-01T00:00:00Z"})
    assert [a.buyer for a in Award.objects.all()] == [None]
