"""Erasing a person: name, address and words, from everywhere we keep them.

The record keeps its entries, which hold only salted digests; the salt goes
with the words, so the digest can no longer be matched to anything. Copies in
backups go as the backups lapse; the privacy page says when.
"""

from django.db import transaction
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
from consultations.questions.models import Question
from consultations.signed_links import address_key

ERASED = "[Erased at the sender's request]"


def erase_person(email, *, by):
    """Erase everything sent from one address; return how many things it sent.

    Finds submissions by the address's keyed digest, and the person's place as
    co-signatory and queued or sent mail by the address itself.
    """
    with transaction.atomic():
        sent = Submission.objects.filter(
            address_key=address_key(email), erased_at__isnull=True
        )
        count = sum(erase_words(submission, by=by) for submission in sent)
        asked = Question.objects.filter(
            address_key=address_key(email), erased_at__isnull=True
        )
        count += sum(erase_question(question, by=by) for question in asked)
        CoSignatory.objects.filter(address_key=address_key(email)).delete()
        count += forget_follower(email)
        count += Correction.erase_sent_from(email)
        Message.objects.filter(to__iexact=email).delete()
    return count


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
        empty_letter(submission)
        Message.objects.filter(dedupe__endswith=submission.key).delete()
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
        Message.objects.filter(dedupe__endswith=question.key).delete()
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


def erase_lapsed(at=None):
    """Erase what nobody confirmed within seven days; return how many."""
    questions = Question.objects.lapsed(at).iterator()
    erased = sum(erase_question(question, by="portal") for question in questions)
    erased += erase_subscriptions(at)
    return erased + sum(
        erase_words(submission, by="portal")
        for submission in Submission.objects.lapsed(at).iterator()
    )


def forget_follower(email):
    """Erase an address that follows anything; return how many things it followed."""
    follower = Follower.objects.filter(address_key=address_key(email))
    count = Subscription.objects.filter(follower__in=follower).count()
    follower.delete()
    return count


def erase_subscriptions(at=None):
    """Erase what nobody confirmed, and what was stopped a month ago; count the first.

    An address that follows nothing any more goes with it.
    """
    erased = (
        Subscription.objects.lapsed(at).delete()[1].get(Subscription._meta.label, 0)
    )
    Subscription.objects.long_stopped(at).delete()
    Follower.objects.filter(subscriptions__isnull=True).delete()
    return erased


def erase_workspaces(at=None):
    """Erase workspaces that nobody sent before their consultation closed."""
    over = Workspace.objects.filter(
        consultation__closes_at__lte=at or timezone.now(), submission__isnull=True
    )
    return over.delete()[0]
