"""The house keeps its own rules: imports, names, sizes, migrations, templates."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands
from django.db.migrations.loader import MigrationLoader
from django.template.loader import get_template
from django.test import RequestFactory
from packaging.requirements import Requirement

from commissioning_portal.languages import catalogue
from tests.settings import ROOT, variables_read_by

PACKAGES = ("commissioning_portal", "commissions", "consultations")
SETTINGS = ROOT / "commissioning_portal" / "settings.py"
GUNICORN = ROOT / "commissioning_portal" / "gunicorn.py"
README = (ROOT / "README.md").read_text()


def tracked(*patterns):
    """Return the files git keeps, or would with the next commit, by pattern."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file()]


def shown(path):
    """Name a file as seen from the top level."""
    return str(path.relative_to(ROOT))


def modules():
    """Return the project's own Python files, tests left aside."""
    return [p for p in tracked("*.py") if p.relative_to(ROOT).parts[0] in PACKAGES]


# Structure


def test_imports_run_one_way():
    """The tiers are contracts in pyproject.toml, which import-linter reads."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


ABOVE = {
    "an import": r"^\s*(from|import) (consultations|commissioning_portal)\b",
    "a tag library": r"{% load [^%]*\b(consultations|questions|drafts|desk)\b",
    "a part of a page": r"[\"']consultations/[\w/]+\.html",
    "a named address": r"[\"']consultations:[\w-]+",
    "a literal address": r"[\"'=]/(alerts|report|consultations|questions|ask|my)/",
}
"""What the floor below must not hold of the one above, as patterns."""


def below():
    """Return the files of the floor below: its modules, its pages and their parts."""
    return tracked(
        "commissions/*.py", "templates/commissions/*.html", "templates/home.html"
    )


@pytest.mark.parametrize("what", ABOVE)
def test_commissions_hold_nothing_of_the_app_above(what):
    """What consultations add to a page is registered: see `consultations.panels`."""
    assert below()
    holding = [
        f"{shown(path)}:{text.count(chr(10), 0, match.start()) + 1}"
        for path in below()
        for text in [path.read_text()]
        for match in re.finditer(ABOVE[what], text, re.MULTILINE)
    ]
    assert holding == []


@pytest.mark.parametrize(
    "reaching",
    [
        "    from consultations.models import Draft",
        "{% load consultations portal %}",
        '{% include "consultations/questions/_of_tender.html" only %}',
        "reverse('consultations:question-list')",
        '<a href="/alerts/follow/?what=search">',
    ],
)
def test_the_rules_of_the_floors_see(reaching):
    assert any(re.search(rule, reaching, re.MULTILINE) for rule in ABOVE.values())


def lookups(source):
    """Yield the look-ups of a module: named arguments and strings with `__`."""
    for node in ast.walk(ast.parse(source)):
        for name in (getattr(node, "arg", None), getattr(node, "value", None)):
            if isinstance(name, str) and re.fullmatch(r"-?[a-z_]+__\w+", name):
                yield name


def test_commissions_look_nothing_up_in_the_app_above():
    above = {
        relation.name
        for model in apps.get_app_config("commissions").get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == "consultations"
    }
    assert {"consultations", "questions"} & above
    assert list(lookups("rows.filter(consultations__isnull=False)"))
    looking = [
        f"{shown(path)}: {name}"
        for path in tracked("commissions/*.py")
        for name in lookups(path.read_text())
        if above & set(name.lstrip("-").split("__"))
    ]
    assert looking == []


def test_the_top_level_is_the_customers_list():
    listed = {path.relative_to(ROOT).parts[0] for path in tracked(".")}
    assert {name for name in listed if not name.startswith(".")} <= {
        "manage.py",
        "commissioning_portal",
        "commissions",
        "consultations",
        "templates",
        "static",
        "tests",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "requirements.lock",
    }


def test_modules_are_named_for_what_they_are():
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "core"}
    vague |= {"managers", "manager", "service_layer"}
    named = [
        shown(path)
        for path in modules()
        for part in path.relative_to(ROOT).with_suffix("").parts
        if part in vague
    ]
    assert named == []
    # What is commissioned is a service, so the word may name a model or a view;
    # it may not name a layer beside them.
    assert [
        shown(p)
        for p in modules()
        if p.name == "services.py" and p.parent.parent == ROOT
    ] == []


def test_every_module_says_in_its_first_line_what_it_is_for():
    silent = [
        shown(path)
        for path in modules()
        if "/migrations/" not in shown(path)
        and (tree := ast.parse(path.read_text())).body
        and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_every_command_says_what_it_does():
    ours = [name for name, app in get_commands().items() if app in PACKAGES]
    silent = []
    for name in ours:
        app = get_commands()[name]
        module = f"{app.replace('.', '/')}/management/commands/{name}.py"
        source = (ROOT / module).read_text()
        if not re.search(r"^    help = ", source, re.MULTILINE):
            silent.append(name)
    assert silent == []


def test_nothing_prints():
    """Commands write to self.stdout, so that callers may listen."""
    printing = [
        f"{shown(path)}:{node.lineno}"
        for path in [*modules(), *tracked("tests/*.py")]
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing == []


WRITING = {
    "a day or month": r"strftime\((?![\"']%Y-)|:%-?[ABbaded]\b",
    "a sum in pounds": r"£\{|\"£\"",
    "days counted": r"[\"']1 day[\"']|\} days\"",
}
"""How days, sums and numbers of days are written nowhere but in these files."""
WRITERS = {
    "commissions/text/formats.py",
    "commissions/law/dates.py",
    "commissions/public/listing/feeds.py",  # the format of a calendar
    "commissions/law/thresholds.py",  # the law's own sums: it imports nothing above
    "commissions/law/notices_due/below_threshold.py",
}


@pytest.mark.parametrize("what", WRITING)
def test_days_and_sums_are_written_in_one_place(what):
    writing = [
        f"{shown(path)}:{text.count(chr(10), 0, match.start()) + 1}"
        for path in modules()
        if shown(path) not in WRITERS and "/demo/" not in shown(path)
        for text in [path.read_text()]
        for match in re.finditer(WRITING[what], text)
    ]
    assert writing == []


@pytest.mark.parametrize(
    "written",
    ["f'{day:%B}'", "day.strftime(form)", 'f"£{amount:,}"', "'1 day' if one"],
)
def test_the_rules_of_writing_see(written):
    assert any(re.search(rule, written) for rule in WRITING.values())


# Migrations


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_migration_can_be_undone_or_says_why_not():
    """An operation that cannot be reversed needs `# Not reversible: because`."""
    ours = {config.label for config in apps.get_app_configs()} & set(PACKAGES)
    loader = MigrationLoader(None, ignore_no_migrations=True)
    stuck = []
    for (app, name), migration in loader.disk_migrations.items():
        source = ROOT / app / "migrations" / f"{name}.py"
        if app not in ours or "# Not reversible: " in source.read_text():
            continue
        if not all(operation.reversible for operation in migration.operations):
            stuck.append(shown(source))
    assert stuck == []


def test_migrations_are_numbered_once_each():
    names = [shown(path) for path in modules() if "/migrations/0" in shown(path)]
    numbers = [re.match(r"(.*/migrations/\d+)", name).group(1) for name in names]
    assert sorted(numbers) == sorted(set(numbers))


# Templates

INLINE = {
    "a style element": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "a script of its own": r"<script(?![^>]*\bsrc=)[^>]*>",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a javascript link": r"javascript:",
    "something from another site": r"(src|srcset|action|data|poster)=[\"'](https?:)?//",
    "a stylesheet or icon from another site": r"<link\b[^>]*href=[\"'](https?:)?//",
    # A section's body is HTML that was cleaned on its way in; nothing else is.
    "words past the escaping": r"\|safe\b|autoescape off",
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what):
    holding = [
        f"{shown(path)}:{text.count(chr(10), 0, match.start()) + 1}"
        for path in tracked("templates/*.html", "*/templates/*.html", "*/demo/*.html")
        for text in [path.read_text()]
        for match in re.finditer(INLINE[what], text, re.IGNORECASE)
    ]
    assert holding == []


@pytest.mark.parametrize(
    "hostile",
    [
        '<p style="color: red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<button onclick="alert(1)">',
        '<a href="javascript:alert(1)">',
        '<img src="//evil.example/pixel.gif">',
        '<link rel="stylesheet" href="https://fonts.example/a.css">',
        "{{ words|safe }}",
    ],
)
def test_the_template_rules_see(hostile):
    assert any(re.search(rule, hostile, re.IGNORECASE) for rule in INLINE.values())


def test_no_stylesheet_loads_from_another_site():
    loading = [
        shown(path)
        for path in tracked("static/*.css", "static/*.svg")
        if re.search(r"(@import|url\()\s*[\"']?(https?:)?//", path.read_text())
    ]
    assert loading == []


def test_every_template_compiles():
    request = RequestFactory().get("/")
    names = [p.relative_to(ROOT / "templates") for p in tracked("templates/*.html")]
    assert names
    assert request.path == "/"
    for name in names:
        get_template(str(name))


# The README


def settings_table():
    """Return the README's settings as {name: default}, in its order."""
    section = README.partition("## Settings")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]*?) \|", section, re.MULTILINE))


def test_every_setting_is_in_the_readme_and_the_reverse():
    read = variables_read_by(SETTINGS) | variables_read_by(GUNICORN)
    assert sorted(settings_table()) == sorted(read)


def test_the_readme_gives_each_settings_default():
    read = variables_read_by(SETTINGS) | variables_read_by(GUNICORN)
    documented = settings_table()
    wrong = {
        name: (documented.get(name), default)
        for name, default in read.items()
        if isinstance(default, str | int)
        and not isinstance(default, bool)
        and default != ""
        and documented.get(name) != f"`{default}`"
    }
    assert wrong == {}


def test_the_environment_is_read_in_one_place():
    readers = {
        shown(path)
        for path in modules()
        if re.search(r"os\.(environ(\[|\.get)|getenv)", path.read_text())
        and "DJANGO_SETTINGS_MODULE" not in path.read_text()
    }
    assert readers == {"commissioning_portal/settings.py"}


def test_the_readme_gives_the_two_commands():
    run = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/python manage.py demo"
    test = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
    lines = README.splitlines()
    assert [lines.count(run), lines.count(test)] == [1, 1]


def test_every_path_the_readme_names_is_there():
    tree = README.partition("## The tree")[2].partition("\n## ")[0]
    named = re.findall(r"^ *([\w./-]+(?:\.py|\.toml|\.md|\.lock|/))\s", tree, re.M)
    assert named
    missing = [name for name in named if not list(ROOT.glob(f"**/{name.strip('/')}"))]
    assert missing == []


# What is committed


def test_nothing_names_one_machine_or_a_package_registry():
    """A clone must work anywhere, and say nothing of where it was made."""
    places = ["/" + "work/", "/" + "root/", "/" + "home/", "/opt/" + "pypi"]
    places += ["pypi" + ".org", "python" + "hosted", "index" + "-url", "." + "library"]
    naming = [
        f"{shown(path)}: {place}"
        for path in tracked(".")
        for place in places
        if place.encode() in path.read_bytes()
    ]
    assert naming == []


def test_no_file_is_heavy():
    heavy = {shown(path) for path in tracked(".") if path.stat().st_size > 500_000}
    assert heavy <= {shown(catalogue.SOURCE), shown(catalogue.COMPILED)}


def test_the_lock_holds_every_dependency_at_a_version_the_project_accepts():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + extras["redis"] + extras["pdf"]
    wanted += extras["postcodes"]
    lock = (ROOT / "requirements.lock").read_text()
    locked = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))
    assert len(locked) == len(re.findall(r"^\w", lock, re.MULTILINE))
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(locked[requirement.name]), requirement
    assert lock.count("--hash=sha256:") > len(locked)
