"""Two portals that really run, one with the demonstration and one with nothing.

The browser tests go through gunicorn and the collected static files, as
visitors do; they ask nothing of the suite's own database.
"""

import re
from collections import namedtuple

import pytest
from playwright.sync_api import expect

from tests.site import environment, free_port, manage, serve

Site = namedtuple("Site", "origin said variables")

# A machine that does much else is slow, not wrong; clicks wait as long.
expect.set_options(timeout=30_000)  # milliseconds


def unmeasured(folder):
    """Return the environment of a portal whose lines coverage does not count.

    The same lines are counted in the suite's own process; here it would double
    every wait.
    """
    variables = environment(folder, PORTAL_DEMO="1")
    return {k: v for k, v in variables.items() if not k.startswith("COVERAGE_")}


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """Serve the demonstration; `said` is what `demo` printed, `variables` its own."""
    folder = tmp_path_factory.mktemp("demonstration")
    variables = unmeasured(folder)
    said = manage(variables, "demo", "--no-serve")
    with serve(variables, free_port(), folder / "log") as origin:
        yield Site(origin, said, variables)


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory):
    """Serve a portal in which nobody has published anything."""
    folder = tmp_path_factory.mktemp("empty")
    variables = unmeasured(folder)  # shows its mail page, empty
    manage(variables, "migrate", "-v", "0")
    manage(variables, "collectstatic", "--no-input", "-v", "0")
    with serve(variables, free_port(), folder / "log") as origin:
        yield Site(origin, "", variables)


@pytest.fixture(scope="session")
def accounts(demo_site):
    """Return the demonstration's staff accounts as {name: password}."""
    return dict(re.findall(r"^\s+(\S+)\s+password\s+(\S+)$", demo_site.said, re.M))
