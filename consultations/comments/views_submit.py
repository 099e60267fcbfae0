"""Speaking without an account: a comment, a whole response, a reader's flag."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissions.models import NotReady
from consultations import rate_limit
from consultations.comments.forms import CommentForm, FlagForm
from consultations.comments.forms_response import LaterForm, ResponseForm
from consultations.comments.submissions import token
from consultations.models import Comment, Consultation, SectionText

MOST_WORDS = 100_000  # characters of HTML


def consultation_or_404(reference):
    """Return a published consultation with what its pages show of it."""
    consultations = Consultation.objects.published().select_related(
        "commission__organisation", "draft__specification"
    )
    return get_object_or_404(consultations, reference=reference)


def texts_of(consultation):
    """Return the sections people comment on, in order."""
    if consultation.draft is None:
        return []
    return list(consultation.draft.texts.select_related("section"))


def send(request, form):
    """Send a valid form; return whether it went, with what was wrong on the form.

    What robots send is answered like any other and thrown away.
    """
    if form.is_trapped:
        return True
    try:
        rate_limit.count(
            "network", rate_limit.network(request), settings.COMMENTS_PER_NETWORK
        )
        email = form.cleaned_data["email"].casefold()
        rate_limit.count("address", email, settings.COMMENTS_PER_ADDRESS)
        form.save()
    except (NotReady, rate_limit.TooOften) as refused:
        form.add_error(None, str(refused))
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request, reference):
    """Comment on one section (`?section=key`), on the whole (`?on=whole`), or on all."""
    consultation = consultation_or_404(reference)
    if not consultation.is_open():
        return render(
            request,
            "consultations/consultation/not_open.html",
            {"consultation": consultation},
        )
    if "_later" in request.POST and (link := keep_for_later(request, consultation)):
        return redirect(link)
    form, template, context = form_for(request, consultation)
    if request.method == "POST" and form.is_valid() and send(request, form):
        return redirect("consultations:submission-sent", reference)
    return render(
        request,
        f"consultations/comments/{template}.html",
        {"consultation": consultation, "form": form, **context},
    )


def keep_for_later(request, consultation):
    """Keep an unfinished response; return its secret link, or None if refused."""
    texts = texts_of(consultation)
    form = LaterForm(request.POST, consultation=consultation, texts=texts)
    if not form.is_valid():
        return None
    try:
        rate_limit.count(
            "network", rate_limit.network(request), settings.COMMENTS_PER_NETWORK
        )
    except rate_limit.TooOften:
        return None
    workspace = form.save(
        request.POST.get("organisation", "").strip()[:200] or "My own"
    )
    path = reverse(
        "consultations:workspace-detail", args=[token("workspace", workspace.key)]
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
    form = ResponseForm(*posted, consultation=consultation, texts=texts)
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
    consultation = consultation_or_404(reference)
    return render(
        request,
        "consultations/comments/whole_form_print.html",
        {
            "consultation": consultation,
            "texts": texts_of(consultation),
            "prompts": consultation.prompts.all(),
        },
    )


@require_safe
def sent(request, reference):
    """Say what happens next: the mail, the link, the seven days."""
    return render(
        request,
        "consultations/comments/sent.html",
        {"consultation": consultation_or_404(reference)},
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
    form = FlagForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            rate_limit.count(
                "flag", rate_limit.network(request), settings.COMMENTS_PER_NETWORK
            )
            form.save(found)
        except rate_limit.TooOften as refused:
            form.add_error(None, str(refused))
        else:
            return render(
                request, "consultations/comments/flagged.html", {"comment": found}
            )
    return render(
        request, "consultations/comments/flag.html", {"comment": found, "form": form}
    )
