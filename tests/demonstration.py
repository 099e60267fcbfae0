"""The demonstration and a new portal, made once for a whole run, and copies of them.

Loading takes as long as hundreds of tests. The first worker that needs it runs the
command that a person runs; all others wait for it, and each file of tests that
reads the demonstration, or adds to it, works on a copy of its database.
"""

import contextlib
import fcntl
import functools
import shutil
from collections import namedtuple
from io import StringIO
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test.utils import override_settings
from pytest_django.plugin import blocking_manager_key

from tests.site import environment, manage

Demonstration = namedtuple("Demonstration", "folder said")


def demo(**options):
    """Load the demonstration, as who only wants it loaded; return what it printed."""
    out = StringIO()
    call_command("demo", no_serve=True, stdout=out, **options)
    return out.getvalue()


def unmeasured(folder):
    """Return the environment of a portal whose lines coverage does not count.

    The same lines are counted in the suite's own process; here it would double
    every wait.
    """
    variables = environment(folder, PORTAL_DEMO="1")
    return {k: v for k, v in variables.items() if not k.startswith("COVERAGE_")}


@contextlib.contextmanager
def alone(path):
    """Let one process at a time do something."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def loaded(folder, prepare, **variables):
    """Load the demonstration into a folder, unless another worker has."""
    said = folder / "said"
    with alone(folder.with_suffix(".lock")):
        if not said.exists():
            folder.mkdir(exist_ok=True)
            prepare()
            printed = manage({**unmeasured(folder), **variables}, "demo", "--no-serve")
            said.write_text(printed)
    return Demonstration(folder, said.read_text())


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """Return a folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def demonstration(shared_folder):
    """Load the demonstration into SQLite, once for all workers; nobody writes to it."""
    return loaded(shared_folder / "demonstration", prepare=lambda: None)


@pytest.fixture(scope="session")
def new_portal(shared_folder):
    """Return a function that puts a portal with nothing in it into a folder.

    Its SQLite database and its static files are made once for all workers.
    """
    kept, made = shared_folder / "new", shared_folder / "new.made"
    with alone(shared_folder / "new.lock"):
        if not made.exists():
            kept.mkdir(exist_ok=True)
            manage(unmeasured(kept), "migrate", "-v", "0")
            manage(unmeasured(kept), "collectstatic", "--no-input", "-v", "0")
            made.touch()
    return functools.partial(shutil.copytree, kept, dirs_exist_ok=True)


def statement(words, *names):
    """Have PostgreSQL make or drop whole databases."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(words.format(*map(connection.ops.quote_name, names)))


def template():
    """Return the name of the database on PostgreSQL that copies are made of."""
    name = connection.settings_dict["NAME"].removeprefix("test_").partition("_gw")[0]
    return f"test_{name}_demonstration"


def forget_template():
    """Drop that database, where this run or an interrupted one has left it."""
    statement("DROP DATABASE IF EXISTS {}", template())


def address(database):
    """Return the DATABASE_URL of another database on the suite's own server."""
    at = connection.settings_dict
    who = ":".join(quote(at[key], safe="") for key in ("USER", "PASSWORD") if at[key])
    return f"postgres://{who}@{at['HOST']}:{at['PORT'] or 5432}/{database}"


def pytest_sessionfinish(session):
    """Drop it when the run ends: no worker needs it any more."""
    is_worker = hasattr(session.config, "workerinput")
    if connection.vendor == "postgresql" and not is_worker:
        with session.config.stash[blocking_manager_key].unblock():
            forget_template()


def begin_template():
    """Make that database, empty."""
    forget_template()
    statement("CREATE DATABASE {}", template())


@contextlib.contextmanager
def copied(shared_folder, folder):
    """Copy the demonstration with its files into a folder; yield its database's name."""
    if connection.vendor == "sqlite":
        kept = loaded(shared_folder / "demonstration", prepare=lambda: None)
        shutil.copytree(kept.folder, folder, dirs_exist_ok=True)
        yield folder / "portal.sqlite3"
        return
    kept = loaded(
        shared_folder / "demonstration-postgresql",
        prepare=begin_template,
        DATABASE_URL=address(template()),
    )
    shutil.copytree(kept.folder, folder, dirs_exist_ok=True)
    database = f"{connection.settings_dict['NAME']}_copy"
    statement("DROP DATABASE IF EXISTS {}", database)
    with alone(shared_folder / "template.lock"):  # nobody else may be using it
        statement("CREATE DATABASE {} TEMPLATE {}", database, template())
    yield database
    statement("DROP DATABASE {}", database)


@contextlib.contextmanager
def asked_instead(database):
    """Ask another database for a while in place of the suite's own."""
    own = connections["default"]
    other = own.copy()
    other.settings_dict["NAME"] = str(database)
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = own


@pytest.fixture(scope="module")
def copy_folder(tmp_path_factory):
    """Return the folder in which a file of tests keeps its copy."""
    folder = tmp_path_factory.mktemp("demonstration")
    (folder / "static").mkdir()  # whitenoise warns of a folder that is not there
    return folder


@pytest.fixture(scope="module")
def demonstration_copy(shared_folder, copy_folder, django_db_setup, django_db_blocker):
    """Give a file of tests the demonstration to itself."""
    with (
        django_db_blocker.unblock(),
        copied(shared_folder, copy_folder) as database,
        asked_instead(database),
        override_settings(SECRET_KEY=(copy_folder / "secret-key").read_text().strip()),
    ):
        yield
