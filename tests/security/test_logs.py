"""Logs and the demonstration's mail lead nobody to a private page."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.test import override_settings
from django.urls import get_resolver, reverse

from commissioning_portal.logs import scrub
from consultations.signed_links import new_key, signed_key
from tests.security.test_erasure import ADDRESS
from tests.settings import ROOT
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
        ("/my/comment/abc%2Edef", "/my/comment/[link]"),
        ("to jo%40example.org", "to [address]"),
        ("at 12:30:45 on module.submodule", "at 12:30:45 on module.submodule"),
    ],
)
def test_line_is_scrubbed(line, left):
    token = signed_key("private", new_key())
    assert scrub(line.format(token=token)) == left


@pytest.mark.parametrize("part", ["x", "x-", "a:", "1.", "%", "a.", "/my/", "?x ", "@"])
def test_a_line_of_any_length_is_scrubbed_at_once(part):
    began = time.perf_counter()
    scrub(part * 100_000)
    assert time.perf_counter() - began < 1


# A real server and a real worker, with a person behind each kind of private link.

PURPOSES = {
    "submission-confirm": ("confirm", "Submission"),
    "submission-detail": ("private", "Submission"),
    "comment-edit": ("private", "Submission"),
    "submission-withdraw": ("private", "Submission"),
    "submission-receipt": ("private", "Submission"),
    "submission-follow": ("private", "Submission"),
    "submission-body": ("body", "Submission"),
    "own-data-file": ("data", "DataRequest"),
    "cosignatory-confirm": ("sign", "CoSignatory"),
    "workspace-detail": ("workspace", "Workspace"),
    "workspace-erase": ("workspace", "Workspace"),
    "workspace-send": ("workspace", "Workspace"),
    "alert-confirm": ("alert-confirm", "Subscription"),
    "alert-stop": ("alert-stop", "Subscription"),
    "alerts-stop": ("alerts-stop", "Follower"),
    "alerts": ("alerts", "Follower"),
    "question-confirm": ("question-confirm", "Question"),
    "question-mine": ("question", "Question"),
    "question-withdraw": ("question", "Question"),
    "question-edit": ("question", "Question"),
    "booking": ("booking", "Booking"),
}
LINKS = f"""
import json
from django.urls import get_resolver, reverse
from consultations import models
from consultations.signed_links import signed_key
from tests.security.test_erasure import ADDRESS, person_everywhere

person_everywhere()
for name, (purpose, model) in {PURPOSES!r}.items():
    token = signed_key(purpose, getattr(models, model).objects.earliest("pk").key)
    more = [models.Comment.objects.get().reference] * (name == "comment-edit")
    print(reverse(f"consultations:{{name}}", args=[token, *more]))
models.Message.objects.update(to=ADDRESS, attempts=0, sent_at=None)
"""
TOKEN = re.compile(r"[\w-]{22}\.[\w-]{40,}")
FOREIGN = {"X-Forwarded-For": "203.0.113.9, 2001:db8::77", "User-Agent": "Mark"}


def test_each_kind_of_private_link_is_tried():
    private = get_resolver("consultations.urls").url_patterns
    names = {p.name for p in private if str(p.pattern).startswith("my/")}
    assert names == set(PURPOSES)


def visit(origin, path, data=None):
    """Ask for an address as somebody behind a proxy; return the status."""
    headers = {**FOREIGN, "Referer": origin + path}
    request = urllib.request.Request(origin + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def wrongly(port, *lines):
    """Send what is no request."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        wire.recv(100)


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", ["json", "plain"])
def test_real_logs_hold_no_private_link_no_address_and_no_network(
    tmp_path, new_portal, kind
):
    variables = {**environment(tmp_path), "ACCESS_LOG": "1", "LOG_FORMAT": kind}
    new_portal(tmp_path)
    links = manage(variables, "shell", "--verbosity", "0", "-c", LINKS).split()
    log, port = tmp_path / "log", free_port()
    with serve(variables, port, log) as origin:
        seen = {visit(origin, path) for path in links}
        for path in links:
            token = TOKEN.search(path)[0]
            key, _, signature = token.partition(".")
            visit(origin, path, b"x=1")
            visit(origin, path.replace(".", "%2E") + "more")
            visit(origin, path.replace(".", "%252E"))
            visit(origin, f"/x/{token}?token={token}")
            visit(origin, f"/my/comment/{key}/{signature}/")
        token = TOKEN.search(links[0])[0]
        visit(origin, "/admin/password/MQ/c5abc-0123456789abcdef0123456789abcdef/")
        for path in ("/?q=jo@example.org", "/jo@example.org/", "/jo%40example.org/"):
            visit(origin, path)
        wrongly(port, f"GET /my/confirm/{token}/ HTTP/9.9", "Host: localhost")
        wrongly(port, f"GET /my/confirm/{token}/ HTTP/1.1", "Host: jo@example.org")
        wrongly(port, f"GET /my/confirm/{token}/ HTTP/1.1", f"Bad {token}: x")
        wrongly(port, f"\x00/my/confirm/{token}/", "Cookie: jo@example.org")
    assert seen <= {200, 302, 404, 405}
    assert 200 in seen
    silent = {**variables, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(free_port())}
    command = [sys.executable, "manage.py", "worker", "--once"]
    worker = subprocess.run(
        command, cwd=ROOT, env=silent, capture_output=True, text=True, check=True
    )
    assert "cannot be reached" in worker.stderr
    written = log.read_text() + worker.stdout + worker.stderr
    assert "/my/confirm/[link]" in written
    secrets = {part for path in links for part in TOKEN.search(path)[0].split(".")}
    known = [*secrets, ADDRESS, "mark-", "jo@example", "jo%40", "203.0.113", "db8"]
    known += ["0123456789abcdef", "?q=", "MARK-"]
    assert [each for each in known if each in written] == []


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
