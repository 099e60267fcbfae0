"""What must hold for every public page, found in the URLconf and by its links.

It is the demonstration that is visited, whole, with one of each thing beside it.
"""

import json
import math
import re
from collections import Counter, namedtuple
from functools import cache
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as portal_settings
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import path, reverse

from commissioning_portal import urls as portal_urls
from commissions.models import Barrier, Commission, Contract, Decision, Service
from consultations.models import Consultation
from tests.crawl import crawl, fixed, route_of, routes, unmeasured
from tests.outline import Outline, outline_of
from tests.staged import one_of_each

pytestmark = pytest.mark.django_db  # else no database is made for a few tests alone

MOST_BYTES = 60_000  # of HTML and CSS together
MOST_QUERIES = 15  # of any object’s page

Answer = namedtuple("Answer", "url status headers cookies queries page")
Page = namedtuple("Page", "url title described data weight posted_to parameters faults")
Seen = namedtuple("Seen", "url html outline indexed")


def visit(url):
    """Ask for an address as a stranger; return its Answer, and its HTML if it has.

    A page that breaks answers 500 here, so that the others are still looked at.
    Thousands are visited: what is wrong with one is found at once, and only that is
    kept of it.
    """
    asked = []

    def count(execute, *query):
        asked.append(1)
        return execute(*query)

    with connection.execute_wrapper(count):
        response = Client(raise_request_exception=False).get(url)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    content = body(response)
    html = content.decode() if is_page else None
    page = None
    if is_page:
        outline = outline_of(html)
        seen = Seen(url, html, outline, is_indexed(response, outline))
        page = judged(seen, len(content))
    told = (response.status_code, response.headers, response.cookies, len(asked))
    return Answer(url, *told, page), html


def judged(seen, size):
    """Return what is kept of a page that was seen."""
    return Page(
        url=seen.url,
        title=re.search(r"<title>(.*?)</title>", seen.html, re.S).group(1).strip(),
        described=descriptions(seen.outline) if seen.indexed else [],
        data=data_of(seen),
        weight=size + css(seen),
        posted_to='method="post"' in seen.html,
        parameters=parameters(seen),
        faults={check: found for check in CHECKS if (found := [*check(seen)])},
    )


def faults(pages, check):
    """Return what a check found on which page."""
    return {page.url: page.faults[check] for page in pages if check in page.faults}


@pytest.fixture(scope="module")
def surroundings(copy_folder):
    """Say how this file's portal is set: a demonstration, with files of its own.

    Its static files stay where they are: each new client would read them all.
    """
    return {"PORTAL_DEMO": True, "MEDIA_ROOT": copy_folder / "media"}


@pytest.fixture(scope="module")
def open_now(demonstration_copy, surroundings):
    """Add one of each thing; return the consultation that is open."""
    with override_settings(**surroundings):
        return one_of_each()


@pytest.fixture(scope="module")
def answers(open_now, surroundings):
    """Visit the whole public site once: {address: Page}.

    Every object of it is visited on SQLite; a few of each kind are on PostgreSQL.
    No link leads to the page that thanks for a comment; only sending one does.
    One commission that is out to tender, and the comments of the consultation
    that has an attachment, are among those visited, for their links; so is the
    one Easy Read version.
    """
    thanks = reverse("consultations:submission-sent", args=[open_now.reference])
    tendered = reverse("commissions:commission-detail", args=["NORF-1004"])
    comments = reverse("consultations:comment-list", args=[open_now.reference])
    pictured = reverse("commissions:commission-easy-read", args=["NORF-1001"])
    with override_settings(**surroundings):
        objects = math.inf if connection.vendor == "sqlite" else None
        return crawl(
            visit, objects=objects, also=[thanks, tendered, comments, pictured]
        )


@pytest.fixture(autouse=True)
def _surrounded(settings, _own_surroundings, surroundings):
    """Keep these surroundings in each test, as when the demonstration was loaded."""
    for name, value in surroundings.items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def pages(answers):
    """Every HTML page among the answers."""
    return [answer.page for answer in answers.values() if answer.page]


@pytest.fixture
def empty_pages():
    """Return every page that takes no parameter, with nothing in the database.

    Its test stands first: those that follow share the demonstration.
    """
    assert not Commission.objects.exists()
    found = [visit(url)[0] for url in fixed()]
    return [answer for answer in found if answer.page]


# Every address answers


def test_every_page_answers_with_nothing_in_the_database(empty_pages):
    assert {a.url: a.status for a in empty_pages if a.status != 200} == {}
    assert faults([answer.page for answer in empty_pages], structure) == {}


NAMED_IN_FILES = {"sitemap-<int:number>.xml", "icon-<int:size>.png"}
"""What no page leads to, but the site map and the manifest (test_sharing.py)."""


def test_every_address_of_the_urlconf_is_reached_by_links(answers):
    reached = {route_of(url) for url in answers} | NAMED_IN_FILES
    assert [route for route in routes() if route not in reached] == []


def test_every_address_and_every_link_answers(answers):
    assert {url: a.status for url, a in answers.items() if a.status != 200} == {}


def test_every_kind_of_page_answers_in_welsh(answers):
    of_a_kind = {route_of(url): url for url, a in answers.items() if a.page}
    of_a_kind.pop("demonstration/mail/")  # which shows mails as they were written
    found = {url: Client().get(f"/cy{url}") for url in of_a_kind.values()}
    assert {
        url: a.status_code for url, a in found.items() if a.status_code != 200
    } == {}
    assert [url for url, a in found.items() if '<html lang="cy">' not in a.text] == []


def astray(page):
    """Yield each link within a page that leads to no place on it."""
    for href in {a.get("href", "") for a in page.outline.all("a")}:
        if href.startswith("#") and href[1:] not in page.outline.ids:
            yield href


# Every page is well made


def structure(page):
    """Yield what is wrong with how a page is built."""
    outline = page.outline
    tags = Counter(tag for tag, _ in outline.elements)
    if outline.all("html") != [{"lang": "en-GB"}]:
        yield f"its language is {outline.all('html')}"
    for tag in ("h1", "title", "main", "header", "footer"):
        if tags[tag] != (1 if tag != "title" else 1 + svg_titles(page)):
            yield f"{tags[tag]} <{tag}>"
    repeated = [name for name, n in Counter(outline.ids).items() if n > 1]
    if repeated:
        yield f"ids used twice: {repeated}"
    yield from landmarks(outline)
    yield from levels(outline)


def svg_titles(page):
    """Count the titles of pictures, which are not the page's."""
    return sum(
        svg.count("<title") for svg in re.findall(r"(?s)<svg.*?</svg>", page.html)
    )


def landmarks(outline):
    """Yield what is wrong with a page's landmarks: names, and the skip link."""
    navs = [
        nav.get("aria-label") or nav.get("aria-labelledby")
        for nav in outline.all("nav")
    ]
    if None in navs or len(set(navs)) != len(navs):
        yield f"navigations named {navs}"
    links = [a.get("href") for a in outline.all("a")]
    if links[:1] != ["#main"] or "main" not in outline.ids:
        yield "the first link does not skip to #main"


def levels(outline):
    """Yield each heading that skips a level."""
    last = 0
    for tag, _ in outline.elements:
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > last + 1:
                yield f"<{tag}> follows <h{last}>"
            last = int(tag[1])


def test_every_page_has_a_title_of_its_own(pages):
    """The same list under other filters may keep its title."""
    titles = Counter(page.title for page in pages if "?" not in page.url)
    assert [words for words, count in titles.items() if count > 1 or not words] == []


def is_data(attributes):
    """Say whether a script element holds data, which no browser runs."""
    return attributes.get("type") == "application/ld+json"


def is_indexed(response, outline):
    """Say whether search engines may show a page."""
    return (
        response.status_code == 200
        and "noindex" not in response.headers.get("X-Robots-Tag", "")
        and {"name": "robots", "content": "noindex"} not in outline.all("meta")
    )


def descriptions(outline):
    """Return what a page's head says of it."""
    metas = outline.all("meta")
    return [meta["content"] for meta in metas if meta.get("name") == "description"]


def badly_announced(page):
    """Yield what is wrong with a page's description, address or preview.

    The address is its own, without what was asked of it; the picture is there.
    """
    links = page.outline.all("link")
    told = descriptions(page.outline)
    here = [a["href"] for a in links if a.get("rel") == "canonical"]
    shown = {
        m["property"]: m["content"] for m in page.outline.all("meta") if "property" in m
    }
    own = f"{portal_settings.PORTAL_ORIGIN}{page.url.partition('?')[0]}"
    if page.indexed and (
        [len(words) > 30 for words in told] != [True]
        or here != [own]
        or not {"og:title", "og:description", "og:image"} <= shown.keys()
        or shown["og:url"] != here[0]
    ):
        yield told, here, shown.get("og:url")


def data_of(page):
    """Return the kinds of things that a page tells search engines of."""
    written = r'(?s)<script type="application/ld\+json">(.*?)</script>'
    kinds = []
    for text in re.findall(written, page.html):
        whole = json.loads(text)
        assert whole["@context"] == "https://schema.org"
        kinds += [each["@type"] for each in whole["@graph"]]
    return kinds


def test_descriptions_tell_pages_apart(pages):
    told = Counter(
        words for page in pages if "?" not in page.url for words in page.described
    )
    assert {words: n for words, n in told.items() if n > 1} == {}


def test_data_for_search_engines_is_json_of_known_kinds(pages):
    found = {kind for page in pages for kind in page.data}
    assert found - {"Organization"} == {  # some crawls come to no provider's page
        "AdministrativeArea",
        "Event",
        "GovernmentOrganization",
        "GovernmentService",
        "Person",
        "WebSite",
    }


def inline_or_foreign(page):
    """Yield inline style and script, and the files of another site."""
    for tag, attributes in page.outline.elements:
        if (
            tag == "style"
            or (tag == "script" and "src" not in attributes and not is_data(attributes))
            or any(name == "style" or name.startswith("on") for name in attributes)
            or (tag != "a" and re.match("(https?:)?//", attributes.get("src") or ""))
            or (
                tag == "link"
                and re.match("(https?:)?//", attributes.get("href") or "")
                and attributes.get("rel") in {"stylesheet", "icon", "preload"}
            )
        ):
            yield tag, attributes


def silent(page):
    """Yield each picture that does not say what it shows."""
    for tag, attributes in page.outline.elements:
        named = {"aria-hidden", "aria-label", "aria-labelledby", "role"} & set(
            attributes
        )
        if (tag == "img" and "alt" not in attributes) or (tag == "svg" and not named):
            yield attributes


TABLE_ROLES = {"table", "rowgroup", "row", "cell", "columnheader", "rowheader"}


def restated(page):
    """Yield each part of a table that is given the role it has."""
    for tag, attributes in page.outline.elements:
        if attributes.get("role") in TABLE_ROLES:
            yield tag, attributes


CHECKS = [structure, astray, badly_announced, inline_or_foreign, silent, restated]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_nothing_is_wrong_with_how_any_page_is_made(pages, check):
    assert faults(pages, check) == {}


def is_kept_file(url):
    """Say whether an address is a file that somebody uploaded."""
    return url.startswith(("/media/", "/attachments/"))


def is_file(url):
    """Say whether an address is a file with a stricter policy: test_look.py has the logo's."""
    return is_kept_file(url) or url == "/logo"


def test_nothing_runs_in_a_file_that_somebody_uploaded(answers):
    policies = {
        answer.headers["Content-Security-Policy"]
        for url, answer in answers.items()
        if is_kept_file(url)
    }
    assert policies == {"default-src 'none'; sandbox"}


def test_every_page_sends_the_headers_that_keep_it_safe(answers):
    wanted = {
        "Content-Security-Policy": "; ".join(
            f"{directive} {' '.join(sources)}"
            for directive, sources in portal_settings.SECURE_CSP.items()
        ),
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    lacking = {
        url: missing
        for url, answer in answers.items()
        if (missing := {n: v for n, v in wanted.items() if answer.headers.get(n) != v})
        and set(missing) - ({"Content-Security-Policy"} if is_file(url) else set())
    }
    assert lacking == {}
    assert "'unsafe" not in wanted["Content-Security-Policy"]


def test_no_page_sets_a_cookie_or_varies_by_it_unless_a_form_needs_it(answers):
    setting = [
        url
        for url, answer in answers.items()
        if answer.cookies or "Cookie" in answer.headers.get("Vary", "")
        if not (answer.page and answer.page.posted_to)
    ]
    assert setting == []


@cache
def size(href):
    """Return how many bytes a stylesheet has."""
    found = finders.find(href.removeprefix("/static/"))
    return Path(found).stat().st_size if found else len(body(Client().get(href)))


def body(response):
    """Return the bytes of an answer, streamed or not; close the file they came from."""
    try:
        return b"".join(response) if response.streaming else response.content
    finally:
        for close in response._resource_closers:  # not the database's connection
            close()


def css(page):
    """Return how many bytes of stylesheet a page loads."""
    loaded = [link for link in page.outline.all("link") if link["rel"] == "stylesheet"]
    return sum(size(link["href"]) for link in loaded)


def test_no_page_is_heavy(pages):
    assert {p.url: p.weight for p in pages if p.weight > MOST_BYTES} == {}


@pytest.mark.sqlite
def test_every_object_of_the_demonstration_is_visited(answers):
    missing = {
        row.get_absolute_url()
        for model in (Barrier, Commission, Consultation, Contract, Decision, Service)
        for row in model.objects.published()
    } - set(answers)
    assert missing == set()
    assert all(a.queries for url, a in answers.items() if "/commissions/" in url)


def test_no_page_asks_the_database_too_often(answers):
    asking = {url: a.queries for url, a in answers.items() if a.queries > MOST_QUERIES}
    assert asking == {}


# Other methods, other addresses


def one_of_each_route(answers):
    """Return one address for each route that was reached."""
    return {route_of(url): url for url in reversed(answers)}.values()


def test_head_answers_as_get_does_without_the_page(answers):
    wrong, client = {}, Client(raise_request_exception=False)
    for url in one_of_each_route(answers):
        response = client.head(url)
        if (response.status_code, body(response)) != (200, b""):
            wrong[url] = response.status_code
    assert wrong == {}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_that_only_shows_refuses_to_be_written_to(answers, method):
    client = Client(raise_request_exception=False)
    posted_to = {
        route_of(url)
        for url, answer in answers.items()
        if answer.page and answer.page.posted_to
    }
    answered = {
        url: getattr(client, method)(url).status_code
        for url in one_of_each_route(answers)
        if route_of(url) not in posted_to
    }
    assert {url: status for url, status in answered.items() if status != 405} == {}


def test_an_address_without_its_last_slash_leads_to_the_page(answers):
    wrong = {}
    for url in one_of_each_route(answers):
        if url.endswith("/") and url != "/":
            response = Client().get(url[:-1])
            if (response.status_code, response.get("Location")) != (301, url):
                wrong[url] = response.status_code
    assert wrong == {}


NOTHING = ["nothing-here", "%00", "..", "%F0%9F%92%A9", "x" * 5_000, "'--", "%2e%2e%2f"]


@pytest.mark.parametrize("value", NOTHING, ids=lambda value: value[:12])
def test_an_address_that_names_nothing_is_not_found(open_now, value):
    client = Client(raise_request_exception=False)
    answered = {
        route: client.get("/" + re.sub(r"<[^>]+>", value, route)).status_code
        for route in routes()
        if "<" in route
    }
    assert {route: status for route, status in answered.items() if status != 404} == {}


HOSTILE = [
    "\0",
    "a\0b",
    "x" * 20_000,
    "💩‮\ufeff",
    "\ud800",
    '"',
    "'; DROP TABLE commissions_commission; --",
    "<script>alert(1)</script>",
    "-1",
    "0",
    "9" * 40,
    "1e400",
    "NaN",
    "2026-02-31",
    "0000-00-00",
    "NEAR( * OR AND NOT ^",
    "%s %(q)s {0} {{ q }}",
    "../../etc/passwd",
    "[]",
]
UNKNOWN = ["q", "page", "after", "sort", "unheard-of"]


def parameters(page):
    """Return the parameters that a page's own forms and links name."""
    forms = page.url.partition("?")[0]
    named = {
        attributes["name"]
        for tag, attributes in page.outline.elements
        if tag in {"input", "select", "textarea", "button"} and attributes.get("name")
        if 'method="post"' not in page.html
    }
    linked = {
        name
        for href in {a.get("href", "") for a in page.outline.all("a")}
        if href.startswith(("?", f"{forms}?"))
        for name in re.findall(r"[?&]([\w-]+)=", href)
    }
    return sorted(named | linked)


def tries(page):
    """Return the query strings to ask a page.

    A page with parameters of its own meets every value in all of them at once,
    and each parameter alone meets two. Any other meets all values in one query.
    """
    names = page.parameters
    if not names:
        together = list(zip(cycle(UNKNOWN), HOSTILE, strict=False))
        return [urlencode(together, errors="surrogatepass")]
    asked = [[(name, value) for name in names] for value in HOSTILE]
    alone = zip(names * 2, cycle(HOSTILE), strict=False)
    asked += [[pair] for pair in alone]
    return [urlencode(pairs, errors="surrogatepass") for pairs in asked]


def test_no_query_string_breaks_a_page(answers):
    client, broken = Client(raise_request_exception=False), {}
    with unmeasured():  # the same lines as the visits above
        for url in one_of_each_route(answers):
            for query in tries(answers[url].page) if answers[url].page else []:
                path = f"{url.partition('?')[0]}?{query}"
                status = client.get(path, follow=True).status_code
                if status not in {200, 400, 404}:
                    broken[path[:200]] = status
    assert broken == {}


def test_nothing_a_query_string_says_is_repeated_unescaped(answers):
    said = "\"'><script>alert(7)</script>"
    for url in one_of_each_route(answers):
        if not (page := answers[url].page):
            continue
        pairs = [(name, said) for name in page.parameters + UNKNOWN]
        response = Client().get(f"{url.partition('?')[0]}?{urlencode(pairs)}")
        assert b"<script>alert(7)" not in response.content, url


# Pages shown when something is wrong


def refused(request):
    """Refuse, as a view does."""
    raise PermissionDenied


def suspicious(request):
    """Find the request suspicious."""
    raise SuspiciousOperation


def broken(request):
    """Fail, as a view should not."""
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("refused/", refused),
    path("suspicious/", suspicious),
    path("broken/", broken),
    *portal_urls.urlpatterns,
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("url", "status"),
    [("/suspicious/", 400), ("/refused/", 403), ("/nothing/", 404), ("/broken/", 500)],
)
def test_an_error_is_shown_on_a_page_that_helps(url, status):
    response = Client(raise_request_exception=False).get(url)
    html = response.content.decode()
    outline = Outline(html)
    assert response.status_code == status
    assert outline.all("html") == [{"lang": "en-GB"}]
    assert (len(outline.all("h1")), len(outline.all("main"))) == (1, 1)
    assert portal_settings.PORTAL_CONTACT_EMAIL in html
    assert "broken on purpose" not in html
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_host_we_do_not_serve_is_refused():
    assert Client(headers={"host": "evil.example"}).get("/about/").status_code == 400


def test_a_form_sent_from_another_site_is_refused_with_a_page_that_helps():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert len(Outline(response.content.decode()).all("h1")) == 1
