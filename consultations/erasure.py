"""Erasing a person: name, address and words, from everywhere we keep them.

The record keeps its entries, which hold only salted digests; the salt goes
with the words, so the digest can no longer be matched to anything. Copies in
backups go as the backups lapse; the privacy page says when. PostgreSQL leaves
what was erased in its files until a vacuum gives the place to other rows; it
vacuums by itself.
"""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import FileField, Q
from django.utils import timezone

from commissions.models import Entry, Kind, NotReady
from commissions.search.index import forget_for_good
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
from consultations.events.models import Booking, erase_bookings_of
from consultations.outbox.models import Message
from consultations.own_data.models import DataRequest, own_rows
from consultations.questions.models import Question, QuestionEdit
from consultations.signed_links import address_keys, canonical

ERASED = "[Erased at the sender's request]"
LAPSED = "[Not published, and no longer kept]"
UNREAD = (CommentState.DECLINED, CommentState.WITHDRAWN)


def erase_person(email, *, by):
    """Erase everything sent from one address; return how many things it sent.

    Finds what it sent by the address's keyed digest, under the secret key of now
    or one before it, or by the address itself. Mail to others that names the
    person or leads to their words goes too. Raises NotReady for what is no address:
    an empty one would be everybody's whose address was forgotten.
    """
    if not all(canonical(email).partition("@")):
        raise NotReady("Give one email address, such as name@example.org.")
    with transaction.atomic():
        mine = Q(address_key__in=address_keys(email)) | Q(email__iexact=email)
        sent = Submission.objects.filter(mine, erased_at__isnull=True)
        count = sum(erase_words(submission, by=by) for submission in sent)
        asked = Question.objects.filter(mine, erased_at__isnull=True)
        count += sum(erase_question(question, by=by) for question in asked)
        for signer in CoSignatory.objects.filter(mine):
            forget_mail(signer.key)
            signer.delete()
        for workspace in Workspace.objects.filter(address_key__in=address_keys(email)):
            forget_mail(workspace.key)
            count += bool(workspace.delete())
        count += forget_follower(email)
        count += erase_bookings_of(Booking.objects.filter(mine))
        count += Correction.erase_sent_from(email)
        for model, field in ((DataRequest, "email"), (Message, "to")):
            rows = own_rows(model, field, email)
            model.objects.filter(pk__in=[row.pk for row in rows]).delete()
        forget_mail_in_files(email, canonical(email))
        transaction.on_commit(overwrite)
    return count


def forget_mail(key, *references, words=()):
    """Erase the messages, to whomever, about what somebody sent.

    `key` is that of its private link, `references` its public ones: co-signatories
    and holders were written to about these. News to followers that is still to go
    goes without its `words`.
    """
    found = Q(dedupe__contains=key) | Q(body__contains=key)
    for reference in references:
        found |= Q(dedupe__contains=reference)
        found |= Q(body__contains=reference, sent_at__isnull=False)
    Message.objects.filter(found).delete()
    for reference in references:
        for message in Message.objects.filter(body__contains=reference):
            forget_words(message, words)
    forget_mail_in_files(key, *references)


def forget_words(message, words):
    """Take words out of a message that is still to go, and send the rest."""
    for text in filter(None, words):
        message.subject = message.subject.replace(" ".join(text.split()), ERASED)[:300]
        message.body = message.body.replace(text, ERASED)
    message.save(update_fields=["subject", "body"])


def forget_mail_in_files(*marks):
    """Erase the mail that an installation without a mail server wrote into files."""
    for path in mail_files():
        words = path.read_text(errors="replace").casefold()
        if any(mark.casefold() in words for mark in marks):
            path.unlink(missing_ok=True)


def mail_files():
    """Return the files into which mail was written; none where a server takes it."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return list(Path(folder).glob("*.log")) if folder else []


def overwrite():
    """Leave nothing of what was erased in SQLite's file or its write-ahead log.

    `secure_delete` (settings) overwrites the database's own pages; the words of the
    search index lie in a form of their own.
    """
    forget_for_good()
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
    """Erase one submission: its envelope, its letter and what hangs on them.

    Returns how many it erased: none where somebody else has just done so.
    """
    with transaction.atomic():
        if not still_there(submission):
            return 0
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
        names = (submission.public_name, submission.organisation)
        forget_mail(submission.key, *references, words=names)
        empty_letter(submission)
        empty_envelope(submission)
    return 1


def still_there(row):
    """Hold what is to be erased, read anew; tell whether nobody has erased it yet."""
    rows = type(row).objects.filter(pk=row.pk, erased_at__isnull=True)
    if not list(rows.select_for_update().values_list("pk", flat=True)):
        return False
    row.refresh_from_db()
    return True


def empty_envelope(submission):
    """Forget who sent a submission; its row stays for what leads to it."""
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


def erase_question(question, *, by):
    """Erase one question: who asked, and the words. A published answer stays.

    Others relied on the answer; it is the organisation's own words.
    """
    with transaction.atomic():
        if not still_there(question):
            return 0
        public = question.state == CommentState.PUBLISHED
        stays = public and question.answered_at
        about = question.record_about
        words = (question.title, question.text, question.public_name)
        forget_mail(question.key, question.reference, words=words)
        empty_question(
            question,
            ERASED,
            state=CommentState.PUBLISHED if stays else CommentState.WITHDRAWN,
            stated_at=timezone.now(),
        )
        if public:  # what is found by its words is then found no more
            Entry.objects.append(Kind.QUESTION_ERASED, question, by=by, about=about)
    return 1


def empty_question(question, words, **fields):
    """Leave of a question its row, with words that say so, and a published answer.

    What is left is approved as it is: the answer stays with the words that are left.
    """
    QuestionEdit.objects.filter(question=question).delete()
    question.title = question.text = words
    question.salt = ""
    answered = question.answered_at
    Question.objects.filter(pk=question.pk).update(
        title=words,
        text=words,
        salt="",
        words_sha256=question.words_fingerprint() if answered else "",
        answer_sha256=question.answer_fingerprint() if answered else "",
        approved_sha256="",
        role="",
        public_name="",
        organisation="",
        name_withheld=True,
        email="",
        address_key="",
        decline_words="",
        erased_at=timezone.now(),
        version=question.version + 1,
        **fields,
    )


def empty_letter(submission):
    """Empty the comments, answers, attachments and signatures of a submission.

    Comments stay as empty rows, so that their references and the record's
    entries about them still lead somewhere.
    """
    comments = Comment.objects.filter(submission=submission)
    empty_comments(comments, ERASED, state=CommentState.WITHDRAWN)
    erase_enclosures(submission)


def erase_enclosures(submission):
    """Erase what came with the comments: answers, files, names of who signs."""
    submission.prompt_answers.all().delete()
    submission.co_signatories.all().delete()
    for attachment in submission.attachments.all():
        erase_file(attachment)
        attachment.delete()


def erase_file(attachment):
    """Erase the bytes of a file, now that nobody can call them back."""
    storage, name = attachment.file.storage, attachment.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def empty_comments(comments, text, **fields):
    """Leave of some comments their rows, with a text that says so."""
    Revision.objects.filter(comment__in=comments).delete()
    Edit.objects.filter(comment__in=comments).delete()
    Redaction.objects.filter(comment__in=comments).delete()
    Flag.objects.filter(comment__in=comments).update(words="")
    comments.update(
        text=text,
        text_key="",
        quote="",
        proposed_wording="",
        salt="",
        approved_sha256="",
        decline_words="",
        **fields,
    )


def erase_unconfirmed(at=None):
    """Erase what nobody confirmed within seven days; return how many."""
    questions = Question.objects.lapsed(at).iterator()
    erased = sum(erase_question(question, by="portal") for question in questions)
    return erased + sum(
        erase_words(submission, by="portal")
        for submission in Submission.objects.lapsed(at).iterator()
    )


def erase_unpublished(before):
    """Erase what was declined or withdrawn before a time; return how much.

    Its state stays, and of what was declined the reason.
    """
    asked = Question.objects.filter(
        state__in=UNREAD, stated_at__lt=before, erased_at__isnull=True
    )
    for question in (questions := list(asked)):
        empty_question(question, LAPSED)
    return len(questions) + erase_unpublished_comments(before)


def erase_unpublished_comments(before):
    """Erase such comments; where nothing of a submission is left, who sent it too."""
    gone = Comment.objects.filter(
        state__in=UNREAD, stated_at__lt=before, submission__erased_at__isnull=True
    ).exclude(text=LAPSED)
    found = dict(gone.values_list("pk", "submission"))
    empty_comments(Comment.objects.filter(pk__in=found), LAPSED)
    over = Submission.objects.filter(pk__in=set(found.values()))
    over = over.exclude(comments__in=Comment.objects.exclude(text=LAPSED))
    for submission in over.exclude(
        prompt_answers__isnull=False, withdrawn_at__isnull=True
    ):
        erase_enclosures(submission)
        empty_envelope(submission)
    return len(found)


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


def erase_loose_files(at):
    """Erase files of before a time that no row names any more; return how many.

    A transaction that fails, or a process that is killed, leaves such a file; so does
    a photograph that another replaces.
    """
    named = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                named |= set(model.objects.values_list(field.name, flat=True))
    loose = [
        name
        for name in files_below("")
        if name not in named and default_storage.get_modified_time(name) < at
    ]
    for name in loose:
        default_storage.delete(name)
    return len(loose)


def files_below(folder):
    """Give the name of each uploaded file in a folder and those in it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        yield from files_below(f"{folder}{name}/")


def erase_workspaces(at=None):
    """Erase workspaces that nobody sent before their consultation closed."""
    over = Workspace.objects.filter(
        consultation__closes_at__lte=at or timezone.now(), submission__isnull=True
    )
    return over.delete()[0]
