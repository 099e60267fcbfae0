"""A published draft is frozen by the database: nothing goes in, out or elsewhere."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction

from consultations.models import Draft, RemovedSection, Section, SectionText
from tests import make

pytestmark = pytest.mark.django_db


def versions():
    """Return a section of a published version, and one of the working version."""
    published = make.draft().texts.get()
    working = published.draft.specification.begin_draft()
    section = Section.objects.create(specification=working.specification)
    return published, make.section_text(draft=working, section=section)


def add(draft):
    """Insert a section past every model."""
    section = Section.objects.create(specification=draft.specification)
    return SectionText.objects.bulk_create(
        [SectionText(draft=draft, section=section, order=9, heading="Slipped in")]
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda published, working: add(published.draft),
        lambda published, working: SectionText.objects.filter(pk=working.pk).update(
            draft=published.draft
        ),
        lambda published, working: SectionText.objects.filter(pk=published.pk).update(
            draft=working.draft
        ),
        lambda published, working: published.came_from.add(working),
        lambda published, working: RemovedSection.objects.create(
            draft=published.draft, text=working
        ),
    ],
    ids=["section in", "section moved in", "section moved out", "origin", "removal"],
)
def test_nothing_goes_into_a_published_draft_or_out_of_it(change):
    published, working = versions()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        change(published, working)
    assert published.draft.texts.get() == published
    assert not published.came_from.exists()
    assert not published.draft.removals.exists()


def test_what_a_version_left_out_and_came_from_stays_once_it_is_public():
    published, working = versions()
    working.came_from.add(published)
    removal = RemovedSection.objects.create(draft=working.draft, text=published)
    Draft.objects.filter(pk=working.draft_id).update(
        published_at=published.draft.published_at
    )
    for change in (
        working.came_from.clear,
        removal.delete,
        lambda: RemovedSection.objects.update(why="Other."),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()
    assert (working.came_from.get(), working.draft.removals.get().why) == (
        published,
        "",
    )


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "table", ["draft", "sectiontext", "sectiontext_came_from", "removedsection"]
)
def test_the_tables_of_drafts_are_never_emptied(table):
    with (
        pytest.raises(DatabaseError, match="frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE consultations_{table} CASCADE")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_section_sent_in_while_a_draft_is_being_published_is_refused():
    """The writer waits for the publisher, then sees that the draft is public."""
    draft = make.section_text(kind="outcome").draft
    published, sent = threading.Event(), threading.Event()

    def slip_in():
        published.wait(10)
        try:
            sent.set()
            add(draft)
        except DatabaseError as error:
            return str(error)
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            draft.publish(by="demo")
            writing = pool.submit(slip_in)
            published.set()
            sent.wait(10)
        assert "frozen" in writing.result(10)
    assert draft.texts.count() == 1
