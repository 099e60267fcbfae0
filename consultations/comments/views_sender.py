"""What only the sender sees, behind a private link: confirm, follow, change, take back.

A GET never changes anything, since mail scanners follow links; each act is a
button. The pages are kept out of caches, search engines and referrers.
"""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissions.models import Entry, NotReady, Overtaken
from consultations.comments import emails as comments_emails
from consultations.comments import submit
from consultations.comments.forms import EditForm
from consultations.comments.submissions import key_of
from consultations.models import CoSignatory, Submission


def private(view):
    """Keep a page out of caches, search engines and the referrer of any link."""

    @wraps(view)
    @never_cache
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": with it browsers send "Origin: null", and every
        # button here would be refused as a forgery.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return wrapped


def submission_or_404(purpose, token):
    """Return the submission that a private link opens."""
    submissions = Submission.objects.by_token(purpose, token).select_related(
        "consultation__commission__organisation", "consultation__draft"
    )
    return get_object_or_404(submissions)


def comments_of(submission):
    """Return a submission's comments with all that its page shows of them."""
    return submission.comments.select_related(
        "section_text__section", "changed_section", "consultation"
    ).prefetch_related("redactions", "revisions")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Confirm a submission by the link in the mail."""
    submissions = Submission.objects.by_token("confirm", token)
    submission = submissions.select_related("consultation").first()
    if submission is None:
        status = 410 if key_of("confirm", token) else 404
        return render(request, "consultations/comments/lapsed.html", status=status)
    if request.method == "POST":
        submit.confirm(submission)
        return redirect(comments_emails.private_path(submission))
    return render(
        request,
        "consultations/comments/confirm.html",
        {"submission": submission, "comments": comments_of(submission)},
    )


@private
@require_safe
def detail(request, token):
    """Show the sender what they said and what became of it."""
    submission = submission_or_404("private", token)
    return render(
        request,
        "consultations/comments/submission.html",
        {
            "submission": submission,
            "consultation": submission.consultation,
            "comments": comments_of(submission),
            "prompt_answers": submission.prompt_answers.select_related("prompt"),
            "attachments": submission.attachments.all(),
            "co_signatories": submission.co_signatories.all(),
            "response": submit.response_of(submission.consultation),
            "may_change": submission.may_change(),
            "token": token,
        },
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, token, comment):
    """Change a comment before the consultation closes."""
    submission = submission_or_404("private", token)
    found = get_object_or_404(comments_of(submission), reference=comment)
    form = EditForm(
        request.POST if request.method == "POST" else None,
        section_text=found.section_text,
        initial={
            name: getattr(found, name) for name in (*EditForm.comment_fields, "version")
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.save(found)
            return redirect("consultations:submission-detail", token)
        except (NotReady, Overtaken) as refused:
            form.add_error(None, str(refused))
    return render(
        request,
        "consultations/comments/edit.html",
        {"form": form, "comment": found, "token": token},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    """Take back everything that was sent, after asking once."""
    submission = submission_or_404("private", token)
    if request.method == "POST":
        submit.withdraw(submission)
        return redirect("consultations:submission-detail", token)
    return render(
        request,
        "consultations/comments/withdraw.html",
        {"submission": submission, "token": token},
    )


@private
@require_safe
def receipt(request, token):
    """Download the words, their salt and the record's entries: proof of what was said."""
    submission = submission_or_404("private", token)
    comments = list(comments_of(submission))
    names = [comment.record_name for comment in comments]
    entries = Entry.objects.filter(subject__in=names).order_by("pk")
    response = HttpResponse(
        receipt_text(submission, comments, entries),
        content_type="text/plain; charset=utf-8",
    )
    name = f"receipt-{submission.consultation.reference}.txt"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def receipt_text(submission, comments, entries):
    """Write the receipt: a block for each comment, then how to check it."""
    lines = [
        f"Receipt for what you sent to “{submission.consultation.title}”",
        f"Received {submission.received_at:%Y-%m-%d %H:%M:%S} UTC",
        "",
    ]
    for comment in comments:
        lines += [
            f"Comment {comment.reference}",
            f"State: {comment.get_state_display()}",
            f"Salt: {comment.salt}",
            f"SHA-256: {comment.digest()}",
            "Words covered (your comment, the quoted words, the proposed wording):",
            comment.words(),
            "",
        ]
        lines += [
            f"Entry {entry.pk} of the public record: {entry.body}"
            for entry in entries
            if entry.subject == comment.record_name
        ]
        lines.append("")
    lines += [
        "To check: SHA-256 of the salt’s 16 bytes followed by the words in UTF-8",
        "(Unicode NFC, lines ended by a line feed, no white space round the whole)",
        "is the number above, and the one in the record’s entry.",
        "",
    ]
    return "\n".join(lines)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, token):
    """Sign an organisation's comment as one of its co-signatories."""
    signers = CoSignatory.objects.filter(key=key_of("sign", token))
    signer = signers.select_related("submission__consultation").first()
    if signer is None:
        raise Http404
    if request.method == "POST":
        signer.sign()
        return redirect("consultations:cosignatory-confirm", token)
    return render(
        request,
        "consultations/comments/sign.html",
        {
            "signer": signer,
            "submission": signer.submission,
            "comments": comments_of(signer.submission),
        },
    )
