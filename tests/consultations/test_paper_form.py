"""The response form on paper: every box to tick, where to send it, what it is about."""

import pytest
from django.urls import reverse

from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db


def form_on_paper(client, consultation):
    url = reverse("consultations:submission-print", args=[consultation.reference])
    return flat(client.get(url))


def test_a_scale_has_a_box_for_each_of_its_five_answers(client):
    consultation = make.consultation()
    consultation.prompts.create(text="How easy?", kind="scale", choices="Hard\nEasy")
    page = form_on_paper(client, consultation)
    boxes = ["1: Hard", "2", "3", "4", "5: Easy"]
    assert "".join(f"<li>☐ {words}</li>" for words in boxes) in page


def test_a_choice_has_a_box_for_each_answer(client):
    consultation = make.consultation()
    consultation.prompts.create(text="When?", kind="single", choices="Day\nNight")
    page = form_on_paper(client, consultation)
    assert "<li>☐ Day</li><li>☐ Night</li>" in page
    assert page.count("☐") == 3


def test_it_goes_to_the_bodys_postal_address_and_gives_its_reference(client, settings):
    body = make.organisation(name="Wex Council", contact_address="1 High St\nWex WX1")
    consultation = make.consultation(
        commission=make.commission(organisation=body), reference="WEX-7-A"
    )
    page = form_on_paper(client, consultation)
    assert "Wex Council 1 High St Wex WX1" in page
    assert "Reference: <strong>WEX-7-A</strong>" in page
    assert f'<p class="words">{settings.PORTAL_CONTACT_EMAIL}' not in page


def test_without_one_it_goes_to_the_address_of_the_post_responsible(client):
    body = make.organisation(name="Wex Council")
    post = make.post(organisation=body, postal_address="Wex Council\n2 Low St")
    commission = make.commission(organisation=body, post=post)
    page = form_on_paper(client, make.consultation(commission=commission))
    assert '<p class="words">Wex Council 2 Low St</p>' in page


def test_without_any_it_goes_to_the_bodys_mailbox_before_the_portals(client):
    body = make.organisation(name="Wex Council", contact_email="say@wex.example")
    page = form_on_paper(
        client, make.consultation(commission=make.commission(organisation=body))
    )
    assert '<p class="words">Wex Council say@wex.example</p>' in page
