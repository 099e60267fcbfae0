"""The figure is LIX, said in words, and nothing is claimed of a tiny text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.readability import lix_band, readability, sentences


def paragraph(sentence, times):
    return f"<p>{' '.join([sentence] * times)}</p>"


def test_the_figure_is_words_a_sentence_and_the_share_of_long_words():
    found = readability(
        paragraph("The provider shall write to us each day of the year.", 10)
    )
    # 11 words a sentence; 1 long word ("provider") in 11: 11 + 100/11 = 20.1
    assert (found.lix, found.band) == (20, "easy to read")
    assert (found.words, found.sentences) == (110, 10)


def test_the_longest_sentence_is_given_in_its_own_words():
    long = "This one goes on and on until nobody remembers how it began."
    found = readability(paragraph("Short one here.", 20) + f"<p>{long} End.</p>")
    assert (found.longest, found.longest_words) == (long, 12)


def test_officialese_is_called_hard():
    found = readability(
        paragraph(
            "Notwithstanding subparagraph provisions hereinbefore contained, contractors "
            "undertaking responsibilities commissioned pursuant to regulations shall "
            "demonstrate organisational arrangements facilitating implementation.",
            4,
        )
    )
    assert found.band == "very hard; most people will struggle"


@pytest.mark.parametrize(
    ("lix", "words"),
    [
        (29.9, "easy to read"),
        (30, "plain, like a magazine story"),
        (40, "like a newspaper"),
        (50, "hard, like an official report; many people will struggle"),
        (60, "very hard; most people will struggle"),
    ],
)
def test_each_band_begins_where_the_last_ends(lix, words):
    assert lix_band(lix) == words


@pytest.mark.parametrize("html", ["", "<p>...</p>", paragraph("word", 49)])
def test_nothing_is_claimed_of_fewer_than_fifty_words(html):
    assert readability(html) is None


def test_fifty_words_are_enough():
    assert readability(paragraph("word", 50)).words == 50


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One. Two! Three?</p>", ["One.", "Two!", "Three?"]),
        (
            "<p>See s. 56 and no. 4, e.g. The Act.</p>",
            ["See s. 56 and no. 4, e.g. The Act."],
        ),
        ("<p>Mr. Smith walks 3.5 miles.</p>", ["Mr. Smith walks 3.5 miles."]),
        ("<p>He said “no.” She left.</p>", ["He said “no.”", "She left."]),
        ("<ul><li>one</li><li>two</li></ul>", ["one", "two"]),
        ("<p>It costs. £5 more.</p>", ["It costs.", "£5 more."]),
        ("<p>— …</p>", []),
    ],
)
def test_sentences_end_where_a_reader_would_stop(html, found):
    assert sentences(html) == found


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_has_a_figure_or_none(words):
    found = readability(words)
    assert found is None or found.words >= 50
