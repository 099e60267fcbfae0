"""What an honest Word file becomes."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from consultations.drafts.document_import import Limits, Refused, from_docx, split_at
from tests.consultations.wordfiles import W, saved, with_parts, with_xml, written

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def bodies(reading):
    return [section.html for section in reading.sections]


def outline(reading):
    return [(section.heading, section.level) for section in reading.sections]


def said(reading, words):
    return [warning for warning in reading.warnings if words in warning]


def test_sections_begin_at_headings_and_the_title_is_not_one():
    reading = from_docx(
        written(
            ("Title", "Care at home"),
            ("Normal", "Why we ask."),
            ("Heading 1", "1. Outcomes"),
            ("Normal", "People feel safe."),
            ("Heading 2", "1.1 At night"),
            ("Normal", "Also at night."),
            ("Heading 4", "Deeper"),
            ("Normal", "Still there."),
        )
    )
    assert reading.title == "Care at home"
    assert outline(reading) == [
        ("Introduction", 1),
        ("1. Outcomes", 1),
        ("1.1 At night", 2),
    ]
    assert bodies(reading) == [
        "<p>Why we ask.</p>",
        "<p>People feel safe.</p>",
        "<p>Also at night.</p><h4>Deeper</h4><p>Still there.</p>",
    ]
    assert [section.words for section in reading.sections] == [3, 3, 6]
    assert reading.words == 12
    assert reading.warnings == ()


def test_a_lone_top_heading_is_the_title_and_the_rest_move_up():
    reading = from_docx(
        written(("Heading 1", "The draft"), ("Heading 2", "A"), ("Normal", "Words."))
    )
    assert (reading.title, outline(reading)) == ("The draft", [("A", 1)])


def test_text_without_headings_is_one_section_and_says_how_to_get_more():
    reading = from_docx(written(("Normal", "Only words.")))
    assert outline(reading) == [("Introduction", 1)]
    assert len(said(reading, "No headings were found")) == 1


def test_emphasis_lists_and_links_are_kept():
    document = docx.Document()
    document.add_heading("A", 1)
    paragraph = document.add_paragraph("They ")
    paragraph.add_run("must").bold = True
    paragraph.add_run(" listen").italic = True
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    assert bodies(from_docx(saved(document))) == [
        "<p>They <strong>must</strong><em> listen</em></p>"
        "<ul><li>one</li></ul><ol><li>first</li></ol>"
    ]


@pytest.mark.parametrize(
    ("address", "html"),
    [
        (
            "https://example.org/a",
            '<a href="https://example.org/a" rel="nofollow noopener">here</a>',
        ),
        (
            "mailto:a@example.org",
            '<a href="mailto:a@example.org" rel="nofollow noopener">here</a>',
        ),
        ("javascript:alert(1)", "here"),
        ("file:///etc/passwd", "here"),
        ("data:text/html,x", "here"),
    ],
)
def test_links_go_to_the_web_and_to_mail_alone(address, html):
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    link = document.part.relate_to(
        address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {W} xmlns:r="http://schemas.openxmlformats.org/'
            f'officeDocument/2006/relationships" r:id="{link}">'
            "<w:r><w:t>here</w:t></w:r></w:hyperlink>"
        )
    )
    assert bodies(from_docx(saved(document))) == [f"<p>See {html}</p>"]


def test_a_table_s_first_row_is_a_header_where_word_says_so():
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ["Need", "Hours", "Visit", "3"], strict=True):
        cell.text = words
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    assert bodies(from_docx(saved(document))) == [
        "<table><thead><tr><th><p>Need</p></th><th><p>Hours</p></th></tr></thead>"
        "<tbody><tr><td><p>Visit</p></td><td><p>3</p></td></tr></tbody></table>"
    ]


def test_merged_cells_stay_merged():
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    assert '<td colspan="2"><p>wide</p></td>' in bodies(from_docx(saved(document)))[0]


def test_a_bold_line_is_reported_and_not_split():
    document = docx.Document()
    document.add_heading("A", 1)
    document.add_paragraph("Before.")
    document.add_paragraph().add_run("Quality of visits").bold = True
    document.add_paragraph("After.")
    document.add_paragraph().add_run("This is bold because it matters.").bold = True
    (section,) = from_docx(saved(document)).sections
    assert section.looks_like_heading == ("Quality of visits",)
    first, second = split_at(section, "Quality of visits")
    assert (first.heading, first.html) == ("A", "<p>Before.</p>")
    assert (second.heading, second.level, second.words) == ("Quality of visits", 1, 7)


def test_only_a_line_of_the_section_can_be_made_its_heading():
    (section,) = from_docx(written(("Normal", "Words."))).sections
    with pytest.raises(ValueError, match="not a line"):
        split_at(section, "Other")


def test_a_picture_leaves_its_description_and_no_image():
    document = docx.Document()
    document.add_paragraph("Map:")
    document.add_picture(io.BytesIO(PIXEL))
    document.add_picture(io.BytesIO(PIXEL))
    picture = document.inline_shapes[0]._inline.docPr
    picture.set("descr", "Map of <the> county")
    reading = from_docx(saved(document))
    assert bodies(reading) == [
        "<p>Map:</p><p><em>[Picture: Map of &lt;the&gt; county]</em></p>"
        "<p><em>[Picture without a description]</em></p>"
    ]
    assert len(said(reading, "Pictures were left out")) == 1


def test_tracked_changes_are_read_as_accepted_and_said():
    reading = from_docx(
        with_xml(
            "<w:p><w:r><w:t>Visits last </w:t></w:r>"
            "<w:del><w:r><w:delText>15</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>30</w:t></w:r></w:ins>"
            "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
            "<w:moveTo><w:r><w:t> minutes</w:t></w:r></w:moveTo></w:p>"
        )
    )
    assert bodies(reading) == ["<p>Visits last 30 minutes</p>"]
    assert len(said(reading, "tracked changes")) == 1


def test_margin_comments_are_left_out_and_said():
    document = docx.Document()
    paragraph = document.add_paragraph("Said aloud.")
    document.add_comment(paragraph.runs, text="Not for the public", author="A. Person")
    reading = from_docx(saved(document))
    assert bodies(reading) == ["<p>Said aloud.</p>"]
    assert len(said(reading, "Comments in the margin")) == 1
    assert "Not for the public" not in str(reading)


@pytest.mark.parametrize("value", ["", ' w:val="1"', ' w:val="true"'])
def test_hidden_text_is_left_out_and_said(value):
    reading = from_docx(
        with_xml(
            f"<w:p><w:r><w:t>Shown.</w:t></w:r><w:r><w:rPr><w:vanish{value}/></w:rPr>"
            "<w:t>Secret.</w:t></w:r></w:p>"
        )
    )
    assert bodies(reading) == ["<p>Shown.</p>"]
    assert len(said(reading, "Hidden text")) == 1


def test_text_hidden_by_its_style_is_left_out_too():
    document = docx.Document()
    document.styles.add_style("Drafting note", 1).font.hidden = True
    document.styles.add_style("Whisper", 2).font.hidden = True
    document.add_paragraph("Secret.", style="Drafting note")
    document.add_paragraph("Shown.").add_run("Also secret.", style="Whisper")
    assert bodies(from_docx(saved(document))) == ["<p>Shown.</p>"]


def test_text_that_a_style_could_hide_but_does_not_is_kept():
    reading = from_docx(
        with_xml(
            '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Shown.</w:t></w:r></w:p>'
        )
    )
    assert (bodies(reading), said(reading, "Hidden")) == (["<p>Shown.</p>"], [])


def test_a_footnote_goes_to_the_end_of_the_section_that_refers_to_it():
    notes = (
        f"<w:footnotes {W}>"
        '<w:footnote w:id="2"><w:p><w:r><w:t>Care Act 2014.</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="3"><w:p><w:r><w:t>Second.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    base = with_xml(
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>',
        '<w:p><w:r><w:t>One</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
        '<w:r><w:footnoteReference w:id="3"/></w:r></w:p>',
        "<w:p><w:r><w:t>more</w:t></w:r></w:p>",
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>B</w:t></w:r></w:p>',
        "<w:p><w:r><w:t>last</w:t></w:r></w:p>",
    )
    reading = from_docx(with_parts({"word/footnotes.xml": notes}, base=base))
    assert bodies(reading) == [
        "<p>One<sup>[1]</sup><sup>[2]</sup></p><p>more</p>"
        "<p>[1] Care Act 2014.</p><p>[2] Second.</p>",
        "<p>last</p>",
    ]
    assert len(said(reading, "Footnotes were moved")) == 1


def test_words_struck_through_are_kept_and_said():
    document = docx.Document()
    document.add_paragraph("Old").runs[0].font.strike = True
    reading = from_docx(saved(document))
    assert bodies(reading) == ["<p>Old</p>"]
    assert len(said(reading, "struck through")) == 1


def test_the_table_of_contents_is_left_out():
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Outcomes 3", style="toc 1")
    document.add_paragraph("Words.")
    assert bodies(from_docx(saved(document))) == ["<p>Words.</p>"]


def test_a_style_that_is_not_known_is_said_once():
    reading = from_docx(written(("Quote", "a"), ("Quote", "b")))
    assert said(reading, "“Quote”") == [
        "Paragraphs in the style “Quote” were read as ordinary text."
    ]


def test_numbers_that_word_makes_are_warned_of():
    reading = from_docx(written(("List Number", "a")))
    assert len(said(reading, "start again in every section")) == 1


def test_an_empty_heading_and_one_as_long_as_a_paragraph_begin_no_section():
    reading = from_docx(
        written(("Heading 1", "A"), ("Heading 1", " "), ("Heading 1", "word " * 60))
    )
    assert outline(reading) == [("A", 1)]
    assert len(said(reading, "A heading of more than 200 characters")) == 1


def test_a_heading_in_a_table_stays_in_the_table():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).paragraphs[0].style = "Heading 1"
    document.tables[0].cell(0, 0).paragraphs[0].add_run("Inside")
    assert "<td><h4>Inside</h4></td>" in bodies(from_docx(saved(document)))[0]


@pytest.mark.parametrize("document", [written(), written(("Heading 1", "Only this"))])
def test_a_document_without_words_is_refused(document):
    with pytest.raises(Refused, match="no words"):
        from_docx(document)


def test_more_headings_than_a_draft_may_have_are_refused():
    many = written(*[("Heading 1", "A"), ("Normal", "words")] * 4)
    with pytest.raises(Refused, match="4 headings"):
        from_docx(many, Limits(sections=3))
