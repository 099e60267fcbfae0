"""The notices of a body itself at the desk: what is owed, the draft of each, recording.

A draft is for staff only: nothing of it is public before its platform has it.
"""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from commissions.desk.action_views import addresses as acts
from commissions.desk.action_views import found, page, performed
from commissions.desk.notices.checklist import missing
from commissions.desk.notices.drafts import as_data, row, way_to
from commissions.desk.notices.organisation_checklist import (
    checklist_of_body,
    contracts_to_come,
)
from commissions.desk.notices.record_notice import NoticeForm
from commissions.law.notices import NOTICE_TYPES, OF_BODIES
from commissions.public.notices.notices_due import what_is_owed


def notices(request, pk, *, desk):
    """List what the body owes for itself, with the ways to draft and to record each."""
    body = found(request, pk, desk)
    return page(
        request,
        "admin/commissions/organisation/notices.html",
        desk,
        original=body,
        title="Notices it owes itself",
        rows=what_is_owed(body),
        kinds=[NOTICE_TYPES[code] for code in OF_BODIES],
    )


def draft(request, pk, code, *, desk):
    """Show one notice as a checklist: what is known, what is missing and where to say it."""
    body = found(request, pk, desk)
    kind = kind_of(code)
    items = checklist_of_body(body, code, timezone.localdate())
    ways = {"organisation": ("The form of the organisation", way_to(body))}
    return page(
        request,
        "admin/commissions/organisation/notice_draft.html",
        desk,
        original=body,
        title=f"Draft: {kind.name} ({code})",
        kind=kind,
        items=[row(ways, each) for each in items],
        missing=[row(ways, each) for each in missing(items)],
        number=len(items),
        window=contracts_to_come(body, timezone.localdate()) if kind.section else None,
    )


def kind_of(code):
    """Return a sort of notice that a body owes for itself; else 404."""
    if code not in OF_BODIES:
        raise Http404("No public body owes such a notice for itself.")
    return NOTICE_TYPES[code]


def data(request, pk, code, *, desk):
    """Answer with a release of each contract to come, ready for the platform; staff only.

    Only the pipeline notice has a place in OCDS.
    """
    body = found(request, pk, desk)
    kind = kind_of(code)
    if not kind.section:
        raise Http404("The platform publishes no data of this notice.")
    to_come = contracts_to_come(body, timezone.localdate()).listed
    return as_data(request, to_come, kind, body.slug)


def record(request, pk, *, desk):
    """Record one notice that its platform published; `code` may be in the address."""
    body = found(request, pk, desk)
    asked = {"code": request.GET.get("code", "")}
    form = NoticeForm(request.POST or None, about=body, codes=OF_BODIES, initial=asked)
    if performed(request, form):
        return redirect("admin:organisation-notices", pk)
    return page(
        request,
        "admin/commissions/organisation/notice.html",
        desk,
        original=body,
        title="Record a published notice",
        form=form,
    )


def addresses(desk):
    """Return the addresses of these pages."""
    plain = acts(desk, {"notices": notices, "notice": record}, "organisation")
    views = (
        ("<int:pk>/notices/<slug:code>/", draft, "organisation-notice-draft"),
        ("<int:pk>/notices/<slug:code>.json", data, "organisation-notice-data"),
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
