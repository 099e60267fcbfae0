"""A quoted passage is found in the section's own words, or said not to be there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.comments.quotes import Span, find_quote
from consultations.drafts.plain_text import text_of

SECTION = (
    "<p>The provider’s staff — all of them — must <strong>listen</strong>.</p>"
    "<ul><li>Visits last 30&nbsp;minutes</li><li>co\u2011ordinated cafe\u0301 club</li></ul>"
)


@pytest.mark.parametrize(
    ("passage", "own"),
    [
        ("must listen", "must listen"),
        ("The provider's staff - all of them", "The provider’s staff — all of them"),
        ("“must listen.”", "must listen"),
        ("...last  30\nminutes…", "last 30 minutes"),
        ("MUST LISTEN. visits last", "must listen.\nVisits last"),
        ("co-ordinated caf\u00e9", "co\u2011ordinated cafe\u0301"),
        ("co\u00ad-ordi\u200bnated", "co\u2011ordinated"),
    ],
)
def test_a_passage_is_found_however_it_was_copied(passage, own):
    found = find_quote(passage, SECTION)
    assert found.words == own
    assert text_of(SECTION)[found.start : found.end] == own


@pytest.mark.parametrize(
    "passage",
    ["", "  “” ", "…", "must not listen", "ist", "isten", "must lis", "40 minutes"],
)
def test_other_words_and_parts_of_words_are_not_found(passage):
    assert find_quote(passage, SECTION) is None


def test_the_first_of_two_places_is_given():
    assert find_quote("he", "<p>the he</p><p>he</p>") == Span("he", 4, 6)


@settings(deadline=None)
@given(data=st.data())
def test_any_run_of_a_section_s_words_is_found(data):
    words = text_of(SECTION).split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    passage = " ".join(words[start:end])
    found = find_quote(passage, SECTION)
    assert (found is None) == (passage in {"—"})
    if found:
        assert found.words.split() == passage.strip(".").split()


@given(passage=st.text(), words=st.text())
def test_no_text_is_too_strange_to_look_for(passage, words):
    found = find_quote(passage, words)
    assert found is None or text_of(words)[found.start : found.end] == found.words
