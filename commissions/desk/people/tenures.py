"""Taking and leaving a post: two pages of the admin, two verbs."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone

from commissions.desk.action_views import form_page, get_row, redirect_to_row
from commissions.desk.base import visible_to
from commissions.models import Commissioner


class TakePostForm(forms.Form):
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


class VacatePostForm(forms.Form):
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


def tenure_act(request, post, form_class, *, desk, title, label):
    """Show a form; on a valid one perform its verb and go back to the post."""
    form = form_class(request.POST or None, post=post, user=request.user)
    return form_page(request, desk, post, form, title=title, label=label)


def take_post(request, pk, *, desk):
    """Put a person in a vacant post."""
    post = get_row(request, pk, desk)
    if post.tenure:
        messages.error(
            request, f"{post.tenure.commissioner} holds this post. End that first."
        )
        return redirect_to_row(desk, pk)
    return tenure_act(
        request,
        post,
        TakePostForm,
        desk=desk,
        title="Put a person in this post",
        label="Take the post",
    )


def vacate_post(request, pk, *, desk):
    """End the time of the person who holds a post."""
    post = get_row(request, pk, desk)
    if not post.tenure:
        messages.error(request, "Nobody holds this post now.")
        return redirect_to_row(desk, pk)
    return tenure_act(
        request,
        post,
        VacatePostForm,
        desk=desk,
        title=f"{post.tenure.commissioner} leaves this post",
        label="End their time in it",
    )


PAGES = {"take": take_post, "vacate": vacate_post}
