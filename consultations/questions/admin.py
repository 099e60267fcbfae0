"""Questions to holders in the admin: what to answer, what to moderate, a list to search."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from commissions.desk import action_views
from commissions.desk.base import PortalAdmin, ReadOnly
from commissions.models import Entry
from consultations.models import Question
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
        rows = self.get_queryset(request).awaiting_moderation().select_related(*WITH)
        return self.page(
            request,
            "question_queue",
            title="Questions waiting for a moderator",
            rows=Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        )

    def one(self, request, reference):
        """Show one question whole, with what this user may do with it."""
        rows = self.get_queryset(request).filter(confirmed_at__isnull=False)
        question = get_object_or_404(rows.select_related(*WITH), reference=reference)
        offered = acts(question, request.user)
        act = request.POST.get("act", "")
        tried = FORMS[act](request.POST, comment=question) if act in FORMS else None
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
            acts=forms(question, offered, act, tried),
            entries=Entry.objects.filter(subject=question.record_name).order_by("pk"),
        )

    def done(self, request, form, act):
        """Do what was asked, unless it is refused; the form keeps what was typed."""
        require(request, ANSWER if act == "answer" else MODERATE)
        done = "Done. It is on the record, and the asker is told."
        return action_views.save_form(request, form, done=done)


def require(request, permission):
    """Refuse a user who may not do this."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def acts(question, user):
    """Name the acts that this user may do with a question as it is."""
    offered = []
    if user.has_perm(ANSWER) and question.state == "published":
        offered += [] if question.answered_at else ["answer"]
    if user.has_perm(MODERATE):
        offered += MODERATOR.get(question.state, ())
    return offered


def forms(question, offered, act, tried):
    """Return (name, form) for each act on offer; the tried one as it was filled."""
    names = [act, *(name for name in offered if name != act)] if tried else offered
    return [
        (name, tried if tried and name == act else FORMS[name](comment=question))
        for name in names
    ]
