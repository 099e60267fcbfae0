"""What people said: all comments on a consultation, and one comment's whole life."""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.public.listing.exports import unturned
from commissions.public.listing.filters import ListFilter, choice
from commissions.public.listing.page import ListPage, list_view
from commissions.public.media import answer
from consultations.comments import querysets as comments_querysets
from consultations.comments.speakers import ROLES, STANCES
from consultations.consultation import timetable
from consultations.consultation.views import published
from consultations.drafts.page import changes_of
from consultations.models import Attachment, Comment, Outcome, Theme

WHOLE = "whole"


class CommentFilter(ListFilter):
    """The public comments on one consultation, narrowed.

    Outcomes and themes can be asked for once the response is published.
    """

    offers_orders = False
    orders = {"oldest": ("Oldest first", comments_querysets.OLDEST_FIRST)}
    section = choice("Section", method="by_section")
    stance = choice("Where it stands", list(STANCES.items()))
    role = choice("Who says it", list(ROLES.items()), method="by_role")
    outcome = choice("Outcome", Outcome.choices)
    theme = choice("Theme", method="by_theme")

    def __init__(self, data, consultation):
        rows = comments_querysets.with_voices(comments_querysets.public(consultation))
        super().__init__(data, rows)
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


class CommentList(ListPage):
    """One page of the comments on a consultation, oldest first."""

    template = "consultations/comments/list.html"
    noun, nouns = "comment", "comments"
    size = comments_querysets.SIZE

    def __init__(self, request, reference):
        super().__init__(request)
        self.consultation = published(reference)

    @cached_property
    def filters(self):
        """The filters of the comments on this consultation."""
        return CommentFilter(self.request.GET, self.consultation)

    @property
    def title(self):
        """The heading of the page."""
        return f"Comments: {self.consultation.title}"

    @cached_property
    def response(self):
        """The published response, or None."""
        return timetable.response_of(self.consultation)

    @property
    def query(self):
        """The query string without its place in the list, for the files."""
        return unturned(self.request.GET)


index = list_view(CommentList)


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
        "became": changes_of(text, newest) if text else [],
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
