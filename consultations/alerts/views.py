"""Following by email, without an account: ask, confirm, change, stop.

A GET never changes anything, since mail scanners follow links; what is behind
a private link stays out of caches, search engines and referrers. Nothing tells
a stranger whether an address follows anything.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from consultations.alerts import actions, subjects
from consultations.alerts.forms import (
    AddressForm,
    FollowForm,
    FollowWordsForm,
    FrequencyForm,
)
from consultations.alerts.models import SEARCH
from consultations.models import Follower, Frequency, Submission, Subscription
from consultations.public_forms import save_unless_trapped
from consultations.signed_links import private_page, signed_key, status_of_lapsed_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """Say what following is; send the link with which somebody changes theirs."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and save_unless_trapped(request, form)
    ):
        return redirect(f"{reverse('consultations:alert-sent')}?link=1")
    return render(request, "consultations/alerts/index.html", {"form": form})


def subject_of(asked):
    """Return what `?what=` names, or the search that stands beside it; None without.

    Raises Http404 where there is no such thing.
    """
    what = asked.get("what", "")
    if not what:
        return None
    found = (
        subjects.search_of_query(asked)
        if what == SEARCH
        else subjects.find_subject(what)
    )
    if found is None and what != SEARCH:
        raise Http404("There is nothing of that name to follow.")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request):
    """Follow what `?what=` names; without, what is found with some words."""
    subject = subject_of(request.GET)
    posted = request.POST if request.method == "POST" else None
    form = FollowForm(posted, subject=subject) if subject else FollowWordsForm(posted)
    if (
        request.method == "POST"
        and form.is_valid()
        and save_unless_trapped(request, form)
    ):
        return redirect("consultations:alert-sent")
    template = "follow" if subject else "choose"
    context = {"subject": subject, "form": form}
    return render(request, f"consultations/alerts/{template}.html", context)


@require_safe
def sent(request):
    """Say what happens next; after asking for a link, that it may be on its way."""
    context = {"link": bool(request.GET.get("link"))}
    return render(request, "consultations/alerts/sent.html", context)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """Begin to follow, by the link in the mail."""
    rows = Subscription.objects.by_token("alert-confirm", token)
    one = rows.select_related("follower").first()
    if one is None:
        return lapsed(request, "alert-confirm", token)
    if request.method == "POST":
        actions.confirm(one)
        return redirect(manage_path(one.follower, "followed"))
    others = list(Subscription.objects.asked_beside(one))
    named = subjects.name_subjects([one, *others])
    context = {
        "subscription": one,
        "subject": named[one.pk],
        "others": [(named[o.pk].label, actions.confirm_link(o)) for o in others],
    }
    return render(request, "consultations/alerts/confirm.html", context)


@private_page
@require_POST
def follow_after(request, token):
    """Follow what somebody commented on, by the private link to their comment."""
    rows = Submission.objects.by_token("private", token)
    actions.follow_after(
        get_object_or_404(rows.select_related("consultation__commission"))
    )
    return redirect(
        f"{reverse('consultations:submission-detail', args=[token])}#follow"
    )


def lapsed(request, purpose, token):
    """Say that a link no longer works; one that is not ours is not found."""
    status = status_of_lapsed_link(purpose, token)
    return render(request, "consultations/alerts/lapsed.html", status=status)


def manage_path(follower, done=""):
    """Return the path of the page on which somebody changes their alerts."""
    path = reverse("consultations:alerts", args=[signed_key("alerts", follower.key)])
    return f"{path}?done={done}" if done else path


DONE = {
    "followed": gettext_lazy("You follow it now. We email you when something happens."),
    "changed": gettext_lazy("Saved. We use your new choice from now on."),
    "stopped": gettext_lazy(
        "You have stopped following it. We send you nothing more about it."
    ),
    "stopped-all": gettext_lazy("You have stopped following everything."),
}


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request, token):
    """Show what somebody follows; change how often, stop one, stop all."""
    follower = Follower.objects.by_token("alerts", token).first()
    if follower is None:
        return lapsed(request, "alerts", token)
    if request.method == "POST":
        return redirect(manage_path(follower, change(request.POST, follower)))
    rows = list(follower.subscriptions.active().order_by("-confirmed_at", "-pk"))
    named = subjects.name_subjects(rows)
    context = {
        "rows": [(row, named[row.pk]) for row in rows],
        "often": Frequency.choices,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "token": token,
    }
    return render(request, "consultations/alerts/manage.html", context)


def change(asked, follower):
    """Do what a button of that page says; return what was done."""
    if "stop-all" in asked:
        actions.stop_all(follower)
        return "stopped-all"
    one = get_object_or_404(
        follower.subscriptions.active(), key=asked.get("stop") or asked.get("save")
    )
    if "stop" in asked:
        one.stop()
        return "stopped"
    form = FrequencyForm(asked)
    if form.is_valid():
        form.save(one)
    return "changed"


@csrf_exempt  # a mail program presses the button too (RFC 8058); the link is the key
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Stop one thing, by the link in a mail and one button."""
    rows = Subscription.objects.by_token("alert-stop", token)
    one = rows.select_related("follower").first()
    if one is None:
        return lapsed(request, "alert-stop", token)
    if request.method == "POST":
        one.stop()
    one_and_name = {
        "subject": subjects.name_subjects([one])[one.pk],
        "everything": False,
    }
    return stopped(request, one.follower, bool(one.unsubscribed_at), one_and_name)


@csrf_exempt  # as above
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop_all(request, token):
    """Stop everything, by the link in a mail and one button."""
    follower = Follower.objects.by_token("alerts-stop", token).first()
    if follower is None:
        return lapsed(request, "alerts-stop", token)
    if request.method == "POST":
        actions.stop_all(follower)
    done = not follower.subscriptions.active().exists()
    return stopped(request, follower, done, {"subject": None, "everything": True})


def stopped(request, follower, done, what):
    """Answer with the button, or with what was stopped."""
    context = {"done": done, "manage": manage_path(follower), **what}
    return render(request, "consultations/alerts/stop.html", context)
