"""Hand-overs on the pages of both holders and of the organisation; what is stale."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def passed(**fields):
    """Hand a public commission from one person's post to another's; return all three."""
    first, second = make.tenure(), make.tenure()
    commission = make.draft_commission(
        post=first.post, organisation=first.post.organisation, **fields
    )
    commission.publish(by="demo")
    commission.hand_over(second.post, since=TODAY, why="It grew.", by="demo")
    return commission, first, second


def page(client, thing):
    return flat(client.get(thing.get_absolute_url()))


def test_both_people_s_pages_tell_the_hand_over(client):
    commission, first, second = passed()
    link = f'<a href="{commission.get_absolute_url()}">{commission.title}</a>'
    assert f"passed {link} to {second.post.title}" in page(client, first.commissioner)
    html = page(client, second.commissioner)
    assert f"took over {link} from {first.post.title}" in html
    assert "Why: It grew." in html


def test_what_passed_before_somebody_came_is_not_theirs(client):
    _, first, _ = passed()
    first.ended_on = TODAY - timedelta(30)
    first.save()
    newcomer = make.tenure(post=first.post, started_on=TODAY - timedelta(20))
    early = make.commissioner(name_consent_on=date(2026, 1, 1))
    make.tenure(
        post=first.post,
        commissioner=early,
        started_on=date(2020, 1, 1),
        ended_on=date(2020, 6, 1),
    )
    assert "What they took over" in page(client, newcomer.commissioner)
    assert "What they took over" not in page(client, early)


def test_organisation_page_tells_what_changed_hands(client):
    commission, first, second = passed()
    html = page(client, commission.organisation)
    assert f"from {first.post.title} to {second.post.title}" in html
    assert html.count("What happened") == 1


def test_a_draft_s_hand_over_is_nobody_s_business(client):
    first, second = make.tenure(), make.tenure()
    draft = make.draft_commission(post=first.post, organisation=make.organisation())
    draft.hand_over(second.post, since=TODAY, why="It grew.", by="demo")
    assert "What happened" not in page(client, draft.organisation)
    assert draft.title not in page(client, second.commissioner)


@pytest.mark.parametrize(("days", "warned"), [(180, False), (181, True)])
def test_details_not_confirmed_for_180_days_carry_a_warning(client, days, warned):
    person = make.commissioner(confirmed_on=TODAY - timedelta(days))
    tenure = make.tenure(commissioner=person)
    assert ("could be out of date" in page(client, person)) == warned
    html = page(client, make.commission(post=tenure.post))
    assert ("tag yellow" in html) == warned


def test_details_never_confirmed_carry_a_warning(client):
    html = page(client, make.tenure().commissioner)
    assert "No one has confirmed these details yet. They could be wrong." in html


def test_a_vacancy_says_its_days_and_who_covers(client):
    deputy = make.tenure(post=make.post(title="Director"))
    post = make.post(deputy=deputy.post)
    make.tenure(post=post, ended_on=TODAY - timedelta(12))
    commission = make.commission(post=post)
    assert "for 12 days" in page(client, commission)
    html = flat(client.get("/commissions/"))
    assert f"Covered by {deputy.commissioner.name}, Director" in html
    assert "Vacant for 12 days" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_organisation_page_costs_the_same_however_much_changed_hands(
    client, rows, django_assert_num_queries
):
    body = make.organisation()
    for _ in range(rows):
        first = make.held_post(organisation=body)
        commission = make.draft_commission(organisation=body, post=first)
        commission.publish(by="demo")
        commission.hand_over(make.held_post(), since=TODAY, why="It grew.", by="demo")
    with django_assert_num_queries(12):
        page(client, body)


@pytest.mark.parametrize(("days", "marked"), [(181, True), (20, False)])
def test_a_holder_who_never_confirmed_is_marked_once_they_could_have(
    client, days, marked
):
    held = make.tenure(started_on=TODAY - timedelta(days))
    commission = make.commission(post=held.post)
    assert ("Details never confirmed" in page(client, commission)) is marked
    held.commissioner.confirmed_on = TODAY
    held.commissioner.save()
    assert "Details never confirmed" not in page(client, commission)
