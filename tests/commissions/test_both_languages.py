"""What a body wrote in Welsh too, and its Easy Read version: at the desk, then in public."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from commissions.models import EasyReadPart, Entry
from commissions.search import index
from tests import make
from tests.commissions.test_admin_commissions import filled
from tests.outline import flat

pytestmark = pytest.mark.django_db


def picture():
    """Return a small picture as a browser sends it."""
    file = BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    return SimpleUploadedFile("bus.png", file.getvalue(), content_type="image/png")


def test_a_reader_of_welsh_reads_what_the_body_wrote_in_welsh(client):
    both = make.commission(
        title="Home care",
        summary="Care at home.",
        need="More people need care.",
        welsh_title="Gofal cartref",
        welsh_summary="Gofal yn y cartref.",
    )
    url = both.get_absolute_url()
    english, welsh = flat(client.get(url)), flat(client.get(f"/cy{url}"))
    assert "<h1>Home care</h1>" in english
    assert "Gofal" not in english
    assert "<h1>Gofal cartref</h1>" in welsh
    assert "Gofal yn y cartref." in welsh
    assert '<div lang="en-GB"><p>More people need care.</p></div>' in welsh
    listed = flat(client.get("/cy/commissions/"))
    assert "Gofal cartref</a>" in listed


def test_on_a_welsh_page_words_given_in_english_alone_are_marked(client):
    only = make.commission(title="Home care", summary="Care at home.")
    page = flat(client.get(f"/cy{only.get_absolute_url()}"))
    assert '<h1><span lang="en-GB">Home care</span></h1>' in page
    assert '<p><span lang="en-GB">Care at home.</span>' in page


def test_its_welsh_title_is_found(client):
    made = make.commission(title="Home care", welsh_title="Gofal cartref")
    index.index([made.pk])
    assert "Home care" in flat(client.get("/search/", {"q": "cartref"}))


def test_a_section_is_read_in_welsh_where_its_body_gave_it(client):
    consultation = make.consultation()
    first, *_ = consultation.draft.texts.all()
    url = reverse(
        "consultations:section-detail",
        args=[consultation.reference, first.section.key],
    )
    page = flat(client.get(f"/cy{url}"))
    assert f'<span lang="en-GB">{first.heading}</span>' in page
    assert '<div lang="en-GB">' in page


def test_easy_read_has_a_page_of_its_own(client):
    commission = make.commission(title="Home care")
    url = reverse("commissions:commission-easy-read", args=[commission.reference])
    assert client.get(url).status_code == 404
    assert url not in flat(client.get(commission.get_absolute_url()))
    EasyReadPart.objects.create(
        commission=commission, order=1, words="Some people need help at home."
    )
    assert url in flat(client.get(commission.get_absolute_url()))
    page = flat(client.get(url))
    assert "Some people need help at home." in page
    assert "<img" not in page.partition("<main")[2]


def test_easy_read_of_a_draft_is_nobody_s_business(client):
    draft = make.draft_commission()
    EasyReadPart.objects.create(commission=draft, order=1, words="Not yet.")
    url = reverse("commissions:commission-easy-read", args=[draft.reference])
    assert client.get(url).status_code == 404


def test_a_picture_without_words_for_it_is_refused():
    part = EasyReadPart(
        commission=make.commission(), order=1, words="A bus.", picture="easy-read/x.jpg"
    )
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        part.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        part.save()


def test_the_desk_gives_both_and_the_record_says_so(client):
    client.force_login(make.staff())
    commission = make.commission(title="Home care")
    url = reverse("admin:commissions_commission_change", args=[commission.pk])
    sent = filled(commission, welsh_title="Gofal cartref") | {
        "easy_read-TOTAL_FORMS": 1,
        "easy_read-0-order": 1,
        "easy_read-0-words": "A bus comes every day.",
        "easy_read-0-picture": picture(),
        "easy_read-0-shows": "A green bus",
    }
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.context["errors"]
    part = commission.easy_read.get()
    assert part.picture.name.endswith(".jpg")
    changed = [
        name
        for entry in Entry.objects.filter(kind="commission.changed")
        for name in entry.facts["fields"]
    ]
    assert {"welsh_title", "easy_read"} <= set(changed)
    client.logout()
    page = client.get(
        reverse("commissions:commission-easy-read", args=[commission.reference])
    )
    shown = reverse("commissions:easy-read-picture", args=[part.file_name])
    assert f'src="{shown}" alt="A green bus"' in flat(page)
    assert b"JFIF" in b"".join(client.get(shown).streaming_content)
    record = flat(client.get(commission.get_absolute_url()))
    assert "the Easy Read version" in record
