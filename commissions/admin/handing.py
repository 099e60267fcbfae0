"""Handing over: the page on which a commission or a decision passes to another holder."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from commissions.admin.scope import acting_as, visible_to
from commissions.models import Committee, CommitteeMember, NotReady, Overtaken, Post


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


def found(request, pk, desk):
    """Return what is to be handed over, if this user may see and change it."""
    held = desk.get_queryset(request).filter(pk=pk).first()
    if held is None:
        raise Http404("There is nothing here to hand over, or you may not see it.")
    if not desk.has_change_permission(request, held):
        raise PermissionDenied
    return held


def hand_over(request, pk, *, desk):
    """Pass a public commission or decision to another post or committee."""
    held = found(request, pk, desk)
    opts = held._meta
    back = f"admin:{opts.app_label}_{opts.model_name}_change"
    if not held.published_at:
        messages.info(request, "Nobody has seen it yet: choose the holder in its form.")
        return redirect(back, pk)
    form = HandOverForm(request.POST or None, held=held, user=request.user)
    if request.method == "POST" and form.is_valid() and saved(request, form):
        messages.success(request, "Handed over. It is on the record, with the reason.")
        return redirect(back, pk)
    context = {
        **admin.site.each_context(request),
        "opts": opts,
        "original": held,
        "title": "Hand over",
        "subtitle": None,
        "is_popup": False,
        "is_nav_sidebar_enabled": False,
        "holder": held.post or held.committee,
        "form": form,
        "media": desk.media + form.media,
    }
    return render(request, "admin/commissions/hand_over.html", context)


def saved(request, form):
    """Do it, unless the verb refuses; the form keeps what was typed."""
    try:
        form.save(by=acting_as(request.user))
    except (NotReady, Overtaken, ValidationError) as refused:
        reasons = getattr(refused, "reasons", None) or getattr(
            refused, "messages", None
        )
        form.add_error(None, reasons or str(refused))
        return False
    return True
