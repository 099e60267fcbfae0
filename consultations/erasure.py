"""Erasing a person: name, address and words, from everywhere we keep them.

The record keeps its entries, which hold only salted digests; the salt goes
with the words, so the digest can no longer be matched to anything. Copies in
backups go as the backups lapse; the privacy page says when.
"""

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from commissions.models import Entry, Kind
from consultations.alerts.models import Follower, Subscription
from consultations.comments.models import (
    Comment,
    CommentState,
    Edit,
    Flag,
    Redaction,
    Revision,
)
from consultations.comments.submissions import CoSignatory, Submission, Workspace
from consultations.corrections.models import Correction
from consultations.outbox.models import Message
from consultations.own_data.models import DataRequest, messages_to
from consultations.questions.models import Question
from consultations.signed_links import address_keys

ERASED = "[Erased at the sender's request]"


def erase_person(email, *, by):
    """Erase everything sent from one address; return how many things it sent.

    Finds what it sent by the address's keyed digest, under the secret key of now
    or one before it, or by the address itself. Mail to others that names the
    person or leads to their words goes too.
    """
    with transaction.atomic():
        mine = Q(address_key__in=address_keys(email)) | Q(email__iexact=email)
        sent = Submission.objects.filter(mine, erased_at__isnull=True)
        count = sum(erase_words(submission, by=by) for submission in sent)
        asked = Question.objects.filter(mine, erased_at__isnull=True)
        count += sum(erase_question(question, by=by) for question in asked)
        for signer in CoSignatory.objects.filter(mine):
            forget_mail(signer.key)
            signer.delete()
        count += forget_follower(email)
        count += Correction.erase_sent_from(email)
        DataRequest.objects.filter(email__iexact=email).delete()
        Message.objects.filter(pk__in=[m.pk for m in messages_to(email)]).delete()
        transaction.on_commit(overwrite)
    return count


def forget_mail(key, *references):
    """Erase the messages, to whomever, about what somebody sent.

    `key` is that of its private link, `references` its public ones: co-signatories
    and holders were written to about these. News to followers that is still to go
    goes without.
    """
    found = Q(dedupe__contains=key) | Q(body__contains=key)
    for reference in references:
        found |= Q(dedupe__contains=reference)
        found |= Q(body__contains=reference, sent_at__isnull=False)
    Message.objects.filter(found).delete()


def overwrite():
    """Leave nothing of what was erased in SQLite's write-ahead log.

    `secure_delete` (settings) overwrites the database's own pages.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sent_by(submission):
    """Return everything that the sender of a submission sent, it included."""
    if not submission.address_key:
        return Submission.objects.filter(pk=submission.pk)
    return Submission.objects.filter(
        address_key=submission.address_key, erased_at__isnull=True
    )


def erase_sender(submission, *, by):
    """Erase whoever sent a submission: by their address, or this alone on paper."""
    if submission.email:
        erase_person(submission.email, by=by)
    else:
        erase_words(submission, by=by)


def erase_words(submission, *, by):
    """Erase one submission: its envelope, its letter and what hangs on them."""
    with transaction.atomic():
        for comment in submission.comments.all():
            if comment.state == CommentState.PUBLISHED:
                Entry.objects.append(
                    Kind.COMMENT_ERASED,
                    comment,
                    by=by,
                    consultation=comment.consultation.reference,
                )
        for signer in submission.co_signatories.all():
            forget_mail(signer.key)
        references = submission.comments.values_list("reference", flat=True)
        forget_mail(submission.key, *references)
        empty_letter(submission)
        Workspace.objects.filter(submission=submission).delete()
        now = timezone.now()
        Submission.objects.filter(pk=submission.pk).update(
            public_name="",
            organisation="",
            email="",
            address_key="",
            name_withheld=True,
            approved_sha256="",
            withdrawn_at=submission.withdrawn_at or now,
            erased_at=now,
        )
    return 1


def erase_question(question, *, by):
    """Erase one question: who asked, and the words. A published answer stays.

    Others relied on the answer; it is the organisation's own words.
    """
    public = question.state == CommentState.PUBLISHED
    stays = public and question.answered_at
    now = timezone.now()
    with transaction.atomic():
        if public:
            Entry.objects.append(
                Kind.QUESTION_ERASED, question, by=by, about=question.record_about
            )
        forget_mail(question.key, question.reference)
        Question.objects.filter(pk=question.pk).update(
            title=ERASED,
            text=ERASED,
            salt="",
            role="",
            public_name="",
            organisation="",
            name_withheld=True,
            email="",
            address_key="",
            decline_words="",
            state=CommentState.PUBLISHED if stays else CommentState.WITHDRAWN,
            stated_at=now,
            erased_at=now,
            version=question.version + 1,
        )
    return 1


def empty_letter(submission):
    """Empty the comments, answers, attachments and signatures of a submission.

    Comments stay as empty rows, so that their references and the record's
    entries about them still lead somewhere.
    """
    comments = Comment.objects.filter(submission=submission)
    Revision.objects.filter(comment__in=comments).delete()
    Edit.objects.filter(comment__in=comments).delete()
    Redaction.objects.filter(comment__in=comments).delete()
    Flag.objects.filter(comment__in=comments).update(words="")
    comments.update(
        text=ERASED,
        text_key="",
        quote="",
        proposed_wording="",
        salt="",
        approved_sha256="",
        state=CommentState.WITHDRAWN,
        decline_words="",
    )
    submission.prompt_answers.all().delete()
    submission.co_signatories.all().delete()
    for attachment in submission.attachments.all():
        attachment.file.delete(save=False)
        attachment.delete()


def erase_unconfirmed(at=None):
    """Erase what nobody confirmed within seven days; return how many."""
    questions = Question.objects.lapsed(at).iterator()
    erased = sum(erase_question(question, by="portal") for question in questions)
    return erased + sum(
        erase_words(submission, by="portal")
        for submission in Submission.objects.lapsed(at).iterator()
    )


def forget_follower(email):
    """Erase an address that follows anything; return how many things it followed."""
    follower = Follower.objects.filter(
        Q(address_key__in=address_keys(email)) | Q(email__iexact=email)
    )
    count = Subscription.objects.filter(follower__in=follower).count()
    follower.delete()
    return count


def erase_unconfirmed_alerts(at=None):
    """Erase the alerts that nobody confirmed; return how many."""
    return erase_alerts(Subscription.objects.lapsed(at))


def erase_stopped_alerts(at=None):
    """Erase the alerts that were stopped a month ago; return how many."""
    return erase_alerts(Subscription.objects.long_stopped(at))


def erase_alerts(subscriptions):
    """Erase subscriptions, and each address that then follows nothing."""
    erased = subscriptions.delete()[1].get(Subscription._meta.label, 0)
    Follower.objects.filter(subscriptions__isnull=True).delete()
    return erased


def erase_workspaces(at=None):
    """Erase workspaces that nobody sent before their consultation closed."""
    over = Workspace.objects.filter(
        consultation__closes_at__lte=at or timezone.now(), submission__isnull=True
    )
    return over.delete()[0]
