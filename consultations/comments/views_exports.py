"""Comments, outcomes and answers as files: CSV, JSON and XLSX for all, a report for staff.

`?fields=all` gives staff every field, what is not public too, and each single
answer; it asks for the right to view comments. No file holds an email address.
"""

from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from commissions.desk.base import visible_to
from commissions.public.listing.exports import FORMATS, attached
from consultations.comments import exports as comments_exports
from consultations.comments import querysets as comments_querysets
from consultations.comments.views import CommentFilter
from consultations.consultation import answer_exports
from consultations.consultation.views import published
from consultations.exports import word_report

MAY = "consultations.view_comment"


@require_safe
def comments(request, reference, ending):
    """Answer with the comments that were asked for, in the form the address ends in."""
    consultation = published(reference)
    if ending == "docx":
        return word(request, consultation)
    if ending not in FORMATS:
        raise Http404
    if request.GET.get("fields") == "all":
        return everything(request, consultation, ending)
    listed = CommentFilter(request.GET, consultation).read()
    rows = (row for page in listed.pages() for row in page.rows)
    columns, stem = comments_exports.PUBLIC, f"{reference}-comments"
    return FORMATS[ending]("comments", columns, rows, stem)


@never_cache
@permission_required(MAY, raise_exception=True)
def everything(request, consultation, ending):
    """Answer with every confirmed comment and every field, to staff alone."""
    kept = visible_to(request.user, comments_exports.for_staff(consultation))
    listed = comments_querysets.oldest_first(kept)
    rows = (row for page in listed.pages() for row in page.rows)
    name = f"{consultation.reference}-comments-staff"
    return FORMATS[ending]("comments", comments_exports.STAFF, rows, name)


@require_safe
def answers(request, reference, ending):
    """Answer with how many gave each answer to the questions beside the text."""
    consultation = published(reference)
    if ending not in FORMATS:
        raise Http404
    if request.GET.get("fields") == "all":
        return every_answer(request, consultation, ending)
    rows = answer_exports.totals(consultation)
    name = f"{reference}-answers"
    return FORMATS[ending]("answers", answer_exports.PUBLIC, rows, name)


@never_cache
@permission_required(MAY, raise_exception=True)
def every_answer(request, consultation, ending):
    """Answer with each single answer, to staff alone."""
    kept = visible_to(request.user, answer_exports.standing(consultation))
    rows = answer_exports.for_staff(kept)
    name = f"{consultation.reference}-answers-staff"
    return FORMATS[ending]("answers", answer_exports.STAFF, rows, name)


@never_cache
@permission_required(MAY, raise_exception=True)
def word(request, consultation):
    """Hand the commissioner a Word report of what was said and what became of it."""
    kept = visible_to(request.user, comments_querysets.public(consultation))
    name = f"{consultation.reference}-report.docx"
    return attached(word_report.write(consultation, kept), word_report.KIND, name)
