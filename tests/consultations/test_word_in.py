"""Words in: from an upload to a working draft, refused in sentences where not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.drafts import actions
from consultations.models import Draft, Section, SectionText, Specification
from tests import make
from tests.consultations import wordfiles

pytestmark = pytest.mark.django_db

WORDS = """# Outcomes

People feel safe at home, and their wellbeing improves.

# Staffing

Two nurses are on duty, and each is trained.
"""


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def address(commission):
    return reverse("admin:specification-of", args=[commission.reference])


def paste(desk, commission, words=WORDS, **fields):
    return desk.post(address(commission), {"markdown": words, **fields})


def draft_of(commission):
    return Draft.objects.get(specification__commission=commission, published_at=None)


def headings(commission):
    return list(draft_of(commission).texts.values_list("heading", flat=True))


def test_word_file_becomes_a_working_draft_and_nothing_public(desk):
    commission = make.commission()
    file = wordfiles.written(
        ("Heading 1", "Outcomes"),
        ("Normal", "People feel safe."),
        ("Heading 1", "Staffing"),
        ("Normal", "Two nurses."),
    )
    upload = SimpleUploadedFile("draft.docx", file.read())
    reply = desk.post(address(commission), {"file": upload})
    draft = draft_of(commission)
    assert reply.url == reverse("admin:draft-review", args=[draft.pk])
    assert headings(commission) == ["Outcomes", "Staffing"]
    assert (draft.source_name, draft.published_at) == ("draft.docx", None)
    assert set(draft.texts.values_list("kind", flat=True)) == {""}


def test_pasted_markdown_is_read_by_the_same_road(desk):
    commission = make.commission()
    paste(desk, commission)
    assert headings(commission) == ["Outcomes", "Staffing"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"%PDF-1.7 not Word", "PDF"),
        (b"just some words", "This is not a Word document."),
    ],
)
def test_file_that_is_no_word_document_is_refused_beside_its_field(
    desk, content, sentence
):
    commission = make.commission()
    upload = SimpleUploadedFile("draft.docx", content)
    page = desk.post(address(commission), {"file": upload})
    assert sentence in page.context["form"].errors["file"][0]
    assert not Specification.objects.exists()


def test_limits_are_settings(desk, settings):
    settings.WORD_MAX_SECTIONS = 1
    commission = make.commission()
    page = paste(desk, commission)
    assert "1 sections" in page.context["form"].errors["markdown"][0]
    assert not Draft.objects.exists()


def test_nothing_and_both_are_refused(desk):
    commission = make.commission()
    sentence = "Choose a Word file or paste text, one of the two."
    assert paste(desk, commission, "").context["form"].non_field_errors() == [sentence]


def test_second_reading_asks_before_it_replaces_and_keeps_what_you_pasted(desk):
    commission = make.commission()
    paste(desk, commission)
    page = paste(desk, commission, "# Other\n\nWords.")
    assert "2 sections already" in page.context["form"].non_field_errors()[0]
    assert headings(commission) == ["Outcomes", "Staffing"]
    assert page.context["form"]["markdown"].value() == "# Other\n\nWords."


def test_second_reading_keeps_identity_kind_and_reason_of_what_stays(desk):
    commission = make.commission()
    paste(desk, commission)
    staffing = SectionText.objects.get(heading="Staffing")
    SectionText.objects.filter(pk=staffing.pk).update(kind="input", reason="The law.")
    stamp = actions.stamp_draft(draft_of(commission))
    again = "# New\n\nSomething else entirely.\n\n" + WORDS.partition("\n\n# S")[
        2
    ].join(["# S", ""])
    paste(desk, commission, again, replace="on", stamp=stamp)
    assert headings(commission) == ["New", "Staffing"]
    kept = SectionText.objects.get(heading="Staffing")
    assert (kept.section_id, kept.kind, kept.reason) == (
        staffing.section_id,
        "input",
        "The law.",
    )
    assert Section.objects.count() == 2


def test_second_reading_loses_nothing_that_somebody_else_wrote_meanwhile(desk):
    commission = make.commission()
    paste(desk, commission)
    stamp = actions.stamp_draft(draft_of(commission))
    SectionText.objects.filter(heading="Staffing").update(reason="Mine.")
    page = paste(desk, commission, "# Other\n\nWords.", replace="on", stamp=stamp)
    assert "Somebody else changed" in page.context["form"].non_field_errors()[0]
    assert SectionText.objects.get(heading="Staffing").reason == "Mine."


def test_discarding_leaves_published_versions(desk):
    first = make.draft()
    commission = first.specification.commission
    paste(desk, commission)
    draft = draft_of(commission)
    url = reverse("admin:draft-discard", args=[draft.pk])
    assert desk.get(url).status_code == 200
    desk.post(url)
    assert list(Draft.objects.all()) == [first]
    assert Section.objects.count() == 1


def test_only_staff_who_may_write_drafts_get_in(client):
    commission = make.commission()
    user = make.User.objects.create_user("jo", is_staff=True)
    client.force_login(make.role(user, commission.organisation, "auditor"))
    assert client.get(address(commission)).status_code == 403
    client.force_login(make.role(user, make.organisation(), "publisher"))
    assert client.get(address(commission)).status_code == 403
