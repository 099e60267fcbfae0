"""What no XML can carry never comes in, and pages, feeds and reports survive it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from lxml import etree

from commissions.public.listing.feeds import AtomFeed
from commissions.text.characters import printable
from consultations.comments import actions
from consultations.exports import write_word_report
from consultations.models import Comment, Correction
from tests import make

BAD = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127, 0x85, 0xFFFE, 0xFFFF]))


def test_text_without_bad_characters_is_left_as_it_is():
    text = "Naïve “words”\r\n\twith a 🙂 and a \u200d joiner."
    assert printable(text) is text


def test_line_that_a_word_processor_broke_stays_broken():
    assert printable("one\x0btwo\x0cthree") == "one\ntwo\nthree"
    assert etree.fromstring(f"<p>{printable(f'a{BAD}b')}</p>").text.startswith("a")


@pytest.mark.django_db
def test_comment_pasted_from_word_is_taken_clean_and_reported(client):
    consultation = make.consultation()
    address = reverse("consultations:submission-create", args=[consultation.reference])
    said = {"text": f"First line.\x0bSecond line.{BAD}", "role": "carer"}
    said |= {"public_name": f"Ada{BAD} Obi", "email": "ada@example.org"}
    picture = SimpleUploadedFile("a\x0b\ufffe.pdf", b"%PDF-1.7")
    client.post(f"{address}?on=whole", {**said, "files": picture})
    comment = Comment.objects.get()
    assert comment.text.replace("\r", "").startswith("First line.\nSecond line.")
    kept = [comment.text, comment.submission.public_name]
    kept += comment.submission.attachments.values_list("name", flat=True)
    assert [text for text in kept if printable(text) != text] == []
    comment.submission.attachments.update(state="ready")
    actions.confirm(comment.submission)
    comment.refresh_from_db()
    comment.publish(by="staff")
    with write_word_report(consultation, consultation.comments.public()) as report:
        words = "\n".join(p.text for p in Document(report).paragraphs)
    assert "Second line." in words


@pytest.mark.django_db
def test_every_form_goes_through_the_same_door(client):
    commission = make.commission()
    address = reverse("consultations:correction-create")
    about = f"{address}?about=commission/{commission.reference}"
    client.post(about, {"text": "The day\x0bis wrong.\ufffe"})
    assert Correction.objects.get().text == "The day\nis wrong."


def test_feed_of_bad_characters_can_be_parsed():
    feed = AtomFeed(title=f"News{BAD}", link="http://x/", description=BAD)
    feed.add_item(title=f"A{BAD}", link="http://x/1", description=f"B{BAD}")
    assert etree.fromstring(feed.writeString("utf-8").encode()) is not None
