"""What a commission's page and the home page show of drafts and consultations."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissions.models import Exemption
from commissions.text.formats import by_time
from consultations.models import Response
from tests import make
from tests.outline import Outline

pytestmark = pytest.mark.django_db


def text_of(client, url):
    """Return the words of a page."""
    return Outline(client.get(url).content.decode()).text


def test_commission_leads_to_its_open_consultation_and_the_form(client):
    consultation = make.consultation(title="Help at home")
    html = client.get(consultation.commission.get_absolute_url()).content.decode()
    first, _, rest = html.partition('class="contents"')
    form = reverse("consultations:submission-create", args=[consultation.reference])
    closes = by_time(consultation.closes_at)
    button = (
        f'<a class="button" href="{form}">Comment on this draft – closes {closes}</a>'
    )
    assert (first.count('class="button"'), button in first) == (1, True)
    assert f'href="{consultation.get_absolute_url()}"' in rest


def test_where_nothing_is_open_the_one_button_asks_a_question(client):
    commission = make.closed_consultation().commission
    first = client.get(commission.get_absolute_url()).content.decode()
    first = first.partition('class="contents"')[0]
    assert first.count('class="button"') == 1
    assert f"/ask/?about={commission.record_name}" in first


def test_commission_lists_its_consultations_with_how_far_they_are_answered(client):
    today = timezone.localdate()
    consultation = make.closed_consultation(
        title="First draft", response_due_on=today - timedelta(days=2)
    )
    make.comment(consultation=consultation).give_outcome("accepted", reason="Yes.")
    make.comment(consultation=consultation)
    make.consultation(title="Not public", draft=consultation.draft, published_at=None)
    url = consultation.commission.get_absolute_url()
    text = text_of(client, url)
    assert "Answered 1 of 2" in text
    assert "The response is late" in text
    assert "Not public" not in text
    Response.objects.create(consultation=consultation, published_at=timezone.now())
    text = text_of(client, url)
    assert "What people said and what we changed" in text
    assert "The response is late" not in text


def test_commission_without_consultations_has_no_list_of_them(client):
    html = client.get(make.commission().get_absolute_url()).content.decode()
    assert 'id="consultations"' not in html
    assert "Exemptions" not in html


def test_exemption_stands_in_plain_sight_with_who_approved_it(client):
    post = make.post(title="Director of Care")
    make.tenure(post=post, commissioner=make.commissioner(name="Amara Okafor"))
    commission = make.commission()
    make.exempt(
        commission,
        gate="draft_open",
        legal_ground="Procurement Act 2023 s.41",
        reason="The provider closed overnight.",
        approver=post,
        by="demo",
    )
    text = text_of(client, commission.get_absolute_url())
    words = [
        "Exemptions",
        "Goes ahead without: a draft was open for comment",
        "The provider closed overnight.",
        "Procurement Act 2023 s.41",
        "Amara Okafor, Director of Care",
    ]
    start = text.rindex("Who has been responsible")
    places = [text.index(word, start) for word in words]
    assert places == sorted(places)


def test_who_came_to_the_post_later_is_not_named_as_approver(client):
    post = make.held_post()
    commission = make.commission()
    exemption = make.exempt(
        commission,
        gate="holder",
        legal_ground="s.41",
        reason="Fire.",
        approver=post,
        by="demo",
    )
    Exemption.objects.filter(pk=exemption.pk).update(
        answered_at=timezone.now() - timedelta(days=3_000)
    )
    name = post.tenure.commissioner.name
    assert name not in text_of(client, commission.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_commission_costs_the_same_however_many_consultations(
    client, rows, django_assert_max_num_queries
):
    draft = make.draft()
    for _ in range(rows):
        make.comment(consultation=make.consultation(draft=draft))
    url = draft.specification.commission.get_absolute_url()
    with django_assert_max_num_queries(12):
        html = client.get(url).content.decode()
    assert html.count("Answered 0 of 1") == rows


def test_home_page_leads_to_the_consultation_itself(client):
    consultation = make.consultation()
    consultation.commission.show_window(
        "comment", consultation.opens_at, consultation.closes_at
    )
    only_a_window = make.commission(
        stage="draft_open",
        window_for="comment",
        window_closes_at=timezone.now() + timedelta(days=3),
    )
    html = client.get("/").content.decode()
    assert f'href="{consultation.get_absolute_url()}"' in html
    assert f'href="{only_a_window.get_absolute_url()}"' in html
