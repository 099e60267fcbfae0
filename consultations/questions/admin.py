"""Questions to holders in the admin: what to answer, what to moderate, a list to search."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from commissions.desk import action_views
from commissions.desk.base import PortalAdmin, ReadOnly
from commissions.models import Entry
from consultations.comments.admin import NOT_YOURS
from consultations.comments.forms import DONE
from consultations.models import Question
from consultations.permissions import may_decide, moderated_by
from consultations.questions.deadlines import AnswerCalendars, status_of
from consultations.questions.filters import WITH
from consultations.questions.forms import FORMS, MODERATOR

A_PAGE = 25
MODERATE, ANSWER = "consultations.change_comment", "consultations.change_question"


@admin.register(Question)
class QuestionAdmin(ReadOnly, PortalAdmin):
    """Search every question; open one to answer or moderate it."""

    list_display = ["title", "body", "state", "confirmed_at", "answered_at"]
    list_filter = ["state"]
    search_fields = ["reference", "title", "text", "public_name"]
    list_select_related = ["body"]
    ordering = ["-received_at", "-pk"]
    actions = None
    change_list_template = "admin/consultations/question_list.html"

    def get_urls(self):
        """Add what is to be answered, the moderators' queue and the page of one."""
        wrap = self.admin_site.admin_view
        return [
            path("to-answer/", wrap(self.to_answer), name="question-to-answer"),
            path("queue/", wrap(self.queue), name="question-queue"),
            path("<str:reference>/open/", wrap(self.one), name="question-open"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        """Leave out what its asker has not confirmed: nobody reads it."""
        return super().get_queryset(request).readable_by_staff()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Open our own page instead of a form."""
        question = get_object_or_404(self.get_queryset(request), pk=object_id)
        return redirect("admin:question-open", question.reference)

    def page(self, request, name, **context):
        """Render one of our pages inside the admin."""
        template = f"admin/consultations/{name}.html"
        return action_views.render_page(request, template, self, **context)

    def to_answer(self, request):
        """List the public questions without an answer, longest due first."""
        require(request, ANSWER)
        rows = self.get_queryset(request).waiting().select_related(*WITH)
        found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        calendars = AnswerCalendars()
        stand = [(row, status_of(row, calendars)) for row in found]
        return self.page(
            request,
            "question_to_answer",
            title="Questions to answer",
            rows=found,
            stand=sorted(stand, key=lambda pair: pair[1].due.on),
        )

    def queue(self, request):
        """List what waits for a moderator, oldest first."""
        require(request, MODERATE)
        rows = moderated_by(request.user, self.get_queryset(request))
        rows = rows.awaiting_moderation().select_related(*WITH)
        return self.page(
            request,
            "question_queue",
            title="Questions waiting for a moderator",
            rows=Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        )

    def one(self, request, reference):
        """Show one question whole, with what this user may do with it."""
        rows = self.get_queryset(request).select_related(*WITH, "body__moderated_by")
        question = get_object_or_404(rows, reference=reference)
        decides = may_decide(request.user, question)
        offered = acts(question, request.user, decides=decides)
        act = request.POST.get("act", "")
        if act not in ("", "answer") and not decides:
            raise PermissionDenied(NOT_YOURS)
        tried = FORMS[act](request.POST, comment=question) if act in FORMS else None
        if tried:
            tried.person = request.user
        if tried and self.done(request, tried, act):
            where = "to-answer" if act == "answer" else "queue"
            return redirect(f"admin:question-{where}")
        if tried:
            question.refresh_from_db()
        return self.page(
            request,
            "question",
            title=question.title,
            question=question,
            status=status_of(question, AnswerCalendars()),
            decides=decides,
            edit=question.pending_edit
            if question.is_changing and request.user.has_perm(MODERATE, question)
            else None,
            acts=forms(question, offered, act, tried),
            entries=Entry.objects.filter(subject=question.record_name).order_by("pk"),
        )

    def done(self, request, form, act):
        """Do what was asked, unless it is refused; the form keeps what was typed."""
        require(request, ANSWER if act == "answer" else MODERATE, form.comment)
        return action_views.save_form(request, form, said=DONE)


def require(request, permission, row=None):
    """Refuse a user who may not do this, anywhere or to a row."""
    if not request.user.has_perm(permission, row):
        raise PermissionDenied


def acts(question, user, *, decides):
    """Name the acts that this user may do with a question as it is.

    `decides` is whether they moderate for its body.
    """
    offered = []
    if user.has_perm(ANSWER, question) and question.state == "published":
        offered += [] if question.answered_at else ["answer"]
    if decides and user.has_perm(MODERATE, question):
        offered += ["change", "leave"] if question.is_changing else []
        offered += MODERATOR.get(question.state, ())
        offered += ["show"] if question.withheld_as else ["hide"]
    return offered


def forms(question, offered, act, tried):
    """Return (name, form) for each act on offer; the tried one as it was filled."""
    names = [act, *(name for name in offered if name != act)] if tried else offered
    return [
        (name, tried if tried and name == act else FORMS[name](comment=question))
        for name in names
    ]
