"""A file that is not a plain, moderate Word document is refused, quickly and clearly."""

import io
import random
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.document_import import Limits, Refused, from_docx
from tests.consultations.wordfiles import HOLDING, W, with_body, with_parts, written

RUN = "<w:r><w:t>word word word</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DTD = '<!DOCTYPE w:document [<!ENTITY a "aaaa">]>'
OUTSIDE = '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">'
FILE = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MACRO = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/'
    'vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)


def refusal(file, limits=None):
    """Give the sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        from_docx(file, limits or Limits())
    return str(refused.value)


def packed(**parts):
    return io.BytesIO(zipped(parts))


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty"),
        (b"just text", "not a Word document"),
        (b"<html>", "not a Word document"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"{\\rtf1", "rich text file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (zipped({"xl/workbook.xml": "<a/>"}), "spreadsheet"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "slides"),
        (zipped({"content.xml": "<a/>"}), "OpenDocument"),
        (zipped({"a.txt": "a"}), "not a Word document"),
        (zipped({}), "damaged|not a Word document"),
    ],
)
def test_a_file_that_is_no_word_document_is_refused_by_what_it_is(data, sentence):
    with pytest.raises(Refused, match=sentence):
        from_docx(io.BytesIO(data))


def test_every_refusal_says_what_to_do():
    assert refusal(io.BytesIO(b"%PDF-1.7")) == (
        "This is a PDF, not a Word document. Open it in Word and save it as a Word "
        "document (.docx)."
    )


def test_a_fifty_megabyte_file_is_refused_without_being_read_whole():
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            assert 0 < size <= 10_000_001
            self.asked += size
            return b"P" * size

    endless = Endless()
    assert "larger than 10 MB" in refusal(endless)
    assert endless.asked == 10_000_001


def test_a_zip_with_a_password_is_refused():
    data = bytearray(written(("Normal", "a")).getvalue())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "protected by a password" in refusal(io.BytesIO(bytes(data)))


@pytest.mark.parametrize(
    "changes",
    [
        {"word/vbaProject.bin": b"macro"},
        {"word/VBAPROJECT.BIN": b"macro"},
        {"[Content_Types].xml": MACRO},
    ],
)
def test_macros_are_refused(changes):
    assert "macros" in refusal(with_parts(changes))


@pytest.mark.parametrize(
    "name",
    [
        "../evil.xml",
        "/etc/passwd",
        "word\\evil.xml",
        "C:evil",
        "word/a\x01.xml",
        "WORD/document.xml",
    ],
)
def test_misleading_names_are_refused(name):
    assert "misleading names" in refusal(with_parts({name: "<a/>"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    file = written(("Normal", "a"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", HOLDING.format(PARAGRAPH))
    file.seek(0)
    assert "misleading names" in refusal(file)


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/theme/other.xml", "_rels/x.rels"]
)
@pytest.mark.parametrize("declared", [DTD, OUTSIDE, FILE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_in_every_part(part, declared, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declared}{HOLDING.format(PARAGRAPH)}'
    assert "XML entities" in refusal(with_parts({part: xml.encode(encoding)}))


def test_a_billion_laughs_are_refused_at_once():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{lines}]>' + HOLDING.format(
        "<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>"
    )
    began = time.process_time()
    assert refusal(with_parts({"word/document.xml": bomb}))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(file_bytes=1000), "larger than 0 MB"),
        (Limits(unpacked_bytes=10_000), "unpacks to"),
        (Limits(part_bytes=1000), "at most 0 MB"),
        (Limits(parts=3), "parts inside"),
        (Limits(marks=50), "too much formatting"),
        (Limits(elements=50), "too long or has too much formatting"),
    ],
)
def test_each_limit_is_a_setting(limits, sentence):
    assert sentence in refusal(written(("Normal", "a")), limits)


def test_a_part_packed_far_too_tightly_is_a_bomb():
    assert "packed far more tightly" in refusal(
        with_parts({"word/media/a.png": b"\0" * 5_000_000}, zipfile.ZIP_DEFLATED)
    )


def test_twenty_five_megabytes_of_pictures_say_what_to_take_out():
    noise = random.Random(1).randbytes(3_000_000)
    parts = {f"word/media/{n}.png": noise for n in range(9)}
    sentence = refusal(with_parts(parts), Limits(file_bytes=50_000_000))
    assert sentence.endswith(
        "Take out the pictures, which are not kept, and save it again."
    )


ATTACKS = {
    "paragraphs": PARAGRAPH * 100_000,
    "empty paragraphs": "<w:p/>" * 240_000 + PARAGRAPH,
    "runs": f"<w:p>{RUN * 100_000}</w:p>",
    "cells": "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 100_000 + "</w:tr></w:tbl>",
    "open fields": "<w:p>"
    + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 9_000
    + RUN * 2_000
    + "</w:p>",
    "tables in tables": "<w:tbl><w:tr><w:tc>" * 20
    + PARAGRAPH
    + "</w:tc></w:tr></w:tbl>" * 20,
    "depth": "<w:p>" + "<w:ins>" * 200 + RUN + "</w:ins>" * 200 + "</w:p>",
    "more depth": "<w:p>" + "<w:ins>" * 5_000 + RUN + "</w:ins>" * 5_000 + "</w:p>",
    "attributes": "<w:p "
    + " ".join(f'w:a{n}="x"' for n in range(200_000))
    + "/>"
    + PARAGRAPH,
    "marks": "<w:p/>" * 800_000,
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_document_made_to_take_a_minute_is_refused_in_seconds(attack, method):
    file = with_body(ATTACKS[attack], method)
    began = time.process_time()
    refusal(file)
    assert time.process_time() - began < 10


def test_the_costliest_document_within_the_limits_takes_seconds():
    file = with_body(PARAGRAPH * 13_500)
    began = time.process_time()
    assert from_docx(file).words == 40_500
    assert time.process_time() - began < 30


def test_a_footnote_is_written_out_once_however_often_it_is_referred_to():
    note = f'<w:footnotes {W}><w:footnote w:id="2">{PARAGRAPH * 300}</w:footnote></w:footnotes>'
    again = '<w:r><w:footnoteReference w:id="2"/></w:r>' * 5_000
    file = with_parts(
        {
            "word/document.xml": HOLDING.format(f"<w:p>{RUN}{again}</w:p>"),
            "word/footnotes.xml": note,
        }
    )
    assert from_docx(file).words < 1_000


def test_a_style_map_inside_the_file_is_not_obeyed():
    file = with_parts({"mammoth/style-map": "p => h1:fresh"})
    assert [section.heading for section in from_docx(file).sections] == ["Introduction"]


def test_a_main_part_that_poses_as_a_picture_is_not_read():
    hidden = {
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
        '2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/a.png"/>'
        "</Relationships>",
        "word/a.png": DTD + HOLDING.format(PARAGRAPH),
        "word/document.xml": None,
    }
    assert "not a Word document" in refusal(with_parts(hidden))


@pytest.mark.parametrize(
    "body",
    [
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="many"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
        '<w:p><w:r><w:sym w:font="a" w:char="zz"/></w:r></w:p>',
    ],
)
def test_what_the_converter_cannot_bear_is_a_refusal_and_not_a_fault(body):
    assert "could not be read" in refusal(with_body(body + PARAGRAPH))


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(
            st.integers(0, 255)
        )
    cut = data.draw(st.integers(0, 50))
    found = outcome(io.BytesIO(bytes(whole[: len(whole) - cut])))
    assert found > 0 if isinstance(found, int) else found.endswith(".")


def outcome(file):
    """Give the words read, or the sentence of the refusal."""
    try:
        return from_docx(file).words
    except Refused as refused:
        return str(refused)


WHOLE = written(("Heading 1", "A"), ("Normal", "Some words.")).getvalue()
