"""Handing over, now or on a day to come: the page on which something passes to another holder."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import timezone

from commissions.desk.action_views import (
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.desk.base import visible_to
from commissions.desk.widgets import RowSelect
from commissions.models import Committee, Handover, Post
from commissions.people.holdings import has_holder
from commissions.text.formats import on_day


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
    since = forms.DateField(
        label="Effective from",
        widget=AdminDateWidget,
        help_text="A day to come is announced now, and takes effect by itself.",
    )
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
            field.widget = RowSelect(
                held._meta.get_field(name), admin.site, attrs={"class": "vTextField"}
            )
            field.queryset = visible_to(user, rows.all())

    def clean(self):
        """Ask for one new holder, with somebody to name on that day."""
        said = super().clean()
        post, committee = said.get("post"), said.get("committee")
        on = max(said.get("since") or timezone.localdate(), timezone.localdate())
        if bool(post) == bool(committee):
            self.add_error("post", "Choose one: a post, or a committee.")
        elif not has_holder(post or committee, on):
            self.add_error(
                "post" if post else "committee",
                "The public sees who holds this. Choose a post with a person in it, or "
                "a committee with members.",
            )
        return said

    def save(self, *, by):
        """Hand it over, or announce that for a day to come; say which."""
        said = self.cleaned_data
        holder = said["post"] or said["committee"]
        given = {"since": said["since"], "why": said["why"], "by": by}
        if said["since"] > timezone.localdate():
            Handover.announce(self.held, holder, **given)
            return f"Announced: it passes on {on_day(said['since'])}, by itself."
        self.held.hand_over(holder, **given)
        return "Handed over. It is on the record, with the reason."


class WithdrawHandoverForm(forms.Form):
    """Take an announced hand-over back: why."""

    why = forms.CharField(
        label="Why it does not pass after all",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The public reads this.",
    )

    def __init__(self, *args, announced, **kwargs):
        super().__init__(*args, **kwargs)
        self.announced = announced

    def save(self, *, by):
        """Withdraw it in the name of whoever is signed in."""
        self.announced.withdraw(why=self.cleaned_data["why"], by=by)
        return "Withdrawn. It stays where it is."


def hand_over(request, pk, *, desk):
    """Pass a public commission or decision on, now or on a day; or take that back."""
    held = get_row(request, pk, desk)
    if not held.published_at:
        messages.info(request, "Nobody has seen it yet: choose the holder in its form.")
        return redirect_to_row(desk, pk)
    if announced := Handover.to_come(held):
        form = WithdrawHandoverForm(request.POST or None, announced=announced)
    else:
        form = HandOverForm(request.POST or None, held=held, user=request.user)
    if save_form(request, form):
        return redirect_to_row(desk, pk)
    return render_page(
        request,
        "admin/commissions/hand_over.html",
        desk,
        original=held,
        title="Hand over",
        holder=held.post or held.committee,
        announced=announced,
        form=form,
    )
