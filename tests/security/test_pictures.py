"""Pictures cost a request nothing, and nobody sees one before it is drawn afresh."""

import io
import struct
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from commissions.models import NotReady
from consultations.comments import actions, attachments, pictures
from consultations.comments.forms import CommentForm
from consultations.models import Attachment, Submission
from tests import make

WIDE, HIGH = 6324, 6324


def drawn(kind, size=(30, 20), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def bomb():
    """A WebP of 1.6 kB that says it has forty million pixels."""
    content = drawn("WEBP", (WIDE, HIGH), lossless=True, quality=0, method=0)
    assert len(content) < 2_000
    return content


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00"}),
    ],
)
def test_header_says_what_the_picture_measures(kind, options):
    found = pictures.header(drawn(kind, **options))
    assert found == pictures.Header(f"image/{kind.lower()}", 30, 20)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_header_cut_anywhere_is_no_picture_and_no_fault(kind):
    whole = drawn(kind)
    for length in range(len(whole)):
        found = pictures.header(whole[:length])
        assert found is None or (found.width, found.height) == (30, 20)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8" + b"\xff" * 10_000_000,
        b"\xff\xd8\xff\xe0" + b"\x00\x00\xff\xe0" * 2_500_000,
        b"PK\x03\x04" + b"PK\x01\x02" * 2_500_000,
    ],
    ids=["fill", "empty segments", "directory"],
)
def test_ten_megabytes_of_nothing_are_refused_at_once(content):
    began = time.process_time()
    assert attachments.kind_of(content) is None
    assert time.process_time() - began < 0.2


def test_zip_with_a_directory_of_two_hundred_thousand_files_is_not_read(monkeypatch):
    monkeypatch.setattr(attachments.zipfile, "ZipFile", None)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 9_000_000, 4, 0)
    assert attachments.kind_of(b"PK\x03\x04" + bytes(9_000_000) + end) is None


def test_picture_over_the_limit_is_refused_by_its_header_alone(monkeypatch):
    monkeypatch.setattr(pictures, "redrawn", None)
    header = drawn("PNG")[:16] + struct.pack(">II", 8000, 5001)
    with pytest.raises(ValidationError, match="at most 40 megapixels"):
        attachments.kind_of(header)


@pytest.mark.django_db
def test_three_small_files_of_forty_megapixels_cost_next_to_nothing(client, bomb):
    consultation = make.consultation()
    address = reverse("consultations:submission-create", args=[consultation.reference])
    client.get(address)
    files = [SimpleUploadedFile(f"{n}.webp", bomb) for n in range(3)]
    began = time.process_time()
    answer = client.post(f"{address}?on=whole", {"text": "Look.", "files": files})
    assert time.process_time() - began < 0.2
    assert "Enter your name" in answer.content.decode()


@pytest.mark.django_db
def test_more_than_three_files_are_refused_before_any_is_looked_at(monkeypatch):
    monkeypatch.setattr(attachments, "checked", None)
    files = [SimpleUploadedFile(f"{n}.png", b"x") for n in range(4)]
    form = CommentForm({}, {"files": files}, consultation=make.consultation())
    form.files = type("Files", (dict,), {"getlist": dict.get})(files=files)
    assert form.errors["files"] == [
        "Choose at most 3 files. You can put several pictures into one document."
    ]


def upright(content):
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size, dict(picture.getexif()), dict(picture.info)


def test_photo_that_lies_on_its_side_is_drawn_upright_without_its_metadata():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "Taken at 4 High Street"
    lying = drawn("JPEG", exif=exif)
    size, said, info = upright(pictures.redrawn(lying, "image/jpeg"))
    assert (size, said) == ((20, 30), {})
    assert "exif" not in info


def test_transparency_of_a_picture_stays():
    out = io.BytesIO()
    Image.new("RGBA", (3, 3), (9, 9, 9, 7)).save(out, "PNG")
    redrawn = pictures.redrawn(out.getvalue(), "image/png")
    with Image.open(io.BytesIO(redrawn)) as picture:
        assert picture.getpixel((1, 1)) == (9, 9, 9, 7)


def test_phone_photo_of_several_pictures_is_taken():
    first, second = Image.new("RGB", (30, 20)), Image.new("RGB", (30, 20))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert attachments.kind_of(out.getvalue()) == "image/jpeg"
    size, _, _ = upright(pictures.redrawn(out.getvalue(), "image/jpeg"))
    assert size == (30, 20)


def test_largest_picture_is_drawn_within_the_limits(bomb):
    content = pictures.redrawn(bomb, "image/webp")
    assert pictures.header(content) == pictures.Header("image/webp", WIDE, HIGH)


@pytest.mark.parametrize(
    ("name", "limit"), [("MEMORY", 200_000_000), ("SECONDS", 0.05)]
)
def test_picture_that_takes_too_much_is_refused(monkeypatch, bomb, name, limit):
    monkeypatch.setattr(pictures, name, limit)
    with pytest.raises(pictures.Refused):
        pictures.redrawn(bomb, "image/webp")


def status(client, address):
    answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code


def sent(content, name="p.jpg", kind="image/jpeg"):
    consultation = make.consultation()
    return actions.receive(
        consultation,
        {"role": "carer", "public_name": "Ada Obi", "email": "ada@example.org"},
        [{"text": "See the picture.", "section_text": None}],
        files=[(name, kind, content)],
    )


@pytest.mark.django_db
def test_nobody_reads_a_picture_before_it_is_drawn_afresh(client, admin_client):
    submission = sent(drawn("JPEG"))
    actions.confirm(submission)
    comment = submission.comments.get()
    with pytest.raises(NotReady, match="still being checked"):
        actions.publish(comment, by="staff")
    kept = Attachment.objects.get()
    addresses = {
        client: reverse("consultations:attachment-download", args=[kept.reference]),
        admin_client: reverse("admin:attachment-look", args=[kept.reference]),
    }
    page = reverse(
        "consultations:comment-detail",
        args=[comment.consultation.reference, comment.reference],
    )
    assert {status(c, url) for c, url in addresses.items()} == {404}
    raw = kept.file.name
    assert attachments.redraw_waiting() == 1
    actions.publish(submission.comments.get(), by="staff")
    assert {status(c, url) for c, url in addresses.items()} == {200}
    assert "p.jpg" in client.get(page).content.decode()
    assert not kept.file.storage.exists(raw)
    assert attachments.redraw_waiting() == 0


@pytest.mark.django_db
def test_sender_and_moderator_read_that_a_picture_is_damaged(client, admin_client):
    submission = sent(drawn("JPEG")[:200])
    actions.confirm(submission)
    own = actions.emails.private_path(submission)
    desk = reverse("admin:comment-moderate", args=[submission.comments.get().reference])
    assert "being checked" in client.get(own).content.decode()
    assert attachments.redraw_waiting() == 1
    for reader, address in ((client, own), (admin_client, desk)):
        assert (
            "damaged, locked or too large to check"
            in reader.get(address).content.decode()
        )
    assert Submission.objects.get().attachments.get().state == "refused"


@pytest.mark.django_db
def test_two_workers_keep_a_picture_once(monkeypatch):
    kept = sent(drawn("JPEG")).attachments.get()
    again = Attachment.objects.get()
    assert attachments.redraw(kept) == 1
    assert attachments.redraw(again) == 0
    folder = Attachment.objects.get().file.name.rpartition("/")[0]
    assert len(kept.file.storage.listdir(folder)[1]) == 1
