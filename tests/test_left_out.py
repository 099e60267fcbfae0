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
    """Return a function that runs pytest on files of tests, as the suite runs."""

    def run(*texts, **environ):
        kept = {k: v for k, v in os.environ.items() if k not in {"CI", "DATABASE_URL"}}
        kept = {k: v for k, v in kept.items() if not k.startswith("PYTEST_")}
        files = [tmp_path / f"test_{number}.py" for number, _ in enumerate(texts)]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text)
        options = ["-q", "-n0", "-p", "tests.conftest", "-p", "no:cacheprovider"]
        options += ["-c", ROOT / "pyproject.toml", "--continue-on-collection-errors"]
        return subprocess.run(
            [sys.executable, "-m", "pytest", *options, *files],
            cwd=ROOT,
            env={**kept, **environ},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_what_cannot_run_is_left_out_and_named_and_no_data_is_touched(run, tmp_path):
    mine = tmp_path / "mine"
    probe = PROBE.format(marker="postgresql")
    done = run(probe, PORTAL_DATA=str(mine), ALLOWED_HOSTS="x.uk")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (
        "Left out 1 test: DATABASE_URL does not name a PostgreSQL database."
        in done.stdout.splitlines()[-3:]
    )
    assert not mine.exists()


def test_with_ci_a_test_and_a_module_that_are_left_out_have_failed(run):
    done = run(PROBE.format(marker="postgresql"), MODULE, CI="true")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.count("With CI set nothing is left out.") >= 2, done.stdout
    assert "2 errors in" in done.stdout.splitlines()[-1]
