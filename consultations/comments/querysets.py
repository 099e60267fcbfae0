"""Public comments with all that a page or a file shows of them, oldest first."""

from django.db.models import DateTimeField, Prefetch, prefetch_related_objects

from commissions.public.listing.keyset import Keyset, Part, turn
from consultations.comments.models import Comment
from consultations.comments.submissions import CoSignatory, Submission

SIZE = 20
OLDEST_FIRST = [Part("stated_at", DateTimeField())]


def voices():
    """Name what hangs on comments: hidden passages, who signed, which files."""
    signed = CoSignatory.objects.filter(confirmed_at__isnull=False)
    return [
        "redactions",
        Prefetch("submission__co_signatories", signed, to_attr="signed"),
        "submission__attachments",
    ]


def with_senders(comments):
    """Fetch with comments who sent them, and the words they were made on."""
    return comments.select_related(
        "submission__consultation",
        "consultation__response__draft",
        "section_text__section",
        "section_text__draft__specification",
        "changed_section",
        "theme",
    )


def with_voices(comments):
    """Fetch with comments who sent them, and all that hangs on them."""
    return with_senders(comments).prefetch_related(*voices())


def thread(comments, query):
    """Read a page of comments; tell also whether its cursor was bad.

    An empty page asks what a full one asks (of a comment that is not there),
    so that a section costs the same with no comment and with a thousand.
    """
    rows = with_senders(comments).defer("section_text__body")
    page, mangled = turn(Keyset(rows, OLDEST_FIRST, name="comments"), query, SIZE)
    nobody = Comment(pk=0, submission=Submission(pk=0))
    prefetch_related_objects(page.rows or [nobody], *voices())
    return page, mangled


def oldest_first(comments):
    """Return comments ready to be paged, oldest first, without the draft's words."""
    rows = with_voices(comments).defer("section_text__body")
    return Keyset(rows, OLDEST_FIRST, name="comments")


def public(consultation):
    """Return the comments on a consultation that everybody may read."""
    return Comment.objects.public().filter(consultation=consultation)
