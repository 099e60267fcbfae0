"""Taking and leaving a post: two pages of the admin, two verbs."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from commissions.admin.scope import acting_as, visible_to
from commissions.models import Commissioner, Post

FORM = "admin:commissions_post_change"


class TakeForm(forms.Form):
    """Who takes up a vacant post, and when."""

    commissioner = forms.ModelChoiceField(
        Commissioner.objects.none(),
        label="Person",
        help_text="Add them under “Commissioners” first if they are not listed.",
    )
    on = forms.DateField(label="First day", widget=AdminDateWidget)

    def __init__(self, *args, post, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.post = post
        people = visible_to(user, Commissioner.objects.all())
        self.fields["commissioner"].queryset = people
        self.initial["on"] = timezone.localdate()

    def save(self, *, by):
        """Put the person in the post; return the sentence that says so."""
        said = self.cleaned_data
        self.post.take(said["commissioner"], on=said["on"], by=by)
        return f"{said['commissioner']} holds the post now."


class VacateForm(forms.Form):
    """The first day on which a post is empty."""

    on = forms.DateField(
        label="First day without them",
        widget=AdminDateWidget,
        help_text="From this day the public sees the post as vacant, and who covers it.",
    )

    def __init__(self, *args, post, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.post = post
        self.initial["on"] = timezone.localdate()

    def save(self, *, by):
        """End the tenure; return the sentence that says so."""
        self.post.vacate(on=self.cleaned_data["on"], by=by)
        return "The post is shown as vacant from that day."


def found(request, pk, desk):
    """Return the post, if this user may see and change it."""
    post = desk.get_queryset(request).filter(pk=pk).first()
    if post is None:
        raise Http404("There is no such post, or you may not see it.")
    if not desk.has_change_permission(request, post):
        raise PermissionDenied
    return post


def act(request, post, form_class, *, desk, title, label):
    """Show a form; on a valid one perform its verb and go back to the post."""
    form = form_class(request.POST or None, post=post, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.save(by=acting_as(request.user)))
            return redirect(FORM, post.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
    context = {
        **admin.site.each_context(request),
        "opts": Post._meta,
        "original": post,
        "title": title,
        "subtitle": None,
        "is_popup": False,
        "is_nav_sidebar_enabled": False,
        "form": form,
        "media": desk.media + form.media,
        "label": label,
    }
    return render(request, "admin/commissions/post/act.html", context)


def take(request, pk, *, desk):
    """Put a person in a vacant post."""
    post = found(request, pk, desk)
    if post.tenure:
        messages.error(
            request, f"{post.tenure.commissioner} holds this post. End that first."
        )
        return redirect(FORM, pk)
    return act(
        request,
        post,
        TakeForm,
        desk=desk,
        title="Put a person in this post",
        label="Take the post",
    )


def vacate(request, pk, *, desk):
    """End the time of the person who holds a post."""
    post = found(request, pk, desk)
    if not post.tenure:
        messages.error(request, "Nobody holds this post now.")
        return redirect(FORM, pk)
    return act(
        request,
        post,
        VacateForm,
        desk=desk,
        title=f"{post.tenure.commissioner} leaves this post",
        label="End their time in it",
    )


PAGES = {"take": take, "vacate": vacate}
