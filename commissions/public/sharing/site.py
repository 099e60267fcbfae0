"""What search engines, browsers and finders of holes ask every site for.

The site map is written from the index of what can be found (`commissions.search`): both
floors fill it, and only what is public is in it. A part of it is one stretch of keys.
"""

from datetime import timedelta
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.db.models import F, Max
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from commissions.models import Commission, Entry, Findable
from commissions.search.index import source_of
from commissions.text.languages import in_welsh

PART = 8_192  # keys: a power of two, so that one part holds one kind of thing only
BATCH = 500
SHORT, LONG = 3_600, 7 * 24 * 3_600  # seconds for which an answer may be kept
WITHOUT_PAGE = {"post", "committee", "document"}  # shown on the pages of other things
PRIVATE = ["/admin/", "/embed/"]  # apps above add theirs
XML = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
START = '<?xml version="1.0" encoding="UTF-8"?>\n'
PAGES = [
    "home",
    "about",
    "accessibility",
    "privacy",
    "cookies",
    "glossary",
    *(
        f"commissions:{name}"
        for name in (
            "commission-list",
            "pipeline",
            "decision-list",
            "commissioner-list",
            "organisation-list",
            "service-list",
            "place-list",
            "contract-list",
            "direct-award-list",
            "notice-list",
            "scorecard-list",
            "barrier-list",
        )
    ),
]
"""The pages that are always there, by the names of their addresses; apps above add theirs."""


@require_safe
@cache_control(public=True, max_age=SHORT)
def robots(request):
    """Tell search engines what to leave out, and where the site map is."""
    private = [*PRIVATE, *(in_welsh(path) for path in PRIVATE)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private)]
    lines += ["", f"Sitemap: {full_address(reverse('commissions:sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=SHORT)
def security(request):
    """Say whom to tell of a hole (RFC 9116); it is to be read again within half a year."""
    contact = settings.SECURITY_CONTACT
    until = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    address = full_address(reverse("commissions:security"))
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {until}",
        "Preferred-Languages: en",
        f"Canonical: {address}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=SHORT)
def manifest(request):
    """Name the portal and its icons to browsers that keep it on a phone's first page."""
    sizes = (192, 512)
    return JsonResponse(
        {
            "name": settings.PORTAL_NAME,
            "short_name": settings.PORTAL_NAME[:12].strip(),
            "start_url": "/",
            "scope": "/",
            "display": "browser",
            "lang": "en-GB",
            "background_color": "#ffffff",
            "theme_color": settings.PORTAL_COLOUR,
            "icons": [
                {
                    "src": reverse("commissions:icon", args=[size]),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                }
                for size in sizes
            ],
        },
        content_type="application/manifest+json",
    )


def full_address(path):
    return f"{settings.PORTAL_ORIGIN}{path}"


# The site map.


@require_safe
@cache_control(public=True, max_age=SHORT)
def sitemap(request):
    """List the parts of the site map."""
    keys = Findable.objects.order_by().exclude(kind__in=WITHOUT_PAGE)
    keys = keys.values_list(F("id") / PART, flat=True).distinct()
    parts = [reverse("commissions:sitemap-pages")]
    parts += [
        reverse("commissions:sitemap-part", args=[number]) for number in sorted(keys)
    ]
    return StreamingHttpResponse(
        elements("sitemapindex", "sitemap", parts), content_type=XML
    )


def elements(whole, each, addresses):
    """Write addresses, or (address, when it changed), as a site map."""
    yield f'{START}<{whole} xmlns="{NAMESPACE}">\n'
    for address in addresses:
        path, changed = (address, None) if isinstance(address, str) else address
        when = (
            f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>"
            if changed
            else ""
        )
        yield f"<{each}><loc>{escape(full_address(path))}</loc>{when}</{each}>\n"
    yield f"</{whole}>\n"


@require_safe
@cache_control(public=True, max_age=SHORT)
def sitemap_pages(request):
    """List the pages that are always there."""
    return StreamingHttpResponse(
        elements("urlset", "url", map(reverse, PAGES)), content_type=XML
    )


@require_safe
@cache_control(public=True, max_age=SHORT)
def sitemap_part(request, number):
    """List the pages of one stretch of keys, each with when the record last tells of it."""
    first = number * PART
    if first >= 1 << 62:
        raise Http404("The site map has no such part.")
    rows = Findable.objects.filter(id__gte=first, id__lt=first + PART)
    rows = rows.exclude(kind__in=WITHOUT_PAGE).order_by("id").only("id", "url")
    if not rows.exists():
        raise Http404("The site map has no such part.")
    return StreamingHttpResponse(
        elements("urlset", "url", public_addresses(rows)), content_type=XML
    )


def public_addresses(rows):
    """Yield (path, when it changed) of each page that search engines may show."""
    source, last = source_of(rows.first().id), -1
    while found := list(rows.filter(id__gt=last)[:BATCH]):
        last = found[-1].id
        keys = [each.key for each in found]
        public = {row.pk: row for row in source.rows().filter(pk__in=keys)}
        changed = last_told(public.values())
        for each in found:
            thing = public.get(each.key)
            if thing and not is_hidden(thing):
                yield each.url, changed.get(thing.pk)


def is_hidden(thing):
    """Tell whether it is, or is about, a person whom search engines leave out."""
    person = getattr(thing, "commissioner", thing)
    return getattr(person, "hide_from_search_engines", False)


def last_told(things):
    """Return {key: when the record last told of it} of things that it names.

    Of a commission, whatever is told of any part of it.
    """
    whole = [each for each in things if isinstance(each, Commission)]
    by, names = ("commission", {each.reference: each.pk for each in whole})
    if not whole:
        by, names = (
            "subject",
            {getattr(each, "record_name", ""): each.pk for each in things},
        )
    told = Entry.objects.filter(**{f"{by}__in": names.keys() - {""}}).order_by()
    newest = told.values_list(by).annotate(newest=Max("at"))
    return {names[name]: at for name, at in newest}


# Icons, in the installation's colour.


@require_safe
@cache_control(public=True, max_age=LONG)
def favicon(request):
    """Serve the icon at the one address where old browsers look for it."""
    return HttpResponse(
        icon_bytes(settings.PORTAL_COLOUR, 48, "ICO"), content_type="image/x-icon"
    )


@require_safe
@cache_control(public=True, max_age=LONG)
def icon(request, size=180):
    """Serve the icon for phones, in one of a few sizes."""
    if size not in (180, 192, 512):
        raise Http404("The icon has no such size.")
    return HttpResponse(
        icon_bytes(settings.PORTAL_COLOUR, size, "PNG"), content_type="image/png"
    )


@lru_cache(maxsize=8)
def icon_bytes(colour, size, kind):
    """Draw the icon, the card with a person of static/favicon.svg; once for each size."""
    file = BytesIO()
    drawn = draw_icon(colour, size)
    if kind == "ICO":
        drawn.save(file, kind, sizes=[(16, 16), (32, 32), (48, 48)])
    else:
        drawn.save(file, kind, optimize=True)
    return file.getvalue()


def draw_icon(colour, size):
    """Draw a card with a person on a square, four times as large and made smaller."""
    unit = size * 4 / 32
    drawn = Image.new("RGB", (size * 4, size * 4), colour)
    pen = ImageDraw.Draw(drawn)

    def oval(left, top, right, bottom):
        pen.ellipse([n * unit for n in (left, top, right, bottom)], fill="white")

    oval(11, 7, 21, 17)
    pen.pieslice([n * unit for n in (8, 18, 24, 36)], 180, 360, fill="white")
    return drawn.resize((size, size), Image.Resampling.LANCZOS)
