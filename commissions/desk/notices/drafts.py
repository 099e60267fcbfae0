"""Notices as drafts: what the law asks for, what is known, what is missing."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils import timezone

from commissions.desk.action_views import get_row, render_page
from commissions.desk.notices.known_facts import BEFORE, CHOSEN, KnownFacts
from commissions.law.notices import NOTICE_TYPES, NoticeField, codes_for, contents_of
from commissions.law.notices_due import NO_NOTICES, NoticeState
from commissions.ocds.exporting.release import build_release, release_package
from commissions.ocds.exporting.values import ocds_moment
from commissions.public.notices.notices_due import (
    doubt_about_law_of,
    notices_owed,
    show_notice_due,
    with_notices,
)

STATEMENT = "Statement that "
VALUES = {**BEFORE, **CHOSEN}
BY_THE_PLATFORM = ("procurement_id", "authority_id")
"""What the platform gives, where it has not given it yet."""

PLACES = {
    "organisation": ("authority", "authority_address", "authority_id"),
    "post": ("contact",),
    "dates": ("tender_planned", "signing_planned"),
    "commission": (
        *("partners", "title", "kinds", "period", "place", "procedure"),
        *("dynamic_market", "special_regime", "value", "options", "service"),
    ),
    "involvement": ("engagement", "engagement_closes"),
    "documents": ("documents", "specification"),
    "tender": (
        *("category", "cpv", "submission", "criteria", "languages", "lots", "no_lots"),
        *("suits", "shortened", "conditions", "risks", "award_planned", "bids_planned"),
        "interest",
    ),
    "award": ("decided", "award_value", "bids", "standstill", "reasons", "deciders"),
    "direct": ("ground", "switching", "conflicts", "conflicts_managed", "urgency"),
    "supplier": ("suppliers", "sizes"),
    "contract": (
        *("contract_id", "contract_value", "signed", "indicators", "ratings"),
        *("rated_period", "change", "change_planned", "ending", "ended"),
    ),
}
"""Where in the portal each thing is supplied; all else is written on the platform."""

PLACE_OF = {key: place for place, keys in PLACES.items() for key in keys}


@dataclass(frozen=True)
class ChecklistItem:
    """One field of a notice: what is known of it, or where to supply it.

    `state` is known, missing, platform (it gives it), or maybe (only if there
    is such a thing, and nothing is known of one).
    """

    field: NoticeField
    value: str
    state: str
    place: str = ""


def checklist(commission, code):
    """Return what a notice has to say, each field with what is known of it."""
    known = KnownFacts(commission)
    fields = contents_of(code, commission.regime, commission.route)
    return [checklist_item(each, known) for each in fields]


def checklist_item(field, known):
    """Return one field of the checklist."""
    value = value_of_field(field, known)
    if value:
        return ChecklistItem(field, value, "known")
    if field.key in BY_THE_PLATFORM:
        return ChecklistItem(field, "", "platform", PLACE_OF.get(field.key, ""))
    state = "maybe" if field.if_any else "missing"
    return ChecklistItem(field, "", state, PLACE_OF.get(field.key, ""))


def value_of_field(field, known):
    """Return what is known of one field; a statement states itself."""
    if field.label.startswith(STATEMENT) and field.key != "procedure":
        said = field.label.removeprefix(STATEMENT)
        return f"{said[0].upper()}{said[1:]}."
    find = VALUES.get(field.key)
    return str(find(known) or "").strip() if find else ""


def missing_items(items):
    return [each for each in items if each.state == "missing"]


PRESSING = (NoticeState.LATE, NoticeState.DUE)
STATES = {
    "known": "Known",
    "missing": "Missing",
    "platform": "The platform gives it",
    "maybe": "Only if there is one",
}


def notices_of_commission(request, pk, *, desk):
    """List what is due and late, with the ways to draft and to record each."""
    commission = get_row(request, pk, desk, "view")
    told = with_notices(type(commission).objects.all()).get(pk=commission.pk)
    return render_page(
        request,
        "admin/commissions/commission/notices.html",
        desk,
        original=commission,
        title="Notices",
        rows=[
            show_notice_due(due) for due in notices_owed(told) if due.state in PRESSING
        ],
        doubt=doubt_about_law_of(told),
        others=[NOTICE_TYPES[code] for code in codes_for(commission.regime)],
        without=NO_NOTICES.get(commission.regime, ""),
    )


def notice_type_of_commission(commission, code):
    """Return a sort of notice that this commission can publish; else 404."""
    if code not in codes_for(commission.regime):
        raise Http404("This commission cannot publish such a notice.")
    return NOTICE_TYPES[code]


def draft_notice(request, pk, code, *, desk):
    """Show one notice as a checklist: what is known, what is missing and where to say it."""
    commission = get_row(request, pk, desk, "view")
    kind = notice_type_of_commission(commission, code)
    items, ways = checklist(commission, code), where_supplied(commission)
    return render_page(
        request,
        "admin/commissions/commission/notice_draft.html",
        desk,
        original=commission,
        title=f"Draft: {kind.name} ({code})",
        kind=kind,
        items=[checklist_row(ways, each) for each in items],
        missing=[checklist_row(ways, each) for each in missing_items(items)],
        number=len(items),
    )


def checklist_row(ways, item):
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


def where_supplied(commission):
    """Return, by place, its name and the address at which something is supplied."""
    known = KnownFacts(commission)
    form = form_address(commission)
    choosing = reverse("admin:commission-choosing", args=[commission.pk])
    involved = reverse("admin:commissions_involvement_add")
    contract, suppliers = known.contract, known.suppliers()
    return {
        "organisation": (
            "The form of the organisation",
            form_address(known.organisation),
        ),
        "post": (
            "The form of the post that holds it",
            form_address(commission.post) if commission.post else form,
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
            form_address(suppliers[0]) if suppliers else choosing,
        ),
        "contract": (
            "The form of the contract" if contract else "Record the contract",
            form_address(contract) if contract else form,
        ),
    }


def form_address(row):
    """Return the address of the form of one thing."""
    opts = row._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_change"
    return reverse(name, args=[row.pk])


def draft_as_release(request, pk, code, *, desk):
    """Answer with the draft as an OCDS release, ready for the platform; staff only."""
    commission = get_row(request, pk, desk, "view")
    kind = notice_type_of_commission(commission, code)
    return download_releases(request, [commission], kind, commission.reference)


def download_releases(request, commissions, kind, stem):
    """Answer with one release of each commission, in a file whose name begins so."""
    now = timezone.now()
    url = request.build_absolute_uri()
    publisher = {"name": settings.PORTAL_NAME, "uri": settings.PORTAL_ORIGIN}
    releases = [build_release(each, kind, now) for each in commissions]
    body = release_package(
        releases, uri=url, publisher=publisher, date=ocds_moment(now)
    )
    name = f"{stem}-{kind.code}-draft.json".lower()
    return JsonResponse(
        body,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def draft_urls(desk):
    """Return the addresses of these pages."""
    views = (
        ("<int:pk>/notices/", notices_of_commission, "commission-notices"),
        ("<int:pk>/notices/<slug:code>/", draft_notice, "commission-notice-draft"),
        (
            "<int:pk>/notices/<slug:code>.json",
            draft_as_release,
            "commission-notice-data",
        ),
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
