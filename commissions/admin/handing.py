"""Handing over: the page on which a commission or a decision passes to another holder."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone

from commissions.admin.acting import back, found, page, performed
from commissions.admin.scope import visible_to
from commissions.models import Committee, CommitteeMember, Post


class HandOverForm(forms.Form):
    """To whom, from when, and why. `held` is the commission or the decision."""

    post = forms.ModelChoiceField(
        Post.objects.none(),
        required=False,
        label="To this post",
        help_text="A post with a person in it. Type part of its title.",
    )
    committee = forms.ModelChoiceField(
        Committee.objects.none(),
        required=False,
        label="Or to this committee",
        help_text="Only if a committee takes it over, in place of a post.",
    )
    since = forms.DateField(label="Effective from", widget=AdminDateWidget)
    why = forms.CharField(
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The public reads this. Say nothing about anybody’s health or "
        "private life.",
        error_messages={
            "required": "Say why it passes to somebody else. The public sees it."
        },
    )

    def __init__(self, *args, held, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        self.initial["since"] = timezone.localdate()
        for name, rows in (("post", Post.objects), ("committee", Committee.objects)):
            field = self.fields[name]
            field.widget = AutocompleteSelect(
                held._meta.get_field(name), admin.site, attrs={"class": "vTextField"}
            )
            field.queryset = visible_to(user, rows.all())

    def clean_since(self):
        """Refuse a day to come: until it comes, the present holder has it."""
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise ValidationError(
                "Hand it over on the day itself, or afterwards: choose today or earlier."
            )
        return since

    def clean(self):
        """Ask for one new holder, with somebody to name."""
        said = super().clean()
        post, committee = said.get("post"), said.get("committee")
        if bool(post) == bool(committee):
            self.add_error("post", "Choose one: a post, or a committee.")
        elif not has_somebody(post, committee):
            self.add_error(
                "post" if post else "committee",
                "The public sees who holds this. Choose a post with a person in it, or "
                "a committee with members.",
            )
        return said

    def save(self, *, by):
        """Hand it over in the name of whoever is signed in."""
        said = self.cleaned_data
        holder = said["post"] or said["committee"]
        self.held.hand_over(holder, since=said["since"], why=said["why"], by=by)


def has_somebody(post, committee):
    """Tell whether a person is in the post, or sits on the committee."""
    if post:
        return post.tenure is not None
    return CommitteeMember.objects.filter(
        committee=committee, ended_on__isnull=True
    ).exists()


def hand_over(request, pk, *, desk):
    """Pass a public commission or decision to another post or committee."""
    held = found(request, pk, desk)
    if not held.published_at:
        messages.info(request, "Nobody has seen it yet: choose the holder in its form.")
        return back(desk, pk)
    form = HandOverForm(request.POST or None, held=held, user=request.user)
    done = "Handed over. It is on the record, with the reason."
    if performed(request, form, done=done):
        return back(desk, pk)
    return page(
        request,
        "admin/commissions/hand_over.html",
        desk,
        original=held,
        title="Hand over",
        holder=held.post or held.committee,
        form=form,
    )
