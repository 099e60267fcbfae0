"""What people said: all comments on a consultation, and one comment's whole life."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.commission.filters import choice
from commissions.public.listing.views import ListFilter, page_of
from commissions.public.media import answer
from consultations.comments import querysets as comments_querysets
from consultations.comments.speakers import ROLES, STANCES
from consultations.consultation import timetable
from consultations.consultation.views import published
from consultations.drafts.compare import what_became
from consultations.models import Attachment, Comment, Outcome, Theme

WHOLE = "whole"


class CommentFilter(ListFilter):
    """The public comments on one consultation, narrowed.

    Outcomes and themes can be asked for once the response is published.
    """

    orders = {"oldest": ("Oldest first", comments_querysets.OLDEST_FIRST)}
    section = choice("Section", method="by_section")
    stance = choice("Where it stands", list(STANCES.items()))
    role = choice("Who says it", list(ROLES.items()), method="by_role")
    outcome = choice("Outcome", Outcome.choices)
    theme = choice("Theme", method="by_theme")

    def __init__(self, data, consultation):
        rows = comments_querysets.with_voices(comments_querysets.public(consultation))
        super().__init__(data, rows)
        del self.filters["sort"]
        self.filters["section"].extra["choices"] = sections(consultation)
        if timetable.response_of(consultation):
            titles = Theme.objects.filter(consultation=consultation)
            self.filters["theme"].extra["choices"] = [
                (title, title) for title in titles.values_list("title", flat=True)
            ]
        else:
            del self.filters["outcome"], self.filters["theme"]

    def by_section(self, rows, name, value):
        """Keep those on one section, or on the whole draft."""
        if value == WHOLE:
            return rows.filter(section_text__isnull=True)
        return rows.filter(section_text__section__key=value)

    def by_role(self, rows, name, value):
        """Keep those by people who are one thing to the service."""
        return rows.filter(submission__role=value)

    def by_theme(self, rows, name, value):
        """Keep those answered together."""
        return rows.filter(theme__title=value)


def sections(consultation):
    """Return the sections to choose from: (key, heading)."""
    if consultation.draft is None:
        return []
    texts = consultation.draft.texts.order_by("order")
    return [(WHOLE, "The whole draft"), *texts.values_list("section__key", "heading")]


@require_safe
def index(request, reference):
    """Show one page of the comments on a consultation, oldest first."""
    consultation = published(reference)
    return page_of(
        request,
        "consultations/comments/list.html",
        CommentFilter(request.GET, consultation),
        names=(f"Comments: {consultation.title}", "comment", "comments"),
        present=list,
        size=comments_querysets.SIZE,
        consultation=consultation,
        response=timetable.response_of(consultation),
        query=asked(request),
    )


def asked(request):
    """Return the page's query string without its place in the list."""
    query = request.GET.copy()
    for cursor in ("after", "before"):
        query.pop(cursor, None)
    return f"?{query.urlencode()}" if query else ""


@require_safe
def detail(request, reference, comment):
    """Show one comment: the words it was made on, what they became, its outcome."""
    consultation = published(reference)
    comments = comments_querysets.with_voices(Comment.objects.public())
    found = get_object_or_404(comments, consultation=consultation, reference=comment)
    text = found.section_text
    newest = text and text.draft.specification.latest()
    context = {
        "consultation": consultation,
        "response": timetable.response_of(consultation),
        "punctuality": timetable.punctuality(consultation),
        "comment": found,
        "became": what_became(text, newest) if text else [],
        "newest": newest,
    }
    return render(request, "consultations/comments/detail.html", context)


# Files sent with a public comment: only ever downloads, in which nothing can run.


@require_safe
def download(request, reference):
    """Hand over a file whose submission has a published comment."""
    spoken = Comment.objects.public().filter(submission=OuterRef("submission"))
    attachment = get_object_or_404(
        Attachment.objects.filter(Exists(spoken)), reference=reference
    )
    response = answer(
        attachment.file.name,
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
