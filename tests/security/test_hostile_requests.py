"""No request answers 500: every public address, with what nobody sends by mistake."""

import re
from html.parser import HTMLParser
from io import BytesIO
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissioning_portal.wsgi import application
from consultations.comments.submissions import Workspace
from consultations.models import Comment, Submission
from consultations.signed_links import signed_key
from tests import make

pytestmark = pytest.mark.django_db

CODECS = ("hex", "rot13", "zlib", "bz2", "base64", "uu", "undefined", "utf-7", "none")
HOSTILE = (
    "\x00",
    "a\x00b",
    "-1",
    "0",
    "99999999999999999999999",
    "1e999",
    "²",
    "2026-02-30",
    "9999-12-31",
    "0000-00-00",
    "commission/\x00",
    "commission/",
    "organisation/../..",
    "' OR 1=1 --",
    "%s%n{}{{7*7}}",
    "\u202e\ufffe\x0b",
    '"(*:^~',
    "a" * 5_000,
)
QUERIES = [
    "q",
    "page",
    "after",
    "before",
    "about",
    "what",
    "section",
    "quote",
    "order",
    "sort",
    "on",
    "a",
    "b",
    "from",
    "to",
    "year",
    "month",
    "stage",
    "status",
    "body",
    "organisation",
    "area",
    "topic",
    "cpv",
    "supplier",
    "holder",
    "answered",
    "kind",
    "role",
    "format",
    "next",
    "version",
    "measure",
    "opens",
    "closes",
    "since",
    "until",
    "min",
    "max",
]


def patterns(resolver, prefix=""):
    """Give the route of every public address."""
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        elif "admin" not in route:
            yield from patterns(each, route)


ROUTES = sorted(set(patterns(get_resolver())))


class Names(HTMLParser):
    """The names of the fields of a page's forms."""

    def __init__(self, page):
        super().__init__()
        self.found = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in {"input", "select", "textarea", "button"}:
            self.found.add(dict(attrs).get("name"))


@pytest.fixture
def filled():
    """Make one object of each kind; return what the routes' parts may be."""
    comment = make.comment()
    consultation, draft = comment.consultation, comment.consultation.draft
    contract = make.contract()
    question, decision = make.question(commission=contract.commission), make.decision()
    service, person = make.service(), make.tenure().commissioner
    workspace = Workspace.keep(consultation, "Riverside", [], {})
    keys = [comment.submission.key, question.key, workspace.key]
    return {
        "reference": [
            consultation.reference,
            contract.reference,
            contract.commission.reference,
            question.reference,
            decision.reference,
        ],
        "comment": [comment.reference],
        "key": [draft.texts.first().section.key],
        "version": ["1"],
        "slug": [service.slug, person.slug, contract.commission.organisation.slug],
        "token": [signed_key(purpose, key) for key in keys for purpose in PURPOSES],
    }


PURPOSES = ("confirm", "private", "workspace", "question", "question-confirm")
DEFAULTS = {"a": "1", "b": "2", "year": "2026", "ending": "csv", "measure": "x"}


def addresses(route, filled):
    """Give addresses of a route: with what is there, else with anything."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", route)
    choices = [filled.get(name) or [DEFAULTS.get(name, "x")] for name in names]
    for n in range(max(map(len, choices), default=1)):
        path = route
        for name, values in zip(names, choices, strict=True):
            path = re.sub(
                rf"<(\w+:)?{name}>", str(values[n % len(values)]), path, count=1
            )
        yield "/" + path


@pytest.mark.parametrize("route", ROUTES)
def test_no_query_and_no_form_of_an_address_answers_500(client, filled, route):
    """The client raises what a page raises."""
    for path in addresses(route, filled):
        page = client.get(path)
        assert page.status_code < 500
        said = b"".join(page) if page.streaming else page.content
        names = {*QUERIES, *Names(said.decode(errors="replace")).found} - {None}
        for words in HOSTILE:
            fields = dict.fromkeys(names, words)
            assert client.get(path, fields).status_code < 500
            if b"<form" in said:
                assert client.post(path, fields).status_code < 500


@given(
    st.dictionaries(
        st.sampled_from(("q", "about", "what", "page", "after", "on", "section")),
        st.text(max_size=80),
        max_size=4,
    ),
    st.sampled_from(
        ("commissions/", "questions/", "ask/", "alerts/follow/", "report/")
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_words_at_all_in_a_query_answer_500(client, query, path):
    assert client.get(f"/{path}", query).status_code < 500
    assert client.post(f"/{path}", query).status_code < 500


def served(method, content_type):
    """Return the status of a request as gunicorn hands it to the portal."""
    environ = {
        "REQUEST_METHOD": method,
        "REMOTE_ADDR": "127.0.0.1",
        "PATH_INFO": "/cookies/",
        "QUERY_STRING": "q=%e9",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": "5",
        "wsgi.input": BytesIO(b"q=%e9"),
    }
    setup_testing_defaults(environ)
    answered = []
    answer = application(environ, lambda status, headers: answered.append(status))
    answer.close()
    return answered[0]


@pytest.mark.parametrize("charset", CODECS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_encoding_that_is_none_is_refused(charset, method):
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert served(method, kind).startswith("415")


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "us-ascii"])
def test_what_browsers_send_is_taken(charset):
    assert served("GET", f"text/plain; charset={charset}") == "200 OK"


@pytest.mark.parametrize("value", ["nonsense''x", "undefined''x%20", "hex''%20", "''"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_content_type_that_is_nonsense_stops_nothing(method, value):
    assert not served(method, f"text/plain; charset*={value}").startswith("5")


PARTS = (
    "form-data; name*=hex''a%20b",
    "form-data; name*=undefined''a%20b",
    'form-data; name="a\x00b"',
    'form-data; name=files; filename="a\x00b.pdf"',
    "form-data; name=files; filename*=zlib''a%20b",
    "form-data",
)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_a_form_with_a_hostile_name_answers_no_500(client, part):
    body = f"--x\r\nContent-Disposition: {part}\r\n\r\nwords\r\n--x--\r\n"
    path = f"/consultations/{make.consultation().reference}/respond/"
    response = client.post(
        path, data=body.encode(), content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code < 500


HEADERS = (
    {"cookie": 'sessionid="\\000"; csrftoken="\\000"; messages="\\000"'},
    {"cookie": "sessionid=%00; a\x00b=c"},
    {"accept-language": "\x00, *;q=9, " + "a-" * 900},
    {"if-modified-since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"if-none-match": '"\x00", W/, "'},
    {"range": "bytes=9999999999999999999-"},
    {"referer": "http://[::1"},
    {"origin": "http://["},
    {"x-forwarded-for": "[::, \x00, 1.2.3"},
    {"host": "evil.example"},
    {"host": "[::1"},
)


@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_no_header_answers_500(client, headers):
    reference = make.consultation().reference
    for path in ("/", f"/consultations/{reference}/respond/", "/admin/login/", "/x"):
        strict = Client(enforce_csrf_checks=True)
        assert strict.get(path, headers=headers).status_code < 500
        assert strict.post(path, {"username": "a"}, headers=headers).status_code < 500


def test_a_nul_in_what_people_write_does_not_lose_their_words(client):
    consultation = make.consultation()
    words = {"role": "resident", "public_name": "Jo\x00", "email": "jo@example.org"}
    key = consultation.draft.texts.first().section.key
    client.post(
        f"/consultations/{consultation.reference}/respond/?section={key}",
        {**words, "text": "More\x00 benches, please."},
    )
    assert Submission.objects.get().public_name == "Jo"
    assert Comment.objects.get().text == "More benches, please."
