"""Asking a holder in public, without an account: ask, confirm, follow, take back.

A GET never changes anything, since mail scanners follow links. What is behind
a private link stays out of caches, search engines and referrers.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissions.models import (
    Barrier,
    Commission,
    Commissioner,
    Decision,
    Entry,
    NotReady,
    Overtaken,
)
from consultations.comments.submissions import key_of
from consultations.comments.submissions import token as signed
from consultations.comments.views_sender import private
from consultations.comments.views_submit import send
from consultations.models import Question
from consultations.questions import ask as asking
from consultations.questions import tender_clarifications
from consultations.questions.deadlines import Calendars, standing
from consultations.questions.forms import AskForm, SolveForm


def commissions():
    """Return the commissions that may be asked about."""
    return Commission.objects.published().select_related(
        "organisation", "post", "committee"
    )


def decisions():
    """Return the decisions that may be asked about."""
    return Decision.objects.published().select_related(
        "organisation", "commission", "post", "committee"
    )


def barriers():
    """Return the barriers that somebody can say something about."""
    return Barrier.objects.published().select_related("organisation")


SUBJECTS = {
    "commission": (commissions, "reference"),
    "decision": (decisions, "reference"),
    "commissioner": (Commissioner.objects.named, "slug"),
    "barrier": (barriers, "slug"),
}
"""What can be asked about: who may be seen of each, and its public name."""


def subject_or_404(name):
    """Return the commission, decision, person or barrier of a public name: kind/name."""
    kind, _, public = name.partition("/")
    if kind not in SUBJECTS or "\x00" in public:
        raise Http404
    visible, field = SUBJECTS[kind]
    return get_object_or_404(visible(), **{field: public})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Ask about `?about=commission/<reference>`, or choose first what to ask about."""
    name = request.GET.get("about", "")
    if not name:
        return render(request, "consultations/questions/choose.html")
    about = subject_or_404(name)
    try:
        body = asking.body_of(about)
        tender_clarifications.check_open(asking.commission_of(about))
    except NotReady as closed:
        context = {"about": about, "about_name": name, "why": str(closed)}
        return render(request, "consultations/questions/closed.html", context)
    solving = isinstance(about, Barrier)
    form_class = SolveForm if solving else AskForm
    form = form_class(request.POST if request.method == "POST" else None, about=about)
    if request.method == "POST" and form.is_valid() and send(request, form):
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
        "body", "commission", "decision__commission", "commissioner", "barrier"
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Confirm a question by the link in the mail."""
    question = found("question-confirm", token).first()
    if question is None:
        status = 410 if key_of("question-confirm", token) else 404
        page = "consultations/questions/lapsed.html"
        return render(request, page, status=status)
    if request.method == "POST":
        asking.confirm(question)
        return redirect("consultations:question-mine", signed("question", question.key))
    return render(
        request, "consultations/questions/confirm.html", {"question": question}
    )


@private
@require_safe
def mine(request, token):
    """Show the asker where the question stands, and why."""
    question = get_object_or_404(found("question", token))
    stands = standing(question, Calendars()) if question.confirmed_at else None
    return render(
        request,
        "consultations/questions/mine.html",
        {
            "question": question,
            "stands": stands,
            "token": token,
            "digest": question.digest(f"{question.title}\n{question.text}"),
            "entries": Entry.objects.filter(subject=question.record_name).order_by(
                "pk"
            ),
        },
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, token):
    """Take a question back, after asking once."""
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
