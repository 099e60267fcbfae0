"""Documents from strangers go without the name of their maker."""

import io
import zipfile

import pikepdf
import pytest
from docx import Document
from PIL import Image

from consultations.comments import attachments, documents
from consultations.comments.pictures import Refused
from consultations.models import Attachment
from tests import make

MAKER = "Marker Maker"
WORD = attachments.WORD


def word():
    """Write a Word file that names its maker in each place that Word has."""
    made = Document()
    made.core_properties.author = made.core_properties.last_modified_by = MAKER
    run = made.add_paragraph("The words stay.").add_run()
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = MAKER  # Artist
    Image.new("RGB", (20, 20)).save(picture, "JPEG", exif=exif)
    run.add_picture(picture)
    made.add_comment(run, text="A remark.", author=MAKER, initials="MM")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf(**save):
    """Write a PDF with properties, a script and a note that name its maker."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Author"] = MAKER
        with made.open_metadata() as metadata:
            metadata["dc:creator"] = [MAKER]
        script = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=f"app.alert('{MAKER}')"
        )
        made.Root.OpenAction = made.make_indirect(script)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 9, 9],
            Contents="The note stays.",
            T=MAKER,
        )
        made.pages[0].Annots = made.make_indirect(
            pikepdf.Array([made.make_indirect(note)])
        )
        made.attachments["x.txt"] = MAKER.encode()
        made.save(out, **save)
    return out.getvalue()


def whole(content, kind):
    """Return all that a file holds, unpacked."""
    if kind == WORD:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return b"".join(parts.read(name) for name in parts.namelist())
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as kept:
        kept.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "made", "stays"),
    [
        (WORD, word, b"The words stay."),
        ("application/pdf", pdf, b"The note stays."),
    ],
)
def test_name_of_the_maker_goes_and_the_words_stay(kind, made, stays):
    given = made()
    assert MAKER.encode() in whole(given, kind)
    kept = documents.cleaned(given, kind, Refused)
    assert MAKER.encode() not in whole(kept, kind)
    assert b"app.alert" not in whole(kept, kind)
    assert stays in whole(kept, kind)
    if kind == WORD:
        assert len(Document(io.BytesIO(kept)).inline_shapes) == 1


def with_macros():
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr("word/vbaProject2.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (WORD, with_macros()),
        (WORD, b"PK\x03\x04 not a zip"),
        ("application/pdf", b"%PDF-1.7 not a PDF"),
        ("application/pdf", pdf(encryption=pikepdf.Encryption(owner="a", user=""))),
    ],
)
def test_what_cannot_be_cleaned_is_refused(kind, content):
    with pytest.raises(Refused):
        documents.cleaned(content, kind, Refused)


@pytest.mark.django_db
def test_worker_cleans_a_document_before_anybody_reads_it(client):
    submission = make.submission()
    make.comment(submission=submission, state="awaiting")
    attachments.attach(submission, [("a.pdf", "application/pdf", pdf())])
    kept = Attachment.objects.get()
    raw = kept.file.path
    assert kept.state == "waiting"
    assert attachments.redraw_waiting() == 1
    kept.refresh_from_db()
    assert kept.state == "ready"
    with kept.file.open() as file:
        assert MAKER.encode() not in whole(file.read(), "application/pdf")
    assert not kept.file.storage.exists(raw)
