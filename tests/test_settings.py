"""Settings come from the environment, are safe by default and loud when missing.

Each test starts a process of its own: settings are read once in a process.
"""

import json
import logging
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from commissioning_portal.logs import JsonFormatter
from tests.conftest import REDIS
from tests.settings import ROOT
from tests.site import environment, free_port, manage, serve

PUBLIC = {
    "ALLOWED_HOSTS": "portal.example, www.portal.example",
    "SECRET_KEY": "q7XcZ_0rWm3hVbT9-kLsEo2uYfJdGnPa8iR4wCvB6xHtKz1QeMyU5SgN",
    "PORTAL_ORIGIN": "https://portal.example/",
    "PORTAL_CONTACT_EMAIL": "portal@portal.example",
    "EMAIL_HOST": "mail.portal.example",
}
SHOW = """
import json
from django.conf import settings
names = {names!r}
sys.stdout.write(json.dumps([getattr(settings, name) for name in names], default=str))
"""
ANSWER = """
import json
from django.test import Client
client = Client(headers={{"host": "localhost"}}, raise_request_exception=False)
said = [client.get(path) for path in {paths!r}]
sys.stdout.write(json.dumps([[one.status_code, one.content.decode()] for one in said]))
"""


def process(folder, code, **variables):
    """Run Python code in a process with Django set up; return what it did."""
    start = "import sys, django\ndjango.setup()\n"
    return subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=ROOT,
        env=environment(folder / "data", **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def answered(done):
    """Return a process's answer, or fail with what it said."""
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def values(folder, *names, **variables):
    """Return these settings as a process with these variables has them."""
    return answered(process(folder, SHOW.format(names=names), **variables))


def answers(folder, *paths, **variables):
    """Return [status, text] for each path, from a process with these variables."""
    return answered(process(folder, ANSWER.format(paths=paths), **variables))


def refusal(folder, **variables):
    """Return the last line of a process that settings stop from starting."""
    done = process(folder, "", **variables)
    assert done.returncode == 1, done.stdout
    assert "ImproperlyConfigured" in done.stderr
    return done.stderr.strip().splitlines()[-1].partition(": ")[2]


# Nothing set


def test_with_nothing_set_the_portal_serves_this_machine_only(tmp_path):
    names = ["DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"]
    assert values(tmp_path, *names) == [
        False,
        ["127.0.0.1", "localhost", "[::1]"],
        False,
        0,
    ]


def test_the_secret_key_is_made_once_and_read_by_this_user_alone(tmp_path):
    first, second = (values(tmp_path, "SECRET_KEY") for _ in range(2))
    assert first == second
    assert len(first[0]) >= 50
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_set_but_empty_counts_as_not_set(tmp_path):
    (database,) = values(
        tmp_path, "DATABASES", DATABASE_URL="", ALLOWED_HOSTS="", EMAIL_PORT=""
    )
    assert database["default"]["NAME"] == str(tmp_path / "data" / "portal.sqlite3")


def test_mail_is_written_to_files_where_no_server_is_named(tmp_path):
    assert values(tmp_path, "EMAIL_BACKEND", "EMAIL_FILE_PATH") == [
        "django.core.mail.backends.filebased.EmailBackend",
        str(tmp_path / "data" / "mail"),
    ]
    assert values(tmp_path, "EMAIL_BACKEND", EMAIL_HOST="mail.example") == [
        "django.core.mail.backends.smtp.EmailBackend"
    ]


# A public installation


def test_a_public_installation_is_told_of_everything_that_is_missing(tmp_path):
    assert refusal(tmp_path, ALLOWED_HOSTS="portal.example") == (
        "ALLOWED_HOSTS names a public host, so SECRET_KEY, PORTAL_ORIGIN, "
        "PORTAL_CONTACT_EMAIL, EMAIL_HOST must be set too. README.md lists every variable under "
        "“Settings”. Unset ALLOWED_HOSTS to serve this machine only."
    )


@pytest.mark.parametrize("name", [name for name in PUBLIC if name != "ALLOWED_HOSTS"])
def test_a_public_installation_needs(tmp_path, name):
    said = refusal(tmp_path, **{**PUBLIC, name: ""})
    assert said.startswith(f"ALLOWED_HOSTS names a public host, so {name} must be set")


def test_a_public_installation_refuses_debug(tmp_path):
    assert refusal(tmp_path, **PUBLIC, DEBUG="1").startswith(
        "DEBUG shows settings and source to everybody"
    )


def test_a_public_installation_insists_on_https(tmp_path):
    names = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE"]
    names += ["CSRF_COOKIE_SECURE", "PORTAL_ORIGIN"]
    assert values(tmp_path, *names, **PUBLIC) == [
        True,
        31_536_000,
        True,
        True,
        "https://portal.example",
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "maybe", "Set DEBUG to 1 or 0, not to “maybe”."),
        ("EMAIL_PORT", "smtp", "Set EMAIL_PORT to a whole number, not to “smtp”."),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(tmp_path, name, value, said):
    assert refusal(tmp_path, **{name: value}) == said


def test_a_public_installation_passes_djangos_deployment_checks(tmp_path):
    said = manage(
        environment(tmp_path, **PUBLIC), "check", "--deploy", "--fail-level", "WARNING"
    )
    assert said == "System check identified no issues (0 silenced).\n"


# Databases and cache

COUNT = """
from django.db import transaction
from commissions.models import Topic
for _ in range(50):
    with transaction.atomic():
        topic = Topic.objects.get(slug="count")
        topic.name = str(int(topic.name) + 1)
        topic.save()
"""
START = """
from django.core.management import call_command
from commissions.models import Topic
call_command("migrate", verbosity=0)
Topic.objects.create(slug="count", name="0")
"""
PRAGMAS = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode")
    (mode,) = cursor.fetchone()
    cursor.execute("PRAGMA busy_timeout")
    (wait,) = cursor.fetchone()
options = connection.settings_dict["OPTIONS"]
sys.stdout.write(json.dumps([mode, wait, options["transaction_mode"]]))
"""


def test_sqlite_writes_ahead_and_takes_the_write_lock_at_once(tmp_path):
    assert answered(process(tmp_path, PRAGMAS)) == ["wal", 20_000, "IMMEDIATE"]


def test_four_processes_that_write_at_once_to_sqlite_lose_nothing(tmp_path):
    assert process(tmp_path, START).returncode == 0
    code = f"import sys, django\ndjango.setup()\n{COUNT}"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment(tmp_path / "data"),
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    errors = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [
        error for error in errors if "locked" in error or "Traceback" in error
    ] == []
    show = "from commissions.models import Topic\nsys.stdout.write(Topic.objects.get(slug='count').name)"
    assert answered(process(tmp_path, show)) == 200


CACHE = """
import json
from django.core.cache import cache
cache.set("portal-test", "kept", 30)
value = cache.get("portal-test")
cache.delete("portal-test")
sys.stdout.write(json.dumps([type(cache._connections["default"]).__name__, value]))
"""


@pytest.mark.redis
def test_redis_url_gives_a_cache_that_works(tmp_path):
    said = answered(process(tmp_path, CACHE, REDIS_URL=REDIS))
    assert said == ["RedisCache", "kept"]


def test_database_url_names_another_database(tmp_path):
    (databases,) = values(
        tmp_path, "DATABASES", DATABASE_URL="postgres://me:word@db.example:5433/portal"
    )
    database = databases["default"]
    assert [database[key] for key in ("ENGINE", "HOST", "PORT", "NAME")] == [
        "django.db.backends.postgresql",
        "db.example",
        5433,
        "portal",
    ]
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


# Static files and the server


def test_collected_static_files_are_hashed_and_compressed(tmp_path, new_portal):
    new_portal(tmp_path)
    manifest = json.loads((tmp_path / "static" / "staticfiles.json").read_text())
    hashed = tmp_path / "static" / manifest["paths"]["portal.css"]
    assert hashed.exists()
    assert Path(f"{hashed}.gz").exists()


def fetched(url):
    """Return the status of a page, whatever it is."""
    try:
        return urllib.request.urlopen(url, timeout=20).status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_gunicorn_serves_the_portal_and_logs_no_query_strings(tmp_path, new_portal):
    variables = environment(tmp_path, ACCESS_LOG="1")
    new_portal(tmp_path)
    log = tmp_path / "log"
    with serve(variables, port := free_port(), log) as origin:
        assert origin == f"http://127.0.0.1:{port}"
        assert fetched(f"{origin}/healthz?secretwords") == 200
        assert fetched(f"{origin}/nothing-here/?secretwords") == 404
        wait_for(log, "/nothing-here/ 404")
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert "secretwords" not in log.read_text()
    messages = {line["logger"]: line["message"] for line in lines}
    assert messages["django.request"] == "Not Found: /nothing-here/"
    assert messages["gunicorn.access"].startswith("GET /nothing-here/ 404")
    assert set(lines[0]) == {"time", "level", "logger", "message"}


def test_a_log_line_holds_the_error_and_its_status_but_no_query():
    try:
        raise ValueError("broken")
    except ValueError:
        error = sys.exc_info()
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 1, "Error: /find/?q=private", (), error
    )
    record.status_code = 500
    line = json.loads(JsonFormatter().format(record))
    assert (line["message"], line["status"]) == ("Error: /find/", 500)
    assert line["error"].endswith("ValueError: broken")


def wait_for(log, words):
    """Wait until a line of the log holds these words; give up after 5 seconds."""
    for _ in range(50):
        if words in log.read_text():
            return
        time.sleep(0.1)
