"""A corpus of hostile files, made by code: each is taken or refused, never a 500."""

import contextlib
import io
import zipfile
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from consultations.comments import pictures
from consultations.comments.attachments import WORD, checked, kind_of, made_afresh
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


def deflated(content):
    """Pack a zip file as small as it goes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in given.namelist():
            packed.writestr(name, given.read(name))
    return out.getvalue()


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
    "a drawing that can run": b'<?xml version="1.0"?><svg onload="alert(1)"/>',
    "a WebP of nothing": b"RIFF\x40\0\0\0WEBPVP8 " + bytes(60),
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a locked Word file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a zip file in a zip file": word(**{"word/x.xml": "x"}).replace(
        b"word/document.xml", b"word/nothing.zip."
    ),
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


# What the door takes by its first bytes, and the cage then refuses or makes harmless.


def chunk(kind, content):
    """Write one chunk of a PNG."""
    check = zlib.crc32(kind + content).to_bytes(4)
    return len(content).to_bytes(4) + kind + content + check


def png(*chunks, wide=40, high=30):
    head = wide.to_bytes(4) + high.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    parts = b"".join(chunk(*each) for each in (*chunks, (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + parts


def pdf(action=None, tail=b""):
    """Write a PDF whose link does something, with more behind its end."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if action:
            link = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(**action),
            )
            made.pages[0].Annots = made.make_indirect(pikepdf.Array([link]))
        made.save(out)
    return out.getvalue() + tail


ZEROS = zlib.compress(bytes(2**27))
HARMLESS = b"alert(1)"
MANY = {f"word/part-{n}.xml": bytes(2**25) for n in range(4)}
SETTLED = {
    "a PNG cut short": (picture("PNG")[:60], None),
    "a PNG of less than it says": (png((b"IDAT", zlib.compress(b"x"))), None),
    "a PNG with a bomb for a text": (png((b"zTXt", b"k\0\0" + ZEROS)), None),
    "a PNG with a bomb for pixels": (
        png((b"IDAT", ZEROS), wide=9, high=9),
        b"\x89PNG",
    ),
    "a picture that is a page too": (
        picture("JPEG") + b"<script>alert(1)</script>",
        b"\xff\xd8",
    ),
    "a picture with a page for a remark": (
        picture("JPEG", comment=b"<script>alert(1)</script>"),
        b"\xff\xd8",
    ),
    "a PDF that is a zip file too": (pdf(tail=b"alert(1)" + word()), b"%PDF-"),
    "a PDF that starts a program": (
        pdf({"S": pikepdf.Name.Launch, "F": "alert(1)"}),
        b"%PDF-",
    ),
    "a PDF that sends what is typed": (
        pdf({"S": pikepdf.Name.SubmitForm, "F": "alert(1)"}),
        b"%PDF-",
    ),
    "a PDF of one line": (b"%PDF-1.7", None),
    "a Word file with a bomb": (
        deflated(word(**MANY)),
        None,
    ),
    "a Word file in a Word file": (word(**{"word/media/a.xml": word()}), None),
    "a program in a Word file": (word(**{"word/fonts/a.odttf": b"MZ\x90"}), None),
    "a Word file with a font of nonsense": (
        word(**{"word/fonts/font1.odttf": bytes(range(256))}),
        b"PK",
    ),
}


@pytest.mark.parametrize("name", SETTLED)
def test_what_the_door_takes_is_refused_or_made_harmless(name):
    content, begins = SETTLED[name]
    kind = checked(upload(content))[1]
    if begins is None:
        with pytest.raises(Refused):
            made_afresh(content, kind)
        return
    kept = made_afresh(content, kind)
    assert kept.startswith(begins)
    assert HARMLESS not in kept
    assert b"Launch" not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_on_its_side_is_drawn_upright(kind):
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: turn it right
    drawn = pictures.draw(picture(kind, exif=exif), f"image/{kind.lower()}")
    with Image.open(io.BytesIO(drawn)) as upright:
        assert upright.size == (30, 40)
        assert not upright.getexif()


@pytest.mark.parametrize("name", ["macros", "macros under another name"])
def test_a_draft_with_macros_under_any_name_is_refused(name):
    limits = Limits(file_bytes=10_000_000, sections=400, markdown_characters=300_000)
    with pytest.raises(DraftRefused):
        docx_safety.open_package(REFUSED[name], limits)


def test_a_picture_that_is_none_is_refused_by_who_draws_it():
    with pytest.raises(Refused):
        redrawn(b"\xff\xd8\xff" + b"\x00" * 100, "image/jpeg")
