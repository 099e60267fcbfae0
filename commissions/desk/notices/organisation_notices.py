"""The notices of a body itself at the desk: what is owed, the draft of each, recording.

A draft is for staff only: nothing of it is public before its platform has it.
"""

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from commissions.desk.action_views import action_urls as acts
from commissions.desk.action_views import get_row, render_page, save_form
from commissions.desk.notices.drafts import (
    BY_THE_PLATFORM,
    PLACE_OF,
    ChecklistItem,
    checklist_row,
    download_releases,
    form_address,
    missing_items,
)
from commissions.desk.notices.known_facts import PPON
from commissions.desk.notices.record_notice import RecordNoticeForm
from commissions.law.dates import write_day
from commissions.law.lifecycle import BEFORE_TENDER
from commissions.law.notices import NOTICE_TYPES, OF_BODIES, contents_of, notice_type
from commissions.law.notices_due import NoticeState, last_half_year, pipeline_window
from commissions.law.thresholds import PIPELINE, more_than
from commissions.models import StageDate
from commissions.public.notices.notices_due import owed_by_organisations, what_is_owed
from commissions.text.formats import value_range

# What the next pipeline notice (regulation 15) would list. It says the same of each
# contract to come as it does of one commission: see `commissions.desk.notices.drafts`.

CHOOSING = ("tender", "direct_award")
OPENING = (
    *("authority", "partners", "authority_address", "authority_id"),
    *("agent", "contact"),
)
"""What a pipeline notice says once, whatever number of contracts it lists."""

MOST = 200  # contracts to come that one page or file lists


@dataclass
class PipelineNotice:
    """What a pipeline notice would list, for the 18 months from `first` to `last`.

    `listed` are worth more than £2 million including VAT; of `unsure` it is not
    known whether they are. Each is a commission, with `tender_on` and `worth`.
    """

    first: date
    last: date
    listed: list = field(default_factory=list)
    unsure: list = field(default_factory=list)


def contracts_to_come(organisation, today):
    """Return what the next pipeline notice of a body would list. Two queries.

    A commission belongs in it if it is public and has not come to its tender,
    which is planned in the 18 months; the direct award counts as its tender.
    """
    found = PipelineNotice(*pipeline_notice_window(organisation, today))
    planned = StageDate.objects.filter(
        stage__in=CHOOSING,
        actual_on__isnull=True,
        planned_on__range=(found.first, found.last),
        commission__organisation=organisation,
        commission__published_at__isnull=False,
        commission__stage__in=BEFORE_TENDER,
    ).select_related("commission")
    dates = planned.order_by("planned_on", "commission", "pk")[:MOST]
    known = set()
    for each in dates:
        if each.commission_id not in known:
            known.add(each.commission_id)
            sort_by_value(found, each)
    return found


def pipeline_notice_window(organisation, today):
    """Return the first and last day of the notice that is owed, or else of the next."""
    dues = owed_by_organisations([organisation], today)[organisation.pk]
    open_ = (NoticeState.LATE, NoticeState.DUE, NoticeState.NOT_KNOWN)
    owed = any(due.notice.lists_procurements and due.state in open_ for due in dues)
    return pipeline_window(today, owed=owed)


def sort_by_value(pipeline, planned):
    """Put a commission where it belongs by its value; leave a small one out."""
    its = planned.commission
    gross = its.value_max if its.value_vat == its.Vat.INCLUDED else None
    enough = more_than(PIPELINE, its.value_max, gross)
    its.tender_on = planned.planned_on
    its.worth = value_range(its.value_min, its.value_max, its.get_value_vat_display())
    if enough is None:
        pipeline.unsure.append(its)
    elif enough:
        pipeline.listed.append(its)


def checklist_of_body(organisation, code, today):
    """Return what a body's own notice has to say, with what is known of it. One query.

    Of the pipeline notice that is what the body says once; what it says of each
    contract is on the checklist of its commission.
    """
    numbers = organisation.identifiers.filter(scheme=PPON)
    address = (organisation.contact_address, organisation.contact_email)
    known = {
        "authority": organisation.name,
        "authority_address": "\n".join(address) if all(address) else "",
        "authority_id": ", ".join(numbers.values_list("value", flat=True)),
        "pay_period": half_year(today),
    }
    fields = contents_of(code)
    if notice_type(code).lists_procurements:
        fields = [each for each in fields if each.key in OPENING]
    return [organisation_item(each, known.get(each.key, "")) for each in fields]


def half_year(today):
    """Write the first and the last day of the half-year that ended last."""
    first, last = last_half_year(today)
    return f"{write_day(first)} to {write_day(last)}"


def organisation_item(its, value):
    """Return one field of the checklist."""
    at_home = PLACE_OF.get(its.key) == "organisation"
    place = "organisation" if at_home else ""
    if value:
        return ChecklistItem(its, value, "known", place)
    if its.key in BY_THE_PLATFORM:
        return ChecklistItem(its, "", "platform", place)
    return ChecklistItem(its, "", "maybe" if its.if_any else "missing", place)


# The pages.


def organisation_notices(request, pk, *, desk):
    """List what the body owes for itself, with the ways to draft and to record each."""
    body = get_row(request, pk, desk)
    return render_page(
        request,
        "admin/commissions/organisation/notices.html",
        desk,
        original=body,
        title="Notices it has to publish",
        rows=what_is_owed(body),
        kinds=[NOTICE_TYPES[code] for code in OF_BODIES],
    )


def draft_organisation_notice(request, pk, code, *, desk):
    """Show one notice as a checklist: what is known, what is missing and where to say it."""
    body = get_row(request, pk, desk)
    kind = organisation_notice_type(code)
    items = checklist_of_body(body, code, timezone.localdate())
    ways = {"organisation": ("The form of the organisation", form_address(body))}
    return render_page(
        request,
        "admin/commissions/organisation/notice_draft.html",
        desk,
        original=body,
        title=f"Draft: {kind.name} ({code})",
        kind=kind,
        items=[checklist_row(ways, each) for each in items],
        missing=[checklist_row(ways, each) for each in missing_items(items)],
        number=len(items),
        window=contracts_to_come(body, timezone.localdate()) if kind.section else None,
    )


def organisation_notice_type(code):
    """Return a sort of notice that a body owes for itself; else 404."""
    if code not in OF_BODIES:
        raise Http404("No public body owes such a notice for itself.")
    return NOTICE_TYPES[code]


def pipeline_as_releases(request, pk, code, *, desk):
    """Answer with a release of each contract to come, ready for the platform; staff only.

    Only the pipeline notice has a place in OCDS.
    """
    body = get_row(request, pk, desk)
    kind = organisation_notice_type(code)
    if not kind.section:
        raise Http404("The platform publishes no data of this notice.")
    to_come = contracts_to_come(body, timezone.localdate()).listed
    return download_releases(request, to_come, kind, body.slug)


def record_organisation_notice(request, pk, *, desk):
    """Record one notice that its platform published; `code` may be in the address."""
    body = get_row(request, pk, desk)
    asked = {"code": request.GET.get("code", "")}
    form = RecordNoticeForm(
        request.POST or None, about=body, codes=OF_BODIES, initial=asked
    )
    if save_form(request, form):
        return redirect("admin:organisation-notices", pk)
    return render_page(
        request,
        "admin/commissions/organisation/notice.html",
        desk,
        original=body,
        title="Record a published notice",
        form=form,
    )


def action_urls(desk):
    """Return the addresses of these pages."""
    plain = acts(
        desk,
        {"notices": organisation_notices, "notice": record_organisation_notice},
        "organisation",
    )
    views = (
        (
            "<int:pk>/notices/<slug:code>/",
            draft_organisation_notice,
            "organisation-notice-draft",
        ),
        (
            "<int:pk>/notices/<slug:code>.json",
            pipeline_as_releases,
            "organisation-notice-data",
        ),
    )
    return plain + [
        path(
            route,
            desk.admin_site.admin_view(view, cacheable=False),
            {"desk": desk},
            name=name,
        )
        for route, view, name in views
    ]
