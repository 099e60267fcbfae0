"""`manage.py demo`: the portal with a fictional county in it, in one command."""

import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command

from commissioning_portal.demo import accounts, loading


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


HOST = "127.0.0.1"


class Command(BaseCommand):
    """Prepare the database, load the demonstration, and serve it."""

    help = (
        "Load a fictional county with its commissions and serve it on this machine. "
        "Running it again changes nothing that is there."
    )

    def add_arguments(self, parser):
        """Take the port, and whether to serve at all."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--no-serve", action="store_true", help="load it, and stop there"
        )
        parser.add_argument(
            "--anyway",
            action="store_true",
            help="add it to a database that holds real organisations",
        )

    def handle(self, *, port, no_serve, anyway, **options):
        """Refuse where it would do harm; else load, say where, and serve."""
        refuse_a_public_host()
        if not no_serve and port_is_taken(HOST, port):
            raise CommandError(
                f"Something else listens on port {port}. Stop it, or choose another "
                f"port: manage.py demo --port {port + 1}"
            )
        call_command("migrate", verbosity=0)
        refuse_real_organisations(anyway)
        acts = loading.load()
        if not settings.DEBUG and static_files_are_stale():
            call_command("collectstatic", interactive=False, verbosity=0)
        self.say(port, acts, accounts.load())
        if not no_serve:
            self.stdout.flush()
            serve(HOST, port)

    def say(self, port, acts, passwords):
        """Print what was loaded, the address, and the staff accounts."""
        loaded = f"Loaded {acts} public acts" if acts else "Nothing new to load"
        self.stdout.write(
            f"{loaded}. Everybody in it is fictional.\n\n"
            f"  The portal     http://{HOST}:{port}/\n"
            f"  For staff      http://{HOST}:{port}/admin/\n"
        )
        for username, password in passwords.items():
            self.stdout.write(f"    {username:20} password  {password}")
        self.stdout.write(
            "\nIt serves this machine alone, with nothing in front: a slow client can "
            "stop it.\nWhere others use it, nginx stands in front; see README.md, "
            "“Deploy it”.\n"
        )


def refuse_a_public_host():
    """Keep fictional people and printed passwords off a public installation."""
    if settings.PUBLIC:
        raise CommandError(
            "ALLOWED_HOSTS names a public host, and the demonstration shows fictional "
            "people and prints passwords. Unset ALLOWED_HOSTS, or leave it out."
        )


def refuse_real_organisations(anyway):
    """Keep fictional commissions out of a database in use, unless asked."""
    if loading.strangers() and not anyway:
        raise CommandError(
            "This database holds organisations that are not the demonstration's. "
            "Set PORTAL_DATA or DATABASE_URL to an empty one, or add --anyway to mix "
            "the two."
        )
