"""Posts, the people in them, and committees: to hand over, appoint, end a tenure, confirm."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from commissions.desk.action_views import (
    action_urls,
    form_page,
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.desk.base import (
    NoDelete,
    PortalAdmin,
    ReadOnly,
    TableInline,
    VisibleRows,
    acting_as,
)
from commissions.desk.permissions import visible_to
from commissions.desk.widgets import RowSelect
from commissions.models import (
    Commissioner,
    Committee,
    CommitteeMember,
    Handover,
    Kind,
    NotReady,
    Post,
    Tenure,
)
from commissions.people import photos
from commissions.people.holdings import has_holder, is_unconfirmed
from commissions.people.models import confirm_details
from commissions.text.formats import on_day


class TenureInline(ReadOnly, VisibleRows, admin.TabularInline):
    """Who has held it, to read: people come and go by the buttons above."""

    model = Tenure
    fields = ("commissioner", "started_on", "ended_on")
    extra = 0
    verbose_name_plural = "Who has held it"


@admin.register(Post)
class PostAdmin(NoDelete, PortalAdmin):
    """A position that can hold decisions."""

    kinds = (Kind.POST_ADDED, Kind.POST_CHANGED)
    fieldsets = [
        (None, {"fields": ["organisation", "title", "slug", "team"]}),
        (
            "What it may decide",
            {
                "fields": [
                    "may_decide",
                    "ceiling",
                    "statutory_basis",
                    "is_decision_level",
                ]
            },
        ),
        ("How to reach it", {"fields": ["mailbox", "phone", "postal_address"]}),
        ("Who covers, and when it ends", {"fields": ["deputy", "ended_on"]}),
    ]
    autocomplete_fields = ["organisation", "deputy"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [TenureInline]
    list_display = ["title", "organisation", "person", "is_decision_level"]
    list_filter = ["is_decision_level"]
    search_fields = [
        "title",
        "team",
        "organisation__name",
        "tenures__commissioner__name",
    ]

    def get_queryset(self, request):
        """Fetch each post with the person in it."""
        return super().get_queryset(request).with_holder()

    def facts_of(self, post, form, change):
        """Say that a new post is empty, and when one ends: vacancies are counted by it."""
        facts = {} if change else {"vacant": True}
        if "ended_on" in form.changed_data:
            facts["ended_on"] = post.ended_on.isoformat() if post.ended_on else ""
        return facts

    @admin.display(description="who holds it")
    def person(self, post):
        """Name the person, or say since when it is vacant."""
        if post.tenure:
            return post.tenure.commissioner.name
        return f"Vacant since {on_day(post.vacant_since)}"

    def get_prepopulated_fields(self, request, obj=None):
        """Make the address from the title once; after that links rely on it."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Keep the names under which the record knows it."""
        return ["organisation", "slug"] if obj else []

    def get_urls(self):
        """Add the pages on which a person takes or leaves a post."""
        return action_urls(self, PAGES, "post") + super().get_urls()


class CommissionerForm(forms.ModelForm):
    """A person's working-life details; the photo is checked and shrunk."""

    def clean_photo(self):
        """Keep a small, plain copy of what was uploaded."""
        photo = self.cleaned_data["photo"]
        if "photo" in self.changed_data and photo:
            return photos.shrink_photo(photo)
        return photo


@admin.register(Commissioner)
class CommissionerAdmin(NoDelete, PortalAdmin):
    """A person who decides what is commissioned."""

    form = CommissionerForm
    fieldsets = [
        (None, {"fields": ["name", "slug", "photo", "statement", "interests"]}),
        (
            "What the public may see",
            {"fields": ["name_consent_on", "hide_from_search_engines", "confirmed_on"]},
        ),
        ("Their account here", {"fields": ["user"]}),
    ]
    autocomplete_fields = ["user"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "confirmed_on"]
    search_fields = ["name", "tenures__post__title"]

    def get_prepopulated_fields(self, request, obj=None):
        """Make the address from the name once; after that links rely on it."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """Keep the address; who is shown confirms; administrators give accounts."""
        fixed = ["slug", "confirmed_on"] if obj else ["confirmed_on"]
        return fixed if request.user.has_perm("auth.view_user") else [*fixed, "user"]

    def get_urls(self):
        """Add the page on which people confirm their own details."""
        view = self.admin_site.admin_view(my_details, cacheable=False)
        return [path("mine/", view, name="commissioner-mine"), *super().get_urls()]


class MemberInline(NoDelete, TableInline):
    """Who sits on it: somebody who leaves gets a last day, and stays listed."""

    model = CommitteeMember
    autocomplete_fields = ["commissioner"]
    extra = 0


@admin.register(Committee)
class CommitteeAdmin(NoDelete, PortalAdmin):
    """A body whose members decide together."""

    autocomplete_fields = ["organisation"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MemberInline]
    list_display = ["name", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["name", "organisation__name"]


def my_details(request):
    """Show the signed-in person's details; on POST confirm them."""
    person = Commissioner.objects.filter(user=request.user).first()
    if person is None:
        messages.info(request, "Your account is not that of a commissioner.")
        return redirect("admin:index")
    if request.method == "POST":
        try:
            confirm_details(person, by=acting_as(request.user))
        except NotReady as refused:
            messages.error(request, refused)
        else:
            messages.success(request, "Confirmed. The public sees today’s date.")
        return redirect("admin:commissioner-mine")
    context = {
        **admin.site.each_context(request),
        "opts": Commissioner._meta,
        "title": "My details",
        "is_nav_sidebar_enabled": False,
        "person": person,
        "tenures": person.tenures.current().select_related("post__organisation"),
        "stale": is_unconfirmed(person.confirmed_on),
        "may_change": request.user.has_perm("commissions.change_commissioner", person),
        "change_url": reverse(
            "admin:commissions_commissioner_change", args=[person.pk]
        ),
    }
    return render(request, "admin/commissions/my_details.html", context)


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
            field.queryset = rows.all()

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
