"""What a section may hold, and the plain words in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.document_import.sanitise import clean
from consultations.drafts.plain_text import (
    inner_html,
    parse_html,
    plain_words,
    split_words,
    text_blocks,
    text_of,
)


@pytest.mark.parametrize(
    ("dirty", "html"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<p onclick='x' style='y' class='z' id='w'>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<h1>a</h1><h4>b</h4>", "a<h4>b</h4>"),
        ("<iframe src='https://a.uk'></iframe><p>a", "<p>a</p>"),
        ("<a href='javascript:x'>a</a>", '<a rel="nofollow noopener">a</a>'),
        ("<a href='//a.uk'>a</a>", '<a rel="nofollow noopener">a</a>'),
        ("<ol start='3' type='i'><li>a</ol>", '<ol start="3"><li>a</li></ol>'),
        ("<ol start='-3'><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<!-- a -->b", "b"),
        ("a\x00\x0b\ud800b", "a\nb"),
    ],
)
def test_only_what_a_section_may_hold_is_kept(dirty, html):
    assert clean(dirty) == html


@pytest.mark.parametrize(("span", "kept"), [("2", True), ("1000", False), ("x", False)])
def test_a_cell_spans_a_sensible_number_of_columns(span, kept):
    html = clean(f'<table><tr><td colspan="{span}">a</td></tr></table>')
    assert ("colspan" in html) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(dirty):
    assert clean(clean(dirty)) == clean(dirty)


def test_each_block_is_a_line_and_inline_elements_are_not():
    html = "<p>a <strong>b</strong>c<br>d</p>e<ul><li>f<ul><li>g</li></ul></li></ul>"
    assert text_blocks(html) == ["a bc d", "e", "f", "g"]
    assert text_of(html) == "a bc d\ne\nf\ng"


def test_the_html_inside_an_element_comes_without_it():
    assert inner_html(parse_html("a <em>b</em> &lt;c")) == "a <em>b</em> &lt;c"


@settings(deadline=None)
@given(st.text())
def test_any_text_has_blocks_without_blank_lines(source):
    assert all(line.strip() for line in text_blocks(source))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("well-being isn't 1,000", ["well-being", "isn't", "1,000"]),
        ("s.56(2) and/or", ["s.56", "2", "and/or"]),
        ("— “yes.”", ["yes"]),
        ("Ysbyty Ystrad Fawr, tŷ", ["Ysbyty", "Ystrad", "Fawr", "tŷ"]),
    ],
)
def test_words_are_counted_as_a_person_would(source, found):
    assert split_words(source) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("“a”", '"a"'), ("a – b", "a - b"), ("a\u00a0 b", "a b"), ("so\u00adft", "soft")],
)
def test_what_word_changes_unasked_is_not_a_change(one, other):
    assert plain_words(one) == plain_words(other)


@pytest.mark.parametrize(
    ("one", "other"), [("must", "Must"), ("a.", "a"), ("£1", "£2")]
)
def test_letters_figures_and_stops_are_a_change(one, other):
    assert plain_words(one) != plain_words(other)
