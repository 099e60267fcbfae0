"""A comment that was shown as received survives whatever is killed."""

import os
import re
import signal
import sqlite3
import subprocess
import time
import urllib.parse
import urllib.request

import pytest

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
