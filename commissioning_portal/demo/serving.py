"""Get the demonstration on the air: static files, a free port, gunicorn."""

import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders


def static_files_are_stale():
    """Tell whether a static file is newer than the last collection of them."""
    collected = Path(settings.STATIC_ROOT, "staticfiles.json")
    if not collected.exists():
        return True
    manifest, then = collected.read_text(), collected.stat().st_mtime
    return any(
        f'"{path}"' not in manifest or os.path.getmtime(storage.path(path)) > then
        for finder in get_finders()
        for path, storage in finder.list(["CVS", ".*", "*~"])
    )


def port_is_taken(host, port):
    """Tell whether something else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def serve(host, port):
    """Become gunicorn; does not return."""
    os.environ.update(HOST=host, PORT=str(port))
    os.environ.setdefault("PORTAL_ORIGIN", f"http://{host}:{port}")  # links in mail
    config = "python:commissioning_portal.gunicorn"
    os.chdir(settings.BASE_DIR)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "-c", config])
