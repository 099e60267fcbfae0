"""Comments: reading, sending, following and changing them without an account."""

from functools import cached_property

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissions.models import Entry, NotReady, Overtaken
from commissions.public.listing.exports import all_pages
from commissions.public.listing.page import ListPage, list_view
from commissions.public.media import answer
from consultations.alerts.actions import following_of
from consultations.comments import actions, emails
from consultations.comments.approval import digest
from consultations.comments.filters import CommentFilter
from consultations.comments.forms import (
    CommentForm,
    ContributionsForm,
    EditCommentForm,
    FlagCommentForm,
    SubmissionForm,
    UnfinishedSubmissionForm,
    WorkspaceForm,
    WorkspaceSubmissionForm,
)
from consultations.comments.page import SIZE, CommentPage
from consultations.comments.submissions import OWN
from consultations.consultation.views import published
from consultations.models import (
    Attachment,
    Comment,
    CommentState,
    CoSignatory,
    Question,
    SectionText,
    Submission,
    Workspace,
)
from consultations.public_forms import save_unless_trapped, save_within_limits
from consultations.signed_links import (
    key_of,
    private_page,
    signed_key,
    status_of_lapsed_link,
)

MOST_WORDS = 100_000  # characters of HTML that a form shows beside its boxes


class CommentList(ListPage):
    """One page of the comments on a consultation, oldest first."""

    template = "consultations/comments/list.html"
    noun, nouns = "comment", "comments"
    counted = ngettext_lazy("{n} comment", "{n} comments", "number")
    size = SIZE

    def __init__(self, request, reference):
        super().__init__(request)
        self.consultation = published(reference)

    @cached_property
    def filters(self):
        return CommentFilter(self.request.GET, self.consultation)

    @property
    def title(self):
        """The heading of the page."""
        return gettext("Comments: {title}").format(title=self.consultation.title)

    @cached_property
    def response(self):
        return self.consultation.published_response

    @property
    def query(self):
        """The query string without its place in the list, for the files."""
        return all_pages(self.request.GET)


index = list_view(CommentList)


@require_safe
def detail(request, reference, comment):
    """Show one comment: the words it was made on, what they became, its outcome."""
    consultation = published(reference)
    comments = consultation.comments.public().for_page()
    found = get_object_or_404(comments, reference=comment)
    page = CommentPage(consultation, found)
    return render(request, "consultations/comments/detail.html", {"page": page})


# Files sent with a public comment: only ever downloads, in which nothing can run.


@require_safe
def download(request, reference):
    """Hand over a file whose submission has a published comment."""
    spoken = Comment.objects.public().filter(submission=OuterRef("submission"))
    attachment = get_object_or_404(
        Attachment.objects.ready().filter(Exists(spoken)), reference=reference
    )
    if not attachment.is_approved:
        raise Http404("A moderator has not approved this file.")
    response = answer(
        attachment.file.name,
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# Commenting without an account: one comment, a whole submission, a reader's flag.


def texts_of(consultation):
    """Return the sections people comment on, in order."""
    if consultation.draft is None:
        return []
    return list(consultation.draft.texts.select_related("section"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request, reference):
    """Comment on one section (`?section=key`), on the whole (`?on=whole`), or on all."""
    consultation = published(reference)
    if not consultation.is_open():
        return render(
            request,
            "consultations/consultation/not_open.html",
            {"consultation": consultation},
        )
    if "_later" in request.POST and (link := keep_for_later(request, consultation)):
        return redirect(link)
    form, template, context = form_for(request, consultation)
    if (
        request.method == "POST"
        and form.is_valid()
        and save_unless_trapped(request, form)
    ):
        return redirect("consultations:submission-sent", reference)
    return render(
        request,
        f"consultations/comments/{template}.html",
        {"consultation": consultation, "form": form, **context},
    )


def keep_for_later(request, consultation):
    """Keep an unfinished response; return its secret link, or None if refused."""
    texts = texts_of(consultation)
    form = UnfinishedSubmissionForm(
        request.POST, consultation=consultation, texts=texts
    )
    if not form.is_valid():
        return None
    organisation = request.POST.get("organisation", "").strip()[:200] or OWN
    email = request.POST.get("email", "")
    workspace = save_within_limits(
        request, form, lambda: form.save(organisation, email)
    )
    if workspace is None:
        return None
    path = reverse(
        "consultations:workspace-detail", args=[signed_key("workspace", workspace.key)]
    )
    return f"{path}?saved=1"


def form_for(request, consultation):
    """Return the form that the address asks for, its template and its context."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    key = request.GET.get("section", "")
    if key or request.GET.get("on") == "whole":
        text = (
            get_object_or_404(section_of(consultation), section__key=key)
            if key
            else None
        )
        form = CommentForm(*posted, consultation=consultation, section_text=text)
        return form, "form", {"text": text}
    texts = texts_of(consultation)
    form = SubmissionForm(*posted, consultation=consultation, texts=texts)
    rows = [(text, form[form.box(text)]) for text in texts]
    return form, "whole_form", {"rows": rows, "words_here": are_short(texts)}


def are_short(texts):
    """Tell whether the words of these sections fit on one page beside their boxes."""
    return sum(len(text.body) for text in texts) <= MOST_WORDS


def section_of(consultation):
    """Return the sections of the draft that is consulted on, as a queryset."""
    return SectionText.objects.filter(draft=consultation.draft).select_related(
        "section"
    )


@require_safe
def respond_print(request, reference):
    """Show the response form for paper, with room to write."""
    consultation = published(reference)
    return render(
        request,
        "consultations/comments/whole_form_print.html",
        {
            "consultation": consultation,
            "address": postal_address(consultation.commission),
            "texts": texts_of(consultation),
            "prompts": consultation.prompts.all(),
        },
    )


def postal_address(commission):
    """Return where letters about a commission go, with the body's name; may be empty."""
    body = commission.organisation
    known = (
        body.contact_address,
        getattr(commission.post, "postal_address", ""),
        getattr(commission.committee, "postal_address", ""),
    )
    address = next(filter(None, known), "")
    named = not address or body.name.lower() in address.lower()
    return address if named else f"{body.name}\n{address}"


@require_safe
def sent(request, reference):
    """Say what happens next: the mail, the link, the seven days."""
    return render(
        request,
        "consultations/comments/sent.html",
        {"consultation": published(reference)},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request, reference, comment):
    """Tell the moderators that something is wrong with a published comment."""
    found = get_object_or_404(
        Comment.objects.public().select_related(
            "consultation", "submission", "section_text__section"
        ),
        consultation__reference=reference,
        reference=comment,
    )
    form = FlagCommentForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and save_within_limits(
        request, form, lambda: form.save(found), scope="flag"
    ):
        return render(
            request, "consultations/comments/flagged.html", {"comment": found}
        )
    return render(
        request, "consultations/comments/flag.html", {"comment": found, "form": form}
    )


# Behind a sender's private link. A GET never changes anything, since mail scanners
# follow links; each act is a button.


def submission_or_404(purpose, token):
    """Return the submission that a private link opens."""
    submissions = Submission.objects.by_token(purpose, token).select_related(
        "consultation__commission__organisation",
        "consultation__draft",
        "consultation__response__draft",
    )
    return get_object_or_404(submissions)


def comments_of(submission):
    """Return a submission's comments with all that its page shows of them."""
    return submission.comments.select_related(
        "section_text__section", "changed_section", "consultation", "pending_edit"
    ).prefetch_related("redactions", "revisions")


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Confirm a submission by the link in the mail."""
    submissions = Submission.objects.by_token("confirm", token)
    submission = submissions.select_related("consultation").first()
    if submission is None:
        status = status_of_lapsed_link("confirm", token)
        return render(request, "consultations/comments/lapsed.html", status=status)
    if request.method == "POST":
        actions.confirm(submission)
        return redirect(emails.private_path(submission))
    return render(
        request,
        "consultations/comments/confirm.html",
        {
            "submission": submission,
            "comments": comments_of(submission),
            "others": [
                (other.consultation.title, emails.confirm_link(other))
                for other in Submission.objects.waiting_beside(submission)
            ],
        },
    )


@private_page
@require_safe
def submission_detail(request, token):
    """Show the sender what they said and what happened."""
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
            "response": submission.consultation.published_response,
            "may_change": submission.may_change(),
            "following": following_of(submission),
            "token": token,
        },
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, token, comment):
    """Change a comment before the consultation closes."""
    submission = submission_or_404("private", token)
    found = get_object_or_404(comments_of(submission), reference=comment)
    form = EditCommentForm(
        request.POST if request.method == "POST" else None,
        section_text=found.section_text,
        initial={
            **{
                name: getattr(found.pending_edit if found.is_changing else found, name)
                for name in EditCommentForm.comment_fields
            },
            "version": found.version,
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


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    """Withdraw everything that was sent, after asking once."""
    submission = submission_or_404("private", token)
    if request.method == "POST":
        actions.withdraw(submission)
        return redirect("consultations:submission-detail", token)
    return render(
        request,
        "consultations/comments/withdraw.html",
        {"submission": submission, "token": token},
    )


@private_page
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
    title, name = submission.consultation.title, submission.approved_name
    lines = [
        gettext("Receipt for what you sent to “{title}”").format(title=title),
        gettext("Received {moment} UTC").format(moment=moment(submission.received_at)),
        gettext("Shown as: {name}").format(name=name),
        "",
    ]
    for comment in comments:
        lines += receipt_of(comment)
        line = gettext("Entry {number} of the public record: {entry}")
        lines += [
            line.format(number=entry.pk, entry=entry.body)
            for entry in entries
            if entry.subject == comment.record_name
        ]
        lines.append("")
    lines += [
        *gettext(
            "To check that nothing has changed: take the 16 bytes of the salt followed\n"
            "by the words in UTF-8 (Unicode NFC, lines ended by a line feed, no white\n"
            "space at either end). Their SHA-256 is the number above, and the number in\n"
            "the record’s entry."
        ).splitlines(),
        "",
    ]
    return "\n".join(lines)


def moment(at):
    """Write a moment in UTC to the second."""
    return f"{at:%Y-%m-%d %H:%M:%S}"


def receipt_of(comment):
    """Write the block of one comment: its words, what is public of it, what waits."""
    lines = [
        gettext("Comment {reference}").format(reference=comment.reference),
        gettext("State: {state}").format(state=comment.get_state_display()),
        gettext("Salt: {salt}").format(salt=comment.salt),
        f"SHA-256: {comment.digest()}",
        gettext(
            "Words covered (your comment, the quoted words, the suggested wording):"
        ),
        comment.words(),
        "",
    ]
    if comment.hidden_passages and comment.state == CommentState.PUBLISHED:
        shown = comment.approved
        lines += [
            gettext("What people read now:"),
            shown.text,
            shown.proposed_wording,
            "",
        ]
    if comment.is_changing:
        change = comment.pending_edit
        lines += [
            gettext(
                "A change that you asked for on {moment} UTC is being checked. Until it "
                "is published, people read the words above."
            ).format(moment=moment(change.asked_at)),
            gettext("SHA-256 of the change: {number}").format(
                number=digest(change.words(), bytes.fromhex(comment.salt))
            ),
            gettext("Words of the change:"),
            change.words(),
            "",
        ]
    return lines


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, token):
    """Sign an organisation's comment as one of its co-signatories."""
    signers = CoSignatory.objects.filter(key=key_of("sign", token))
    signer = signers.select_related("submission__consultation").first()
    if signer is None:
        raise Http404
    if request.method == "POST":
        actions.sign(signer)
        return redirect("consultations:cosignatory-confirm", token)
    return render(
        request,
        "consultations/comments/sign.html",
        {
            "signer": signer,
            "submission": signer.submission,
            "others": [
                (other.submission.consultation.title, emails.sign_link(other))
                for other in CoSignatory.objects.asked_beside(signer)
            ],
            "comments": comments_of(signer.submission),
        },
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def speaks_for(request, token):
    """Let a body say, by the link in its mailbox, whether a sender speaks for it."""
    sent = who_speaks_for("body", token)
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        sent.answer_for_body(agrees=request.POST["answer"] == "yes")
        return redirect("consultations:submission-body", token)
    return render(request, "consultations/comments/speaks_for.html", {"sent": sent})


def who_speaks_for(purpose, token):
    """Return the sender, the co-signatory or the asker that a body's link is about."""
    for rows in (Submission.objects, CoSignatory.objects, Question.objects):
        found = rows.filter(key=key_of(purpose, token) or "", speaks_for__isnull=False)
        if sent := found.select_related("speaks_for").first():
            return sent
    raise Http404


# A response that is written over several days, alone or together, behind a link.


def workspace_or_404(token):
    """Return the workspace that a secret link opens."""
    workspaces = Workspace.objects.by_token("workspace", token).select_related(
        "consultation__commission__organisation", "consultation__draft"
    )
    return get_object_or_404(workspaces)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workspace_create(request, reference):
    """Begin a workspace and go to its secret link."""
    consultation = published(reference)
    if not consultation.is_open():
        return render(
            request,
            "consultations/consultation/not_open.html",
            {"consultation": consultation},
        )
    form = WorkspaceForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and (
        workspace := save_within_limits(request, form, lambda: form.save(consultation))
    ):
        return redirect(
            "consultations:workspace-detail", signed_key("workspace", workspace.key)
        )
    return render(
        request,
        "consultations/comments/workspace_begin.html",
        {"consultation": consultation, "form": form},
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def workspace_detail(request, token):
    """Read and write the boxes."""
    workspace = workspace_or_404(token)
    texts = texts_of(workspace.consultation)
    posted = request.POST if request.method == "POST" else None
    form = ContributionsForm(posted, workspace=workspace, texts=texts)
    if posted is not None and form.is_valid() and form.save():
        return redirect(f"{request.path}?saved=1")
    names = [(text, form.box(text)) for text in [*texts, None]]
    return render(
        request,
        "consultations/comments/workspace.html",
        {
            "workspace": workspace,
            "consultation": workspace.consultation,
            "form": form,
            "rows": [(text, form[n], form[f"{n}-version"]) for text, n in names],
            "token": token,
            "words_here": are_short(texts),
            "saved": "saved" in request.GET and posted is None,
        },
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def workspace_erase(request, token):
    """Erase what is written and not sent, after asking once."""
    workspace = workspace_or_404(token)
    if request.method == "POST":
        Workspace.objects.filter(pk=workspace.pk, submission__isnull=True).delete()
        return redirect(workspace.consultation)
    return render(
        request,
        "consultations/comments/workspace_erase.html",
        {
            "workspace": workspace,
            "consultation": workspace.consultation,
            "token": token,
        },
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def workspace_send(request, token):
    """Send what the workspace holds, as one person on everybody's behalf."""
    workspace = workspace_or_404(token)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WorkspaceSubmissionForm(
        *posted,
        workspace=workspace,
        initial={"organisation": workspace.of_organisation},
    )
    if posted and form.is_valid() and save_unless_trapped(request, form):
        return redirect(
            "consultations:submission-sent", workspace.consultation.reference
        )
    boxes = workspace.contributions.select_related("section_text")
    return render(
        request,
        "consultations/comments/workspace_send.html",
        {
            "workspace": workspace,
            "consultation": workspace.consultation,
            "form": form,
            "boxes": boxes.order_by("section_text__order"),
        },
    )
