"""The pages of consultations."""

from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext, gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_safe

from commissions.people.holdings import committee_members, read_holders
from commissions.public.commission.page import list_notices, newest_contact
from commissions.public.listing.page import ListPage, list_view
from commissions.text.charts import bar_parts
from consultations.comments.models import AnsweringProgress, comment_tally, progress_of
from consultations.consultation.filters import ConsultationFilter
from consultations.consultation.models import Consultation
from consultations.drafts.models import Draft, SectionKind, SectionText
from consultations.drafts.readability import Readability, readability
from consultations.permissions import has_outside_moderators

CACHED_FOR = 24 * 3600  # seconds


class ConsultationPage:
    """One consultation: who is responsible, until when, on what, how far answered."""

    def __init__(self, consultation):
        self.consultation = consultation
        read_holders([consultation.commission.post])

    @cached_property
    def tally(self):
        """How many comments there are, and what was not published."""
        return comment_tally(self.consultation)

    @property
    def on_the_whole(self):
        """How many comments are on no one section."""
        return self.tally.by_section[None]

    @cached_property
    def extensions(self):
        """The closing times that moved."""
        return list(self.consultation.extensions.all())

    @cached_property
    def prompts(self):
        """What it asks beside the text."""
        return list(self.consultation.prompts.all())

    @cached_property
    def contents(self):
        """The sections of the draft, each with how hard it is to read and its comments."""
        draft = self.consultation.draft
        return contents_of_draft(draft, self.tally.by_section) if draft else []

    @cached_property
    def kinds(self):
        """The mix of kinds of section as a bar, from outcome to legal."""
        found = [line.text.kind for line in self.contents]
        return bar_parts(
            [(kind, kind.label, found.count(kind.value)) for kind in SectionKind]
        )

    @cached_property
    def versions(self):
        """The public versions of the draft, newest first, each with the one before."""
        return draft_versions(self.consultation)

    @cached_property
    def members(self):
        """Who sits on the committee that is responsible, if one is."""
        committee = self.consultation.commission.committee_id
        return committee_members([committee]).get(committee, []) if committee else []

    @cached_property
    def moderators(self):
        """Who from elsewhere decides what is published, in a sentence; empty if none."""
        body = self.consultation.commission.organisation
        if body.moderated_by:
            said = gettext("{body} decides which comments are published.")
            return said.format(body=body.moderated_by.name)
        if not has_outside_moderators(body):
            return ""
        said = gettext(
            "People who do not work for {body} decide which comments are published."
        )
        return said.format(body=body.name)

    @cached_property
    def contact(self):
        """Whom the newest notice names, where neither post nor committee is known."""
        commission = self.consultation.commission
        if commission.committee_id or commission.post:
            return None
        return newest_contact(list_notices(commission, ""))


def draft_versions(consultation):
    """List the public versions of the draft, newest first, each with the one before."""
    if consultation.draft is None:
        return []
    drafts = Draft.objects.published().filter(
        specification=consultation.draft.specification_id
    )
    found = list(drafts.order_by("-version"))
    return list(zip(found, [*found[1:], None], strict=True))


@dataclass(frozen=True)
class ContentsLine:
    """One line of the contents."""

    text: SectionText
    reading: Readability | None
    comments: int


def contents_of_draft(draft, by_section):
    """List the sections of a published draft; `by_section` counts their comments."""
    texts = draft.texts.defer("body", "meaning", "reason", "why")
    readings = readings_of(draft)
    return [
        ContentsLine(text, readings.get(text.pk), by_section[text.pk])
        for text in texts.select_related("section")
    ]


def readings_of(draft):
    """Return the readability of each section of a published draft, by its key.

    A published draft never changes, so it is cached under the moment of publication.
    """
    kept = f"readability-{draft.pk}-{draft.published_at.timestamp()}"
    found = cache.get(kept)
    if found is None:
        bodies = draft.texts.order_by().values_list("pk", "body")
        found = {pk: readability(body) for pk, body in bodies}
        cache.set(kept, found, CACHED_FOR)
    return found


def published(reference):
    """Return a public consultation with its draft, its response and who holds it."""
    return get_object_or_404(
        Consultation.objects.published().for_page(), reference=reference
    )


class ConsultationList(ListPage):
    """One page of consultations."""

    filter_set = ConsultationFilter
    template = "consultations/consultation/list.html"
    title = gettext_lazy("Consultations")
    noun, nouns = "consultation", "consultations"
    counted = ngettext_lazy("{n} consultation", "{n} consultations", "number")

    def present(self, rows):
        """Pair each consultation with its progress, in one query."""
        found = progress_of(rows)
        return [(row, found.get(row.pk, AnsweringProgress())) for row in rows]


index = list_view(ConsultationList)


@require_safe
def detail(request, reference):
    """Show one consultation: who holds it, until when, on what, how far answered."""
    page = ConsultationPage(published(reference))
    return render(request, "consultations/consultation/detail.html", {"page": page})
