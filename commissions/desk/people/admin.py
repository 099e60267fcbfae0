"""Posts, the people in them, and committees; taking and leaving a post."""

from django import forms
from django.contrib import admin
from django.urls import path

from commissions.desk.action_views import action_urls
from commissions.desk.base import NoDelete, PortalAdmin, ReadOnly, VisibleRows
from commissions.desk.people import views
from commissions.models import (
    Commissioner,
    Committee,
    CommitteeMember,
    Kind,
    Post,
    Tenure,
)
from commissions.people import photos
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
        return action_urls(self, views.PAGES, "post") + super().get_urls()


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
        view = self.admin_site.admin_view(views.my_details, cacheable=False)
        return [path("mine/", view, name="commissioner-mine"), *super().get_urls()]


class MemberInline(NoDelete, VisibleRows, admin.TabularInline):
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
