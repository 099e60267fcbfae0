"""28 clear days: neither the day of the notice nor that of the decision counts."""

from datetime import UTC, date, datetime

import pytest

from commissions.commission import gates
from tests import make

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 2, 9, tzinfo=UTC)
NIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # 1 July in London
OVER_FEBRUARY = datetime(2028, 2, 1, 9, tzinfo=UTC)

VECTORS = [
    # notice published, decision taken, days short
    (MORNING, date(2026, 12, 1), 0),
    (MORNING, date(2026, 11, 30), 1),
    (MORNING, date(2026, 11, 3), 28),
    (NIGHT, date(2026, 7, 30), 0),
    (NIGHT, date(2026, 7, 29), 1),
    (OVER_FEBRUARY, date(2028, 3, 1), 0),
    (OVER_FEBRUARY, date(2028, 2, 29), 1),
]


@pytest.mark.parametrize(("notice", "taken", "short"), VECTORS)
def test_gate_and_page_count_the_same_clear_days(
    client, time_machine, notice, taken, short
):
    time_machine.move_to(datetime(2028, 6, 1, 12, tzinfo=UTC), tick=False)
    made = make.commission(
        regime="procurement_act", route="open", stage="considering", published_at=notice
    )
    decision = make.taken_decision(
        commission=made,
        organisation=made.organisation,
        kind="executive",
        is_key=True,
        published_at=notice,
        due_on=taken,
        decided_on=taken,
    )
    stopped = {gap.gate for gap in gates.gaps(made, "decided")}
    assert ("key_notice" in stopped) == bool(short)
    label = f"{short} day{'s' * (short != 1)} short" if short else "28 clear days met"
    assert label in client.get(decision.get_absolute_url()).content.decode()
