"""Questions to those who are responsible: asking, reading, following up."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissions.models import Barrier, Entry, NotReady, Overtaken, Post, Tenure
from commissions.public.listing.exports import Column, Export, all_rows
from commissions.public.listing.page import ListPage, list_view
from consultations import public_names
from consultations.consultation.models import Consultation
from consultations.models import Question
from consultations.public_forms import save_unless_trapped
from consultations.questions import actions, emails, models
from consultations.questions.deadlines import AnswerCalendars, status_of
from consultations.questions.filters import WITH, QuestionFilter, question_subjects
from consultations.questions.forms import AskQuestionForm, EditQuestionForm, SolveForm
from consultations.questions.models import SUBJECTS
from consultations.signed_links import private_page, signed_key, status_of_lapsed_link


class QuestionPage:
    """One question with its answer, or when one is due and how that is counted."""

    def __init__(self, question):
        self.question = question

    @cached_property
    def status(self):
        """Whether it waits or is answered, in words and with the day it is due."""
        return status_of(self.question, AnswerCalendars())

    @cached_property
    def subject(self):
        """What it is about, as the public may know it."""
        return question_subjects([self.question])[self.question.pk]

    @cached_property
    def vacant_since(self):
        """Since when nobody is in the post that must answer; None where somebody is."""
        holder = self.question.holder
        waits = isinstance(holder, Post) and not self.question.answered_at
        return holder.vacant_since if waits else None

    @cached_property
    def answerer(self):
        """The person who held the post that answered, where they may be named."""
        if not self.question.answered_by_id:
            return None
        tenures = Tenure.objects.current(self.question.answered_on).named()
        served = tenures.filter(post=self.question.answered_by_id)
        tenure = served.select_related("commissioner").first()
        return tenure.commissioner if tenure else None

    @cached_property
    def change_url(self):
        """Where the change that the answer points to can be read; empty if nowhere.

        Beside the version consulted on before, else with the consultation itself.
        """
        draft = self.question.new_draft
        consultation = (
            Consultation.objects.published()
            .filter(
                draft__specification=draft.specification_id,
                draft__version__lte=draft.version,
            )
            .select_related("draft")
            .order_by("draft__version")
            .first()
        )
        if consultation is None:
            return ""
        if consultation.draft == draft:
            return consultation.get_absolute_url()
        versions = consultation.draft.version, draft.version
        return reverse(
            "consultations:draft-compare", args=[consultation.reference, *versions]
        )


COLUMNS = [  # of (question, status, what it is about)
    Column("reference", lambda row: row[0].reference),
    Column("about", lambda row: row[2].label),
    Column("organisation", lambda row: row[0].body.name),
    Column("question", lambda row: row[0].approved.title),
    Column("asked_by", lambda row: row[0].approved.name),
    Column("asked_on", lambda row: row[0].asked_on),
    Column("due_on", lambda row: row[1].due.on),
    Column("answered_on", lambda row: row[0].answered_on),
    Column("state", lambda row: row[1].label),
    Column(
        "answered_by",
        lambda row: row[0].answered_by.title if row[0].answered_by else "",
    ),
    Column("address", lambda row: row[0].get_absolute_url()),
]
EXPORT = Export(
    "questions",
    COLUMNS,
    lambda filters: all_rows(filters, filters.present),
    endings=["csv"],
)
export = EXPORT.view(QuestionFilter)


class QuestionList(ListPage):
    """One page of questions, what waits longest first, and the counts."""

    filter_set = QuestionFilter
    template = "consultations/questions/list.html"
    title = gettext_lazy("Questions to the people who decide")
    noun, nouns = "question", "questions"
    counted = ngettext_lazy("{n} question", "{n} questions", "number")
    export = EXPORT

    def present(self, rows):
        """Give each question its status and what it is about."""
        return self.filters.present(rows)

    @cached_property
    def bodies(self):
        """The questions of each organisation by status."""
        return self.filters.by_body()


index = list_view(QuestionList)


@require_safe
def detail(request, reference):
    """Show one question with its answer, or when one is due and how that is counted."""
    public = Question.objects.public().select_related(*WITH)
    page = QuestionPage(get_object_or_404(public, reference=reference))
    return render(request, "consultations/questions/detail.html", {"page": page})


# Asking without an account. A GET never changes anything, since mail scanners
# follow links.


def subject_or_404(name):
    """Return the commission, decision, person or barrier of a public name."""
    found = public_names.find_by_public_name(name, SUBJECTS)
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Ask about `?about=commission/<reference>`, or choose first what to ask about."""
    name = request.GET.get("about", "")
    if not name:
        return render(request, "consultations/questions/choose.html")
    about = subject_or_404(name)
    try:
        body = actions.body_of(about)
        models.check_questions_open(actions.commission_of(about))
    except NotReady as closed:
        context = {"about": about, "about_name": name, "why": str(closed)}
        return render(request, "consultations/questions/closed.html", context)
    solving = isinstance(about, Barrier)
    form_class = SolveForm if solving else AskQuestionForm
    form = form_class(request.POST if request.method == "POST" else None, about=about)
    if (
        request.method == "POST"
        and form.is_valid()
        and save_unless_trapped(request, form)
    ):
        return redirect(f"{reverse('consultations:question-sent')}?about={name}")
    context = {
        "about": about,
        "about_name": name,
        "body": body,
        "form": form,
        "solving": solving,
    }
    return render(request, "consultations/questions/ask.html", context)


@require_safe
def sent(request):
    """Say what happens next: the mail, the button, the days."""
    name = request.GET.get("about", "")
    about = subject_or_404(name) if name else None
    return render(request, "consultations/questions/sent.html", {"about": about})


def found(purpose, token):
    """Return, as a queryset, the question that a private link opens."""
    return Question.objects.by_token(purpose, token).select_related(
        "body",
        "commission",
        "decision__commission",
        "commissioner",
        "barrier",
        "pending_edit",
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Confirm a question by the link in the mail."""
    question = found("question-confirm", token).first()
    if question is None:
        status = status_of_lapsed_link("question-confirm", token)
        page = "consultations/questions/lapsed.html"
        return render(request, page, status=status)
    if request.method == "POST":
        actions.confirm(question)
        return redirect(
            "consultations:question-mine", signed_key("question", question.key)
        )
    others = [
        (other.title, emails.confirm_link(other))
        for other in Question.objects.waiting_beside(question)
    ]
    return render(
        request,
        "consultations/questions/confirm.html",
        {"question": question, "others": others},
    )


def digest_of(question, words):
    """Return the digest that the record has, or will have, for the words of a question."""
    return question.digest(f"{words.title}\n{words.text}")


@private_page
@require_safe
def mine(request, token):
    """Show the asker how the question is going, and why."""
    question = get_object_or_404(found("question", token))
    status = status_of(question, AnswerCalendars()) if question.confirmed_at else None
    return render(
        request,
        "consultations/questions/mine.html",
        {
            "question": question,
            "status": status,
            "token": token,
            "digest": digest_of(question, question),
            "change_digest": question.is_changing
            and digest_of(question, question.pending_edit),
            "entries": Entry.objects.filter(subject=question.record_name).order_by(
                "pk"
            ),
        },
    )


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, token):
    """Change a question before it is answered."""
    question = get_object_or_404(found("question", token))
    shown = question.pending_edit if question.is_changing else question
    form = EditQuestionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "title": shown.title,
            "text": shown.text,
            "version": question.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            form.save(question)
            return redirect("consultations:question-mine", token)
        except (NotReady, Overtaken) as refused:
            form.add_error(None, str(refused))
    context = {"question": question, "token": token, "form": form}
    return render(request, "consultations/questions/edit.html", context)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    """Withdraw a question, after asking once."""
    question = get_object_or_404(found("question", token))
    refusal = ""
    if request.method == "POST":
        try:
            question.withdraw()
            return redirect("consultations:question-mine", token)
        except (NotReady, Overtaken) as refused:
            refusal = str(refused)
    context = {"question": question, "token": token, "refusal": refusal}
    return render(request, "consultations/questions/withdraw.html", context)
