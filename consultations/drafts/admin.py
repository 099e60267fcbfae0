"""Specifications in the admin: write, put right, match, preview, publish, discard."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from commissions.desk import action_views
from commissions.desk.base import KeptForGood, ScopedAdmin, acting_as, visible_to
from commissions.models import Commission, NotReady, Overtaken
from consultations.drafts import actions
from consultations.drafts.forms import AT_ONCE, Matching, Review, RewriteForm, WordsForm
from consultations.drafts.readability import readability
from consultations.models import Draft, SectionText, Specification


@admin.register(Specification)
class SpecificationAdmin(KeptForGood, ScopedAdmin):
    """A list of specifications; each opens on the page where it is written."""

    list_display = ["title", "commission"]
    list_select_related = ["commission"]
    search_fields = ["title", "commission__title", "commission__reference"]
    fields = ["commission", "title"]
    autocomplete_fields = ["commission"]
    actions = None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Open the page on which it is written instead of a form."""
        found = get_object_or_404(self.get_queryset(request), pk=object_id)
        return redirect("admin:specification-of", found.commission.reference)

    def response_add(self, request, obj, post_url_continue=None):
        """Go on to writing it."""
        return redirect("admin:specification-of", obj.commission.reference)

    def get_urls(self):
        """Add the pages of writing."""
        view = self.admin_site.admin_view
        of_draft = {
            "review": self.review,
            "match": self.match,
            "publish": self.publish,
            "preview": self.preview,
            "discard": self.discard,
        }
        pages = [
            path("of/<str:reference>/", view(self.write), name="specification-of"),
            path(
                "of/<str:reference>/next/", view(self.begin), name="specification-next"
            ),
            path("section/<int:pk>/", view(self.rewrite), name="section-rewrite"),
        ]
        pages += [
            path(f"draft/<int:pk>/{name}/", view(page), name=f"draft-{name}")
            for name, page in of_draft.items()
        ]
        return pages + super().get_urls()

    def page(self, request, name, commission, **context):
        """Render one of these pages inside the admin."""
        template = f"admin/consultations/{name}.html"
        return action_views.page(
            request, template, self, commission=commission, **context
        )

    def commission(self, request, reference):
        """Return a commission whose specification this user may write."""
        if not request.user.has_perm("consultations.change_draft"):
            raise PermissionDenied
        seen = visible_to(request.user, Commission.objects.all())
        return get_object_or_404(seen, reference=reference)

    def draft(self, request, pk):
        """Return a draft that this user may write, with its commission at hand."""
        draft = get_object_or_404(
            Draft.objects.select_related("specification__commission"), pk=pk
        )
        self.commission(request, draft.specification.commission.reference)
        return draft

    def write(self, request, reference):
        """Take words in; show which versions there are and what comes next."""
        commission = self.commission(request, reference)
        known = Specification.objects.filter(commission=commission).first()
        draft = known.working_draft() if known else None
        form = WordsForm(
            request.POST or None,
            request.FILES or None,
            specification=known,
            draft=draft,
        )
        if request.method == "POST" and form.is_valid():
            made = self.take_in(request, commission, form)
            if made:
                return redirect(next_step(made), made.pk)
        return self.page(
            request,
            "write",
            commission,
            title="The specification",
            form=form,
            draft=draft,
            gaps=linked(draft) if draft else [],
            versions=list(known.drafts.published().order_by("-version"))
            if known
            else [],
            consultations=list(commission.consultations.all()),
        )

    def take_in(self, request, commission, form):
        """Save what was read; return the draft, or None where it was refused."""
        try:
            with transaction.atomic():
                form.specification, _ = Specification.objects.get_or_create(
                    commission=commission,
                    defaults={"title": form.reading.title or commission.title[:300]},
                )
                draft = form.save()
        except (NotReady, Overtaken) as refusal:
            form.add_error(None, action_views.sentences(refusal))
            return None
        count = draft.texts.count()
        messages.success(
            request, f"Read {count} {'section' if count == 1 else 'sections'}."
        )
        for warning in form.reading.warnings:
            messages.warning(request, warning)
        return draft

    def begin(self, request, reference):
        """Begin the next version with the words of the last."""
        commission = self.commission(request, reference)
        if request.method == "POST":
            try:
                draft = actions.copy_forward(commission.specification)
            except Overtaken as refusal:
                messages.error(request, refusal)
            else:
                return redirect("admin:draft-review", draft.pk)
        return redirect("admin:specification-of", reference)

    def working(self, request, pk):
        """Return a draft that is not public yet, or say where to go instead."""
        draft = self.draft(request, pk)
        if draft.published_at:
            messages.info(request, "This version is public, so it stays as it is.")
            return draft, redirect(
                "admin:specification-of", draft.specification.commission.reference
            )
        return draft, None

    def review(self, request, pk):
        """Put headings, order and kinds right before anything is published."""
        draft, elsewhere = self.working(request, pk)
        if elsewhere:
            return elsewhere
        texts = draft.texts.select_related("draft__specification", "section")
        pages = Paginator(texts.order_by("order", "pk"), AT_ONCE)
        rows = pages.get_page(request.GET.get("page"))
        review = Review(draft, rows.object_list, request.POST or None)
        if (
            request.method == "POST"
            and review.is_valid()
            and not review.overtaken()
            and saved(review)
        ):
            messages.success(request, "Saved. Only staff see it until you publish it.")
            return redirect(f"{request.path}?page={rows.number}")
        return self.page(
            request,
            "review",
            draft.specification.commission,
            title="Put the sections right",
            draft=draft,
            review=review,
            rows=rows,
            gaps=linked(draft),
        )

    def rewrite(self, request, pk):
        """Change the words of one section."""
        text = get_object_or_404(
            SectionText.objects.select_related("draft__specification__commission"),
            pk=pk,
        )
        draft, elsewhere = self.working(request, text.draft_id)
        if elsewhere:
            return elsewhere
        form = RewriteForm(request.POST or None, instance=text)
        if request.method == "POST" and form.is_valid() and saved(form):
            messages.success(request, "Saved.")
            return redirect("admin:draft-review", draft.pk)
        return self.page(
            request,
            "rewrite",
            draft.specification.commission,
            title="The words of one section",
            draft=draft,
            form=form,
            read=readability(text.body),
        )

    def match(self, request, pk):
        """Confirm what became of each section since the version before."""
        draft, elsewhere = self.working(request, pk)
        if elsewhere:
            return elsewhere
        if draft.previous is None:
            return redirect("admin:draft-review", pk)
        matching = Matching(draft, request.POST or None)
        problems = []
        if request.method == "POST" and matching.is_valid():
            try:
                matching.save()
            except Overtaken as refusal:
                problems = [str(refusal)]
            else:
                messages.success(request, "Confirmed.")
                return redirect("admin:draft-publish", pk)
        return self.page(
            request,
            "match",
            draft.specification.commission,
            title="Match sections",
            draft=draft,
            matching=matching,
            problems=problems,
        )

    def preview(self, request, pk):
        """Show the words as the public will read them."""
        draft = self.draft(request, pk)
        texts = list(draft.texts.select_related("section"))
        return self.page(
            request,
            "draft_preview",
            draft.specification.commission,
            title=f"Preview of version {draft.version}",
            draft=draft,
            sections=[(text, readability(text.body)) for text in texts],
        )

    def publish(self, request, pk):
        """Say what is missing, or ask once more; then publish."""
        draft, elsewhere = self.working(request, pk)
        if elsewhere:
            return elsewhere
        if request.method == "POST":
            try:
                draft.publish(by=acting_as(request.user))
            except (NotReady, Overtaken) as refusal:
                messages.error(request, refusal)
            else:
                messages.success(request, "Published. Now open it for comment.")
                return redirect(
                    "admin:specification-of", draft.specification.commission.reference
                )
        gaps = linked(draft)
        return self.page(
            request,
            "publish_draft",
            draft.specification.commission,
            title="Not ready to publish" if gaps else "Publish this version?",
            draft=draft,
            gaps=gaps,
        )

    def discard(self, request, pk):
        """Throw a working draft away, having asked."""
        draft, elsewhere = self.working(request, pk)
        if elsewhere:
            return elsewhere
        reference = draft.specification.commission.reference
        if request.method == "POST":
            try:
                actions.discard(draft)
            except Overtaken as refusal:
                messages.error(request, refusal)
            else:
                messages.success(request, "Discarded. Nothing public has changed.")
            return redirect("admin:specification-of", reference)
        return self.page(
            request,
            "discard",
            draft.specification.commission,
            title="Discard this working draft?",
            draft=draft,
        )


def next_step(draft):
    """Return the page to go on to: matching first, where there is a version before."""
    return "admin:draft-match" if draft.previous else "admin:draft-review"


def saved(form):
    """Save a form or a review; where a verb refuses, show why and return False."""
    try:
        form.save()
    except (NotReady, Overtaken) as refusal:
        if hasattr(form, "problems"):
            form.problems = action_views.sentences(refusal)
        else:
            form.add_error(None, action_views.sentences(refusal))
        return False
    return True


def linked(draft):
    """Return (address, sentence) for each thing that a working draft lacks."""
    texts = dict(draft.texts.order_by("order").values_list("section__key", "pk"))
    places = {key: place for place, key in enumerate(texts)}
    return [
        (address(draft, gap, texts, places), sentence) for gap, sentence in draft.gaps()
    ]


def address(draft, gap, texts, places):
    """Return where a gap is filled: the page of the review, or of the matching."""
    what, _, key = gap.partition("-")
    if what == "upload":
        reference = draft.specification.commission.reference
        return reverse("admin:specification-of", args=[reference])
    if what in {"match", "why"}:
        anchor = f"#id_s{texts[key]}-why" if key in texts else ""
        return reverse("admin:draft-match", args=[draft.pk]) + anchor
    page = places[key] // AT_ONCE + 1
    review = reverse("admin:draft-review", args=[draft.pk])
    return f"{review}?page={page}#id_s{texts[key]}-{what}"
