"""nginx as it is deployed, in front of gunicorn: a slow client holds no worker.

What is tried is `deploy/nginx.conf` itself, with the names marked CHANGE changed.
"""

import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest

from tests.settings import ROOT
from tests.site import environment, free_port, manage, serve

pytestmark = pytest.mark.nginx
DEPLOYED = ROOT / "commissioning_portal" / "deploy" / "nginx.conf"
HOST = "portal.example.org"
HALF = {
    "no end of its headers": b"GET / HTTP/1.1\r\nHost: portal.example.org\r\nX-Slow: ",
    "no end of its body": b"POST /report/?about=x HTTP/1.1\r\nHost: portal.example.org"
    b"\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 100000\r\n\r\ntext=",
}
MANY = 30  # of each kind from each address: nginx allows 40 connections an address
PATIENCE = 3  # seconds that an ordinary reader may wait on a machine that is busy
TRUSTING = ssl._create_unverified_context()  # the certificate is made for the test


def certificate(folder):
    """Make a certificate for the test alone."""
    paths = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-out", paths[0], "-keyout", paths[1]),
        ],
        check=True,
        capture_output=True,
    )
    return paths


def deployed(folder, behind, port):
    """Write nginx's configuration as it is deployed, for one port and folder."""
    chain, key = certificate(folder)
    text = DEPLOYED.read_text()
    for old, new in {
        "/etc/ssl/portal/fullchain.pem": str(chain),
        "/etc/ssl/portal/privkey.pem": str(key),
        "/var/log/nginx/": f"{folder}/",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
    }.items():
        assert old in text
        text = text.replace(old, new)
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{each}_temp_path {folder}/{each};\n" for each in kept)
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\n"
        "events { worker_connections 2048; }\n"
        f"http {{\n{temporary}{text}}}\n"
    )
    return path


@contextmanager
def in_front(folder, behind):
    """Run nginx in front of a portal; yield the port it listens on."""
    port = free_port()
    path = deployed(folder, behind, port)
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", path, "-p", folder]
    with (folder / "nginx.txt").open("w") as output:
        server = subprocess.Popen([*command, "-e", "stderr"], stderr=output)
    try:
        for _ in range(100):
            assert server.poll() is None, (folder / "nginx.txt").read_text()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder in which both servers keep their things."""
    return tmp_path_factory.mktemp("front")


@pytest.fixture(scope="module")
def port(folder):
    """Deploy a public portal with two workers behind nginx; return nginx's port."""
    variables = environment(
        folder,
        ALLOWED_HOSTS=f"{HOST},127.0.0.1",
        SECRET_KEY="x7Qd93kfLs0aPvmZr2TtYb6UwEhN8cGjXo4KqViRyMA1zDBn5S",
        PORTAL_CONTACT_EMAIL="portal@portal.example.org",
        EMAIL_HOST="mail.portal.example.org",
        PORTAL_ORIGIN=f"https://{HOST}",
        PROXIES_IN_FRONT="1",
    )
    manage(variables, "migrate", "--verbosity", "0")
    manage(variables, "collectstatic", "--no-input", "--verbosity", "0")
    with (
        serve(variables, behind := free_port(), folder / "log", https=True),
        in_front(folder, behind) as port,
    ):
        yield port


def connect(port, address):
    """Open an encrypted connection from one of this machine's own addresses."""
    plain = socket.create_connection(("127.0.0.1", port), 10, (address, 0))
    return TRUSTING.wrap_socket(plain, server_hostname=HOST)


def seconds_of_a_page(port):
    """Read the home page as an ordinary reader; return how long it took."""
    asked = urllib.request.Request(f"https://127.0.0.1:{port}/", headers={"Host": HOST})
    began = time.monotonic()
    with urllib.request.urlopen(asked, timeout=30, context=TRUSTING) as answer:
        assert answer.status == 200
        answer.read()
    return time.monotonic() - began


@pytest.mark.parametrize("kind", HALF)
def test_half_sent_requests_hold_no_worker(port, kind):
    with ExitStack() as held:
        for number in range(2, 6):
            for _ in range(MANY):
                one = held.enter_context(connect(port, f"127.0.0.{number}"))
                one.sendall(HALF[kind])
        waits = [seconds_of_a_page(port) for _ in range(5)]
    assert max(waits) < PATIENCE


def test_a_reader_who_does_not_read_holds_no_worker(port):
    asked = f"GET /about/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    with ExitStack() as held:
        for number in range(2, 4):
            for _ in range(10):
                one = held.enter_context(connect(port, f"127.0.0.{number}"))
                one.sendall(asked)
        waits = [seconds_of_a_page(port) for _ in range(5)]
    assert max(waits) < PATIENCE


def status_of(port, head):
    """Send the head of a request and some of its body; return the answer's status."""
    with connect(port, "127.0.0.9") as one:
        one.sendall(head)
        found = re.match(rb"HTTP/1.1 (\d+)", one.recv(4096))
    return int(found[1])


def test_a_body_of_300_megabytes_is_refused_by_its_length(port):
    head = (
        f"POST /report/?about=x HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: text/plain"
        f"\r\nContent-Length: {300 * 1024 * 1024}\r\n\r\n"
    )
    began = time.monotonic()
    assert status_of(port, head.encode()) == 413
    assert time.monotonic() - began < PATIENCE


def test_a_form_without_its_token_is_refused(port):
    head = (
        f"POST /report/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 0\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    assert status_of(port, head.encode()) == 403


def test_one_address_has_no_more_connections_than_it_needs(port):
    with ExitStack() as held:
        for _ in range(40):
            one = held.enter_context(connect(port, "127.0.0.8"))
            one.sendall(HALF["no end of its body"])
        time.sleep(0.5)
        with connect(port, "127.0.0.8") as more:
            more.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            assert b" 429 " in more.recv(100)
        assert seconds_of_a_page(port) < PATIENCE


def test_the_log_names_no_reader_and_no_private_link(port, folder):
    head = f"GET /my/comment/sekret-token/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n"
    assert status_of(port, head.encode()) == 404
    written = (folder / "portal.log").read_text()
    assert "/my/-" in written
    assert "sekret-token" not in written
    assert "127.0.0." not in written
