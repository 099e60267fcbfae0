"""The days that files give are those of London, as the pages say them."""

import csv
from datetime import UTC, datetime

import pytest

from commissions.models import DirectAward
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July


def direct_award():
    commission = make.commission(regime="procurement_act", route="direct_award")
    DirectAward.objects.create(
        commission=commission,
        post=commission.post,
        ground="technical",
        explanation="Only they can mend it.",
        conflicts="None declared",
        justified_at=AT,
    )


@pytest.mark.parametrize(
    ("made", "address", "column"),
    [
        (direct_award, "/direct-awards.csv", "said_on"),
        (
            lambda: make.decision(published_at=AT),
            "/decisions.csv",
            "notice_published_on",
        ),
        (lambda: make.barrier(published_at=AT), "/barriers.csv", "published_on"),
    ],
)
def test_what_was_said_after_midnight_has_the_day_of_london(
    client, made, address, column
):
    made()
    file = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(file.splitlines())
    assert row[column] == "2026-07-01"
