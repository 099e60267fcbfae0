"""The home page."""

import pytest

pytestmark = pytest.mark.django_db


def test_empty_portal_still_says_how_it_works(client):
    html = client.get("/").content.decode()
    assert "No draft is open for comment at present." in html
    assert "See what became of it" in html
