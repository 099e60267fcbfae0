"""Who asks: the envelope of a question, private but for the name that is shown."""

from django.db import models
from django.utils import timezone

from consultations.comments.models import new_salt
from consultations.comments.submissions import Submission, new_key


class Asker(models.Model):
    """Who sent a question without an account, and the private link back to it."""

    role = models.CharField(max_length=20, choices=Submission.Role, blank=True)
    public_name = models.CharField(max_length=200, blank=True)
    name_withheld = models.BooleanField(default=False)
    organisation = models.CharField(max_length=200, blank=True)
    pseudonym = models.CharField(
        max_length=80, blank=True, help_text="Instead of the name, during a tender."
    )
    email = models.EmailField(blank=True)
    address_key = models.CharField(max_length=40, blank=True, db_index=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)
    salt = models.CharField(max_length=32, default=new_salt, blank=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def shown_name(self):
        """The name the public sees."""
        if self.erased_at:
            return "Removed at the asker’s request"
        if self.pseudonym:
            return self.pseudonym
        if self.name_withheld or not self.public_name:
            return self.organisation or "Name withheld"
        return ", ".join(filter(None, [self.public_name, self.organisation]))

    @property
    def shown_role(self):
        """Who is asking, as a code of Role; nothing of a bidder."""
        return "" if self.pseudonym else self.role
