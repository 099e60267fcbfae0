"""Where a long import stopped, so that the next run goes on from there."""

from django.db import models


class Bookmark(models.Model):
    """The next page of a platform's answer to one question.

    `source` is the question: the address of its first page. Saved with each
    page, in the same transaction; deleted when there is no further page.
    """

    source = models.CharField(max_length=1000, unique=True)
    next_page = models.CharField(max_length=2000)
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.source} continues at {self.next_page}"
