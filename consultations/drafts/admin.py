"""Specifications in the admin: write, put right, match, preview, publish, discard."""

from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from commissions.desk import action_views
from commissions.desk.action_views import refusal_reasons, run_verb
from commissions.desk.base import NoDelete, PortalAdmin
from commissions.desk.permissions import visible_to
from commissions.models import Commission, NotReady, Overtaken
from consultations.drafts import actions
from consultations.drafts.forms import (
    AT_ONCE,
    ImportWordsForm,
    RewriteSectionForm,
    SectionMatching,
    SectionReview,
)
from consultations.drafts.readability import readability
from consultations.models import Draft, SectionText, Specification

HOME = "admin:specification-of"


def of_working_draft(view):
    """Give a page its draft; of one that is public, say so and lead to its versions."""

    @wraps(view)
    def page(self, request, pk):
        draft = self.draft(request, pk)
        return leave_public(request, draft) or view(self, request, draft)

    return page


def leave_public(request, draft):
    """Lead away from a draft that is public and cannot be changed any more."""
    if not draft.published_at:
        return None
    messages.info(request, "This version is public, so it stays as it is.")
    return redirect(HOME, draft.specification.commission.reference)


@admin.register(Specification)
class SpecificationAdmin(NoDelete, PortalAdmin):
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
        return redirect(HOME, found.commission.reference)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(HOME, obj.commission.reference)

    def get_urls(self):
        """Add the pages of writing."""
        of, draft = "of/<str:reference>/", "draft/<int:pk>/"
        pages = {
            "specification-of": (of, self.write),
            "specification-next": (f"{of}next/", self.begin),
            "section-rewrite": ("section/<int:pk>/", self.rewrite),
            "draft-review": (f"{draft}review/", self.review),
            "draft-match": (f"{draft}match/", self.match),
            "draft-publish": (f"{draft}publish/", self.publish),
            "draft-preview": (f"{draft}preview/", self.preview),
            "draft-discard": (f"{draft}discard/", self.discard),
        }
        own = [
            path(address, self.admin_site.admin_view(view), name=name)
            for name, (address, view) in pages.items()
        ]
        return own + super().get_urls()

    def page(self, request, name, about, title, **context):
        """Render one of these pages inside the admin, about a commission or a draft."""
        if isinstance(about, Draft):
            context = {"draft": about, **context}
            about = about.specification.commission
        template = f"admin/consultations/{name}.html"
        return action_views.render_page(
            request, template, self, commission=about, title=title, **context
        )

    def commission(self, request, reference, may="consultations.change_draft"):
        """Return a commission with whose specification this user may do this."""
        seen = visible_to(request.user, Commission.objects.all())
        commission = get_object_or_404(seen, reference=reference)
        if not request.user.has_perm(may, commission):
            raise PermissionDenied
        return commission

    def draft(self, request, pk, may="consultations.change_draft"):
        """Return a draft with which this user may do this, its commission at hand."""
        drafts = Draft.objects.select_related("specification__commission")
        draft = get_object_or_404(drafts, pk=pk)
        self.commission(request, draft.specification.commission.reference, may)
        return draft

    def write(self, request, reference):
        """Take words in; show which versions there are and what comes next."""
        commission = self.commission(request, reference)
        known = Specification.objects.filter(commission=commission).first()
        draft = known.working_draft() if known else None
        form = ImportWordsForm(
            request.POST or None,
            request.FILES or None,
            specification=known,
            draft=draft,
        )
        if request.method == "POST" and form.is_valid():
            made = self.import_document(request, commission, form)
            if made:
                return redirect(next_step(made), made.pk)
        published = known.drafts.published().order_by("-version") if known else ()
        return self.page(
            request,
            "write",
            commission,
            "The specification",
            form=form,
            draft=draft,
            gaps=linked_gaps(draft) if draft else [],
            versions=list(published),
            consultations=list(commission.consultations.all()),
        )

    def import_document(self, request, commission, form):
        """Save what was read; return the draft, or None where it was refused."""
        try:
            with transaction.atomic():
                form.specification, _ = Specification.objects.get_or_create(
                    commission=commission,
                    defaults={"title": form.reading.title or commission.title[:300]},
                )
                draft = form.save()
        except (NotReady, Overtaken) as refusal:
            form.add_error(None, refusal_reasons(refusal))
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
        written = Specification.objects.filter(
            commission=self.commission(request, reference)
        )
        specification = get_object_or_404(written)
        if request.method == "POST":
            try:
                draft = actions.copy_forward(specification)
            except Overtaken as refusal:
                messages.error(request, refusal)
            else:
                return redirect("admin:draft-review", draft.pk)
        return redirect(HOME, reference)

    @of_working_draft
    def review(self, request, draft):
        """Put headings, order and kinds right before anything is published."""
        texts = draft.texts.select_related("draft__specification", "section")
        pages = Paginator(texts.order_by("order", "pk"), AT_ONCE)
        rows = pages.get_page(request.GET.get("page"))
        review = SectionReview(draft, rows.object_list, request.POST or None)
        good = request.method == "POST" and review.is_valid()
        if good and not review.overtaken() and saved(review):
            messages.success(request, "Saved. Only staff see it until you publish it.")
            return redirect(f"{request.path}?page={rows.number}")
        title, gaps = "Put the sections right", linked_gaps(draft)
        return self.page(
            request, "review", draft, title, review=review, rows=rows, gaps=gaps
        )

    def rewrite(self, request, pk):
        """Change the words of one section."""
        texts = SectionText.objects.select_related("draft__specification__commission")
        text = get_object_or_404(texts, pk=pk)
        draft = self.draft(request, text.draft_id)
        if elsewhere := leave_public(request, draft):
            return elsewhere
        form = RewriteSectionForm(request.POST or None, instance=text)
        if request.method == "POST" and form.is_valid() and saved(form):
            messages.success(request, "Saved.")
            return redirect("admin:draft-review", draft.pk)
        title, read = "The words of one section", readability(text.body)
        return self.page(request, "rewrite", draft, title, form=form, read=read)

    @of_working_draft
    def match(self, request, draft):
        """Confirm what became of each section since the version before."""
        if draft.previous is None:
            return redirect("admin:draft-review", draft.pk)
        matching = SectionMatching(draft, request.POST or None)
        problems = []
        if request.method == "POST" and matching.is_valid():
            try:
                matching.save()
            except Overtaken as refusal:
                problems = [str(refusal)]
            else:
                messages.success(request, "Confirmed.")
                return redirect("admin:draft-publish", draft.pk)
        title = "Match sections"
        return self.page(
            request, "match", draft, title, matching=matching, problems=problems
        )

    def preview(self, request, pk):
        """Show the words as the public will read them."""
        draft = self.draft(request, pk)
        texts = draft.texts.select_related("section")
        sections = [(text, readability(text.body)) for text in texts]
        title = f"Preview of version {draft.version}"
        return self.page(request, "draft_preview", draft, title, sections=sections)

    @of_working_draft
    def publish(self, request, draft):
        """Say what is missing, or ask once more; then publish."""
        done = "Published. Now open it for comment."
        if request.method == "POST" and run_verb(request, draft.publish, done):
            return redirect(HOME, draft.specification.commission.reference)
        gaps = linked_gaps(draft)
        title = "Not ready to publish" if gaps else "Publish this version?"
        return self.page(request, "publish_draft", draft, title, gaps=gaps)

    @of_working_draft
    def discard(self, request, draft):
        """Throw a working draft away, having asked."""
        if request.method != "POST":
            return self.page(request, "discard", draft, "Discard this working draft?")
        reference = draft.specification.commission.reference
        try:
            actions.discard_draft(draft)
        except Overtaken as refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, "Discarded. Nothing public has changed.")
        return redirect(HOME, reference)


def next_step(draft):
    """Return the page to go on to: matching first, where there is a version before."""
    return "admin:draft-match" if draft.previous else "admin:draft-review"


def saved(form):
    """Save a form or a review; where a verb refuses, show why and return False."""
    try:
        form.save()
    except (NotReady, Overtaken) as refusal:
        if hasattr(form, "problems"):
            form.problems = refusal_reasons(refusal)
        else:
            form.add_error(None, refusal_reasons(refusal))
        return False
    return True


def linked_gaps(draft):
    """Return (address, sentence) for each thing that a working draft lacks."""
    texts = dict(draft.texts.order_by("order").values_list("section__key", "pk"))
    places = {key: place for place, key in enumerate(texts)}
    return [
        (gap_address(draft, gap, texts, places), sentence)
        for gap, sentence in draft.gaps()
    ]


def gap_address(draft, gap, texts, places):
    """Return where a gap is filled: the page of the review, or of the matching."""
    what, _, key = gap.partition("-")
    if what == "upload":
        reference = draft.specification.commission.reference
        return reverse(HOME, args=[reference])
    if what in {"match", "why"}:
        anchor = f"#id_s{texts[key]}-why" if key in texts else ""
        return reverse("admin:draft-match", args=[draft.pk]) + anchor
    page = places[key] // AT_ONCE + 1
    review = reverse("admin:draft-review", args=[draft.pk])
    return f"{review}?page={page}#id_s{texts[key]}-{what}"
