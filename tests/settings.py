"""The portal's settings for its tests, free of the developer's own environment.

Settings are read before any conftest.py, so the environment is put in order
here: every variable that settings.py reads is taken away, except DATABASE_URL,
which says on which database to test, and the data folder is a new one that
goes when the tests end. Nothing is written to `.data`.
"""

import ast
import atexit
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def variables_read_by(path):
    """Return the environment's variables that a module reads, with defaults.

    Finds the calls of `env` and its kin (`env_bool`, `env_list`, `env_int`).
    A default is None where there is none or where it is computed.
    """
    found = {}
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        if call.func.id.split("_")[0] != "env" or not call.args:
            continue
        name, *default = call.args
        if isinstance(name, ast.Constant):
            value = default[0].value if default and is_plain(default[0]) else None
            found.setdefault(name.value, value)
    return found


def is_plain(node):
    """Say whether a node is a value written out."""
    return isinstance(node, ast.Constant)


def without_portal_variables(environ):
    """Return an environment with none of the portal's own variables in it."""
    project = ROOT / "commissioning_portal"
    ours = variables_read_by(project / "settings.py")
    ours |= variables_read_by(project / "gunicorn.py")
    return {name: value for name, value in environ.items() if name not in ours}


# A worker of pytest-xdist is given its environment by the run that started it, and
# a folder of its own, so that no worker collects static files under another's feet.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["PORTAL_DATA"] = str(Path(os.environ["PORTAL_DATA"]) / worker)
else:
    kept = without_portal_variables(os.environ)
    if database_url := os.environ.get("DATABASE_URL"):
        kept["DATABASE_URL"] = database_url
    data_folder = tempfile.TemporaryDirectory(prefix="portal-tests-")
    atexit.register(data_folder.cleanup)
    os.environ.clear()
    os.environ.update(kept, PORTAL_DATA=data_folder.name)

from commissioning_portal.settings import *  # noqa: E402, F403

# Hashing a password slowly protects people, not test accounts.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each worker of the suite collects static files and reads them: into its own
# folder, or one finds files that another is just replacing. WhiteNoise warns of
# a missing folder, and a warning fails a test.
STATIC_ROOT = DATA_DIR / f"static-{os.environ.get('PYTEST_XDIST_WORKER', 'all')}"  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)

# Tests that leave an export half read are not what COSTLY_AT_ONCE is for.
COSTLY_AT_ONCE = 100

# No test begins as a demonstration, and static files go by their own names.
PORTAL_DEMO = False
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
