"""Comments in the admin: a list to search, and the pages of moderation."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from commissions.desk import action_views
from commissions.desk.base import PortalAdmin, ReadOnly, acting_as
from commissions.models import Entry
from consultations.comments.attachments import download
from consultations.comments.forms import DONE, FORMS, OFFERED
from consultations.erasure import erase_sender, sent_by
from consultations.models import Attachment, Comment, DeclineReason
from consultations.permissions import may_decide, moderated_by

A_PAGE = 25
NOT_YOURS = "This body has others moderate for it: only they decide."


def parts_of(submission):
    """List what can be hidden alone: (its code, the row, what it is)."""
    signers, files = submission.co_signatories.all(), submission.attachments.all()
    return [
        ("name", submission, submission.shown_name),
        *((f"signer-{each.pk}", each, str(each)) for each in signers),
        *((f"file-{each.pk}", each, each.name) for each in files),
    ]


@admin.register(Comment)
class CommentAdmin(ReadOnly, PortalAdmin):
    """Search every comment; open one to moderate it. Nothing is edited here."""

    list_display = ["reference", "excerpt", "state", "consultation", "stated_at"]
    list_filter = ["state", "outcome", "stance"]
    search_fields = ["reference", "text", "submission__public_name"]
    list_select_related = ["consultation"]
    ordering = ["-stated_at", "-pk"]
    actions = None

    @admin.display(description="comment")
    def excerpt(self, comment):
        """Show the first words."""
        return comment.text[:80]

    def get_urls(self):
        """Add the queue and the page of one comment."""
        site = self.admin_site
        return [
            path("queue/", site.admin_view(self.queue), name="comment-queue"),
            path(
                "<str:reference>/moderate/",
                site.admin_view(self.moderate),
                name="comment-moderate",
            ),
            path(
                "<str:reference>/erase/",
                site.admin_view(self.erase),
                name="comment-erase",
            ),
            path(
                "file/<str:reference>/",
                site.admin_view(self.look),
                name="attachment-look",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        """Leave out what its sender has not confirmed: nobody reads it."""
        return super().get_queryset(request).readable_by_staff()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Open the page of moderation instead of a form."""
        comment = get_object_or_404(self.get_queryset(request), pk=object_id)
        return redirect("admin:comment-moderate", comment.reference)

    def page(self, request, name, **context):
        """Render one of the pages of moderation inside the admin."""
        if not request.user.has_perm("consultations.change_comment"):
            raise PermissionDenied
        template = f"admin/consultations/{name}.html"
        return action_views.render_page(request, template, self, **context)

    def queue(self, request):
        """List what waits for a moderator, oldest first, and what readers flagged."""
        flagged = request.GET.get("show") == "flagged"
        rows = moderated_by(request.user, self.get_queryset(request))
        rows = rows.flagged() if flagged else rows.awaiting_moderation()
        shown = rows.select_related("consultation", "submission", "section_text")
        pages = Paginator(shown, A_PAGE)
        return self.page(
            request,
            "queue",
            title="Flagged by readers" if flagged else "Waiting for a moderator",
            flagged=flagged,
            rows=pages.get_page(request.GET.get("page")),
        )

    def moderate(self, request, reference):
        """Show one comment whole, with the acts that its state allows."""
        comments = self.get_queryset(request).select_related(
            "consultation__commission__organisation__moderated_by",
            "submission",
            "section_text__section",
        )
        comment = get_object_or_404(comments, reference=reference)
        decides = may_decide(request.user, comment)
        act = request.POST.get("act", "")
        if act and not decides:
            raise PermissionDenied(NOT_YOURS)
        tried = FORMS[act](request.POST, comment=comment) if act in FORMS else None
        if tried:
            tried.person = request.user
        if tried and self.done(request, tried):
            return redirect("admin:comment-queue")
        if tried:
            comment.refresh_from_db()
        return self.page(
            request,
            "moderate",
            title=f"Comment {comment.reference}",
            comment=comment,
            decides=decides,
            acts=self.acts(comment, act, tried) if decides else [],
            redactions=comment.redactions.all(),
            flags=comment.flags.all(),
            revisions=comment.revisions.all(),
            parts=parts_of(comment.submission),
            reasons=DeclineReason.choices,
            edit=comment.pending_edit if comment.is_changing else None,
            entries=Entry.objects.filter(subject=comment.record_name).order_by("pk"),
        )

    def erase(self, request, reference):
        """Erase the person who sent a comment, from everywhere, after asking once."""
        comments = self.get_queryset(request).select_related("submission")
        submission = get_object_or_404(comments, reference=reference).submission
        if not request.user.has_perm("consultations.delete_submission", submission):
            raise PermissionDenied
        if request.method == "POST":
            erase_sender(submission, by=acting_as(request.user))
            messages.success(request, "Erased. The record holds digests only.")
            return redirect("admin:comment-queue")
        return self.page(
            request,
            "erase",
            title="Erase this person",
            submission=submission,
            others=sent_by(submission).exclude(pk=submission.pk).count(),
        )

    def look(self, request, reference):
        """Download a file sent with a comment, before or after it is public."""
        seen = self.get_queryset(request).values("submission")
        files = Attachment.objects.ready().filter(submission__in=seen)
        file = get_object_or_404(files, reference=reference)
        if not request.user.has_perm("consultations.change_comment", file.submission):
            raise PermissionDenied
        return download(file)

    def done(self, request, form):
        """Do what was asked, unless it is refused; the form keeps what was typed."""
        if not request.user.has_perm("consultations.change_comment"):
            raise PermissionDenied
        return action_views.save_form(request, form, said=DONE)

    def acts(self, comment, act, tried):
        """Return (name, form) for each act on offer; the tried one as it was filled."""
        offered = OFFERED.get(comment.state, ())
        if comment.state == "published" and comment.is_changing:
            offered = ("change", "leave", *offered)
        forms = [
            (name, tried if name == act else FORMS[name](comment=comment))
            for name in offered
        ]
        if tried and act not in (*offered, "withhold", "show"):
            forms.insert(0, (act, tried))
        return forms
