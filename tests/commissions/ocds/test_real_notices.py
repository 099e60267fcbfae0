"""The real notices of ../shared, through the command as a user runs it."""

import io
import json
import zlib

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commissions.models import Commission, Notice, Organisation, Release
from tests.conftest import SHARED

REAL = SHARED / "data" / "uk-ocds-real"
STUBS = ["027320-2025", "092299-2026"]
STUB = "The record only names {}, so its compiled release was read instead."
COMPILED = "ocds-h6vhtk-0525b3-2026-09-30T11:59:50+01:00"
NOTHING = ["Created     nothing", "Changed     nothing"]

pytestmark = pytest.mark.django_db


def run(*sources, status=0, **options):
    """Run the command; return the lines that it prints."""
    out = io.StringIO()
    try:
        call_command("import_ocds", *map(str, sources), stdout=out, **options)
        ended = 0
    except SystemExit as end:
        ended = end.code
    assert ended == status
    return out.getvalue().splitlines()


def sent():
    """Return every release of the real files as (ocid, id)."""
    found = []
    for path in REAL.glob("*.json"):
        package = json.loads(path.read_text())
        found += package.get("releases", [])
        for record in package.get("records", []):
            found += [{"ocid": record["ocid"], **each} for each in record["releases"]]
            found.append(record["compiledRelease"])
    return [(each["ocid"], each["id"]) for each in found]


@pytest.mark.shared
def test_every_real_release_is_on_a_commission_or_among_the_refusals():
    lines = run(REAL / "*.json")
    notes = [f"Note: {COMPILED}: {STUB.format(stub)}" for stub in STUBS]
    assert [line for line in lines if COMPILED in line] == notes
    assert lines[-1] == "Refused     0 releases"
    kept = set(
        Notice.objects.filter(
            commission__in=Commission.objects.published()
        ).values_list("ocid", "release_id")
    )
    refused = {("ocds-h6vhtk-0525b3", stub) for stub in STUBS}
    assert kept | refused == set(sent())
    assert kept & refused == set()


@pytest.mark.shared
def test_real_notices_imported_twice_change_nothing():
    run(REAL / "*.json")
    lines = run(REAL / "*.json")
    assert lines[-4:] == [
        *NOTHING,
        "Left alone  134 releases",
        "Refused     0 releases",
    ]


@pytest.mark.shared
def test_real_releases_are_kept_as_received():
    run(REAL / "sell2wales-2025-part.json")
    package = json.loads((REAL / "sell2wales-2025-part.json").read_text())
    kept = [json.loads(zlib.decompress(each.body)) for each in Release.objects.all()]
    assert sorted(kept, key=lambda r: r["id"]) == sorted(
        package["releases"], key=lambda r: r["id"]
    )


@pytest.mark.shared
def test_real_buyers_are_one_organisation_each_and_none_a_provider():
    run(REAL / "*.json")
    assert Organisation.objects.filter(name="Leicester City Council").count() == 1
    assert not Organisation.objects.filter(
        kind="provider", commissions__isnull=False
    ).exists()
    assert not Commission.objects.filter(value_max__lte=1).exists()


@pytest.mark.shared
def test_a_dry_run_of_the_real_notices_writes_nothing():
    lines = run(REAL / "*.json", dry_run=True)
    assert "Dry run: nothing was written. It would be:" in lines
    assert Commission.objects.count() == 0


def test_a_source_that_cannot_be_read_is_named_and_ends_with_2(tmp_path):
    good = tmp_path / "good.json"
    good.write_text('{"releases": []}')
    lines = run(tmp_path / "none.json", good, "ftp://x.example/", status=2)
    assert lines[0] == f"Not read: There is no file {tmp_path}/none.json."
    assert lines[1] == "Not read: ftp://x.example/ is not an http or https address."
    assert lines[-1] == "Refused     0 releases"


def test_a_private_address_needs_a_flag():
    (line,) = [
        each
        for each in run("http://127.0.0.1:9/x.json", status=2)
        if each.startswith("Not read")
    ]
    assert "--allow-private" in line


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Name at least one source, or give --find-a-tender."),
        ({"find_a_tender": True}, "Say from when: --updated-from 2026-11-01."),
    ],
)
def test_half_a_command_is_refused_in_a_sentence(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_ocds", **options)


def test_find_a_tender_from_no_date_is_refused_in_a_sentence():
    with pytest.raises(
        CommandError, match="Give a date such as 2026-11-22, not “soon”"
    ):
        call_command("import_ocds", "--find-a-tender", "--updated-from", "soon")
