"""A commission's decisions, involvement, barriers, lessons and effects on its page."""

from datetime import date, timedelta

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from commissions.models import Involvement, Lesson
from tests import make

pytestmark = pytest.mark.django_db


def page(client, commission):
    """Return the HTML of a commission's page."""
    return client.get(commission.get_absolute_url()).content.decode()


def involve(commission, **fields):
    """Enter how one group took part."""
    involvement = Involvement(
        **{
            "commission": commission,
            "group": "carers",
            "started_on": date(2026, 3, 2),
            "how": "Three evenings.",
            "rung": 4,
            **fields,
        }
    )
    involvement.enter(by=commission.post)
    return involvement


def test_each_group_says_when_how_many_how_far_and_what_changed(client):
    commission = make.commission()
    involve(
        commission,
        ended_on=date(2026, 4, 30),
        people=38,
        evidence="Notes of each evening.",
        evidence_url="https://example.org/notes",
        changed="One number at weekends.",
    )
    html = page(client, commission)
    for said in (
        "38 took part",
        "2 March 2026 to 30 April 2026",
        "Three evenings.",
        "4, consultation",
        '<a href="https://example.org/notes">Notes of each evening.</a>',
        "One number at weekends.",
        "Involved: carers and families (38 took part), step 4 of 7 claimed",
    ):
        assert said in html
    assert html.count("No involvement recorded") == 6


def test_a_claim_without_evidence_says_so(client):
    commission = make.commission()
    involve(commission)
    html = page(client, commission)
    assert "No evidence is given" in html
    assert "Since 2 March 2026" in html


def test_a_bare_notice_does_not_claim_that_nobody_was_involved(client):
    html = page(client, make.commission(post=None))
    assert "Nobody has recorded" not in html
    assert "Not involved" not in html


def test_decisions_to_come_stand_before_those_taken_and_drafts_are_not_shown(client):
    commission = make.commission()
    today = timezone.localdate()
    make.decision(commission=commission, title="To come one")
    make.decision(
        commission=commission, title="Late one", due_on=today - timedelta(days=2)
    )
    taken = make.decision(commission=commission, title="Taken one")
    taken.decide(
        by=taken.post, outcome="Yes.", reasons="Cheap.", conflicts="None declared"
    )
    make.draft_decision(commission=commission, title="Draft one")
    html = page(client, commission)
    at = [html.index(f"{name} one</a>") for name in ("Late", "To come", "Taken")]
    assert at == sorted(at)
    assert html.count("Overdue</strong>") == 1
    assert "Draft one" not in html


def test_barriers_and_lessons_are_shown_where_there_are_any(client):
    commission = make.commission()
    html = page(client, commission)
    assert ("Barriers met" in html, "What was learnt" in html) == (False, False)
    make.barrier(title="Insurance").commissions.add(commission)
    make.barrier(title="Hidden one", published_at=None).commissions.add(commission)
    Lesson(commission=commission, learnt="Ask first.", next_time="Walk it.").enter(
        by=commission.post
    )
    html = page(client, commission)
    for said in ("Insurance</a>", "Ask first.", "<strong>Next time:</strong> Walk it."):
        assert said in html
    assert "Hidden one" not in html


def test_a_lesson_that_was_corrected_keeps_its_old_words_and_drafts_are_not_shown(
    client,
):
    commission = make.commission()
    first = Lesson(commission=commission, learnt="Ask first.")
    first.enter(by=commission.post)
    second = first.correct(why="Not soon enough.", by=commission.post, learnt="Ask.")
    second.correct(why="Shorter.", by=commission.post, learnt="Ask twice.")
    Lesson.objects.create(commission=commission, learnt="A draft.")
    html = page(client, commission)
    assert html.count("<li>Ask twice.") == 1
    for said in (
        "Before, it said: Ask. ",
        "Before, it said: Ask first. ",
        "Reason: Not soon enough.",
    ):
        assert said in html
    assert "Lesson corrected. Before: “Ask first.” Now: “Ask.”" in html
    assert "A draft." not in html


@pytest.mark.parametrize(
    ("tupe", "said"),
    [
        ("applies", "TUPE applies"),
        ("does_not", "TUPE does not apply"),
        ("", "It is not known yet whether staff of the current provider move"),
    ],
)
def test_effects_on_equality_and_staff_are_said(client, tupe, said):
    html = page(
        client,
        make.commission(
            tupe=tupe,
            equality_impact="Older women most.",
            equality_impact_url="https://example.org/eia",
        ),
    )
    assert said in html
    assert "Older women most." in html
    assert '<a href="https://example.org/eia">' in html


def test_an_assessment_that_is_not_the_web_s_is_no_link(client):
    html = page(client, make.commission(equality_impact_url="javascript:alert(1)"))
    assert "javascript:" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_no_more_however_many_there_are(
    client, rows, django_assert_num_queries
):
    commission = make.commission()
    for n in range(rows):
        involve(commission, group=Involvement.Group.values[n])
        make.decision(commission=commission)
        make.barrier().commissions.add(commission)
        Lesson(commission=commission, learnt=f"{n}").enter(by=commission.post)
    with django_assert_num_queries(9):
        html = page(client, commission)
    with open(finders.find("portal.css"), "rb") as css:
        assert len(html.encode()) + len(css.read()) <= 60_000


@pytest.mark.parametrize(
    ("claimed", "recorded", "said"),
    [(7, 4, True), (7, None, True), (4, 4, False), (2, 4, False), (None, None, False)],
)
def test_a_step_that_no_involvement_reaches_is_said_to_be_a_claim_alone(
    client, claimed, recorded, said
):
    commission = make.commission(rung=claimed)
    if recorded:
        involve(commission, rung=recorded)
    words = "No involvement as far up the ladder as that is recorded here."
    assert (words in page(client, commission)) is said
