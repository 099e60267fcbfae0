"""From pasted Markdown to sections, by the same road as a Word file."""

from html import escape

from markdown_it import MarkdownIt

from commissions.text.characters import printable
from consultations.drafts import plain_text
from consultations.drafts.document_import.limits import USUAL, Limits, Refused
from consultations.drafts.document_import.sections import Reading, read_sections

_PICTURES = "Pictures were left out; each has left its description behind."


def from_markdown(source: str, limits: Limits = USUAL) -> Reading:
    """Read Markdown (CommonMark with tables, HTML shown as written) as sections.

    Raises `Refused` for text without words or beyond the limits.
    """
    if len(source) > limits.markdown_characters:
        raise Refused(
            f"The text is {len(source):,} characters long; at most "
            f"{limits.markdown_characters:,} are accepted. Split it into parts."
        )
    if not source.strip():
        raise Refused("There is no text. Paste the draft into the box.")
    _refuse_marks(source, limits)
    markup = _reader().render(printable(source))
    warnings = [_PICTURES] if "<em>[Picture" in markup else []
    return read_sections(plain_text.parse_html(markup), limits, warnings)


def _refuse_marks(source, limits):
    """Refuse what would take the reader a minute: a text of brackets and stars."""
    if sum(map(source.count, "\n[]*_`<!|")) > limits.markdown_marks:
        raise Refused(
            f"The text has more than {limits.markdown_marks:,} line ends, brackets, "
            "stars and bars, too many to be read at once. Split it into parts."
        )


def _reader():
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("image", _describe)
    return reader


def _describe(_renderer, tokens, index, _options, _env):
    words = plain_text.tidy_spaces(tokens[index].content)
    return f"<em>[Picture{': ' + escape(words) if words else ' without a description'}]</em>"
