"""What one request may send is bounded, before any of it is read."""

import io
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from consultations.models import Throttle
from tests import make
from tests.settings import ROOT

pytestmark = pytest.mark.django_db
SECTIONS = 400
MULTIPART = "multipart/form-data; boundary=edge"


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *args):
        raise AssertionError("The body was read.")

    readline = read


def send(length, *, kind=MULTIPART, client=None):
    """Post a body of a stated length that cannot be read, past the token's check."""
    environment = {
        "wsgi.input": Unread(),
        "CONTENT_LENGTH": str(length),
        "CONTENT_TYPE": kind,
    }
    client = client or Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    return client.generic("POST", reverse("consultations:alert-index"), **environment)


def test_body_over_the_limit_is_refused_unread_in_plain_words():
    answer = send(settings.BODY_MAX_MB * 2**20 + 1)
    assert answer.status_code == 413
    assert "larger than 40 MB, the most this site takes" in answer.content.decode()
    assert Throttle.objects.count() == 0


@pytest.mark.parametrize("length", ["-1", "1e9", "many", "9" * 400, "\uff11"])
def test_length_that_is_no_number_is_refused_unread(length):
    assert send(length).status_code == 400


def test_many_long_bodies_from_one_network_are_refused_unread(settings):
    settings.LONG_BODIES_PER_NETWORK = 0
    answer = send(2 * 2**20)
    assert answer.status_code == 429
    assert (
        "Many large files have been sent from your network" in answer.content.decode()
    )


def test_short_bodies_count_for_nothing(client, settings):
    settings.LONG_BODIES_PER_NETWORK = 0
    client.post(reverse("consultations:alert-index"), {"email": "x"})
    assert Throttle.objects.count() == 0


def test_too_long_a_text_is_refused_in_plain_words_before_it_is_read():
    form = "application/x-www-form-urlencoded"
    answer = send(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1, kind=form)
    assert answer.status_code == 413
    assert "larger than this site takes" in answer.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {f"f{n}": "x" for n in range(3_001)},
        {f"f{n}": io.BytesIO(b"x") for n in range(21)},
    ],
    ids=["fields", "files"],
)
def test_too_many_parts_are_refused_in_plain_words(client, fields):
    answer = client.post(reverse("consultations:alert-index"), fields)
    assert answer.status_code == 413


def test_longest_response_still_fits():
    consultation = make.consultation(draft=make.draft(3))
    texts = consultation.draft.texts.select_related("section")
    fields = {f"section-{text.section.key}": "é" * 10_000 for text in texts}
    address = reverse("consultations:submission-create", args=[consultation.reference])
    answer = Client().post(address, {**fields, "role": "carer"})
    assert answer.status_code == 200
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE > SECTIONS * 4_500 * 2


def test_server_in_front_has_the_same_limits():
    front = (ROOT / "commissioning_portal/deploy/nginx.conf").read_text()
    assert f"client_max_body_size {settings.BODY_MAX_MB}m;" in front
    assert f"location ~ {settings.COSTLY_PAGES} {{" in front
    assert "proxy_request_buffering on;" in front
    assert "X-Forwarded-For $remote_addr;" in front
    timeouts = re.findall(
        r"^    (client_\w+_timeout|send_timeout) (\d+)s", front, re.MULTILINE
    )
    assert {name for name, _ in timeouts} == {
        "client_header_timeout",
        "client_body_timeout",
        "send_timeout",
    }
    assert all(int(seconds) <= 10 for _, seconds in timeouts)
