"""Releases out of bytes: every form they come in, and every way they break."""

import gzip
import io
import json

import pytest

from commissions.ocds.importing.releases import RefusedRelease, Unreadable, releases
from tests.commissions.ocds.releases import package, release

ONE, TWO, THREE = (release(id=str(n)) for n in (1, 2, 3))
LINES = b"\n".join(json.dumps(each).encode() for each in (ONE, TWO, THREE))


def read(data):
    return list(releases(io.BytesIO(data), "test"))


def ids(found):
    return [
        "refused" if isinstance(each, RefusedRelease) else each.value["id"]
        for each in found
    ]


FORMS = {
    "a package": package(ONE, TWO, THREE),
    "an indented package": json.dumps(
        {"releases": [ONE, TWO, THREE]}, indent=2
    ).encode(),
    "a package with its fields after": json.dumps(
        {"uri": "x", "releases": [ONE, TWO, THREE], "publisher": {"name": "P"}}
    ).encode(),
    "a package with a release on each line": b'{"releases":[\n'
    + LINES.replace(b"\n", b",\n")
    + b"\n]}",
    "a list": json.dumps([ONE, TWO, THREE]).encode(),
    "JSON Lines": LINES + b"\n",
    "JSON Lines with empty lines": b"\n" + LINES.replace(b"\n", b"\n\n") + b"\n\n",
    "JSON one after another": LINES.replace(b"\n", b""),
    "records": json.dumps(
        {"records": [{"ocid": "o", "releases": [ONE, TWO]}, {"releases": [THREE]}]}
    ).encode(),
    "a record by itself": json.dumps(
        {"ocid": "o", "releases": [ONE, TWO, THREE], "compiledRelease": {}}
    ).encode(),
    "a package with a byte order mark": b"\xef\xbb\xbf" + package(ONE, TWO, THREE),
}


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_releases_plain_or_gzipped(form, packed):
    assert ids(read(packed(FORMS[form]))) == ["1", "2", "3"]


def test_a_release_by_itself_is_read():
    assert ids(read(json.dumps(ONE).encode())) == ["1"]
    assert ids(read(json.dumps(ONE, indent=1).encode())) == ["1"]


def test_a_package_without_releases_is_read_and_holds_nothing():
    assert read(b'{"releases": []}') == []


@pytest.mark.parametrize("size", [1, 63 * 1024, 64 * 1024, 200 * 1024])
def test_a_text_across_the_blocks_of_the_stream_stays_whole(size):
    long = release(id="1", description='é"\\' * size)
    first, second = read(package(long, TWO))
    assert first.value == long
    assert second.value == TWO


def test_a_truncated_gzip_gives_everything_before_the_break():
    many = [release(id=str(n), description=str(n) * 999) for n in range(200)]
    data = gzip.compress(package(*many))
    found = read(data[: len(data) * 3 // 4])
    *before, last = found
    assert ids(before) == [str(n) for n in range(len(before))]
    assert len(before) > 100
    assert last.reason.startswith("The source ends in the middle of")
    assert last.where == f"test, after release {len(before)}"


def test_invalid_json_inside_a_release_costs_that_release_alone():
    broken = package(ONE, TWO, THREE).replace(b'"id": "2"', b'"id": 2,,', 1)
    found = read(broken)
    assert ids(found) == ["1", "refused", "3"]
    assert found[1].reason.startswith("It is not valid JSON")
    assert found[1].where == "test, release 2"


def test_invalid_json_between_releases_ends_the_source_and_says_so():
    data = b'{"releases": [' + json.dumps(ONE).encode() + b" oops ]}"
    found = read(data)
    assert ids(found) == ["1", "refused"]
    assert found[1].reason == (
        "There is “o” where none should be in the middle of the source. "
        "What came before was read; the rest is lost."
    )


def test_a_bad_line_of_json_lines_costs_that_line_alone():
    data = json.dumps(ONE).encode() + b'\n{"id": \n' + json.dumps(THREE).encode()
    assert ids(read(data)) == ["1", "refused", "3"]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("NaN", "It holds “NaN”, which is not a number."),
        ("-Infinity", "It holds “-Infinity”, which is not a number."),
        ('1, "title": 2', "The key “title” is there twice in one object."),
        ("[" * 3000 + "]" * 3000, "It is nested too deep to be read."),
        ("9" * 5000, "It holds a number of too many digits."),
    ],
)
def test_what_is_not_to_be_trusted_costs_its_release_alone(value, reason):
    bad = json.dumps(release(id="2", title="X")).replace('"X"', "1", 1)
    bad = bad.replace('"title": 1', f'"title": {value}', 1)
    data = b'{"releases": [' + bad.encode() + b"," + json.dumps(THREE).encode() + b"]}"
    found = read(data)
    assert ids(found) == ["refused", "3"]
    assert found[0].reason == reason


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n ", b"hello", b"null", b'{"a": 1', b"\x1f\x8b", b"<html></html>"],
)
def test_what_holds_no_release_is_unreadable(data):
    with pytest.raises(Unreadable, match="test"):
        read(data)


def test_a_record_with_stubs_gives_its_compiled_release_and_says_so():
    stub = {"id": "027320-2025", "date": "2025-05-24T17:30:58Z", "tag": ["planning"]}
    linked = {"url": "https://x.example/2", "date": "2025-05-25", "tag": ["award"]}
    whole = release(id="whole", tag=["compiled"])
    record = {"ocid": "o", "releases": [stub, linked], "compiledRelease": whole}
    (only,) = read(json.dumps({"records": [record]}).encode())
    assert (only.value, only.tags) == (whole, ["award"])
    assert only.notes == [
        f"The record only names {named}, so its compiled release was read instead."
        for named in ("027320-2025", "a release")
    ]


def test_stubs_without_a_compiled_release_are_refused():
    stub = {"id": "027320-2025", "date": "2025-05-24T17:30:58Z", "tag": ["planning"]}
    linked = {"url": "https://x.example/2", "date": "2025-05-25", "tag": ["award"]}
    record = {"ocid": "o", "releases": [stub, linked], "compiledRelease": None}
    first, second = read(json.dumps({"records": [record]}).encode())
    assert str(first).startswith("027320-2025: The record only names it, and has no")
    assert second.reason.startswith("The record only links to it, and has no")


def test_a_record_with_full_releases_leaves_its_compiled_release_alone():
    record = {"ocid": "o", "releases": [ONE, TWO], "compiledRelease": THREE}
    assert ids(read(json.dumps({"records": [record]}).encode())) == ["1", "2"]
