"""The page of one decision: all that regulation 9 lists, then the outcome."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone

from commissions.models import Award, CommitteeMember
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
SAID = {
    "outcome": "The bridge is mended.",
    "reasons": "It is unsafe.",
    "alternatives_rejected": "To close it.",
    "conflicts": "None declared",
}


def page(client, decision, **asked):
    """Return the HTML of a decision's page."""
    return flat(client.get(decision.get_absolute_url(), asked))


def full(rows=1, **fields):
    """Make a decision with so many of each of its parts."""
    council = make.organisation()
    commission = make.commission(organisation=council)
    decision = make.draft_decision(
        organisation=council,
        commission=commission,
        committee=make.committee(organisation=council),
        is_key=True,
        key_because="It costs £900,000.",
        **fields,
    )
    decision.publish(by=council)
    for n in range(rows):
        decision.options.create(title=f"Option {n}", cost="£1", effect="None.")
        decision.papers.create(title=f"Paper {n}", url="https://example.org/p")
        make.consultation(commission=commission, published_at=timezone.now())
        decision.defer(
            decision.due_on + timedelta(days=1), reason=f"Reason {n}.", by=council
        )
        CommitteeMember.objects.create(
            committee=decision.committee,
            commissioner=make.commissioner(),
            started_on=date(2025, 1, 6),
        )
    return decision


def test_it_says_all_that_regulation_9_lists(client):
    person = make.commissioner(name="Ann Oakes")
    post = make.tenure(post=make.post(title="Leader"), commissioner=person).post
    decision = make.decision(
        post=post,
        question="Shall the bridge be mended?",
        is_key=True,
        key_because="It costs £900,000.",
        due_on=date(2026, 12, 1),
        due_until=date(2026, 12, 31),
        published_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        how_to_see_papers="Write to the clerk.",
    )
    decision.papers.create(title="Survey of the bridge", url="https://example.org/s")
    html = page(client, decision)
    for said in (
        "Yes. It costs £900,000.",
        "Shall the bridge be mended?",
        "Ann Oakes",
        "Leader",
        "Between 1 December 2026 and 31 December 2026",
        '<a href="https://example.org/s">Survey of the bridge</a>',
        "Write to the clerk.",
        "Those who decide could also be given other relevant papers.",
        "The 28 clear days are met.",
        "regulation 9(2)",
    ):
        assert said in html


def test_a_body_that_decides_is_shown_with_its_members(client):
    decision = make.decision(committee=make.committee(name="Cabinet"))
    html = page(client, decision)
    member = CommitteeMember.objects.get(committee=decision.committee)
    assert "Cabinet" in html
    assert member.commissioner.name in html


def test_an_exception_is_shown_with_its_reason(client):
    html = page(
        client,
        make.decision(
            is_key=True,
            due_on=timezone.localdate() + timedelta(days=27),
            urgency="general_exception",
            urgency_reason="The grant ends in March.",
        ),
    )
    assert "2 days short: general exception" in html
    assert "The reason given: The grant ends in March." in html


def test_a_decision_in_private_says_why_and_what_people_said(client):
    html = page(
        client,
        make.decision(
            is_private=True,
            private_reason="Bidders’ prices are in the papers.",
            private_notice_on=timezone.localdate(),
            representations="The union objected.",
            representations_response="The prices alone stay private.",
        ),
    )
    for said in (
        "In private. Bidders’ prices are in the papers.",
        "Notice that it will be taken in private was published on",
        "The union objected.",
        "The prices alone stay private.",
        "regulation 5(2)",
    ):
        assert said in html


def test_what_is_expected_next_is_said_with_its_day(client):
    today = timezone.localdate()
    body = make.organisation()
    decision = make.decision(
        organisation=body,
        post=None,
        committee=make.committee(organisation=body),
        due_on=today + timedelta(days=40),
        due_until=today + timedelta(days=45),
        is_private=True,
        private_reason="Prices.",
        private_notice_on=today,
    )
    rows = client.get(decision.get_absolute_url()).context["page"].next_steps
    assert [(row.what.split(",")[0], row.on, row.late) for row in rows[-1:]] == [
        ("Decide", today + timedelta(days=45), False)
    ]
    assert {row.what.split(" that")[0] for row in rows[:-1]} == {
        "Publish the second notice",
        "Publish the agenda and the reports",
    }
    late = make.decision(due_on=today - timedelta(days=2))
    assert [
        r.late for r in client.get(late.get_absolute_url()).context["page"].next_steps
    ] == [True]
    taken = client.get(make.taken_decision().get_absolute_url())
    assert taken.context["page"].next_steps == []
    assert "What happens next" not in flat(taken)


def test_an_error_on_the_page_can_be_reported(client):
    decision = make.decision(title="Bridges")
    html = page(client, decision)
    link = f"/report/?about=decision%2F{decision.reference}"
    assert f'href="{link}"' in html
    assert "Bridges" in flat(client.get(link))


def test_what_was_decided_comes_first_with_reasons_and_conflicts(client):
    decision = make.decision()
    decision.options.create(title="Mend it", is_chosen=True)
    decision.decide(by=decision.post, **SAID)
    html = page(client, decision)
    for said in SAID.values():
        assert said in html
    assert html.index('id="outcome"') < html.index('id="who"')
    assert '<strong class="tag green">Chosen</strong>' in html


def test_a_decision_that_chose_a_provider_leads_to_the_award_and_it_leads_back(client):
    commission = make.commission(title="Night buses")
    decision = make.taken_decision(commission=commission)
    assert "Who was chosen" not in page(client, decision)
    award = Award.objects.create(
        commission=commission, decision=decision, title="Buses", amount=1_200_000
    )
    award.suppliers.add(make.organisation(name="Owl Coaches", slug="owl"))
    address = reverse("commissions:award-detail", args=[commission.reference])
    html = page(client, decision)
    assert "Buses: Owl Coaches, £1.2 million excluding VAT" in html
    assert f'href="{address}"' in html
    there = flat(client.get(address))
    assert f'<a href="{decision.get_absolute_url()}">{decision.title}</a>' in there


def test_an_award_of_a_commission_that_is_a_draft_is_not_told_by_its_decision(client):
    decision = make.taken_decision(commission=make.draft_commission())
    Award.objects.create(
        commission=decision.commission, decision=decision, title="Not yet public"
    )
    assert "Not yet public" not in page(client, decision)


def test_before_it_is_taken_no_option_is_chosen_and_no_outcome_shown(client):
    decision = make.decision()
    decision.options.create(title="Mend it", is_chosen=True)
    html = page(client, decision)
    assert "Chosen</strong>" not in html
    assert "What was decided" not in html


def test_an_officer_s_decision_cites_its_law(client):
    assert "SI 2014/2095" in page(client, make.decision(kind="officer"))


def test_deferrals_keep_the_old_date_and_the_reason(client):
    decision = make.decision(due_on=date(2026, 12, 1))
    decision.defer(date(2027, 1, 12), reason="The audit is late.", by=decision.post)
    html = page(client, decision)
    assert "From 1 December 2026 to 12 January 2027" in html
    assert "Reason: The audit is late." in html


def test_overdue_is_said_until_it_is_taken(client):
    decision = make.decision(due_on=timezone.localdate() - timedelta(days=1))
    assert "no outcome is recorded" in page(client, decision)
    decision.decide(by=decision.post, **SAID)
    assert "no outcome is recorded" not in page(client, decision)


def test_it_links_its_commission_and_consultations_only_where_they_are_public(client):
    commission = make.commission()
    public = make.consultation(commission=commission, published_at=timezone.now())
    hidden = make.consultation(commission=commission, published_at=None)
    html = page(client, make.decision(commission=commission))
    assert commission.get_absolute_url() in html
    assert public.get_absolute_url() in html
    assert hidden.get_absolute_url() not in html
    draft = make.draft_commission()
    assert draft.get_absolute_url() not in page(client, make.decision(commission=draft))


def test_a_draft_and_what_comes_tomorrow_are_not_found(client):
    draft = make.draft_decision()
    tomorrow = make.decision(published_at=timezone.now() + timedelta(days=1))
    for hidden in (draft, tomorrow):
        assert client.get(hidden.get_absolute_url()).status_code == 404


def test_everyone_who_was_responsible_is_shown(client):
    decision = make.draft_decision(held_since=date(2026, 3, 2))
    first = decision.post
    decision.publish(by=first)
    body = make.committee(name="Cabinet")
    decision.hand_over(
        body, since=date(2026, 4, 1), why="It is above the ceiling.", by=first
    )
    html = page(client, decision)
    for said in ("Everyone responsible so far", "Why: It is above the ceiling."):
        assert said in html
    assert html.count(f'<tspan class="label">{first.tenure.commissioner.name}') == 1


def test_hostile_words_are_shown_as_words(client):
    html = page(client, make.decision(title="<script>x</script>", risks="<img src=x>"))
    assert "<script>x" not in html
    assert "&lt;img src=x&gt;" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_it_lists(
    client, rows, django_assert_num_queries
):
    decision = full(rows)
    with django_assert_num_queries(10):
        html = page(client, decision)
    assert html.count("<li>From ") == rows


def test_a_vacant_post_costs_no_more_than_twelve_queries(
    client, django_assert_max_num_queries
):
    decision = make.decision(post=make.post(deputy=make.held_post()))
    with django_assert_max_num_queries(12):
        assert "Vacant" in page(client, decision)


def test_the_page_is_light_and_sets_no_cookie(client):
    response = client.get(full(3).get_absolute_url())
    with open(finders.find("portal.css"), "rb") as css:
        assert len(response.content) + len(css.read()) <= 60_000
    assert response.cookies == {}
