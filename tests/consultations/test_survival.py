"""A comment that was shown as received survives whatever is killed."""

import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest

from tests.settings import ROOT
from tests.site import environment, free_port, manage, serve

MAKE = """
from tests import make
c = make.consultation()
sys.stdout.write(f"{c.reference} {c.draft.texts.get().section.key}")
"""


def post_comment(origin, reference, key, number):
    """Fill in the form as a browser would; return the address it ended on."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    url = f"{origin}/consultations/{reference}/respond/?section={key}"
    page = opener.open(url, timeout=30).read().decode()
    fields = {
        "csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[
            1
        ],
        "role": "resident",
        "public_name": "Jo",
        "email": f"jo{number}@example.org",
        "text": f"Comment {number}.",
    }
    data = urllib.parse.urlencode(fields).encode()
    with opener.open(url, data, timeout=30) as answer:
        return answer.url


@pytest.mark.sqlite
def test_comment_shown_as_received_survives_kill_9_of_everything(tmp_path, new_portal):
    variables = environment(tmp_path)
    new_portal(tmp_path)
    made = manage(variables, "shell", "--verbosity", "0", "-c", f"import sys{MAKE}")
    reference, key = made.split()
    shown = []
    with serve(variables, free_port(), tmp_path / "log") as origin:
        for number in range(3):
            if post_comment(origin, reference, key, number).endswith("/sent/"):
                shown.append(f"Comment {number}.")
        kill_everything(tmp_path)
    rows = sqlite3.connect(tmp_path / "portal.sqlite3")
    kept = rows.execute("SELECT text FROM consultations_comment ORDER BY id").fetchall()
    mail = rows.execute("SELECT count(*) FROM consultations_message").fetchone()
    rows.close()
    assert [text for (text,) in kept] == shown == [f"Comment {n}." for n in range(3)]
    assert mail == (3,)


def kill_everything(folder):
    """Kill -9 every server process that works in a data folder."""
    listed = subprocess.run(
        ["ps", "eww", "-eo", "pid,args"], capture_output=True, text=True, check=True
    ).stdout
    for line in listed.splitlines():
        if f"PORTAL_DATA={folder}" in line and "gunicorn" in line:
            os.kill(int(line.split()[0]), signal.SIGKILL)
    time.sleep(0.5)


PREPARE = """
from datetime import timedelta
from django.utils import timezone
from commissions.models import Handover
from consultations.models import Message, Throttle
from tests import make
from tests.handing_over import WHY, on, public
held, director = public(), make.held_post(title="Director of Places")
given = Handover.announce(held, director, since=on(1), why=WHY, by="tests")
Handover.objects.filter(pk=given.pk).update(since=on(0))
Throttle.objects.create(key="old", hour=timezone.now() - timedelta(days=90), count=1)
for n in range(50):
    Message.objects.create(to="jo@example.org", subject="?", body="?", dedupe=str(n))
sys.stdout.write(f"{held.pk} {director.pk}")
"""


STATE = """
SELECT (SELECT post_id FROM commissions_commission WHERE id = ?),
  (SELECT count(*) FROM consultations_throttle),
  (SELECT count(*) FROM consultations_message WHERE sent_at IS NULL)
"""


@pytest.mark.sqlite
def test_worker_acts_while_the_mail_server_is_silent(tmp_path):
    """The real worker: a hand-over and erasure happen during one silence of mail."""
    variables = environment(tmp_path)
    manage(variables, "migrate", "--verbosity", "0")
    made = manage(variables, "shell", "--verbosity", "0", "-c", f"import sys{PREPARE}")
    held, director = map(int, made.split())
    command = [sys.executable, "manage.py", "worker", "--every", "0.2"]
    with socket.create_server(("127.0.0.1", 0)) as mail:  # it never says a word
        mail.settimeout(60)
        variables |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_TIMEOUT": "60"}
        variables["EMAIL_PORT"] = str(mail.getsockname()[1])
        with subprocess.Popen(command, cwd=ROOT, env=variables) as worker:
            try:
                connection, _ = mail.accept()
                with connection:  # from here on the lane of mail waits
                    wanted = (director, 0, 50)
                    assert state(tmp_path / "portal.sqlite3", held, wanted) == wanted
            finally:
                worker.kill()


def state(path, held, wanted):
    """Return who holds a commission, the counts and the mail that waits, once as wanted."""
    ends = time.monotonic() + 20
    while True:
        with contextlib.closing(sqlite3.connect(path)) as rows:
            found = rows.execute(STATE, [held]).fetchone()
        if found == wanted or time.monotonic() > ends:
            return found
        time.sleep(0.2)
