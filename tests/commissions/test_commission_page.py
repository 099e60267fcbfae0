"""The page of one commission."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db


def page(client, commission, **query):
    """Fetch a commission's page as the public reads it."""
    response = client.get(commission.get_absolute_url(), query)
    assert response.status_code == 200
    return response.content.decode()


def test_page_begins_with_the_face_of_the_holder(client):
    commission = make.commission()
    html = page(client, commission)
    person = commission.post.named_person
    assert html.index(person.name) < html.index("Where it stands")
