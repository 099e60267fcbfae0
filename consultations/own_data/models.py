"""A request to see what is held about oneself, answered by an emailed link."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from consultations.alerts.models import Subscription
from consultations.comments.submissions import CoSignatory, Submission
from consultations.corrections.models import Correction
from consultations.outbox.models import Message, ask
from consultations.questions.models import Question
from consultations.signed_links import (
    PrivateLinkQuerySet,
    address_keys,
    canonical,
    new_key,
    signed_url,
)

LINK_FOR = timedelta(days=1)


class DataRequestQuerySet(PrivateLinkQuerySet):
    """Requests by whether their link still opens."""

    def valid(self, at=None):
        return self.filter(asked_at__gt=(at or timezone.now()) - LINK_FOR)


class DataRequest(models.Model):
    """Somebody asked to see what is held under an address."""

    email = models.EmailField()
    key = models.CharField(max_length=40, unique=True, default=new_key)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = DataRequestQuerySet.as_manager()

    def __str__(self):
        return f"Request {self.pk}"


SENT = ("channel", "role", "public_name", "name_withheld", "organisation", "email")
SAID = ("reference", "text", "quote", "stance", "proposed_wording", "state")
ASKED = ("reference", "title", "text", "role", "public_name", "organisation", "email")


def request_data(email):
    """Send an address the link to all that is held about it; return the request."""
    with transaction.atomic():
        request = DataRequest.objects.create(email=email)
        ask(
            "data",
            "own_data",
            email,
            f"data-{request.key}",
            link=signed_url("own-data-file", "data", request.key),
        )
    return request


def data_of(email):
    """Return all that is held about an address, as values that JSON can hold."""
    keys = address_keys(email)
    mine = Q(address_key__in=keys) | Q(email__iexact=email)
    submissions = Submission.objects.filter(mine, erased_at__isnull=True)
    return {
        "comments": [submission_of(each) for each in submissions],
        "questions": list(
            Question.objects.filter(mine, erased_at__isnull=True).values(
                *ASKED, "received_at", "answer_text"
            )
        ),
        "signatures": list(
            CoSignatory.objects.filter(mine).values(
                "name", "organisation", "email", "confirmed_at"
            )
        ),
        "follows": list(
            Subscription.objects.filter(follower__address_key__in=keys).values(
                "subject", "query", "frequency", "asked_at", "confirmed_at"
            )
        ),
        "reports of errors": list(
            Correction.objects.filter(email__iexact=email).values(
                "about", "text", "received_at"
            )
        ),
        "messages": [
            {"subject": each.subject, "sent_at": each.sent_at}
            for each in messages_to(email)
        ],
    }


def submission_of(submission):
    """Return one submission with its comments, their earlier words, answers and files."""
    return {
        **{name: getattr(submission, name) for name in SENT},
        "received_at": submission.received_at,
        "comments": [
            {
                **{name: getattr(comment, name) for name in SAID},
                "earlier_words": list(comment.revisions.values_list("text", flat=True)),
            }
            for comment in submission.comments.all()
        ],
        "answers": list(submission.prompt_answers.values("prompt__text", "text")),
        "files": list(submission.attachments.values("name", "size")),
        "signed_with": list(submission.co_signatories.values("name", "organisation")),
    }


def messages_to(email):
    """Return the messages to an address, in whichever way it was written."""
    host = email.strip().rpartition("@")[2]
    found = Message.objects.filter(to__iendswith=f"@{host}")
    wanted = canonical(email)
    return [each for each in found if canonical(each.to) == wanted]
