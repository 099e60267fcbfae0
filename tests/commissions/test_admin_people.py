"""Posts are taken and left by verbs; photos are cleaned; the record is read-only."""

from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from commissions.models import Commissioner, Document, Entry, Organisation, Post
from commissions.people import photos
from commissions.search import index as search_index
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def commissioner(client, everywhere):
    """Sign in as a commissioner who holds no post."""
    user = User.objects.create_user("jo", is_staff=True)
    everywhere(user, "publisher", "administrator")
    client.force_login(user)
    return user


def picture(form="JPEG", size=(1200, 900), **options):
    """Return an uploaded picture."""
    file = BytesIO()
    Image.new("RGB", size, "#336699").save(file, form, **options)
    return SimpleUploadedFile(f"me.{form.lower()}", file.getvalue())


def test_person_takes_a_vacant_post_on_a_day(client, commissioner):
    post, person = make.post(), make.commissioner()
    client.post(
        reverse("admin:post-take", args=[post.pk]),
        {"commissioner": person.pk, "on": "2026-02-02"},
    )
    tenure = post.tenures.get()
    assert (tenure.commissioner, tenure.started_on) == (person, date(2026, 2, 2))
    assert [entry.kind for entry in Entry.objects.all()] == ["post.taken"]


def test_held_post_cannot_be_taken(client, commissioner):
    post = make.held_post()
    client.post(
        reverse("admin:post-take", args=[post.pk]),
        {"commissioner": make.commissioner().pk, "on": "2026-02-02"},
    )
    assert post.tenures.count() == 1


def test_post_is_vacant_from_the_day_a_person_leaves(client, commissioner):
    post = make.held_post()
    client.post(reverse("admin:post-vacate", args=[post.pk]), {"on": "2026-02-02"})
    post.forget_tenures()
    assert (post.tenure, post.vacant_since) == (None, date(2026, 2, 2))


def test_leaving_before_arriving_is_refused_in_a_sentence(client, commissioner):
    post = make.held_post()
    page = client.post(
        reverse("admin:post-vacate", args=[post.pk]), {"on": "2020-01-01"}
    )
    assert page.context["form"].non_field_errors() == [
        "A person must leave a post after they take it up."
    ]


def test_vacant_post_cannot_be_left(client, commissioner):
    post = make.post()
    url = reverse("admin:post-vacate", args=[post.pk])
    assert client.post(url, {"on": "2026-02-02"}).status_code == 302
    assert list(Entry.objects.all()) == []


@pytest.mark.parametrize("name", ["take", "vacate"])
def test_only_staff_with_the_right_fill_and_empty_posts(client, name):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    post = make.held_post()
    url = reverse(f"admin:post-{name}", args=[post.pk])
    assert client.post(url, {"on": "2026-02-02"}).status_code == 404
    assert client.get(url.replace(str(post.pk), "0")).status_code == 404


def test_new_post_goes_on_the_record(client, commissioner):
    body = make.organisation()
    client.post(
        reverse("admin:commissions_post_add"),
        {
            "organisation": body.pk,
            "title": "Head of Parks",
            "slug": "head-of-parks",
            "is_decision_level": "on",
            "tenures-TOTAL_FORMS": "0",
            "tenures-INITIAL_FORMS": "0",
        },
    )
    assert Post.objects.get().title == "Head of Parks"
    entry = Entry.objects.get()
    assert (entry.kind, entry.by) == ("post.added", "staff")


@pytest.mark.parametrize("model", ["organisation", "post", "commissioner", "entry"])
def test_nothing_public_can_be_deleted_even_by_an_administrator(client, model):
    client.force_login(make.staff())
    commission = make.commission()
    commission.record_changes(["need"], by="test")
    post = commission.post
    there = {
        "organisation": post.organisation,
        "post": post,
        "commissioner": post.tenure.commissioner,
        "entry": Entry.objects.get(),
    }[model]
    url = reverse(f"admin:commissions_{model}_delete", args=[there.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_record_can_be_read_and_not_written(client):
    client.force_login(make.staff())
    make.commission().record_changes(["need"], by="test")
    entry = Entry.objects.get()
    url = reverse("admin:commissions_entry_change", args=[entry.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"kind": "post.taken"}).status_code == 403
    assert client.get(reverse("admin:commissions_entry_add")).status_code == 403


def test_organisation_keeps_its_address_once_made(client, commissioner):
    body = make.organisation(slug="eastmarsh")
    client.post(
        reverse("admin:commissions_organisation_change", args=[body.pk]),
        {
            "name": "New name",
            "slug": "other",
            "kind": body.kind,
            "nation": body.nation,
            "least_consultation_days": "28",
            "question_days": "10",
            "agenda_in_working_days": "on",
            "identifiers-TOTAL_FORMS": "0",
            "identifiers-INITIAL_FORMS": "0",
            "other_names-TOTAL_FORMS": "0",
            "other_names-INITIAL_FORMS": "0",
        },
    )
    assert Organisation.objects.get().slug == "eastmarsh"
    assert [entry.facts for entry in Entry.objects.all()] == [{"fields": ["name"]}]


# Photos


def test_photo_is_shrunk_and_forgets_where_it_was_taken():
    where = Image.Exif()
    where[0x010F] = "SecretCam"
    kept = photos.shrink_photo(picture(exif=where))
    with Image.open(kept) as small:
        assert (small.format, small.size, dict(small.getexif())) == (
            "JPEG",
            (480, 360),
            {},
        )
    assert b"SecretCam" not in kept.read()


def test_photo_taken_sideways_is_turned_upright():
    sideways = Image.Exif()
    sideways[0x0112] = 6
    with Image.open(photos.shrink_photo(picture(exif=sideways))) as upright:
        assert upright.size == (360, 480)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_every_kind_of_photo_becomes_a_jpeg(form):
    assert photos.shrink_photo(picture(form)).name.endswith(".jpg")


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"), "cannot be read"),
        (SimpleUploadedFile("a.jpg", b""), "cannot be read"),
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "cannot be read"),
        (SimpleUploadedFile("a.jpg", b"\xff" * (8 * 1024 * 1024 + 1)), "larger than 8 MB"),
        (picture("PNG", (10_000, 4_001)), "40 million pixels"),
        (picture("PNG", (14_000, 14_000)), "40 million pixels"),
        (SimpleUploadedFile("cut.jpg", picture().read()[:400]), "cannot be read"),
        (picture("GIF"), "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_fit_photo_is_refused_in_a_sentence(upload, sentence):
    with pytest.raises(ValidationError, match=sentence):
        photos.shrink_photo(upload)


def test_uploaded_photo_is_shown_to_the_public_and_cached(client, commissioner):
    person = make.tenure().commissioner
    client.post(
        reverse("admin:commissions_commissioner_change", args=[person.pk]),
        {"name": person.name, "photo": picture()},
    )
    person = Commissioner.objects.get()
    response = client.get(person.photo.url)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "max-age=604800" in response["Cache-Control"]
    assert b"JFIF" in b"".join(response.streaming_content)


@pytest.mark.parametrize(("hidden", "said"), [(True, "noindex"), (False, None)])
def test_a_photo_is_left_out_of_search_where_the_person_asks_that(client, hidden, said):
    person = make.tenure().commissioner
    person.hide_from_search_engines = hidden
    person.photo.save("y.jpg", photos.shrink_photo(picture()))
    answer = client.get(person.photo.url)
    assert b"JFIF" in b"".join(answer.streaming_content)
    assert answer.get("X-Robots-Tag") == said
    page = client.get(person.get_absolute_url()).content.decode()
    assert ('content="noindex"' in page) is hidden


def test_photo_of_a_person_who_is_not_named_is_not_shown(client):
    person = make.commissioner()
    person.photo.save("x.jpg", photos.shrink_photo(picture()))
    assert client.get(person.photo.url).status_code == 404


def test_file_that_nobody_refers_to_is_not_served(client):
    assert client.get("/media/commissioners/other.jpg").status_code == 404
    assert client.get("/media/documents/2026/other.pdf").status_code == 404
    assert client.get("/media/portal.sqlite3").status_code == 404


def test_document_is_a_download_in_which_nothing_runs(client):
    commission = make.commission()
    kept = Document(commission=commission, title="Plan")
    kept.file.save(
        "plan.html", SimpleUploadedFile("plan.html", b"<script>"), save=False
    )
    kept.attach(by="test")
    response = client.get(kept.file.url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(response.streaming_content) == b"<script>"


def test_document_of_a_draft_is_not_handed_over(client):
    kept = Document(commission=make.draft_commission(), title="Plan")
    kept.file.save("plan.pdf", SimpleUploadedFile("plan.pdf", b"%PDF"), save=False)
    kept.attach(by="test")
    assert client.get(kept.file.url).status_code == 404
    assert list(Entry.objects.all()) == []


def test_commission_is_found_by_the_new_name_of_its_topic(client):
    topic = make.topic(name="Lidos")
    commission = make.commission(topic=topic)
    search_index.index([commission.pk])
    client.force_login(make.staff())
    client.post(
        reverse("admin:commissions_topic_change", args=[topic.pk]),
        {"name": "Outdoor pools", "slug": topic.slug},
    )
    found = client.get(reverse("commissions:commission-list"), {"q": "outdoor pools"})
    assert commission.title in found.content.decode()
    gone = client.get(reverse("commissions:commission-list"), {"q": "lidos"})
    assert f">{commission.title}<" not in gone.content.decode()
