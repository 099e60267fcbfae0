"""Pasted Markdown takes the same road as a Word file."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.document_import import Limits, Refused, from_markdown
from consultations.drafts.document_import.sanitise import clean


def bodies(source):
    return [section.html for section in from_markdown(source).sections]


def test_headings_begin_sections_and_a_lone_first_one_is_the_title():
    reading = from_markdown(
        "# Draft\n\nWhy.\n\n## 1. Outcomes\n\nSafe.\n\n### Nights\n\nAlso."
    )
    assert reading.title == "Draft"
    assert [(s.heading, s.level, s.html) for s in reading.sections] == [
        ("Introduction", 1, "<p>Why.</p>"),
        ("1. Outcomes", 1, "<p>Safe.</p>"),
        ("Nights", 2, "<p>Also.</p>"),
    ]


def test_lists_tables_and_emphasis_are_kept():
    assert bodies("*a* **b**\n\n3. x\n\n| n |\n|---|\n| 1 |") == [
        "<p><em>a</em> <strong>b</strong></p>\n"
        '<ol start="3">\n<li>x</li>\n</ol>\n'
        "<table>\n<thead>\n<tr>\n<th>n</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>"
    ]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("[a](/admin/)", "<p>a</p>"),
        (
            "[a](HTTPS://b.uk)",
            '<p><a href="HTTPS://b.uk" rel="nofollow noopener">a</a></p>',
        ),
        ("    code <b>", "<p>code &lt;b&gt;\n</p>"),
        ("> # quoted\n> words", "<h4>quoted</h4>\n<p>words</p>"),
    ],
)
def test_nothing_that_runs_or_frames_comes_through(source, html):
    assert bodies(source) == [html]


def test_a_picture_leaves_its_description():
    reading = from_markdown("![A <map>](http://example.org/a.png) ![](b.png)")
    assert [s.html for s in reading.sections] == [
        "<p><em>[Picture: A &lt;map&gt;]</em> <em>[Picture without a description]</em></p>"
    ]
    assert any("Pictures were left out" in warning for warning in reading.warnings)


def test_a_bold_line_and_one_in_capitals_are_reported():
    (section,) = from_markdown(
        "**Scope**\n\nSTAFFING\n\n**Not this.**\n\nNor this"
    ).sections
    assert section.looks_like_heading == ("Scope", "STAFFING")


@pytest.mark.parametrize(
    ("source", "limits", "sentence"),
    [
        ("", Limits(), "There is no text"),
        (" \n", Limits(), "There is no text"),
        ("# Only a heading", Limits(), "no words"),
        ("![](a.png)", Limits(), None),
        ("long", Limits(markdown_characters=3), "4 characters long"),
        ("*a* *b*", Limits(markdown_marks=3), "more than 3 line ends, brackets"),
        ("# A\n\na\n\n# B\n\nb", Limits(sections=1), "2 headings"),
    ],
)
def test_what_is_no_draft_is_refused(source, limits, sentence):
    if sentence is None:
        assert from_markdown(source, limits).words == 4
    else:
        with pytest.raises(Refused, match=sentence):
            from_markdown(source, limits)


@settings(deadline=None)
@given(st.text())
def test_any_text_becomes_clean_sections_or_a_refusal(source):
    try:
        reading = from_markdown(source)
    except Refused:
        return
    assert [clean(s.html) for s in reading.sections] == [
        s.html for s in reading.sections
    ]


MARKS = ["[", "*a_ ", "> ", "- ", "`", "![", "<", "|a", "a\n"]


@pytest.mark.parametrize("mark", MARKS)
def test_text_made_to_take_a_minute_is_refused_or_read_in_seconds(mark):
    began = time.process_time()
    outcome("x\n\n" + mark * (299_000 // len(mark)))
    assert time.process_time() - began < 15


@pytest.mark.parametrize("mark", ["[", "*a_ ", "`", "![", "<", "|a", "a\n", "a\n\n"])
def test_the_costliest_text_within_the_limits_takes_seconds(mark):
    began = time.process_time()
    outcome(mark * (29_000 // max(1, len(mark.replace("a", "").strip(" ")))))
    assert time.process_time() - began < 15


def outcome(source):
    """Give the words read, or the sentence of the refusal."""
    try:
        return from_markdown(source).words
    except Refused as refused:
        return str(refused)
