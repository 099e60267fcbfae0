"""What pages say of consultations and of the people who comment on them."""

import re

from django import template
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.safestring import mark_safe

from consultations.comments import progress, speakers
from consultations.consultation import timetable
from consultations.drafts.diff import spoken
from consultations.drafts.document_import.sanitise import clean
from consultations.models import Consultation, Draft, State

CHANGES = frozenset({"ins", "del"})
HEADING = re.compile(r"<(/?)h([456])(?=>)")

register = template.Library()
register.filter("as_role", speakers.role)
register.filter("as_stance", speakers.stance)
register.filter("as_channel", speakers.channel)


@register.filter
def opens_later(consultation):
    """Tell whether a consultation has yet to open."""
    return consultation.opens_at > timezone.now()


@register.simple_tag
def consultations_of(commission):
    """List a commission's public consultations, newest first, in one query.

    Each has `standing`, `progress` and `newest_version`, the number of the
    newest public version of the draft it is on.
    """
    if not getattr(commission, "has_consultations", True):
        return []
    found = Consultation.objects.published().filter(commission=commission)
    rows = list(with_counts(found).select_related("response__draft", "draft"))
    for row in rows:
        row.standing = timetable.standing(row)
        row.late = timetable.is_late(row)
        row.progress = progress.Progress(row.answered, row.to_answer)
    return rows


def with_counts(consultations):
    """Count with each consultation its comments, those answered, and the versions."""
    drafts = Draft.objects.published().filter(
        specification=OuterRef("draft__specification")
    )
    newest = drafts.order_by("-version").values("version")[:1]
    public = Q(comments__state=State.PUBLISHED)
    return consultations.annotate(
        to_answer=Count("comments", filter=public),
        answered=Count("comments", filter=public & ~Q(comments__outcome="")),
        newest_version=Subquery(newest),
    )


@register.simple_tag
def with_consultations(rows):
    """Lead from rows of commissions to the consultations open on them, in one query.

    A row (commissions.public.commission.results) whose commission has no open consultation
    here still leads to the commission.
    """
    found = Consultation.objects.open().order_by("-closes_at", "-pk")
    urls = {
        consultation.commission.get_absolute_url(): consultation.get_absolute_url()
        for consultation in found.filter(commission__in=[row["pk"] for row in rows])
        .select_related("commission")
        .only("reference", "commission__reference")
    }
    return [{**row, "url": urls.get(row["url"], row["url"])} for row in rows]


@register.filter
def that_are_open(consultations):
    """Keep the consultations that take comments now."""
    return [consultation for consultation in consultations if consultation.is_open()]


@register.filter
def section_words(text, level=3):
    """Show the words of a section: HTML, cleaned once more on its way out.

    Its inner headings, h4 to h6 wherever it stands, come just under `level`,
    so that a page's headings skip none.
    """
    return mark_safe(under(clean(text.body), level))


@register.filter
def changed_words(marked, level=3):
    """Show a difference, cleaned once more, with what screen readers are told."""
    return mark_safe(under(spoken(clean(marked, also=CHANGES)), level))


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


# Who was asked about a commission, for pages of the ground floor.


@register.simple_tag
def consultations_about(commission):
    """List the public consultations on a commission, newest first, in one query."""
    found = Consultation.objects.published().filter(commission=commission)
    return list(found.order_by("-opens_at", "-pk"))
