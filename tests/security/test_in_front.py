"""The deployed nginx, in front: no slow or silent client holds a worker.

The configuration is the one that README tells people to copy, with other ports and
paths. Two workers serve; whoever is slow comes from networks of their own.
"""

import http.client
import shutil
import time
from contextlib import ExitStack

import pytest

from tests.security.long import SLOW, half_sent, read_meanwhile, uploads_of_300_mb
from tests.site import NAME, environment, free_port, in_front, public, serve

pytestmark = pytest.mark.nginx
SOON = 3  # seconds; without nginx one waits until the slow client goes


@pytest.fixture(scope="module")
def portal(demonstration, tmp_path_factory):
    """Serve a public installation; give the Front and the port behind it."""
    folder = tmp_path_factory.mktemp("behind")
    data = folder / "data"
    shutil.copytree(demonstration.folder, data)
    (data / "static/large.bin").write_bytes(bytes(6 * 2**20))  # no socket takes that
    variables, port = environment(data, **public(), PORTAL_DEMO="0"), free_port()
    with (
        serve(variables, port, folder / "log"),
        in_front(folder / "nginx", port) as front,
    ):
        yield front, port


@pytest.mark.parametrize("number", [2, 50])
@pytest.mark.parametrize("kind", SLOW)
def test_slow_clients_hold_up_nobody(portal, kind, number):
    front, _ = portal
    with half_sent(front, {kind: number}) as held:
        assert len(held) == number
        answers = read_meanwhile(front, 6)
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < SOON


def test_five_hundred_slow_clients_hold_up_nobody(portal):
    front, _ = portal
    with half_sent(front, {"headers": 250, "body": 200, "reader": 50}) as held:
        assert len(held) == 500
        answers = read_meanwhile(front, 10)
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < SOON


def test_two_slow_clients_would_stop_the_portal_with_nothing_in_front(portal):
    """What nginx is there for; else the tests above would prove nothing."""
    _, port = portal
    slow = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(2)]
    for one in slow:
        one.connect()
        one.sock.sendall(b"GET / HTTP/1.1\r\n")
    time.sleep(0.3)
    reader = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    reader.request("GET", "/healthz")
    with pytest.raises(TimeoutError):
        reader.getresponse()
    for one in (*slow, reader):
        one.close()


def test_300_mb_are_refused_before_they_are_sent(portal):
    front, _ = portal
    for how, (status, sent) in uploads_of_300_mb(front).items():
        assert status == 413, how
        assert sent <= 48, how  # megabytes: what is allowed, and what was on its way
    assert {status for status, _ in read_meanwhile(front, 2)} == {200}


def test_long_form_without_a_token_is_refused_and_holds_up_nobody(portal):
    front, _ = portal
    kind = {"Content-Type": "multipart/form-data; boundary=edge"}
    head = b'--edge\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    began = time.monotonic()
    body = head + bytes(38 * 2**20) + b"\r\n--edge--\r\n"
    answer, words = front.ask("POST", "/alerts/", body, kind, "127.0.0.3")
    assert answer.status == 403, words[:400]
    assert "<h1>" in words
    assert time.monotonic() - began < 10
    assert {status for status, _ in read_meanwhile(front, 2)} == {200}


def test_visitor_cannot_say_from_which_network_or_how_encrypted(portal):
    """What a visitor says of it is dropped: the page is answered, not redirected."""
    front, _ = portal
    lies = {"X-Forwarded-For": "10.0.0.1, 10.0.0.2", "X-Forwarded-Proto": "http"}
    answer, _ = front.ask("GET", "/about/", headers=lies)
    assert answer.status == 200


def test_one_network_has_no_more_connections_than_it_needs(portal):
    front, _ = portal
    with ExitStack() as held:
        for _ in range(40):
            one = held.enter_context(front.connect("127.0.0.8"))
            one.sendall(SLOW["body"].replace(b"{host}", NAME.encode()))
        time.sleep(0.5)
        assert front.ask("GET", "/about/", source="127.0.0.8")[0].status == 429
        assert {status for status, _ in read_meanwhile(front, 2)} == {200}


def test_log_names_no_reader_and_no_private_link(portal):
    front, _ = portal
    sought = "/commissions/?q=what-i-look-for"
    assert front.ask("GET", "/my/comment/sekret-token/")[0].status == 404
    assert front.ask("GET", sought)[0].status == 200
    written = (front.certificate.parent / "portal.log").read_text()
    assert "/my/-" in written
    for kept_out in ("sekret-token", "what-i-look-for", "127.0.0."):
        assert kept_out not in written
