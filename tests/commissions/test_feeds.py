"""Feeds: one character that XML cannot write stops none of them."""

import pytest

from commissions.models import Contract
from tests import make

pytestmark = pytest.mark.django_db


def test_a_control_character_in_a_title_breaks_no_feed(client):
    words = "Day\x0bcare\x1b"
    make.decision(title=words, commission=make.commission(title=words, summary=words))
    make.contract()
    Contract.objects.update(title=words)
    for feed in ("/commissions.atom", "/contracts.atom", "/decisions.atom"):
        assert "<title>Day care " in client.get(feed).content.decode()
