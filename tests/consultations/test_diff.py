"""Differences read the same from both sides, and aloud."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.diff import (
    difference,
    difference_in_words,
    one_sided_difference,
)
from consultations.drafts.document_import.sanitise import clean
from consultations.drafts.plain_text import split_words, text_of

WORDS = st.sampled_from(
    ["people", "feel", "safe", "the", "provider", "must", "log,", "and", "(a)", "<b&."]
)
INLINE = st.lists(
    st.tuples(WORDS, st.sampled_from(["{}", "<strong>{}</strong>", "<em>{}</em> x"])),
    max_size=6,
).map(
    lambda pairs: " ".join(
        frame.format(word.replace("&", "&amp;").replace("<", "&lt;"))
        for word, frame in pairs
    )
)
PARAGRAPH = INLINE.map("<p>{}</p>".format)
BULLETS = st.lists(INLINE, min_size=1, max_size=3).map(
    lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
)
TABLE = st.lists(st.tuples(INLINE, INLINE), min_size=1, max_size=3).map(
    lambda rows: (
        "<table><tbody>"
        + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
        + "</tbody></table>"
    )
)
SECTION = st.lists(st.one_of(PARAGRAPH, BULLETS, TABLE), max_size=4).map("".join)


def letters(html):
    """Give a text's letters and stops, without any white space."""
    return "".join(text_of(html).split())


@settings(deadline=None)
@given(old=SECTION, new=SECTION)
def test_without_its_deletions_a_difference_is_the_new_text(old, new):
    assert letters(one_sided_difference(difference(old, new).html, "ins")) == letters(
        new
    )


@settings(deadline=None)
@given(old=SECTION, new=SECTION)
def test_without_its_insertions_a_difference_is_the_old_text(old, new):
    assert letters(one_sided_difference(difference(old, new).html, "del")) == letters(
        old
    )


@settings(deadline=None)
@given(old=st.text(), new=st.text())
def test_whatever_comes_in_only_safe_html_comes_out(old, new):
    marked = difference(old, new).html
    assert clean(marked, also=frozenset({"ins", "del"})) == marked


@settings(deadline=None)
@given(section=SECTION)
def test_a_section_against_itself_shows_no_change(section):
    found = difference(section, section)
    assert (found.summary, "<ins>" in found.html, "<del>" in found.html) == (
        "No words changed",
        False,
        False,
    )


def test_changed_words_are_marked_where_they_stand():
    found = difference(
        "<p>Visits last <strong>15</strong> minutes each.</p>",
        "<p>Visits last <strong>30</strong> minutes.</p>",
    )
    assert found.html == (
        "<p>Visits last <del><strong>15</strong></del><ins><strong>30</strong></ins>"
        " minutes<del> each</del>.</p>"
    )
    assert found.summary == "1 word added, 2 removed"


def test_a_paragraph_added_between_two_is_marked_whole():
    found = difference(
        "<p>One.</p><p>Three.</p>", "<p>One.</p><p>Two.</p><p>Three.</p>"
    )
    assert found.html == "<p>One.</p><p><ins>Two.</ins></p><p>Three.</p>"


def test_a_paragraph_removed_between_two_is_marked_whole():
    found = difference(
        "<p>One.</p><p>Two.</p><p>Three.</p>", "<p>One.</p><p>Three.</p>"
    )
    assert found.html == "<p>One.</p><p><del>Two.</del></p><p>Three.</p>"


def test_a_table_keeps_its_empty_cells():
    table = "<table><tbody><tr><td>{}</td><td></td></tr></tbody></table>"
    assert difference(table.format("a"), table.format("b")).html == table.format(
        "<del>a</del><ins>b</ins>"
    )


def test_a_link_that_only_changes_its_address_is_not_a_change_of_words():
    found = difference('<a href="https://a.uk">x</a>', '<a href="https://b.uk">x</a>')
    assert found.summary == "No words changed"
    assert "https://b.uk" in found.html


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        ("", "", "No words changed"),
        ("", "<p>one</p>", "1 word added"),
        ("<p>one two</p>", "", "2 words removed"),
        ("<p>one</p>", "<p>two three</p>", "2 words added, 1 removed"),
        ("<p>one <em>two</em></p>", "<p>one two</p>", "No words changed"),
    ],
)
def test_the_summary_says_how_many_words_came_and_went(old, new, summary):
    assert difference(old, new).summary == summary


def test_a_screen_reader_is_told_where_changes_begin_and_end():
    assert difference_in_words(difference("<p>a b</p>", "<p>a c</p>").html) == (
        '<p>a <del><span class="hide">[start of deletion] </span>b'
        '<span class="hide"> [end of deletion] </span></del>'
        '<ins><span class="hide">[start of insertion] </span>c'
        '<span class="hide"> [end of insertion] </span></ins></p>'
    )


@pytest.mark.parametrize("vocabulary", [1, 2, 40, 4000])
def test_long_sections_are_compared_in_good_time(vocabulary):
    def long(step):
        many = " ".join(f"word{n * step % vocabulary}" for n in range(6000))
        return f"<p>{many}</p>"

    began = time.process_time()
    found = difference(long(7), long(11))
    assert time.process_time() - began < 20
    assert split_words(text_of(one_sided_difference(found.html, "ins"))) == split_words(
        text_of(long(11))
    )
