"""A portal that really runs: gunicorn, in a data folder of its own; nginx in front."""

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass

from tests.settings import ROOT, without_portal_variables

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
HOST = "127.0.0.1"


def environment(folder, **variables):
    """Return an environment for a portal that keeps its things in a folder."""
    kept = without_portal_variables(os.environ)
    kept.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the suite's own, for its browser
    kept["DJANGO_SETTINGS_MODULE"] = "commissioning_portal.settings"
    return {**kept, "PORTAL_DATA": str(folder), **variables}


def manage(variables, *arguments):
    """Run one of the portal's commands; return what it wrote, or fail with it."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certify(folder, name):
    """Make a certificate for a name, and its key; return the paths of both."""
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={name}"]
    command += ["-addext", f"subjectAltName=DNS:{name}"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@contextlib.contextmanager
def serve(variables, port, log):
    """Serve the portal with its own gunicorn settings; yield its origin."""
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn"]
    command += ["--config", "python:commissioning_portal.gunicorn"]
    own = {"PORT": str(port), "WEB_CONCURRENCY": "2"}
    # the links in its mail lead back to it, unless something stands in front
    variables = {"PORTAL_ORIGIN": origin, **variables, **own}
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=output
        )
    try:
        wait_until_up(server, origin, log)
        yield origin
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_up(server, origin, log):
    """Wait up to 30 seconds for a server to answer."""
    for _ in range(150):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{origin}/healthz", timeout=5).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"No answer within 30 seconds.\n{log.read_text()}")


DEPLOYED = ROOT / "commissioning_portal/deploy/nginx.conf"
NAME = "portal.example.org"
# The file of the whole server, as Debian's package has it, but in a folder.
AROUND = """
{user}
daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/errors.log;
events {{ worker_connections 768; }}
http {{
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/other-1;
    uwsgi_temp_path {folder}/other-2;
    scgi_temp_path {folder}/other-3;
    include {folder}/portal.conf;
}}
"""


@dataclass(frozen=True)
class Front:
    """The deployed web server: where it listens, and whom its readers trust."""

    port: int
    certificate: object

    def connect(self, source="127.0.0.2", room=None):
        """Open an encrypted connection from an address of this machine."""
        wire = socket.socket()
        if room:  # for so many bytes of an answer that is not read
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        wire.settimeout(30)
        try:
            wire.bind((source, 0))
            wire.connect((HOST, self.port))
        except OSError:
            wire.close()
            raise
        context = ssl.create_default_context(cafile=self.certificate)
        return context.wrap_socket(wire, server_hostname=NAME)

    def ask(self, method, path, body=None, headers=(), source="127.0.0.2"):
        """Send one request; return the answer, read, and its words."""
        connection = http.client.HTTPSConnection(NAME, timeout=60)
        connection.sock = self.connect(source)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer, answer.read().decode(errors="replace")
        finally:
            connection.close()


def as_deployed(folder, behind, port, certificate, key):
    """Return the deployed configuration with only its ports and paths put in."""
    words = DEPLOYED.read_text()
    for theirs, ours in {
        "server 127.0.0.1:8000;": f"server {HOST}:{behind};",
        "listen 80;": f"listen {HOST}:{free_port()};",
        "listen 443 ssl http2;": f"listen {HOST}:{port} ssl http2;",
        "/etc/ssl/portal/fullchain.pem": str(certificate),
        "/etc/ssl/portal/privkey.pem": str(key),
        "/var/log/nginx/": f"{folder}/",
    }.items():
        assert theirs in words, f"nginx.conf says no longer: {theirs}"
        words = words.replace(theirs, ours)
    return words


@contextlib.contextmanager
def in_front(folder, behind):
    """Run nginx, as deployed, in front of a portal on a port; yield a Front."""
    folder.mkdir()
    port, (certificate, key) = free_port(), certify(folder, NAME)
    (folder / "portal.conf").write_text(
        as_deployed(folder, behind, port, certificate, key)
    )
    user = "user root;" if os.getuid() == 0 else ""  # the folder is its alone
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with (folder / "said").open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        wait_until_connected(server, front := Front(port, certificate), folder / "said")
        yield front
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_connected(server, front, said):
    """Wait up to ten seconds for nginx to take a connection."""
    for _ in range(100):
        assert server.poll() is None, said.read_text()
        with contextlib.suppress(OSError):
            front.connect().close()
            return
        time.sleep(0.1)
    raise AssertionError(f"No connection within ten seconds.\n{said.read_text()}")


def public(**variables):
    """Return the variables of a public installation behind that server."""
    return {
        "ALLOWED_HOSTS": NAME,
        "PORTAL_ORIGIN": f"https://{NAME}",
        "SECRET_KEY": "q7XcZ_0rWm3hVbT9-kLsEo2uYfJdGnPa8iR4wCvB6xHtKz1QeMyU5SgN",
        "PORTAL_CONTACT_EMAIL": f"portal@{NAME}",
        "EMAIL_HOST": HOST,
        **variables,
    }
