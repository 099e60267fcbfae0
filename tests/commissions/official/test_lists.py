"""Local authorities and CPV codes: read whole, read twice, bad rows by number."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from commissions.models import Area, CpvCode, Entry, Organisation
from commissions.organisations.import_local_authorities import COLUMNS
from tests import make
from tests.conftest import SHARED

COUNCILS = SHARED / "data" / "local-authorities" / "uk_local_authorities_future.csv"
CPV = SHARED / "data" / "cpv" / "cpv_2008_en.csv"

pytestmark = pytest.mark.django_db


def run(command, path, status=0):
    """Run a command on a file; return the lines that it prints."""
    out = io.StringIO()
    try:
        call_command(command, str(path), stdout=out)
        ended = 0
    except SystemExit as end:
        ended = end.code
    assert ended == status
    return out.getvalue().splitlines()


def authority(code, name, gss, kind="NMD", **fields):
    """Make a row of the list."""
    row = {
        "local-authority-code": code,
        "official-name": f"{name} Council",
        "nice-name": name,
        "gss-code": gss,
        "nation": "England",
        "region": "East Midlands",
        "local-authority-type": kind,
    }
    return {**row, **{key.replace("_", "-"): value for key, value in fields.items()}}


def listed(tmp_path, *rows, columns=COLUMNS):
    """Write rows as the list's file."""
    path = tmp_path / "list.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_districts_stand_in_their_county_and_the_county_in_its_region(tmp_path):
    path = listed(
        tmp_path,
        authority("BOS", "Bolsover", "E07000033", county_la="DBY"),
        authority("DBY", "Derbyshire", "E10000007", "CTY", region="West Midlands"),
    )
    run("import_areas", path)
    bolsover = Area.objects.get(code="E07000033")
    assert [bolsover.kind, bolsover.parent.kind] == ["district", "county"]
    assert bolsover.path == "K02000001/E92000001/E12000004/E10000007/E07000033/"
    council = Organisation.objects.identified("GB-LAE", "BOS").get()
    assert (council.area, council.kind) == (bolsover, "local_authority")


def test_a_council_that_ended_names_its_successor_and_its_other_heirs(tmp_path):
    path = listed(
        tmp_path,
        authority(
            "CMA", "Cumbria", "E10000006", "CTY",
            end_date="2023-04-01", replaced_by="CBD,WAF",
        ),
        authority("CBD", "Cumberland", "E06000063", "UA"),
        authority("WAF", "Westmorland", "E06000064", "UA"),
    )  # fmt: skip
    run("import_areas", path)
    cumbria = Organisation.objects.identified("GB-LAE", "CMA").get()
    assert cumbria.dissolved_on == date(2023, 4, 1)
    assert cumbria.successor.name == "Cumberland Council"
    assert cumbria.about == (
        "Its area was divided between Cumberland Council, Westmorland Council."
    )


def test_a_council_that_notices_made_known_is_the_same_one(tmp_path):
    council = make.organisation(name="Bolsover council")
    run("import_areas", listed(tmp_path, authority("BOS", "Bolsover", "E07000033")))
    assert Organisation.objects.get() == council
    assert list(map(str, council.identifiers.all())) == [
        "GB-LAE-BOS",
        "GSS-E07000033",
    ]


def test_bad_rows_are_refused_with_their_number_and_the_rest_read(tmp_path):
    path = listed(
        tmp_path,
        authority("A", "Ashby", "E07000001", end_date="someday"),
        authority("", "Barton", "E07000002"),
        authority("C", "Calder", "E07000003"),
        authority("C", "Calder", "E07000003"),
        authority("D", "Denholm", "E07000004", nation="Narnia"),
        authority("E", "Eastry", "E1", start_date="2020-01-01", end_date="2019-01-01"),
    )
    lines = run("import_areas", path, status=1)
    assert [line for line in lines if line.startswith("Refused: ")] == [
        "Refused: row 2: One of its dates is not a date such as 2023-04-01.",
        "Refused: row 3: It lacks a code or a name.",
        "Refused: row 5: C is listed twice; the first row was taken.",
        "Refused: row 6: “Narnia” is not a nation of the UK.",
        "Refused: row 7: It ends before it starts.",
    ]
    assert [each.name for each in Organisation.objects.all()] == ["Calder Council"]


@pytest.mark.parametrize("command", ["import_areas", "import_cpv"])
def test_a_file_that_is_not_the_list_is_refused_in_a_sentence(command, tmp_path):
    with pytest.raises(CommandError, match="could not be opened"):
        run(command, tmp_path / "none.csv")
    with pytest.raises(CommandError, match="lacks the columns"):
        run(command, listed(tmp_path, columns=("a", "b")))
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="is not a CSV file in UTF-8"):
        run(command, tmp_path / "binary.csv")


def test_codes_get_the_topic_that_begins_with_them_and_no_other(tmp_path):
    path = listed(
        tmp_path,
        {"code": "85000000", "description": "Health and social work"},
        {"code": "85300000", "description": "Social work", "parent": "85000000"},
        {"code": "85310000", "description": "Social work", "parent": "85300000"},
        {"code": "8531", "description": "Short", "parent": "85300000"},
        {"code": "85320000", "description": "Orphan", "parent": "99000000"},
        columns=("code", "description", "parent"),
    )
    lines = run("import_cpv", path, status=1)
    assert lines == [
        "Refused: row 5: “8531” is not a CPV code of eight digits.",
        "Refused: row 6: The parent 99000000 of 85320000 is not listed above it.",
        "Created     3 codes",
        "Changed     nothing",
        "Left alone  0 rows",
        "Refused     2 rows",
    ]
    topics = dict(CpvCode.objects.values_list("code", "topic__slug"))
    assert topics == {
        "85000000": "health-care",
        "85300000": None,
        "85310000": "adult-social-care",
    }


@pytest.mark.shared
def test_the_whole_list_of_councils_is_read_and_read_again():
    lines = run("import_areas", COUNCILS)
    assert lines[0].startswith("Created     445 areas, 470 councils, ")
    assert lines[-1] == "Refused     0 rows"
    entries = Entry.objects.count()
    assert run("import_areas", COUNCILS) == [
        "Created     nothing",
        "Changed     nothing",
        "Left alone  470 rows",
        "Refused     0 rows",
    ]
    assert Entry.objects.count() == entries
    lincoln = Area.objects.get(name="City of Lincoln")
    assert lincoln.parent.parent.name == "East Midlands"


@pytest.mark.shared
def test_the_whole_list_of_codes_is_read_and_read_again():
    first = run("import_cpv", CPV, status=1)
    assert first[:2] == [
        "Refused: row 2: “00000004” is not a CPV code of eight digits.",
        "Created     9,454 codes",
    ]
    second = run("import_cpv", CPV, status=1)
    assert second[1:4] == [
        "Created     nothing",
        "Changed     nothing",
        "Left alone  9,454 rows",
    ]
