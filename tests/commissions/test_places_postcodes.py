"""Postcodes: read from every form the directory comes in, kept small, found as typed."""

import csv
import io
import zipfile
from datetime import date
from importlib.util import find_spec

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from commissions.models import Area, AreaExtent, PostcodeDistrict
from commissions.places import import_postcodes
from commissions.places.postcodes import is_like_postcode, lookup
from tests.make import area

pytestmark = pytest.mark.django_db

OLD = [
    "pcd",
    "pcds",
    "doterm",
    "oscty",
    "oslaua",
    "osward",
    "oseast1m",
    "osnrth1m",
    "nhser",
    "icb",
    "pfa",
]
NEW = [
    "pcd7",
    "pcds",
    "doterm",
    "cty25cd",
    "lad25cd",
    "wd25cd",
    "east1m",
    "north1m",
    "nhser24cd",
    "icb23cd",
    "pfa23cd",
]
NORWICH = ["E10000020", "E07000148", "E05012900"]
BESIDE = ["E40000007", "E54000022", "E23000024"]
ROWS = [
    ["NR1 1AA", "NR1 1AA", "", *NORWICH, "624073", "308352", *BESIDE],
    ["NR1 1AB", "NR1 1AB", "201006", *NORWICH, "624173", "308352", *BESIDE],
    ["NR1 2AA", "NR1 2AA", "", *NORWICH, "624273", "308452", *BESIDE],
    ["NR112AA", "NR11 2AA", "", "E10000020", "E07000147", "E05012901", "", "", *BESIDE],
    [
        "NR2 1AA",
        "NR2 1AA",
        "",
        "E10000020",
        "E07000144",
        "E05012902",
        "6",
        "3",
        *BESIDE,
    ],
    ["JE2 3AB", "JE2 3AB", "", "L99999999", "L99999999", "", "", "", "", "", ""],
]


def directory(head=OLD, rows=ROWS):
    """Write a directory as text."""
    file = io.StringIO()
    csv.writer(file).writerows([head, *rows])
    return file.getvalue()


def read(path):
    """Run the command; return what it printed."""
    said = io.StringIO()
    call_command("import_postcodes", str(path), stdout=said)
    return said.getvalue()


@pytest.fixture
def norfolk():
    """Add two of its districts, and the police area under a former code."""
    county = area(code="E10000020", name="Norfolk", kind="county")
    for code, name in (("E07000148", "Norwich"), ("E07000144", "Broadland")):
        area(code=code, name=name, kind="district", parent=county)
    police = area(code="E23000999", name="Norfolk Police", kind="police")
    police.codes.create(scheme="GSS", value="E23000024")
    return county


@pytest.fixture
def kept(tmp_path, norfolk):
    """Import the directory; return its path."""
    path = tmp_path / "ONSPD_NOV_2019_UK.csv"
    path.write_text(directory(), encoding="utf-8-sig")
    read(path)
    return path


@pytest.mark.parametrize(
    ("typed", "written", "homes"),
    [
        ("NR1 1AA", "NR1 1AA", ["Norwich"]),
        (" nr1  1aa", "NR1 1AA", ["Norwich"]),
        ("nr11aa", "NR1 1AA", ["Norwich"]),
        ("nr1-1aa.", "NR1 1AA", ["Norwich"]),
        ("nr1 iaa", "NR1 1AA", ["Norwich"]),
        ("nr1", "NR1", ["Norwich"]),
        ("nr1 2", "NR1 2", ["Norwich"]),
        ("nr12", "NR1 2", ["Norwich"]),
        ("nr12a", "NR1 2A", ["Norwich"]),
        ("NR1 1AB", "NR1 1AB", ["Norwich"]),
        ("nr", "NR", ["Norwich", "Norfolk", "Broadland"]),
        ("nr11 2aa", "NR11 2AA", ["Norfolk"]),  # its district is not listed here
        ("je2 3ab", "JE2 3AB", []),
    ],
)
def test_a_postcode_or_its_beginning_is_found_however_it_is_typed(
    kept, typed, written, homes
):
    assert is_like_postcode(typed)
    match = lookup(typed)
    assert match.written == written
    assert sorted(home.name for home in match.homes) == sorted(homes)


@pytest.mark.parametrize("typed", ["NR9 9ZZ", "NR1 1ZZ", "nr3", "nr1 3", "zz"])
def test_what_no_list_has_is_unknown(kept, typed):
    assert is_like_postcode(typed)
    assert lookup(typed) is None


@pytest.mark.parametrize("typed", ["", "Norwich", "12 The Street", "NR1 1AAA", "R\x00"])
def test_what_is_no_postcode_is_told_apart(kept, typed):
    assert not is_like_postcode(typed)
    assert lookup(typed) is None


def test_a_postcode_that_ended_says_when_and_is_counted_no_more(kept):
    assert lookup("NR1 1AB").ended == date(2010, 6, 1)
    assert lookup("NR1 1AA").ended is None
    assert sum(lookup("NR1").counts.values()) == 2
    assert lookup("NR1 1A").counts == {" ".join(codes(ROWS[0])): 1}


def codes(row):
    """Return the GSS codes of a row, the narrowest area first."""
    county, district, ward = row[3:6]
    region, board, police = row[8:11]
    return [ward, district, county, police, board, region]


def test_every_area_of_a_home_is_named_under_its_present_or_a_former_code(kept):
    match = lookup("NR1 1AA")
    names = [found.name for found in match.areas]
    assert names == ["Norwich", "Norfolk", "Norfolk Police", "England"]
    assert match.centre == (624073, 308352)


def test_the_newer_names_of_the_columns_say_the_same(kept, tmp_path):
    before = list(PostcodeDistrict.objects.values_list("outward", "packed", "areas"))
    newer = tmp_path / "ONSPD_NOV_2025_UK.csv"
    newer.write_text(directory(NEW), encoding="utf-8-sig")
    read(newer)
    after = list(PostcodeDistrict.objects.values_list("outward", "packed", "areas"))
    assert [(o, bytes(p), a) for o, p, a in after] == [
        (o, bytes(p), a) for o, p, a in before
    ]


def test_an_area_is_where_its_postcodes_are_and_knows_what_it_lies_in(kept):
    norwich = AreaExtent.objects.get(code="E07000148")
    assert (norwich.postcodes, norwich.easting, norwich.northing) == (2, 624173, 308402)
    assert norwich.beside == dict.fromkeys(
        ["E10000020", "E23000024", "E54000022", "E40000007"], 2
    )


def test_the_zip_is_read_with_the_names_of_its_areas(norfolk, tmp_path):
    path = tmp_path / "ONSPD_NOV_2025.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/ONSPD_NOV_2025_UK.csv", directory(NEW, ROWS * 3))
        archive.writestr(
            "Data/multi_csv/ONSPD_NOV_2025_UK_JE.csv", directory(NEW, ROWS[-1:])
        )
        archive.writestr(
            "Documents/ICB names and codes UK as at 04_23.csv",
            "ICB23CD,ICB23CDH,ICB23NM\r\n"
            "E54000022,QMM,NHS Norfolk and Waveney Integrated Care Board\r\n",
        )
    assert "Areas added 1" in read(path)
    board = Area.objects.get(code="E54000022")
    assert (board.kind, board.parent.name) == ("health", "England")
    assert board in lookup("NR1 1AA").areas
    assert "Areas added" not in read(path)


def test_importing_again_replaces_all(kept, tmp_path):
    fewer = tmp_path / "fewer.csv"
    fewer.write_text(directory(rows=ROWS[:1]))
    assert "Postcodes   1" in read(fewer)
    assert lookup("NR2 1AA") is None
    assert list(PostcodeDistrict.objects.values_list("outward")) == [("NR1",)]
    assert not AreaExtent.objects.filter(code="E07000144").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "lacks a column for the district and the postcode"),
        (directory(rows=[]), "has no postcodes in it"),
        (
            directory(rows=[["nonsense", *ROWS[0][1:1], *[""] * 10]]),
            "no postcodes in it",
        ),
    ],
)
def test_a_file_that_is_not_the_directory_leaves_the_old_whole(
    kept, tmp_path, text, said
):
    other = tmp_path / "other.csv"
    other.write_text(text)
    with pytest.raises(CommandError, match=said):
        read(other)
    assert lookup("NR2 1AA")


def test_an_interruption_leaves_the_old_whole(kept, tmp_path, monkeypatch):
    def interrupted(names):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_postcodes, "add_areas", interrupted)
    fewer = tmp_path / "fewer.csv"
    fewer.write_text(directory(rows=ROWS[:1]))
    with pytest.raises(KeyboardInterrupt):
        read(fewer)
    assert lookup("NR2 1AA")
    assert AreaExtent.objects.get(code="E07000148").postcodes == 2


def test_rows_that_are_no_postcodes_are_counted_and_the_others_read(norfolk, tmp_path):
    path = tmp_path / "odd.csv"
    odd = [
        ["oops", "oops", *ROWS[0][2:]],
        ["NR1"],
        [*ROWS[0][:2], "June", *ROWS[0][3:]],
    ]
    path.write_text(directory(rows=[*odd, *ROWS]))
    said = read(path)
    assert "Refused     3 rows that are no postcodes: OOPS, NR1, NR1 1AA" in said
    assert "Postcodes   6, of which 1 are no longer in use" in said


def test_long_work_tells_how_far_it_is(norfolk, tmp_path, monkeypatch):
    monkeypatch.setattr(import_postcodes, "EVERY", 2)
    path = tmp_path / "long.csv"
    path.write_text(directory())
    assert "2 postcodes read\n4 postcodes read\n6 postcodes read\n" in read(path)


@pytest.mark.skipif(
    not find_spec(import_postcodes.PACKAGE), reason="no postcodes extra"
)
def test_all_real_postcodes_are_kept_in_60_megabytes_and_found():
    """With the package's own data: ONS, Open Government Licence."""
    for code, name in (("E07000148", "Norwich"), ("S12000027", "Shetland Islands")):
        area(code=code, name=name, kind="district")
    reading = import_postcodes.import_postcodes(None)
    assert reading.read > 2_700_000
    assert reading.refused == []
    assert bytes_of_tables() < 60_000_000
    assert [lookup(typed).homes[0].name for typed in ("nr11aa", "ze1 0ab")] == [
        "Norwich",
        "Shetland Islands",
    ]
    assert lookup("nr1 1aa").centre == (624073, 308352)
    norwich = AreaExtent.objects.get(code="E07000148")
    assert 3_000 < norwich.postcodes < 6_000
    assert 620_000 < norwich.easting < 626_000


def bytes_of_tables():
    """Return what postcodes take on disk."""
    tables = [m._meta.db_table for m in (PostcodeDistrict, AreaExtent)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT SUM(pg_total_relation_size(name::regclass)) FROM unnest(%s) name",
                [tables],
            )
            return cursor.fetchone()[0]
        cursor.execute(
            "SELECT SUM(LENGTH(packed) + LENGTH(areas)) FROM commissions_postcodedistrict"
        )
        packed = cursor.fetchone()[0]
        cursor.execute("SELECT SUM(LENGTH(beside)) FROM commissions_areaextent")
        return packed + cursor.fetchone()[0]
