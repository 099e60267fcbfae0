"""Fetching: public http(s) addresses only, within limits, and politely."""

import json
import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from commissions.models import Bookmark, Commission
from commissions.ocds.importing.find_a_tender import FindATender, Stopped
from commissions.ocds.importing.importer import Importer
from commissions.ocds.importing.sources import (
    FetchLimits,
    NotFetched,
    fetch_url,
    is_public_address,
)
from tests.commissions.ocds.releases import release
from tests.site import certify

NEAR = FetchLimits(2**20, seconds=1, in_all=5, private=True)


@contextmanager
def serving(answer):
    """Run a server on this machine; `answer` gets each request's handler."""

    class Handler(BaseHTTPRequestHandler):
        asked = []

        def do_GET(self):
            Handler.asked.append(self.path)
            answer(self, len(Handler.asked))

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", Handler.asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler, body, status=200, **headers):
    """Answer with a body."""
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    length = headers.pop("Content_Length", len(body))
    handler.send_header("Content-Length", str(length))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def refusal(url, limits=NEAR):
    """Return why an address was not fetched."""
    with pytest.raises(NotFetched) as error:
        fetch_url(url, limits)
    return str(error.value)


@pytest.mark.parametrize(
    ("address", "open_to_all"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_private_and_local_addresses_are_not_public(address, open_to_all):
    assert is_public_address(address) is open_to_all


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://localhost:8000/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0/",
        "http://[::ffff:10.0.0.1]/",
    ],
)
def test_a_private_address_is_refused_before_anything_is_sent(url):
    reason = refusal(url, FetchLimits(seconds=1))
    assert "is a private or local address" in reason
    assert reason.endswith(
        "Add --allow-private if you mean to read from your own network."
    )


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x.example/",
        "//x.example/a",
        "gopher://x",
        "http://",
    ],
)
def test_only_http_and_https_are_fetched(url):
    assert refusal(url) == f"{url} is not an http or https address."


def test_an_address_with_a_password_is_refused_without_repeating_it():
    assert "secret" not in refusal("http://me:secret@x.example/")


def test_a_name_that_changes_its_answer_gains_nothing(monkeypatch):
    """The connection goes to the address that was checked, not to a new answer."""
    with serving(lambda handler, n: send(handler, b"hello")) as (base, asked):
        port = int(base.rpartition(":")[2])
        answers = []

        def resolve(host, asked_port, **kinds):
            answers.append(host)
            where = "127.0.0.1" if len(answers) == 1 else "10.255.255.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (where, asked_port))]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        with fetch_url(f"http://names.example:{port}/", NEAR) as body:
            assert body.read() == b"hello"
    assert (answers, asked) == (["names.example"], ["/"])


def test_a_redirect_is_checked_like_the_first_address():
    def answer(handler, n):
        send(handler, b"", 302, Location="http://169.254.169.254/latest/")

    def checking(limits):
        with serving(answer) as (base, _):
            return refusal(f"{base}/a", limits)

    real = FetchLimits(seconds=1, private=True)
    assert "did not answer" in checking(real) or "answered" in checking(real)
    with serving(lambda h, n: send(h, b"", 302, Location="file:///etc/passwd")) as (
        base,
        _,
    ):
        assert "is not an http or https address" in refusal(base)


def test_redirects_end():
    with serving(lambda h, n: send(h, b"", 302, Location="/again")) as (base, asked):
        assert refusal(base).endswith("redirects more than 5 times.")
    assert len(asked) == 6


def test_an_answer_that_is_too_large_or_breaks_off_is_refused():
    with serving(lambda h, n: send(h, b"x" * 2**21)) as (base, _):
        assert refusal(base).endswith("sends more than 1,048,576 bytes.")
    with serving(lambda h, n: send(h, b"x", Content_Length=99)) as (base, _):
        assert "broke off" in refusal(base)


# Find a Tender


def page(number, onward=None):
    links = {"next": onward} if onward else {}
    one = release(ocid=f"ocds-h6vhtk-{number}", id=f"{number:06}-2026")
    return {"releases": [one], "links": links}


def follow(base, waits=None, **options):
    platform = FindATender(
        "2026-01-01T00:00:00",
        base=base,
        limits=NEAR,
        sleep=(waits if waits is not None else []).append,
        **options,
    )
    platform.run(Importer())
    return platform


def ocids():
    return sorted(Commission.objects.values_list("ocid", flat=True))


pages = pytest.mark.django_db


@pages
def test_pages_are_followed_by_their_links_to_the_end():
    def answer(handler, n):
        send(handler, page(n, f"?cursor={n}&limit=100" if n < 3 else None))

    with serving(answer) as (base, asked):
        follow(base)
    path = "/api/1.0/ocdsReleasePackages"
    assert asked == [
        f"{path}?updatedFrom=2026-01-01T00%3A00%3A00&limit=100",
        f"{path}?cursor=1&limit=100",
        f"{path}?cursor=2&limit=100",
    ]
    assert ocids() == ["ocds-h6vhtk-1", "ocds-h6vhtk-2", "ocds-h6vhtk-3"]
    assert Bookmark.objects.count() == 0


@pages
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_platform_is_waited_for_as_long_as_it_asks(status):
    waits = []

    def answer(handler, n):
        if n == 1:
            send(handler, b"", status, Retry_After="7")
        elif n == 2:
            at = timezone.now() + timedelta(seconds=90)
            send(handler, b"", status, Retry_After=format_datetime(at, usegmt=False))
        elif n == 3:
            send(handler, b"", status)
        else:
            send(handler, page(1))

    with serving(answer) as (base, _):
        follow(base, waits)
    assert waits[0] == 7
    assert 80 < waits[1] <= 90
    assert waits[2] == 4
    assert ocids() == ["ocds-h6vhtk-1"]


@pages
def test_a_platform_that_asks_for_too_long_is_left_until_later():
    with (
        serving(lambda h, n: send(h, b"", 429, Retry_After="86400")) as (base, _),
        pytest.raises(Stopped, match="asks to wait 86,400 seconds"),
    ):
        follow(base)


@pages
@pytest.mark.parametrize(
    "fault",
    [
        lambda h: send(h, b'{"releases": ['),
        lambda h: send(h, b"<html>", 200),
        lambda h: send(h, b"{}"),
        lambda h: send(h, b"half", Content_Length=1000),
        lambda h: send(h, b"", 500),
    ],
)
def test_a_fault_that_passes_is_tried_again(fault):
    with serving(lambda h, n: fault(h) if n == 1 else send(h, page(1))) as (
        base,
        asked,
    ):
        follow(base)
    assert (ocids(), len(asked)) == (["ocds-h6vhtk-1"], 2)


@pages
def test_a_fault_that_stays_ends_the_run_and_the_next_goes_on_from_there():
    mended = []

    def answer(handler, n):
        if "cursor" not in handler.path:
            send(handler, page(1, "?cursor=2"))
        elif mended:
            send(handler, page(2))
        else:
            send(handler, b"", 500)

    with serving(answer) as (base, asked):
        waits = []
        with pytest.raises(Stopped, match="it goes on from here"):
            follow(base, waits)
        assert (ocids(), waits) == (["ocds-h6vhtk-1"], [1, 2, 4, 8, 16])
        mended.append(True)
        asked.clear()
        follow(base)
        assert asked == ["/api/1.0/ocdsReleasePackages?cursor=2"]
    assert ocids() == ["ocds-h6vhtk-1", "ocds-h6vhtk-2"]


@pages
def test_a_page_that_does_not_exist_is_not_asked_for_again():
    with (
        serving(lambda h, n: send(h, b"", 404)) as (base, asked),
        pytest.raises(Stopped),
    ):
        follow(base)
    assert len(asked) == 1


@pages
def test_a_next_page_at_another_host_is_not_followed():
    onward = "http://evil.example/page"
    with (
        serving(lambda h, n: send(h, page(1, onward))) as (base, _),
        pytest.raises(Stopped, match=r"evil\.example, which is not the platform"),
    ):
        follow(base)


@pages
def test_pages_that_lead_round_in_a_circle_end():
    with (
        serving(lambda h, n: send(h, page(n, "?cursor=same"))) as (base, asked),
        pytest.raises(Stopped, match="leads back to itself"),
    ):
        follow(base)
    assert len(asked) == 2


@pages
def test_a_slow_platform_is_given_up_on():
    gate = threading.Event()
    with serving(lambda h, n: gate.wait(20)) as (base, asked):
        limits = FetchLimits(2**20, seconds=0.1, in_all=1, private=True)
        platform = FindATender("2026-01-01", base=base, limits=limits, sleep=len)
        platform.sleep = lambda seconds: None
        with pytest.raises(Stopped, match="did not answer"):
            platform.run(Importer())
        gate.set()
    assert len(asked) == 6


DRIBBLED = {
    "headers": b"HTTP/1.1 200 OK\r\nX-Long: ",
    "a body of a stated length": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n",
    "a body of any length": b"HTTP/1.1 200 OK\r\n\r\n",
    "a body in pieces": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n",
    "a redirect": b"HTTP/1.1 302 Found\r\nLocation: /",
}


@pytest.mark.parametrize("what", DRIBBLED)
def test_server_that_sends_a_letter_now_and_then_is_left_at_the_deadline(what):
    limits = FetchLimits(2**20, seconds=1, in_all=0.5, private=True)

    def dribble(server):
        wire, _ = server.accept()
        with wire, suppress(OSError):
            wire.sendall(DRIBBLED[what])
            for _ in range(100):
                wire.sendall(b"x")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=dribble, args=(server,), daemon=True)
        thread.start()
        began = time.monotonic()
        refusal(f"http://127.0.0.1:{server.getsockname()[1]}/", limits)
        assert time.monotonic() - began < 2
        thread.join()


@pytest.mark.openssl
def test_deadline_holds_under_encryption_too(monkeypatch, tmp_path):
    certificate, key = certify(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    limits = FetchLimits(2**20, seconds=1, in_all=0.7, private=True)
    reached = []

    def dribble(server):
        wire, _ = server.accept()
        with suppress(OSError), context.wrap_socket(wire, server_side=True) as wire:
            reached.append(wire.recv(2000)[:3])
            wire.sendall(DRIBBLED["headers"])
            for _ in range(100):
                wire.sendall(b"x")
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=dribble, args=(server,), daemon=True)
        thread.start()
        began = time.monotonic()
        refusal(f"https://localhost:{server.getsockname()[1]}/", limits)
        assert time.monotonic() - began < 3
        thread.join()
    assert reached == [b"GET"]
