"""What pages say of consultations and of the people who comment on them."""

import re

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext

from commissions.text.formats import how_many
from commissions.text.languages import said, tongue
from consultations.comments import labels
from consultations.drafts.diff import difference_in_words
from consultations.drafts.document_import.sanitise import clean
from consultations.questions.deadlines import working_in_words

CHANGES = frozenset({"ins", "del"})
HEADING = re.compile(r"<(/?)h([456])(?=>)")

register = template.Library()
register.filter("as_role", labels.role_in_words)
register.filter("as_stance", labels.stance_in_words)
register.filter("as_channel", labels.channel_in_words)
register.filter("working_days", working_in_words)


@register.filter
def comment_count(number):
    """Write how many comments: 1 comment, 7 comments."""
    said = ngettext("{n} comment", "{n} comments", number)
    return said.format(n=f"{number:,}")


@register.filter
def day_count(number):
    """Write how many days: 1 day, 7 days."""
    return how_many(number, "day")


@register.filter
def section_words(text, level=3):
    """Show the words of a section: HTML, cleaned once more on its way out.

    Its inner headings, h4 to h6 wherever it stands, come just under `level`,
    so that a page's headings skip none.
    """
    words = under(clean(said(text, "body")), level)
    spoken = tongue(text, "body")
    return mark_safe(f"<div{spoken}>{words}</div>" if spoken else words)


@register.filter
def changed_words(marked, level=3):
    """Show a difference, cleaned once more, with what screen readers are told."""
    return mark_safe(under(difference_in_words(clean(marked, also=CHANGES)), level))


def under(html, level):
    """Give the headings in cleaned HTML the levels just under one."""
    last, names = level, []

    def renumbered(match):
        nonlocal last
        if match[1]:
            return f"</h{names.pop()}"
        last = min(level + int(match[2]) - 3, last + 1, 6)
        names.append(last)
        return f"<h{last}"

    return HEADING.sub(renumbered, html)
