"""What the machine has not is left out aloud; with CI set it is a failure."""

import os
import subprocess
import sys

import pytest

from tests.settings import ROOT

PROBE = """
import pytest

@pytest.mark.{marker}
def test_needs_something():
    assert True
"""
MODULE = """
import pytest

pytest.skip("just because", allow_module_level=True)
"""


@pytest.fixture
def run(tmp_path):
    """Return a function that runs pytest on one file's text, as the suite runs."""

    def run(text, **environ):
        kept = {k: v for k, v in os.environ.items() if k not in {"CI", "DATABASE_URL"}}
        kept = {k: v for k, v in kept.items() if not k.startswith("PYTEST_")}
        (tmp_path / "test_probe.py").write_text(text)
        options = ["-q", "-n0", "-p", "tests.conftest", "-p", "no:cacheprovider"]
        options += ["-c", ROOT / "pyproject.toml"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *options, tmp_path / "test_probe.py"],
            cwd=ROOT,
            env={**kept, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_without_ci_a_test_that_cannot_run_is_left_out_and_named(run):
    done = run(PROBE.format(marker="postgresql"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "Left out 1 test: DATABASE_URL does not name a PostgreSQL database."
        in done.stdout.splitlines()[-3:]
    )


def test_with_ci_a_test_that_cannot_run_has_failed(run):
    done = run(PROBE.format(marker="postgresql"), CI="true")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "With CI set nothing is left out." in done.stdout


def test_with_ci_a_module_that_skips_itself_has_failed(run):
    done = run(MODULE, CI="true")
    assert done.returncode != 0, done.stdout + done.stderr
    assert "With CI set nothing is left out." in done.stdout


def test_the_suite_writes_nothing_into_the_data_folder_of_the_developer(run, tmp_path):
    mine = tmp_path / "mine"
    done = run("def test_nothing(): pass", PORTAL_DATA=str(mine), ALLOWED_HOSTS="x.uk")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not mine.exists()
