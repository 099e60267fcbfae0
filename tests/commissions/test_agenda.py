"""By when the agenda of a meeting that decides must be public."""

from datetime import date

import pytest

from commissions.decisions.notice_period import agenda
from tests import make

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 12, 8)


def meeting(*, kind="executive", on=TUESDAY, **body):
    """Make a decision that a committee takes at a meeting."""
    council = make.organisation(**body)
    committee = make.committee(organisation=council)
    return make.decision(
        organisation=council, committee=committee, post=None, kind=kind, due_on=on
    )


def test_five_clear_days_are_counted_as_the_council_counts_them():
    found = agenda(meeting())
    assert found.due_on == date(2026, 11, 30)
    assert "regulations 6(2) and 7(3)" in found.source
    every_day = agenda(meeting(agenda_in_working_days=False))
    assert every_day.due_on == date(2026, 12, 2)
    assert "8 December 2026" in every_day.counting


def test_bank_holidays_are_left_out():
    assert agenda(meeting(on=date(2027, 1, 5))).due_on == date(2026, 12, 23)


def test_a_day_that_is_not_counted_is_not_the_last_for_the_agenda():
    assert agenda(meeting(on=date(2026, 12, 7))).due_on == date(2026, 11, 27)
    every_day = meeting(on=date(2026, 12, 5), agenda_in_working_days=False)
    assert agenda(every_day).due_on == date(2026, 11, 29)


def test_other_committees_follow_the_local_government_act():
    assert "section 100B" in agenda(meeting(kind="committee")).source


@pytest.mark.parametrize("body", [{"kind": "nhs"}, {"nation": "wales"}])
def test_nothing_is_asked_of_other_bodies(body):
    decision = meeting()
    for name, value in body.items():
        setattr(decision.organisation, name, value)
    assert agenda(decision) is None


def test_nothing_is_asked_of_a_post_or_once_it_is_taken():
    assert agenda(make.decision()) is None
    taken = meeting()
    taken.decided_on = TUESDAY
    assert agenda(taken) is None


def test_the_page_says_by_when(client):
    html = client.get(meeting().get_absolute_url()).content.decode()
    assert "have to be public by 30 November 2026" in html


def test_nothing_is_asked_of_a_meeting_before_the_law_on_agendas():
    assert agenda(meeting(on=date(1972, 1, 1))) is None
    assert agenda(meeting(on=date(1986, 4, 1))).due_on < date(1986, 4, 1)
