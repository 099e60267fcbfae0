"""How the suite runs: its own data folder, both databases, honest omissions."""

import os
from pathlib import Path

import pytest
from django.test import TransactionTestCase

from commissions import guards

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's event loop

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CHROMIUM = next(
    (
        path
        for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser")
        if os.path.exists(path)
    ),
    None,
)


@pytest.fixture(autouse=True)
def _own_surroundings(settings, tmp_path):
    """Keep files to the test; serve static files by their own names."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PORTAL_DEMO = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


@pytest.fixture(autouse=True, scope="session")
def _record_can_be_emptied_between_tests():
    """Lift the record's guards while a test that commits is cleaned up after."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self):
        guards.lift()
        empty(self)
        guards.restore()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield
