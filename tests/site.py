"""A portal that really runs: gunicorn, in a data folder of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

from tests.settings import ROOT, without_portal_variables


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


@contextlib.contextmanager
def serve(variables, port, log, *, https=False):
    """Serve the portal with its own gunicorn settings; yield its origin.

    With `https` another server stands in front, which it has to be told of.
    """
    origin = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn"]
    command += ["--config", "python:commissioning_portal.gunicorn"]
    variables = {**variables, "PORT": str(port), "WEB_CONCURRENCY": "2"}
    if not https:
        variables["PORTAL_ORIGIN"] = origin  # the links in its mail lead back to it
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=output
        )
    try:
        wait_until_up(server, origin, log, https=https)
        yield origin
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_up(server, origin, log, *, https=False):
    """Wait up to 30 seconds for a server to answer."""
    told = {"X-Forwarded-Proto": "https"} if https else {}
    asked = urllib.request.Request(f"{origin}/healthz", headers=told)
    for _ in range(150):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(OSError):
            urllib.request.urlopen(asked, timeout=5).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"No answer within 30 seconds.\n{log.read_text()}")
