"""Drafts: edited while working, frozen once published."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from commissions.models import Entry, NotReady, Overtaken
from consultations.models import Draft, SectionText
from tests import make

pytestmark = pytest.mark.django_db


def test_publishing_freezes_the_words_in_the_database_itself():
    text = make.draft().texts.get()
    for change in (
        lambda: SectionText.objects.filter(pk=text.pk).update(body="<p>Other.</p>"),
        lambda: SectionText.objects.filter(pk=text.pk)._raw_delete("default"),
        lambda: Draft.objects.filter(pk=text.draft_id).update(summary="Other."),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    text.refresh_from_db()
    assert text.body == "<p>People get help within five days of asking.</p>"


def test_working_draft_is_edited_and_discarded_freely():
    text = make.section_text()
    text.body = "<p>Other.</p>"
    text.save()
    text.draft.discard()
    assert Draft.objects.count() == 0


def test_published_draft_cannot_be_discarded():
    draft = make.draft()
    with pytest.raises(Overtaken, match="it stays"):
        draft.discard()
    assert Draft.objects.get() == draft


@pytest.mark.parametrize("kind", ["process", "input"])
def test_section_that_prescribes_how_needs_a_reason(kind):
    text = make.section_text(kind=kind, heading="Staffing")
    with pytest.raises(NotReady) as refused:
        text.draft.publish(by="demo")
    assert refused.value.reasons == [
        "Give a reason why “Staffing” prescribes how the work is done "
        "(Procurement Act 2023, section 56(2))."
    ]
    text.reason = "The law fixes the ratio."
    text.save()
    text.draft.publish(by="demo")
    assert Draft.objects.published().get() == text.draft


def test_empty_draft_is_refused_in_a_sentence():
    draft = make.specification().begin_draft()
    with pytest.raises(NotReady, match="Add at least one section"):
        draft.publish(by="demo")


def test_second_version_needs_its_sections_matched():
    first = make.draft()
    second = first.specification.begin_draft()
    make.section_text(draft=second, section=first.texts.get().section)
    with pytest.raises(NotReady, match="Confirm what happened to each section"):
        second.publish(by="demo")
    assert (second.version, second.previous) == (2, first)


def test_publishing_twice_enters_one_entry():
    draft = make.draft()
    with pytest.raises(Overtaken):
        draft.publish(by="demo")
    entry = Entry.objects.get(kind="draft.published")
    assert entry.facts == {"version": 1, "sections": 1, "sha256": draft.digest()}


def test_specification_has_one_working_draft():
    spec = make.specification()
    assert spec.begin_draft() == spec.begin_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        spec.drafts.create(version=7)
