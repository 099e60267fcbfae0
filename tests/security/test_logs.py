"""Logs and the demonstration's mail lead nobody to a private page."""

import re
import urllib.error
import urllib.request

import pytest
from django.test import override_settings
from django.urls import reverse

from commissioning_portal.logs import scrub
from consultations.signed_links import new_key, signed_key
from tests.site import environment, free_port, manage, serve


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Forbidden: /my/comment/{token}/", "Forbidden: /my/comment/[link]/"),
        ("mail to jo+x@example.org failed", "mail to [address] failed"),
        ("from 203.0.113.9: bad", "from [network]: bad"),
        ("from 2001:db8::1 bad", "from [network] bad"),
        ("from 2001:db8:0:1:2:3:4:5 bad", "from [network] bad"),
        ("/search/?q=benefits", "/search/"),
        ("/admin/password/MQ/c5abc-0123456789abcdef/", "/admin/password/[link]/"),
        ("Listening at: http://127.0.0.1:8000", "Listening at: http://127.0.0.1:8000"),
        ("at 12:30:45 on module.submodule", "at 12:30:45 on module.submodule"),
    ],
)
def test_line_is_scrubbed(line, left):
    token = signed_key("private", new_key())
    assert scrub(line.format(token=token)) == left


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", ["json", "plain"])
def test_real_log_holds_no_private_link_and_no_address(tmp_path, kind):
    variables = {**environment(tmp_path), "ACCESS_LOG": "1", "LOG_FORMAT": kind}
    manage(variables, "migrate", "--verbosity", "0")
    manage(variables, "collectstatic", "--noinput", "--verbosity", "0")
    token = "aaaaaaaaaaaaaaaaaaaaaa." + "b" * 43
    log = tmp_path / "log"
    with serve(variables, free_port(), log) as origin:
        for path in (
            f"/my/comment/{token}/",
            f"/my/joint/{token}/",
            f"/my/data/{token}/",
            f"/my/alerts/confirm/{token}/",
            "/consultations/?q=jo@example.org",
            "/jo@example.org/",
        ):
            for data in (None, b"x=1"):
                request = urllib.request.Request(
                    origin + path, data, {"X-Forwarded-For": "203.0.113.9"}
                )
                with pytest.raises(urllib.error.HTTPError) if "my" in path else _calm():
                    urllib.request.urlopen(request, timeout=30)
    written = log.read_text()
    assert "/my/comment/[link]/" in written
    for secret in ("aaaaaaaa", "bbbbbbbb", "jo@example", "203.0.113.9"):
        assert secret not in written
    assert not re.search(r"\?q=", written)


class _calm:
    """Let a refusal pass."""

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        return kind is urllib.error.HTTPError


# The demonstration's mail.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "sender", "status"),
    [
        ({"PORTAL_DEMO": True, "PUBLIC": False}, {}, 200),
        ({"PORTAL_DEMO": True, "PUBLIC": False}, {"REMOTE_ADDR": "::1"}, 200),
        ({"PORTAL_DEMO": False, "PUBLIC": False}, {}, 404),
        ({"PORTAL_DEMO": True, "PUBLIC": True}, {}, 404),
        ({"PORTAL_DEMO": True, "PUBLIC": False}, {"REMOTE_ADDR": "192.0.2.1"}, 404),
        ({"PORTAL_DEMO": True, "PUBLIC": False}, {"REMOTE_ADDR": ""}, 404),
        (
            {"PORTAL_DEMO": True, "PUBLIC": False},
            {"HTTP_X_FORWARDED_FOR": "192.0.2.1"},
            404,
        ),
    ],
)
def test_mail_of_the_demonstration_is_this_machines_alone(
    client, given, sender, status
):
    with override_settings(**given):
        response = client.get(reverse("demonstration-mail"), **sender)
    assert response.status_code == status
