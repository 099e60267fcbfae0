"""A request to see what is held about oneself, answered by an emailed link."""

import json
import re
import shutil
import tempfile
import zipfile
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import FileField, Q
from django.utils import timezone

from consultations.alerts.models import Delivery, Subscription
from consultations.comments.submissions import (
    Attachment,
    CoSignatory,
    Submission,
    Workspace,
)
from consultations.corrections.models import Correction
from consultations.events.models import Booking
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


LINK = re.compile(r"https?://\S+/my/\S+")
NOT_THEIRS = {
    *("id", "key", "address_key", "text_key", "version", "password"),
    *("approved_sha256", "words_sha256", "answer_sha256"),
    *("submission", "comment", "question", "workspace", "follower"),
    *("declined_by", "decline_proposed_by"),
}
"""Columns of ours: keys, digests, which row it hangs on, and who among staff acted."""


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
    """Return all that is held about an address, as values that JSON can hold.

    What was counted against floods and wrong passwords is scrambled, so that we do
    not know whose it is.
    """
    keys = address_keys(email)
    mine = Q(address_key__in=keys) | Q(email__iexact=email)
    sent = Submission.objects.filter(mine, erased_at__isnull=True)
    asked = Question.objects.filter(mine, erased_at__isnull=True)
    follows = Subscription.objects.filter(
        Q(follower__address_key__in=keys) | Q(follower__email__iexact=email)
    )
    return {
        "comments": [submission_of(each) for each in sent],
        "questions": [question_of(each) for each in asked],
        "signatures": [columns_of(each) for each in CoSignatory.objects.filter(mine)],
        "responses being written": [
            workspace_of(each)
            for each in Workspace.objects.filter(address_key__in=keys)
        ],
        "follows": [subscription_of(each) for each in follows],
        "places at events": [
            {"event": each.event.title, **columns_of(each)}
            for each in Booking.objects.filter(mine).select_related("event")
        ],
        "reports of errors": [
            columns_of(each) for each in Correction.objects.filter(mine)
        ],
        "requests for one's data": [
            columns_of(each) for each in own_rows(DataRequest, "email", email)
        ],
        "messages": [message_of(each) for each in own_rows(Message, "to", email)],
        "staff accounts": [
            account_of(each) for each in own_rows(get_user_model(), "email", email)
        ],
    }


def columns_of(row):
    """Return the columns of a row by name, what it belongs to in words."""
    found = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.name not in NOT_THEIRS and value not in (None, ""):
            words = field.is_relation or isinstance(field, FileField)
            found[field.name] = str(value) if words else value
    return found


def submission_of(submission):
    """Return one submission with its comments and all that came with them."""
    return {
        **columns_of(submission),
        "comments": [comment_of(each) for each in submission.comments.all()],
        "answers": [columns_of(each) for each in submission.prompt_answers.all()],
        "files": [columns_of(each) for each in submission.attachments.all()],
        "signed_with": list(submission.co_signatories.values("name", "organisation")),
    }


def comment_of(comment):
    """Return one comment, its earlier words, a change that waits, what is hidden."""
    return {
        **columns_of(comment),
        "earlier_words": [columns_of(each) for each in comment.revisions.all()],
        "change_asked_for": columns_of(comment.pending_edit)
        if comment.is_changing
        else None,
        "hidden": [columns_of(each) for each in comment.redactions.all()],
    }


def question_of(question):
    """Return one question, and a change that waits."""
    return {
        **columns_of(question),
        "change_asked_for": columns_of(question.pending_edit)
        if question.is_changing
        else None,
    }


def workspace_of(workspace):
    """Return what is written so far in a response that is not sent."""
    return {
        **columns_of(workspace),
        "words": [columns_of(each) for each in workspace.contributions.all()],
    }


def subscription_of(subscription):
    """Return what somebody follows, and which acts they were told of."""
    told = Delivery.objects.filter(subscription=subscription, told_at__isnull=False)
    return {
        **columns_of(subscription),
        "told_of": list(told.values("entry__subject", "entry__kind", "told_at")),
    }


def message_of(message):
    """Return one message, without the private links: they are in the mail itself."""
    return {**columns_of(message), "body": LINK.sub("[private link]", message.body)}


def account_of(account):
    """Return a staff account, and what was done with it at the desk."""
    acts = account.logentry_set.values("action_time", "object_repr", "change_message")
    return {**columns_of(account), "acts": list(acts)}


def own_rows(model, field, email):
    """Return the rows that name an address, in whichever way it was written."""
    host = email.strip().rpartition("@")[2]
    found = model._default_manager.filter(**{f"{field}__iendswith": f"@{host}"})
    wanted = canonical(email)
    return [each for each in found if canonical(getattr(each, field)) == wanted]


def archive_of(email):
    """Write all that is held, with the files, into an archive; return it, open."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - who asked for it closes it
    held = data_of(email)
    mine = Submission.objects.filter(
        Q(address_key__in=address_keys(email)) | Q(email__iexact=email)
    )
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as kept:
        written = json.dumps(held, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False)
        kept.writestr("my-data.json", written)
        for each in Attachment.objects.filter(submission__in=mine).exclude(file=""):
            if not each.file.storage.exists(each.file.name):
                continue
            with each.file.open() as content, kept.open(each.file.name, "w") as out:
                shutil.copyfileobj(content, out)
    archive.seek(0)
    return archive
