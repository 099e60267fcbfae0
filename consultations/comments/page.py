"""What the public sees of comments: a page of a thread, and one comment."""

from functools import cached_property

from django.db.models import DateTimeField, prefetch_related_objects

from commissions.public.listing.keyset import Keyset, KeysetPart, turn_page
from consultations.comments.models import RELATED, Comment
from consultations.comments.submissions import Submission
from consultations.drafts.page import changes_of

SIZE = 20
OLDEST_FIRST = [KeysetPart("stated_at", DateTimeField())]


class Thread:
    """One page of comments, oldest first; `mangled` where its cursor was bad.

    An empty page asks what a full one asks (of a comment that is not there),
    so that a section costs the same with no comment and with a thousand.
    """

    def __init__(self, comments, query):
        rows = comments.with_sender().defer("section_text__body")
        keyset = Keyset(rows, OLDEST_FIRST, name="comments")
        page, self.mangled = turn_page(keyset, query, SIZE)
        absent = Comment(pk=0, submission=Submission(pk=0))
        prefetch_related_objects(page.rows or [absent], *RELATED)
        self.comments = page.rows
        self.links = page.links(query)


def oldest_first(comments):
    """Return comments ready to be paged, oldest first, without the draft's words."""
    rows = comments.for_page().defer("section_text__body")
    return Keyset(rows, OLDEST_FIRST, name="comments")


class CommentPage:
    """One comment: the words it was made on, what they became, its outcome."""

    def __init__(self, consultation, comment):
        self.consultation, self.comment = consultation, comment

    @cached_property
    def newest(self):
        """The newest version of the draft whose words it was made on."""
        text = self.comment.section_text
        return text and text.draft.specification.latest()

    @cached_property
    def successors(self):
        """What those words are in the newest version, and how they changed."""
        text = self.comment.section_text
        return changes_of(text, self.newest) if text else []
