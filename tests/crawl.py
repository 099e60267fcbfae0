"""Find every public page: from the URLconf, and by following links as people do."""

import contextlib
from collections import Counter, deque
from urllib.parse import parse_qsl, urljoin, urlsplit

from coverage import Coverage
from django.urls import Resolver404, get_resolver, resolve

from tests.outline import outline_of

# The desk; private pages, which only a link in somebody's mail leads to; and cards,
# which are parts of other sites' pages.
NOT_FOR_THE_PUBLIC = ("admin/", "my/", "embed/")
MOST_OF_A_KIND = 5  # pages visited of one address pattern with the same parameters


def routes(resolver=None, prefix=""):
    """Return the routes of every public address in the URLconf."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(NOT_FOR_THE_PUBLIC):
            continue
        if hasattr(pattern, "url_patterns"):
            found += routes(pattern, route)
        else:
            found.append(route)
    return found


def fixed():
    """Return the public addresses that take no parameter."""
    return [f"/{route}" for route in routes() if "<" not in route]


def route_of(url):
    """Return the route a path is answered by, or None where there is none."""
    try:
        return resolve(urlsplit(url).path).route
    except Resolver404:
        return None


def kind_of(url):
    """Return what makes two addresses the same kind of page: route, parameters."""
    names = {name for name, _ in parse_qsl(urlsplit(url).query)}
    return route_of(url), tuple(sorted(names))


def links(url, html):
    """Return the addresses on this site that a page names, without fragments.

    What it links to, the pictures it shows, and what its head names for others: its
    preview's picture, its card; static files are left aside.
    """
    outline = outline_of(html)
    named = [a.get("href") for a in outline.all("a")]
    named += [img.get("src") for img in outline.all("img")]
    named += [link.get("href") for link in outline.all("link")]
    shared = [m for m in outline.all("meta") if m.get("property") == "og:image"]
    named += [urlsplit(meta["content"]).path for meta in shared]
    whole = [urljoin(url, name).partition("#")[0] for name in named if name]
    return [link for link in whole if link.startswith("/") and not is_aside(link)]


def is_aside(url):
    """Say whether an address is none of our public pages in English."""
    return url.lstrip("/").startswith((*NOT_FOR_THE_PUBLIC, "static/", "cy/"))


def shows_an_object(url):
    """Say whether an address is a page, neither filtered nor a file."""
    return url.endswith("/")


@contextlib.contextmanager
def unmeasured():
    """Do something that runs the same lines again, without counting them."""
    measuring = Coverage.current()
    if measuring:
        measuring.stop()
    yield
    if measuring:
        measuring.start()


def crawl(visit, most=MOST_OF_A_KIND, kind=kind_of, also=(), objects=None):
    """Visit every fixed address and what they link to; return what visit returned.

    `visit` takes an address and returns its answer and, where that is a page,
    its HTML, else None. Of each kind of page at most `most` are visited; of those
    that show an object, at most `objects`. `also` names addresses to begin from
    that no link leads to. The lines that run are counted for the first few of a kind.
    """
    waiting = deque([*fixed(), *also])
    seen, kinds, answers = set(waiting), Counter(map(kind, waiting)), {}
    visited = Counter()
    while waiting:
        url = waiting.popleft()
        visited[kind(url)] += 1
        again = visited[kind(url)] > MOST_OF_A_KIND
        with unmeasured() if again else contextlib.nullcontext():
            answers[url], html = visit(url)
        for link in links(url, html) if html else []:
            limit = objects if objects and shows_an_object(link) else most
            if link not in seen and kinds[kind(link)] < limit:
                seen.add(link)
                kinds[kind(link)] += 1
                waiting.append(link)
    return answers
