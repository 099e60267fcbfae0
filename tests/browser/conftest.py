"""Two portals that really run, one with the demonstration and one with nothing.

The browser tests go through gunicorn and the collected static files, as
visitors do; they ask nothing of the suite's own database.
"""

import re
import shutil
from collections import namedtuple

import pytest
from playwright.sync_api import expect

from tests.demonstration import unmeasured
from tests.site import free_port, serve

Site = namedtuple("Site", "origin said variables")

# A machine that does much else is slow, not wrong; clicks wait as long.
expect.set_options(timeout=30_000)  # milliseconds


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory, demonstration):
    """Serve the demonstration; `said` is what `demo` printed, `variables` its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(demonstration.folder, folder, dirs_exist_ok=True)
    variables = unmeasured(folder)
    with serve(variables, free_port(), folder / "log") as origin:
        yield Site(origin, demonstration.said, variables)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory, new_portal):
    """Serve a portal in which nobody has published anything."""
    folder = tmp_path_factory.mktemp("empty")
    variables = unmeasured(folder)  # shows its mail page, empty
    new_portal(folder)
    with serve(variables, free_port(), folder / "log") as origin:
        yield Site(origin, "", variables)


@pytest.fixture(scope="session")
def accounts(demo_site):
    """Return the demonstration's staff accounts as {name: password}."""
    return dict(re.findall(r"^\s+(\S+)\s+password\s+(\S+)$", demo_site.said, re.M))
