"""From a form to a public comment, and what moderators do: each act with its mail.

Each spans several nouns (submission, comments, answers, mail) in one transaction:
what a person was shown as received is in the database, and nobody is moderated
without being told.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from commissions.models import Entry, Kind, NotReady
from consultations.comments import emails
from consultations.comments.approval import DeclineReason, body_called
from consultations.comments.attachments import attach
from consultations.comments.models import Comment, CommentState
from consultations.comments.submissions import (
    Attachment,
    CoSignatory,
    PromptAnswer,
    Submission,
    Workspace,
)
from consultations.outbox.models import Message
from consultations.permissions import needs_second
from consultations.signed_links import address_key


def receive(
    consultation,
    sender,
    comments,
    *,
    prompt_answers=(),
    co_signatories=(),
    files=(),
    at=None,
):
    """Take what somebody sends and queue the mail that asks them to confirm.

    `sender` has the fields of Submission that the form asks for; `comments`
    and `co_signatories` are lists of the fields of each; `prompt_answers` are pairs
    of prompt and text; `files` are checked attachments. Raises NotReady where the consultation has closed or
    there is nothing to send.
    """
    if not consultation.is_open(at):
        raise NotReady(
            gettext("This consultation has closed, so you can no longer comment.")
        )
    if not comments and not prompt_answers:
        raise NotReady(
            gettext("Write a comment on at least one section, or answer a question.")
        )
    with transaction.atomic():
        submission = Submission.objects.create(
            consultation=consultation,
            address_key=address_key(sender["email"]),
            received_at=at or timezone.now(),
            speaks_for=body_called(sender.get("organisation", "")),
            **sender,
        )
        add_contents(submission, comments, prompt_answers)
        CoSignatory.objects.bulk_create(
            CoSignatory(
                submission=submission,
                address_key=address_key(fields["email"]),
                speaks_for=body_called(fields.get("organisation", "")),
                **fields,
            )
            for fields in co_signatories
        )
        attach(submission, files)
        emails.ask_to_confirm(submission)
    return submission


def send_workspace(
    workspace, sender, *, prompt_answers=(), co_signatories=(), files=()
):
    """Send what a workspace holds, once, on behalf of those who wrote it.

    Raises NotReady where it was sent already, is empty, or the consultation
    has closed.
    """
    with transaction.atomic():
        # Held, so that of several who send at once the others find it sent.
        unsent = Workspace.objects.select_for_update().filter(
            pk=workspace.pk, submission__isnull=True
        )
        if not list(unsent):
            raise NotReady(gettext("This response has been sent already."))
        boxes = workspace.contributions.select_related("section_text")
        comments = [
            {"text": box.text, "section_text": box.section_text}
            for box in boxes
            if box.text.strip()
        ]
        submission = receive(
            workspace.consultation,
            sender,
            comments,
            prompt_answers=prompt_answers,
            co_signatories=co_signatories,
            files=files,
        )
        workspace.submission = submission
        workspace.save(update_fields=["submission"])
        workspace.contributions.all().delete()
    return submission


def enter_paper(consultation, sender, comments, *, prompt_answers=(), by, at=None):
    """Enter a letter, a phone call or a meeting's note on somebody's behalf.

    Marked as such, confirmed by the staff who enters it, and taken after
    closing too: it is then shown as late.
    """
    with transaction.atomic():
        email = sender.get("email", "")
        submission = Submission.objects.create(
            consultation=consultation,
            confirmed_at=at or timezone.now(),
            address_key=address_key(email) if email else "",
            speaks_for=body_called(sender.get("organisation", "")),
            **sender,
        )
        add_contents(submission, comments, prompt_answers)
        for comment in submission.comments.all():
            comment.publish(by=by, at=at)
        emails.ask_bodies(submission)
    return submission


def add_contents(submission, comments, prompt_answers):
    """Add the comments of a submission and its answers to the prompts."""
    for fields in comments:
        Comment.objects.create(
            submission=submission, consultation=submission.consultation, **fields
        )
    PromptAnswer.objects.bulk_create(
        PromptAnswer(submission=submission, prompt=prompt, text=text)
        for prompt, text in prompt_answers
    )


def confirm(submission, *, at=None):
    """Confirm by the link in the mail; publish, or hold for a moderator.

    Confirming again changes nothing. Comments confirmed after the closing
    time count, since they were written before it.
    """
    with transaction.atomic():
        waiting = Submission.objects.filter(
            pk=submission.pk, confirmed_at__isnull=True, erased_at__isnull=True
        )
        if not waiting.update(confirmed_at=at or timezone.now()):
            return
        submission.refresh_from_db()
        held = is_held(submission)
        again = set() if held else repeated(submission)
        published = 0
        for comment in submission.comments.select_related("section_text__section"):
            if held or comment.pk in again:
                comment.move(CommentState.AWAITING, None, by="commenter", at=at)
            else:
                comment.publish(by="commenter", at=at, sender_too=not published)
                published += 1
        if published:
            emails.ask_bodies(submission)
        emails.ask_to_sign(submission)
        emails.say_received(submission, held=held)
        Message.objects.settle("confirm", submission.address_key)
        for other in Submission.objects.waiting_beside(submission):
            emails.ask_to_confirm(other)


def sign(signer):
    """Sign as a co-signatory; the same address may then be asked to sign more."""
    with transaction.atomic():
        signer.sign()
        if Comment.objects.public().filter(submission=signer.submission).exists():
            emails.ask_bodies(signer.submission)
        Message.objects.settle("sign", signer.address_key)
        for other in CoSignatory.objects.asked_beside(signer):
            emails.ask_to_sign(other.submission)


def is_held(submission):
    """Tell whether a moderator looks first.

    Always where the organisation says so, files are attached or others are named
    as signing; else unless the address has a published comment under this name,
    role and body: one known as a resident does not next speak for a council.
    """
    organisation = submission.consultation.commission.organisation
    if submission.attachments.exists() or submission.co_signatories.exists():
        return True
    known = Submission.objects.filter(
        address_key=submission.address_key,
        approved_sha256=submission.fingerprint(),
        withheld_as="",
        body_denied_at__isnull=True,
        comments__in=Comment.objects.public(),
    )
    return organisation.moderates_every_comment or not known.exists()


def repeated(submission):
    """Return which of its comments say what this address has said here before.

    By the keys of the words, in one query: what it costs does not grow with what
    was said before.
    """
    earlier = Comment.objects.filter(
        consultation=submission.consultation,
        submission__address_key=submission.address_key,
        text_key=OuterRef("text_key"),
    ).exclude(submission=submission)
    again = submission.comments.filter(Exists(earlier)).exclude(text_key="")
    return set(again.values_list("pk", flat=True))


def withdraw(submission):
    """Withdraw everything in a submission, as its sender asks."""
    with transaction.atomic():
        standing = Submission.objects.filter(
            pk=submission.pk, withdrawn_at__isnull=True
        )
        if not standing.update(withdrawn_at=timezone.now()):
            return
        for comment in submission.comments.exclude(state=CommentState.WITHDRAWN):
            comment.withdraw()
    submission.refresh_from_db()


def publish(comment, *, by):
    """Publish a comment, tell its sender, and ask the body they say they speak for."""
    with transaction.atomic():
        comment.publish(by=by)
        emails.say_moderated(comment, "published")
        emails.ask_bodies(comment.submission)


def decline(comment, *, reason, words, by, person=None):
    """Decline a comment for a reason and tell its sender.

    Who runs the consultation can only propose it: a second person, or a moderator
    who does not run it, decides. Returns whether it was declined.
    """
    if needs_second(person, comment) and not comment.decline_proposed_by_id:
        comment.propose_declining(reason=reason, words=words, person=person)
        return False
    with transaction.atomic():
        comment.decline(reason=reason, words=words, by=by, person=person)
        emails.say_moderated(comment, "declined")
    return True


def redact(comment, passage, *, reason, words, by, person=None):
    """Hide a passage for a reason and tell the sender.

    Raises NotReady where somebody who runs the consultation would hide most of it.
    """
    with transaction.atomic():
        comment.redact(passage, reason=reason, words=words, by=by)
        if needs_second(person, comment) and comment.is_mostly_hidden():
            raise NotReady(
                "This would hide most of the comment, and you run this consultation. "
                "Choose “Do not publish”: a second person then decides."
            )
        emails.say_moderated(comment, "redacted")


def edit(comment, **words):
    """Change the words of a comment, or ask for it where it is public."""
    with transaction.atomic():
        comment.edit(**words)
        if comment.state != CommentState.PUBLISHED:
            ask_to_sign_again(comment)


def ask_to_sign_again(comment):
    """Ask those who signed other words whether they sign these; until then they do not."""
    signed = comment.submission.co_signatories.filter(confirmed_at__isnull=False)
    keys = list(signed.values_list("pk", flat=True))
    signed.update(confirmed_at=None)
    signers = comment.submission.co_signatories.filter(pk__in=keys)
    emails.ask_to_sign(comment.submission, signers, again=f"-{comment.version}")


def approve_edit(comment, *, by, looked=False):
    """Publish the change that a sender asks for, and tell them and who had signed."""
    with transaction.atomic():
        comment.approve_edit(by=by, looked=looked)
        ask_to_sign_again(comment)
        emails.say_moderated(comment, "changed")


def refuse_edit(comment, *, words, by, person=None):
    """Drop the change that a sender asks for, and tell them why.

    Who runs the consultation can only propose it. Returns whether it was dropped.
    """
    asked = comment.edit_asked_for()
    if needs_second(person, comment) and not asked.decline_proposed_by_id:
        asked.propose(words=words, person=person)
        return False
    with transaction.atomic():
        comment.refuse_edit(by=by, words=words, person=person)
        emails.say_moderated(comment, "unchanged", words=words)
    return True


def withhold(comment, part, *, reason, by, person=None):
    """Hide one name or one file that came with a comment, and tell the sender.

    A file may hold all that is said: who runs the consultation can only propose to
    hide it. Returns whether it was hidden.
    """
    if isinstance(part, Attachment):
        why = str(DeclineReason(reason).label)
        if needs_second(person, comment) and not part.decline_proposed_by_id:
            part.propose(words=why, person=person)
            return False
        part.check_declining(why, person)
    with transaction.atomic():
        part.withhold(reason)
        record_part(comment, Kind.COMMENT_REDACTED, by=by, reason=reason)
        emails.say_moderated(
            comment, f"withheld-{part.pk}", words=part.get_withheld_as_display()
        )
    return True


def show(comment, part, *, by):
    """Show a name or a file again that was withheld."""
    with transaction.atomic():
        part.show()
        record_part(comment, Kind.COMMENT_RECONSIDERED, by=by)


def record_part(comment, kind, *, by, **facts):
    """Put on the record that a name or a file of a comment was hidden or shown."""
    Entry.objects.append(
        kind, comment, by=by, consultation=comment.consultation.reference, **facts
    )


def restore(redaction, *, by):
    """Show a hidden passage again and tell the sender."""
    with transaction.atomic():
        redaction.undo(by=by)
        emails.say_moderated(redaction.comment, "restored")


def reconsider(comment, *, by, person=None):
    """Undo: put a comment back in the queue and tell its sender.

    Raises NotReady where somebody who runs the consultation would take it from the
    public so.
    """
    if comment.state == CommentState.PUBLISHED and needs_second(person, comment):
        raise NotReady(
            "You run this consultation, so you cannot hide a public comment "
            "alone. Choose “Do not publish”: a second person then decides."
        )
    with transaction.atomic():
        comment.reconsider(by=by)
        emails.say_moderated(comment, "reconsidered")
