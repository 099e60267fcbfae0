"""Public comments with all that a page or a file shows of them, oldest first."""

from django.db.models import DateTimeField, Prefetch

from commissions.lists.paging import Keyset, Part, turn
from consultations.models import Comment, CoSignatory

SIZE = 20
OLDEST_FIRST = [Part("stated_at", DateTimeField())]


def with_voices(comments):
    """Fetch with comments who sent them, what is hidden, who signed, which files."""
    signed = CoSignatory.objects.filter(confirmed_at__isnull=False)
    return comments.select_related(
        "submission__consultation",
        "consultation__response__draft",
        "section_text__section",
        "section_text__draft__specification",
        "changed_section",
        "theme",
    ).prefetch_related(
        "redactions",
        Prefetch("submission__co_signatories", signed, to_attr="signed"),
        "submission__attachments",
    )


def thread(comments, query):
    """Read a page of comments; tell also whether its cursor was bad."""
    return turn(oldest_first(comments), query, SIZE)


def oldest_first(comments):
    """Return comments ready to be paged, oldest first, without the draft's words."""
    rows = with_voices(comments).defer("section_text__body")
    return Keyset(rows, OLDEST_FIRST, name="comments")


def public(consultation):
    """Return the comments on a consultation that everybody may read."""
    return Comment.objects.public().filter(consultation=consultation)
