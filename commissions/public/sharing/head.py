"""What the head of each page says to those who share or index it.

Every public page gets a description, one address (canonical) and the words of its
preview (Open Graph). Pages about one thing also get a picture and data in the words of
schema.org. Pages that search engines leave out, and private ones, get none of it.
"""

import json
import re
from html import unescape

from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from commissions.public.sharing.pictures import PICTURED
from commissions.public.sharing.site import PRIVATE, full_address
from commissions.text.languages import WELSH, in_english, in_welsh

DATA = {}  # {name of an address: what makes its data of the page's context}
CARDS = {}  # {name of an address: name of the address of its card for other sites}
SCHEMA = "https://schema.org"
UNSAFE = {ord(each): f"\\u{ord(each):04X}" for each in "<>&\u2028\u2029"}
WORDS = 200  # characters of a description


def describes(*names):
    """Mark a function that makes the data of pages with these names of addresses."""

    def mark(function):
        DATA.update(dict.fromkeys(names, function))
        return function

    return mark


def head_tags(context):
    """Return the tags that a page's own head leaves out; nothing for pages left out."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    head = block_of(context, "head")
    if (
        not match
        or 'content="noindex"' in head
        or in_english(request.path).startswith(tuple(PRIVATE))
    ):
        return ""
    address = canonical_of(head) or full_address(request.path)
    title = plain(block_of(context, "title"))
    told = block_of(context, "description")
    description = description_of(told) or gettext("{title}, on the {portal}.").format(
        title=title, portal=settings.PORTAL_NAME
    )
    picture = full_address(picture_of(match))
    tags = [
        ""
        if description_of(told)
        else format_html('<meta name="description" content="{}">', description),
        ""
        if canonical_of(head)
        else format_html('<link rel="canonical" href="{}">', address),
        *other_languages(address),
        open_graph(title, description, address, picture),
        card_link(match),
        linked_data(match.view_name, context, picture),
    ]
    return mark_safe("\n".join(tag for tag in tags if tag))


def other_languages(address):
    """Return the links to a page's own address in each language."""
    path = in_english(address.removeprefix(settings.PORTAL_ORIGIN))
    return [
        format_html('<link rel="alternate" hreflang="{}" href="{}">', tag, there)
        for tag, there in (
            ("en-GB", full_address(path)),
            (WELSH, full_address(in_welsh(path))),
        )
    ]


def block_of(context, name):
    """Render a block of the page once more; empty where the page has none."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks and blocks.get_block(name)
    return block.render(context) if block else ""


def plain(html):
    return " ".join(unescape(strip_tags(html)).split())


def canonical_of(head):
    found = re.search(r'rel="canonical" href="([^"]+)"', head)
    return unescape(found[1]) if found else ""


def description_of(block):
    found = re.search(r'name="description" content="([^"]+)"', block)
    return " ".join(unescape(found[1]).split())[:WORDS] if found else ""


def picture_of(match):
    """Return the address of the picture of a page: of what it is about, or the portal's."""
    kind = PICTURED.get(match.view_name)
    key = next(iter(match.kwargs.values()), "") if kind else ""
    kind, key = (kind, key) if key else ("portal", "portal")
    return reverse("commissions:share-picture", args=[kind, key])


def open_graph(title, description, address, picture):
    """Write the words and the picture with which other sites show a link here."""
    told = {
        "og:type": "website",
        "og:site_name": settings.PORTAL_NAME,
        "og:title": title,
        "og:description": description,
        "og:url": address,
        "og:image": picture,
    }
    card = mark_safe('<meta name="twitter:card" content="summary_large_image">')
    rows = format_html_join("\n", '<meta property="{}" content="{}">', told.items())
    return f"{rows}\n{card}"


def card_link(match):
    """Lead to the card that other sites may embed, of a page that has one."""
    if match.view_name not in CARDS:
        return ""
    return format_html(
        '<link rel="alternate" type="text/html" title="{}" href="{}">',
        gettext("Card for other sites"),
        reverse(CARDS[match.view_name], args=list(match.kwargs.values())),
    )


def linked_data(name, context, picture):
    """Write the data of a page as JSON-LD, in which no text can end its element."""
    if name not in DATA or not (told := DATA[name](context)):
        return ""
    whole = {"@context": SCHEMA, "@graph": [without_gaps({**each}) for each in told]}
    if "image" not in whole["@graph"][0]:
        whole["@graph"][0]["image"] = picture
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    safe = text.translate(UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')


def without_gaps(told):
    """Leave out of data what is empty, at every depth."""
    if isinstance(told, dict):
        pairs = ((key, without_gaps(value)) for key, value in told.items())
        return {key: value for key, value in pairs if value not in ("", None, [], {})}
    if isinstance(told, list | tuple):
        return [without_gaps(each) for each in told]
    return told


# What each kind of page is, in the words of schema.org.


def body_data(body, **more):
    """Say what a body is: a public one, or a provider."""
    provides = body.kind == "provider"
    return {
        "@type": "Organization" if provides else "GovernmentOrganization",
        "name": body.name,
        "url": full_address(body.get_absolute_url()),
        **more,
    }


def place_data(area, **more):
    return {
        "@type": "AdministrativeArea",
        "name": area.name,
        "url": full_address(area.get_absolute_url()),
        **more,
    }


@describes("home")
def home_data(context):
    """Say what the portal is, and how it is searched."""
    search = full_address(reverse("commissions:search"))
    return [
        {
            "@type": "WebSite",
            "name": settings.PORTAL_NAME,
            "url": full_address("/"),
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{search}?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        }
    ]


@describes("commissions:commission-detail")
def commission_data(context):
    """Say which service is commissioned, and by whom."""
    commission = context["page"].commission
    address = commission.get_absolute_url()
    return [
        {
            "@type": "GovernmentService",
            "name": commission.title,
            "description": commission.summary or commission.need,
            "url": full_address(address),
            "provider": body_data(commission.organisation),
            "serviceType": commission.topic.name if commission.topic else "",
            "identifier": commission.reference,
        }
    ]


@describes("commissions:service-detail")
def service_data(context):
    """Say what a service is, who answers for it, who runs it and where."""
    page = context["page"]
    service = page.service
    return [
        {
            "@type": "GovernmentService",
            "name": service.name,
            "description": service.summary,
            "url": full_address(service.get_absolute_url()),
            "serviceType": service.topic.name if service.topic else "",
            "provider": body_data(service.organisation),
            "serviceOperator": [body_data(body) for body in page.providers],
            "areaServed": [place_data(area) for area in page.areas],
        }
    ]


@describes("commissions:organisation-detail")
def organisation_data(context):
    """Say what a body is, and how it is reached."""
    page = context["page"]
    body = page.organisation
    return [
        body_data(
            body,
            description=body.about,
            alternateName=page.other_names,
            sameAs=page.website or "",
            email=body.contact_email,
            telephone=body.contact_phone,
            address=body.contact_address,
            identifier=[f"{name} {value}" for name, value in page.identifiers],
            areaServed=place_data(body.area) if body.area else "",
        )
    ]


@describes("commissions:commissioner-detail")
def person_data(context):
    """Say who a person is at work: what the page shows of today, and no more."""
    page = context["page"]
    posts = [tenure.post for tenure in page.tenures_now]
    picture = page.person.photo_url
    return [
        {
            "@type": "Person",
            "name": page.person.name,
            "url": full_address(page.person.get_absolute_url()),
            "image": full_address(picture) if picture else "",
            "jobTitle": [post.title for post in posts],
            "worksFor": [body_data(post.organisation) for post in posts],
            "email": [post.mailbox for post in posts if post.mailbox],
        }
    ]


@describes("commissions:place-detail")
def area_data(context):
    """Say what a place is, and in which larger one."""
    area = context["page"].area
    within = place_data(area.parent) if area.parent else ""
    return [place_data(area, identifier=area.code, containedInPlace=within)]
