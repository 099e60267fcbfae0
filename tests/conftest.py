"""How the suite runs: its own data folder, both databases, honest omissions.

A test that needs what the machine has not (Chromium, PostgreSQL, ../shared) is
left out, and the last lines say so. With CI set nothing may be left out: there
a test that skips itself, for whatever reason, has failed.
"""

import os
import shutil
import socket
from collections import Counter
from itertools import count
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings as portal_settings
from django.db.models.signals import post_save
from django.test import TransactionTestCase
from django.utils.module_loading import import_string
from hypothesis import settings as hypothesis_settings

from commissions.places import seed_data
from commissions.record import triggers as record_guards
from consultations.drafts import triggers as draft_guards
from tests.settings import ROOT
from tests.site import NGINX

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's event loop

pytest_plugins = ["tests.demonstration"]

CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# Time says nothing on a machine that is shared. In CI the examples are the same
# each time, so that a change is judged and not its luck.
hypothesis_settings.register_profile(
    "portal", deadline=None, max_examples=60 if CI else 30, derandomize=CI
)
hypothesis_settings.load_profile("portal")
SHARED = ROOT.parent / "shared"
CHROMIUM = next(
    (
        path
        for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser")
        if os.path.exists(path)
    ),
    None,
)


def listening(url):
    """Say whether a server listens at an address."""
    where = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((where.hostname, where.port)) == 0


REDIS = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
ENGINE = portal_settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
NEEDS = {
    "browser": (CHROMIUM, "Chromium is not installed"),
    "openssl": (shutil.which("openssl"), "openssl is not installed"),
    "shared": ((SHARED / "data").is_dir(), "there is no ../shared/data"),
    "postgresql": (
        ENGINE == "postgresql",
        "DATABASE_URL does not name a PostgreSQL database",
    ),
    "redis": (listening(REDIS), "no Redis server answers on this machine"),
    "nginx": (
        NGINX and shutil.which("openssl"),
        "nginx or openssl is not installed",
    ),
    "sqlite": (ENGINE == "sqlite3", "DATABASE_URL names another engine than SQLite"),
}


LONGEST = (
    "tests/browser/test_every_page.py",
    "tests/test_demo.py",
    "tests/test_pages.py",
    "tests/browser/test_life_of_a_draft.py",
    "tests/browser/test_life_under_each_regime.py",
    "tests/test_look_in_browser.py",
    "tests/browser/test_every_desk_page.py",
    "tests/commissions/test_known_from_notices.py",
)
"""The files that take minutes, longest first.

While the first loads the demonstration that many share, the second needs none of it.
"""


# Most tests tell of days that are not today. The rule that an entry tells of now is
# tried alone, in tests/security/test_record_guards.py.
TELLS_OF_NOW = record_guards.PRESENT_ONLY
record_guards.PRESENT_ONLY = {engine: [] for engine in TELLS_OF_NOW}

ASKING = {"db", "transactional_db", "live_server", "demonstration_copy"}


def pytest_itemcollected(item):
    """Mark the test that asks the database: only those can differ on another."""
    if item.get_closest_marker("django_db") or ASKING & set(item.fixturenames):
        item.add_marker("database")


def pytest_collection_modifyitems(items):
    """Begin with the longest files: of two workers, none is left alone with them."""
    rank = {name: place for place, name in enumerate(LONGEST)}
    last = len(LONGEST)
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], last))


def pytest_runtest_setup(item):
    """Leave out a test whose marker asks for what is not here."""
    for marker, (present, reason) in NEEDS.items():
        if item.get_closest_marker(marker) and not present:
            pytest.skip(reason)


def refuse_to_skip(report):
    """Turn a skip into a failure that says why, unless it is an expected failure."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        report.outcome = "failed"
        report.longrepr = f"With CI set nothing is left out. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """With CI set, fail the test that skips itself."""
    report = yield
    if CI:
        refuse_to_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """With CI set, fail the module that skips itself."""
    report = yield
    if CI:
        refuse_to_skip(report)
    return report


def pytest_terminal_summary(terminalreporter):
    """Say at the end what was left out, and why."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
    )
    for reason, number in sorted(reasons.items()):
        tests = "1 test" if number == 1 else f"{number} tests"
        terminalreporter.write_line(f"Left out {tests}: {reason}.", yellow=True)


@pytest.fixture(scope="session")
def base_url():
    """Take the place of the plugin's own fixture, which pytest 9 warns about."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the system's Chromium: as root, and without calls home."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-background-networking"],
    }


MEDIA_FOLDERS = count()


@pytest.fixture(autouse=True)
def _own_surroundings(settings, tmp_path_factory):
    """Keep files to the test, in a folder that is only made for what is kept."""
    own = f"media-{next(MEDIA_FOLDERS)}"
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / own


@pytest.fixture
def demo_folder(settings, tmp_path):
    """Give the demonstration a data folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DEBUG = True  # static files are then served as they are
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def _record_can_be_emptied_between_tests():
    """Lift the database's guards while a test that commits is cleaned up after."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self):
        trail_guards = import_string("commissioning_portal.staff_trail.triggers.lift")
        trail_guards()
        for guards in (record_guards, draft_guards):
            guards.lift()
        empty(self)
        for guards in (record_guards, draft_guards):
            guards.restore()
        import_string("commissioning_portal.staff_trail.triggers.restore")()
        seed_data.seed(apps.get_model)
        seed_data.seed_holidays(apps.get_model)
        import_string("commissions.search.models.seed_synonyms")(apps.get_model)
        apps.get_model("contenttypes.ContentType").objects.clear_cache()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def without(monkeypatch):
    """Return a function that takes a right from a role, for as long as a test runs."""

    def take(role, *rights):
        given = import_string("commissions.desk.permissions.RIGHTS")
        monkeypatch.setitem(given, role, given[role] - set(rights))

    return take


@pytest.fixture
def everywhere(db):
    """Return a function that gives an account roles at each body there is or will be.

    Most tests of the desk are of acts, not of whose they are; those are tried in
    tests/security/test_rights.py.
    """
    given, role = [], import_string("tests.make.role")
    bodies = apps.get_model("commissions", "Organisation")

    def give(user, *roles):
        given.append((user, roles))
        for body in bodies.objects.all():
            role(user, body, *roles)
        return user

    def join(sender, instance, created, **signal):
        for user, roles in given if created else ():
            role(user, instance, *roles)

    post_save.connect(join, sender=bodies)
    yield give
    post_save.disconnect(join, sender=bodies)
