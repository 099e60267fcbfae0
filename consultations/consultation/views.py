"""Reading a consultation, its draft, and one section with what people said of it."""

from django.db.models import DateField, DateTimeField
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commissions.people.holders import members, read_holders
from commissions.public.commission.page import newest_contact, notices
from commissions.public.listing.filters import ListFilter, choice, organisation_filter
from commissions.public.listing.keyset import Part
from commissions.public.listing.page import ListPage, list_view
from consultations.comments import querysets as comments_querysets
from consultations.comments.progress import Progress, progress_of, tally
from consultations.consultation import timetable
from consultations.consultation.contents import contents, kinds
from consultations.consultation.timetable import STATES, standing, where
from consultations.drafts.readability import readability
from consultations.exports import pdf
from consultations.models import Consultation, Draft, SectionText

OPEN_TO_READ = 20
"""Sections of a draft on one page; the print page has them all."""


def published(reference):
    """Return a public consultation with its draft, its response and who holds it."""
    consultations = Consultation.objects.published().select_related(
        "commission__organisation",
        "commission__post__organisation",
        "commission__post__deputy",
        "commission__committee__organisation",
        "draft__specification",
        "response__draft",
    )
    return get_object_or_404(consultations, reference=reference)


@require_safe
def detail(request, reference):
    """Show one consultation: who holds it, until when, on what, how far answered."""
    consultation = published(reference)
    counted = tally(consultation)
    lines = (
        contents(consultation.draft, counted.by_section) if consultation.draft else []
    )
    context = {
        "consultation": consultation,
        "standing": timetable.standing(consultation),
        "response": timetable.response_of(consultation),
        "punctuality": timetable.punctuality(consultation),
        "late": timetable.is_late(consultation),
        "tally": counted,
        "on_the_whole": counted.by_section[None],
        "lines": lines,
        "kinds": kinds(lines),
        "extensions": list(consultation.extensions.all()),
        "prompts": list(consultation.prompts.all()),
        "versions": versions(consultation),
        **holder(consultation.commission),
    }
    return render(request, "consultations/consultation/detail.html", context)


def holder(commission):
    """Return who holds a commission, as commissions/people/_holder.html shows it."""
    read_holders([commission.post])
    sitting, contact = {}, None
    if commission.committee_id:
        sitting = members([commission.committee_id])
    elif not commission.post:
        contact = newest_contact(notices(commission, ""))
    return {"members": sitting.get(commission.committee_id, []), "contact": contact}


def versions(consultation):
    """List the public versions of the draft, newest first, each with the one before."""
    if consultation.draft is None:
        return []
    drafts = Draft.objects.published().filter(
        specification=consultation.draft.specification_id
    )
    found = list(drafts.order_by("-version"))
    return list(zip(found, [*found[1:], None], strict=True))


@require_safe
def section(request, reference, key):
    """Show one section, what it means, and the comments on it, oldest first."""
    consultation = published(reference)
    texts = SectionText.objects.filter(draft=consultation.draft).select_related(
        "section"
    )
    text = get_object_or_404(texts, section__key=key)
    comments = comments_querysets.public(consultation).filter(section_text=text)
    page, mangled = comments_querysets.thread(comments, request.GET)
    latest = consultation.draft.specification.latest()
    context = {
        "consultation": consultation,
        "standing": timetable.standing(consultation),
        "response": timetable.response_of(consultation),
        "text": text,
        "reading": readability(text.body),
        "before": texts.filter(order__lt=text.order).order_by("-order").first(),
        "after": texts.filter(order__gt=text.order).order_by("order").first(),
        "newer": latest if latest.version > consultation.draft.version else None,
        "count": comments.count(),
        "comments": page.rows,
        "mangled": mangled,
        **page.links(request.GET),
    }
    return render(request, "consultations/drafts/section.html", context)


def version_of(consultation, version):
    """Return a public version of the draft that a consultation is on, or 404."""
    if consultation.draft is None:
        raise Http404
    drafts = Draft.objects.published().select_related("specification")
    return get_object_or_404(
        drafts, specification=consultation.draft.specification_id, version=version
    )


@require_safe
def draft(request, reference, version):
    """Show the words of one version, some sections at a time, from `?from=key` on."""
    consultation = published(reference)
    chosen = version_of(consultation, version)
    texts = list(chosen.texts.select_related("section").defer("body"))
    keys = [text.section.key for text in texts]
    start = keys.index(request.GET["from"]) if request.GET.get("from") in keys else 0
    shown = [text.pk for text in texts[start : start + OPEN_TO_READ]]
    context = {
        "consultation": consultation,
        "draft": chosen,
        "previous": chosen.previous,
        "texts": chosen.texts.filter(pk__in=shown).select_related("section"),
        "all_texts": texts,
        "shown": set(shown),
        "is_consulted_on": chosen.pk == consultation.draft_id,
        "pdf": pdf.is_available(),
        "previous_url": page_from(keys, start - OPEN_TO_READ) if start else "",
        "next_url": page_from(keys, start + OPEN_TO_READ),
    }
    return render(request, "consultations/drafts/detail.html", context)


def page_from(keys, start):
    """Return the address of the page that begins at a section; empty past the end."""
    return f"?from={keys[max(start, 0)]}" if start < len(keys) else ""


@require_safe
def draft_print(request, reference, version):
    """Show the whole of one version on one page, ready for paper."""
    return render(
        request,
        "consultations/drafts/print.html",
        paper(reference, version, "base.html"),
    )


@require_safe
def draft_pdf(request, reference, version):
    """Hand over one version as an accessible PDF."""
    context = paper(reference, version, "consultations/exports/pdf_layout.html")
    name = f"{reference}-version-{version}.pdf"
    return pdf.answer(request, "consultations/drafts/print.html", context, name)


def paper(reference, version, layout):
    """Return what the printed draft shows, in one of its two layouts."""
    consultation = published(reference)
    chosen = version_of(consultation, version)
    return {
        "consultation": consultation,
        "draft": chosen,
        "texts": list(chosen.texts.select_related("section")),
        "layout": layout,
    }


# The list of consultations: what is open, closing soonest; then what follows.


class ConsultationFilter(ListFilter):
    """Consultations, narrowed: by state, by whose they are, by topic."""

    about = "commission__topic"
    offers_orders = False

    state = choice(
        "State", [(code, said[0]) for code, said in STATES.items()], method="by_state"
    )
    organisation = organisation_filter("commission__organisation")
    topic = choice("Topic", method="by_topic")

    def __init__(self, data):
        self.at = timezone.now()
        self.orders = {"usual": ("Open first, closing soonest", parts(self.at))}
        rows = Consultation.objects.published(self.at).select_related(
            "commission__organisation", "response"
        )
        super().__init__(data, rows)

    def by_state(self, rows, name, value):
        """Keep those in one state."""
        return rows.filter(where(value, self.at))


def parts(at):
    """Return the parts of the list: the most urgent first, in each its own order."""
    return [
        Part("closes_at", DateTimeField(), where=where("open", at)),
        Part("opens_at", DateTimeField(), where=where("upcoming", at)),
        Part("response_due_on", DateField(), where=where("awaiting", at)),
        Part("closes_at", DateTimeField(), down=True, where=where("answered", at)),
    ]


def described(consultations):
    """Give each consultation of a page its state and its progress, in one query."""
    found = progress_of(consultations)
    return [
        {
            "consultation": consultation,
            "standing": standing(consultation),
            "progress": found.get(consultation.pk, Progress()),
        }
        for consultation in consultations
    ]


class ConsultationList(ListPage):
    """One page of consultations."""

    filter_set = ConsultationFilter
    template = "consultations/consultation/list.html"
    title, noun, nouns = "Consultations", "consultation", "consultations"

    def present(self, rows):
        """Give each consultation its state and its progress, in one query."""
        return described(rows)


index = list_view(ConsultationList)
