"""The notices of a commission at the desk: what is due, the draft of each, its data.

A draft is for staff only: nothing of it is public before its platform has it.
"""

from django.conf import settings
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils import timezone

from commissions.desk.action_views import get_row, render_page
from commissions.desk.notices.checklist import checklist, missing
from commissions.desk.notices.known_facts import KnownFacts
from commissions.law.notices import NOTICE_TYPES, codes_for
from commissions.law.notices_due import NO_NOTICES, State
from commissions.ocds.exporting.release import package, release
from commissions.ocds.exporting.values import moment
from commissions.public.notices.notices_due import doubt, owed, shown, with_notices

PRESSING = (State.LATE, State.DUE)
STATES = {
    "known": "Known",
    "missing": "Missing",
    "platform": "The platform gives it",
    "maybe": "Only if there is one",
}


def desk_of_notices(request, pk, *, desk):
    """List what is due and late, with the ways to draft and to record each."""
    commission = get_row(request, pk, desk)
    told = with_notices(type(commission).objects.all()).get(pk=commission.pk)
    return render_page(
        request,
        "admin/commissions/commission/notices.html",
        desk,
        original=commission,
        title="Notices",
        rows=[shown(due) for due in owed(told) if due.state in PRESSING],
        doubt=doubt(told),
        others=[NOTICE_TYPES[code] for code in codes_for(commission.regime)],
        without=NO_NOTICES.get(commission.regime, ""),
    )


def kind_of(commission, code):
    """Return a sort of notice that this commission can publish; else 404."""
    if code not in codes_for(commission.regime):
        raise Http404("This commission cannot publish such a notice.")
    return NOTICE_TYPES[code]


def draft(request, pk, code, *, desk):
    """Show one notice as a checklist: what is known, what is missing and where to say it."""
    commission = get_row(request, pk, desk)
    kind = kind_of(commission, code)
    items, ways = checklist(commission, code), ways_of(commission)
    return render_page(
        request,
        "admin/commissions/commission/notice_draft.html",
        desk,
        original=commission,
        title=f"Draft: {kind.name} ({code})",
        kind=kind,
        items=[row(ways, each) for each in items],
        missing=[row(ways, each) for each in missing(items)],
        number=len(items),
    )


def row(ways, item):
    """Present one field of a checklist, with the way to where it is supplied."""
    label, url = ways.get(item.place, ("Write it on the platform", ""))
    return {
        "label": item.field.label,
        "source": item.field.source,
        "value": item.value,
        "state": item.state,
        "state_name": STATES[item.state],
        "where": label,
        "url": url,
    }


def ways_of(commission):
    """Return, by place, its name and the address at which something is supplied."""
    known = KnownFacts(commission)
    form = way_to(commission)
    choosing = reverse("admin:commission-choosing", args=[commission.pk])
    involved = reverse("admin:commissions_involvement_add")
    contract, suppliers = known.contract, known.suppliers()
    return {
        "organisation": ("The form of the organisation", way_to(known.organisation)),
        "post": (
            "The form of the post that holds it",
            way_to(commission.post) if commission.post else form,
        ),
        "commission": ("The form of the commission", form),
        "dates": ("The commission’s dates", f"{form}#stage_dates-group"),
        "documents": ("The commission’s documents", f"{form}#documents-group"),
        "involvement": (
            "Enter who was involved",
            f"{involved}?commission={commission.pk}",
        ),
        "tender": ("Invite bids", choosing),
        "award": ("Announce the award", choosing),
        "direct": ("Justify the direct award", choosing),
        "supplier": (
            "The form of the supplier" if suppliers else "Say who was chosen",
            way_to(suppliers[0]) if suppliers else choosing,
        ),
        "contract": (
            "The form of the contract" if contract else "Record the contract",
            way_to(contract) if contract else form,
        ),
    }


def way_to(row):
    """Return the address of the form of one thing."""
    opts = row._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_change"
    return reverse(name, args=[row.pk])


def data(request, pk, code, *, desk):
    """Answer with the draft as an OCDS release, ready for the platform; staff only."""
    commission = get_row(request, pk, desk)
    kind = kind_of(commission, code)
    return as_data(request, [commission], kind, commission.reference)


def as_data(request, commissions, kind, stem):
    """Answer with one release of each commission, in a file whose name begins so."""
    now = timezone.now()
    url = request.build_absolute_uri()
    publisher = {"name": settings.PORTAL_NAME, "uri": settings.PORTAL_ORIGIN}
    releases = [release(each, kind, now) for each in commissions]
    body = package(releases, uri=url, publisher=publisher, date=moment(now))
    name = f"{stem}-{kind.code}-draft.json".lower()
    return JsonResponse(
        body,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def addresses(desk):
    """Return the addresses of these pages."""
    views = (
        ("<int:pk>/notices/", desk_of_notices, "commission-notices"),
        ("<int:pk>/notices/<slug:code>/", draft, "commission-notice-draft"),
        ("<int:pk>/notices/<slug:code>.json", data, "commission-notice-data"),
    )
    return [
        path(
            route,
            desk.admin_site.admin_view(view, cacheable=False),
            {"desk": desk},
            name=name,
        )
        for route, view, name in views
    ]
