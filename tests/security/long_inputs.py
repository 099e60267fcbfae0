"""Every address, form, header and upload, with what nobody sends by mistake.

`python -m tests.security.long_inputs` walks the demonstration as a stranger and as
staff, on a copy of its own, and sends to each page and each form it finds what could
break it: some thousand requests, none beyond this process, each rolled back. The suite
does a part of the same (`test_every_input.py`).
"""

import io
import random
import re
import sys
import traceback
from collections import Counter, deque
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from time import perf_counter
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from lxml import html

from consultations.signed_links import signed_key

WORDS = (
    "\x00",
    "a\x00b",
    "-1",
    "0",
    "9" * 23,
    "1e999",
    "NaN",
    "²",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01T00:00",
    "25:61",
    "commission/\x00",
    "organisation/../..",
    "' OR 1=1 --",
    "%s%n{}{{7*7}}",
    "\u202e\ufffe\x0b\ufdd0",
    '"(*:^~',
    "[]",
    '{"a": [1]}',
    "http://[::1",
    "javascript:alert(1)",
    "a@b@c.example",
    "x" * 40_000,
    "é" * 3_000,
    "\r\n\r\n",
)
"""What is put into each place for words."""

PARTS = ("%00", "%FF%FE", "%E2%80%AE", "9" * 23, "-1", "²", "..", "%2e%2e%2f", "%252e",
         "'", "a%0D%0Ab", "%5C", "x" * 900, "%ED%A0%80", "None", "%F0%9F%99%82", ":", "~")  # fmt: skip
"""What is put into each place of a path."""

HEADERS = (
    {"cookie": "sessionid=%00; csrftoken=é; messages=W1tdXQ"},
    {"cookie": 'sessionid="\\000"; messages="[[1"; csrftoken=' + "x" * 4_000},
    {"cookie": "=; ;a=b=c;; sessionid"},
    {"accept-language": "\x00, *;q=9, " + "a-" * 900},
    {"accept": "*/*;q=x, \x00"},
    {"accept-encoding": "br;q=\x00, identity;q=9"},
    {"if-modified-since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"if-none-match": '"\x00", W/, "'},
    {"range": "bytes=9999999999999999999-"},
    {"referer": "http://[::1"},
    {"origin": "http://["},
    {"x-forwarded-for": "[::, \x00, 1.2.3"},
    {"x-forwarded-proto": "gopher"},
    {"x-requested-with": "\udcff"},
    {"host": "[::1"},
    {"content-type": "multipart/form-data; boundary="},
    {"content-type": "application/x-www-form-urlencoded; charset=utf-16"},
    {"content-length": "-5"},
)

FILES = (
    ("a.docx", b"PK\x03\x04"),
    ("\x00\u202e.pdf", b"%PDF-1.7"),
    ("../../x.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ("", b""),
    ("x" * 300 + ".jpg", b"\xff\xd8\xff\xe0"),
)
SECONDS = 600  # as each of the two, at most
ASIDE = ("/static/", "/admin/logout/", "/admin/jsi18n/", "/media/")


class Asking:
    """One visitor who asks for much and changes nothing; `faults` are the 500s."""

    def __init__(self, client):
        self.client, self.faults, self.asked, self.slowest = client, {}, 0, (0, "")

    def ask(self, method, path, data=None, **extra):
        """Send one request, undo what it did, and keep why where it broke."""
        began, response = perf_counter(), None
        with caught() as raised, transaction.atomic():
            try:
                response = getattr(self.client, method)(path, data or {}, **extra)
                if response.streaming:
                    b"".join(response)
            except UnicodeEncodeError:  # the test client cannot send it
                return None
            finally:
                transaction.set_rollback(True)
        self.asked += 1
        self.slowest = max(self.slowest, (perf_counter() - began, f"{method} {path}"))
        if response.status_code >= 500:
            said = f"{method} {path[:200]} {str(data)[:300]} {extra}"
            self.faults.setdefault(raised[-1] if raised else "", said)
        return response

    def report(self):
        """Return each fault once, with a request that leads to it."""
        return "\n\n".join(f"{said}\n{why}" for why, said in self.faults.items())


@contextmanager
def caught():
    """Keep where the pages broke, the last lines of each trace."""
    kept = []

    def keep(sender, request=None, **signal):
        kept.append("".join(traceback.format_exc().splitlines(keepends=True)[-7:]))

    got_request_exception.connect(keep)
    try:
        yield kept
    finally:
        got_request_exception.disconnect(keep)


def kind_of(url):
    """Return what makes two addresses one kind: route, names of parameters."""
    parts = urlsplit(url)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        route = parts.path
    return route, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))


def page_at(asking, url):
    """Return the tree of a page that is there, or None."""
    response = asking.ask("get", url)
    if response is None or response.status_code != 200 or response.streaming:
        return None
    is_page = "html" in response.headers.get("Content-Type", "")
    return html.document_fromstring(response.content) if is_page else None


def links_of(url, tree):
    """Give the addresses on this site that a page leads to."""
    for link in tree.xpath("//a/@href"):
        whole = urljoin(url, link).partition("#")[0]
        if whole.startswith("/") and not whole.startswith(ASIDE):
            yield whole


def walked(asking, starts, most, until):
    """Follow links from some addresses; return {address: its tree} of each page."""
    waiting, kinds, found = deque(starts), Counter(map(kind_of, starts)), {}
    while waiting and perf_counter() < until:
        url = waiting.popleft()
        if (tree := page_at(asking, url)) is None:
            continue
        found[url] = tree
        for link in links_of(url, tree):
            if kinds[kind_of(link)] < most:
                kinds[kind_of(link)] += 1
                waiting.append(link)
    return found


def sought(asking, found, until):
    """Find one page of each route of the desk that no link has led to."""
    reached = {kind_of(url)[0] for url in found}
    for route in sorted(set(routes()) - reached):
        for url in addresses_at_the_desk(route):
            if perf_counter() > until:
                return
            if (tree := page_at(asking, url)) is not None:
                found[url] = tree
                break


ROWS = {"draft": "Draft", "section": "SectionText"}  # what stands in a route for them


def addresses_at_the_desk(route):
    """Give the addresses of a route of the admin, for some rows of its model."""
    place = re.match(r"admin/(commissions|consultations|auth)/(\w+)/(?:(\w+)/)?", route)
    if not place:
        return
    app, model, word = place.groups()
    for row in apps.get_model(app, ROWS.get(word, model)).objects.order_by("-pk")[:40]:
        named = getattr(row, "reference", row.pk)
        url = re.sub(r"<(int:pk|path:object_id)>", str(row.pk), route)
        url = url.replace("<str:reference>", str(named)).replace("<slug:code>", "UK15")
        yield f"/{url}"


PRIVATE = {
    "Submission": ("confirm", "comment", "comment/{}/withdraw", "comment/{}/receipt", "body"),
    "Question": ("question", "question/confirm", "question/{}/withdraw",
                 "question/{}/edit"),
    "Booking": ("event",),
    "Workspace": ("joint", "joint/{}/send", "joint/{}/erase"),
    "Follower": ("alerts", "alerts/stop-all"),
    "Subscription": ("alerts/confirm", "alerts/stop"),
    "CoSignatory": ("signature",),
    "DataRequest": ("data",),
}  # fmt: skip
PURPOSES = {"comment": "private", "alerts/confirm": "alert-confirm", "signature": "sign",
            "alerts/stop": "alert-stop", "alerts/stop-all": "alerts-stop",
            "question/confirm": "question-confirm", "joint": "workspace", "event": "booking"}  # fmt: skip
"""Of each kind of private link what its signature is for, where that is another word."""


def private_links():
    """Give one private link of each kind that is there."""
    for model, places in PRIVATE.items():
        rows = apps.get_model("consultations", model).objects.order_by("-pk")[:3]
        for place in places:
            kind, _, act = place.partition("/{}")
            for row in rows:
                token = signed_key(PURPOSES.get(kind, kind), row.key)
                yield f"/my/{kind}/{token}{act}/"


class Form:
    """A form of a page: where it goes, its fields as they stand, its files."""

    def __init__(self, url, tree):
        action = tree.get("action") or url
        self.url, self.method = urljoin(url, action), tree.method.lower()
        buttons = tree.xpath(".//button[@name] | .//input[@type='submit'][@name]")
        fields = [
            *tree.form_values(),
            *((b.get("name"), b.get("value")) for b in buttons[:1]),
        ]
        self.fields = {name: value or "" for name, value in fields if name}
        self.fields |= {
            name: "" for name in tree.xpath(".//@name") if name not in self.fields
        }
        self.fields.pop("csrfmiddlewaretoken", None)
        self.files = set(tree.xpath(".//input[@type='file']/@name"))

    @property
    def kind(self):
        return kind_of(self.url)[0], self.method, tuple(sorted(self.fields))


def forms_of(pages):
    """Return each kind of form on some pages once."""
    found = {}
    for url, tree in pages.items():
        for each in tree.forms:
            form = Form(url, each)
            if form.url.startswith("/") and not form.url.startswith(ASIDE):
                found.setdefault(form.kind, form)
    return list(found.values())


def fill(asking, form, all_words, one_words):
    """Send a form with one text in all fields, and as it stands with one field changed."""
    path = form.url.partition("?")[0] if form.method == "get" else form.url
    for words in all_words:
        asking.ask(form.method, path, dict.fromkeys(form.fields, words))
        asking.ask(form.method, path, {name: [words, words] for name in form.fields})
    for name in form.fields:
        for words in one_words():
            asking.ask(form.method, path, {**form.fields, name: words})
    if form.method == "post":
        asking.ask("post", path, {})
        asking.ask("post", path, b"a=%ED%A0%80&%FF=%00&=&&b", content_type=URLENCODED)


URLENCODED = "application/x-www-form-urlencoded"


def upload(asking, form, files):
    """Send a form with each of some files in its places for files."""
    for name, content in files:
        sent = {field: SimpleUploadedFile(name or "x", content) for field in form.files}
        for upload_ in sent.values():
            upload_.name = name or "x"
        asking.ask("post", form.url, {**form.fields, **sent})


def routes(resolver=None, prefix=""):
    """Give every route of the project, the admin's too."""
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)


def hostile_paths(values):
    """Give every route with parts, each part filled with what it may not expect."""
    for route in sorted(set(routes())):
        plain = re.sub(r"\(\?P<\w+>\.\*\)\$$|\^|\$$", "", route)
        if "<" in plain:
            for value in values():
                yield "/" + re.sub(r"<[^>]*>", lambda found, v=value: v, plain)
        else:
            yield f"/{plain}"


def odd_headers(asking, url, headers):
    """Ask for a page with headers and cookies that no browser sends."""
    for each in headers:
        lent = asking.client.cookies
        asking.client.cookies = type(lent)() if "cookie" in each else lent
        asking.ask("get", url, headers=each)
        asking.ask("post", url, {"a": "b"}, headers=each)
        asking.client.cookies = lent


def several(values, number, seed=0):
    """Return a function that gives the next few of some values, again and again."""
    turn = cycle(random.Random(seed).sample(list(values), len(values)))
    return lambda: islice(turn, number)


def starts():
    """Return the addresses without parts."""
    return [
        f"/{route}"
        for route in routes()
        if "<" not in route and "(?P" not in route and not f"/{route}".startswith(ASIDE)
    ]


def attack(client, *, number, seconds, most=1, files=FILES, seed=0):
    """Do as much of it to the portal as it stands as some seconds allow.

    `number` texts go into each field, part of a path and page. Returns what was asked.
    """
    asking, began = Asking(client), perf_counter()
    walk_until, until = began + seconds * 0.4, began + seconds
    chance = random.Random(seed)
    begin = chance.sample(starts(), len(starts()))
    pages = walked(asking, [*private_links(), *begin], most, walk_until)
    sought(asking, pages, walk_until + seconds * 0.1)
    acts = [
        *by_path(asking, several(PARTS, number, seed)),
        *by_form(asking, forms_of(pages), several(WORDS, number, seed), files),
        *by_page(
            asking, pages, several(HEADERS, number, seed), several(WORDS, 1, seed)
        ),
    ]
    for act in chance.sample(acts, len(acts)):
        if perf_counter() > until:
            break
        act()
    return asking


def by_path(asking, parts):
    """Return what asks for each route with hostile parts."""
    paths = list(hostile_paths(parts))
    return [
        partial(asking.ask, method, path, {"a": "b"})
        for path in paths
        for method in ("get", "post")
    ]


def by_form(asking, forms, words, files):
    """Return what fills each form, and what uploads with it."""
    acts = [partial(fill, asking, form, list(words()), words) for form in forms]
    acts += [partial(upload, asking, form, files) for form in forms if form.files]
    return acts


def by_page(asking, pages, headers, words):
    """Return what asks for each page with odd headers and parameters."""
    acts = [partial(odd_headers, asking, url, list(headers())) for url in pages]
    for url in pages:
        query = dict.fromkeys(QUERIES, *words())
        acts.append(partial(asking.ask, "get", url, query))
    return acts


QUERIES = ("q", "page", "p", "o", "e", "after", "before", "about", "what", "section", "on",
           "order", "sort", "a", "b", "from", "to", "year", "stage", "status", "body",
           "organisation", "area", "topic", "cpv", "holder", "kind", "role", "next",
           "version", "measure", "commission", "decision", "contract", "post", "consultation",
           "_popup", "_to_field", "_changelist_filters", "all", "show", "opens", "closes")  # fmt: skip
"""Names of parameters that some page reads."""


def main():
    """Load the demonstration, attack it as a stranger and as staff, print the figures."""
    import os  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="portal-inputs-") as folder:
        os.environ.update(PORTAL_DATA=folder, LOG_LEVEL="CRITICAL")
        os.environ["DJANGO_SETTINGS_MODULE"] = "commissioning_portal.settings"
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from tests import make  # noqa: PLC0415

        call_command("demo", no_serve=True, stdout=io.StringIO())
        broken = 0
        for who in ("a stranger", "staff"):
            client = Client(raise_request_exception=False, SERVER_NAME="localhost")
            if who == "staff":
                client.force_login(make.staff())
            done = attack(client, number=9, seconds=SECONDS, most=2)
            seconds, slowest = done.slowest
            sys.stdout.write(
                f"as {who}: {done.asked} requests; 5xx: {len(done.faults)}; "
                f"slowest {slowest[:100]}, {seconds:.2f} s\n{done.report()}\n"
            )
            broken += len(done.faults)
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
