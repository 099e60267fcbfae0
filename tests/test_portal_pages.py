"""The pages about the portal itself, and those shown when something is wrong."""

import re

import pytest
from django.conf import settings
from django.template import loader
from django.test import Client

from tests import make
from tests.outline import Outline

PLACES = ("templates", "commissions", "consultations", "commissioning_portal")
PAGES = ("about", "accessibility", "privacy", "cookies", "glossary")


@pytest.mark.parametrize("name", PAGES)
def test_pages_about_the_portal_are_whole_and_cacheable(client, name, settings):
    settings.PORTAL_NAME = "Wexshire <Decides>"
    settings.PORTAL_CONTACT_EMAIL = "ask@wexshire.example"
    response = client.get(f"/{name}/")
    page = Outline(response.content.decode())
    assert response.status_code == 200
    assert len(page.all("h1")) == 1
    assert page.all("html") == [{"lang": "en-GB"}]
    assert "Wexshire <Decides>" in page.text
    assert {"href": "mailto:ask@wexshire.example"} in page.all("a")
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert len(set(page.ids)) == len(page.ids)


def test_every_link_to_the_glossary_leads_to_a_term(client):
    """The addresses are looked for in the templates and in what Python writes."""
    page = Outline(client.get("/glossary/").content.decode())
    pattern = r"(?:{% url [\"']glossary[\"'] %}|/glossary/)#([\w-]+)"
    roots = [settings.BASE_DIR / name for name in PLACES]
    linked = {
        name
        for root in roots
        for path in [*root.rglob("*.html"), *root.rglob("*.py")]
        for name in re.findall(pattern, path.read_text())
    }
    assert linked
    assert linked <= set(page.ids)


def test_the_cookies_page_lists_the_cookies_there_are(client):
    page = client.get("/cookies/").content.decode()
    listed = re.findall(r'<th scope="row">(\w+)</th>.*?<td>([^<]+)</td></tr>', page)
    assert [name for name, _ in listed] == [
        settings.CSRF_COOKIE_NAME,
        "messages",
        settings.SESSION_COOKIE_NAME,
    ]
    assert pytest.approx(365 * 86_400, rel=0.01) == settings.CSRF_COOKIE_AGE
    assert listed[0][1] == "1 year"
    hours = settings.SESSION_COOKIE_AGE // 3600
    assert listed[2][1] == f"{hours} hours, or when they sign out"


def test_the_accessibility_statement_has_what_the_model_form_requires(client):
    page = Outline(client.get("/accessibility/").content.decode())
    for words in (
        "partially compliant",
        "Web Content Accessibility Guidelines version 2.2",
        "Public Sector Bodies (Websites and Mobile Applications) (No. 2)",
        "Disproportionate burden",
        "Equality Advisory and Support Service",
        "Equality Commission for Northern Ireland",
        "This statement was prepared on",
        "last tested on",
    ):
        assert words in page.text


def test_a_demonstration_says_so_on_every_page(client, settings):
    words = "everything here is fictional."
    assert words not in client.get("/privacy/").content.decode()
    settings.PORTAL_DEMO = True
    assert words in client.get("/privacy/").content.decode()
    assert words in client.get("/nothing-here/").content.decode()


@pytest.mark.django_db
def test_the_service_navigation_marks_where_the_reader_is(client):
    page = Outline(client.get("/services/").content.decode())
    current = [a["href"] for a in page.all("a") if a.get("aria-current") == "page"]
    assert current == ["/services/"]


# When something is wrong


@pytest.mark.parametrize("name", ["400", "500"])
def test_the_pages_for_the_worst_need_no_context(name):
    page = Outline(loader.get_template(f"{name}.html").render())
    assert len(page.all("h1")) == 1
    assert [a["href"] for a in page.all("a")] == [
        "#main",
        "/",
        "/",
        "/commissions/",
        f"mailto:{settings.PORTAL_CONTACT_EMAIL}",
    ]


def test_a_page_that_is_not_there_offers_ways_on(client):
    response = client.get("/nothing-here/")
    page = Outline(response.content.decode())
    assert response.status_code == 404
    assert "There is nothing at this address." in page.text
    assert page.all("form")[0]["action"] == "/search/"
    assert {"href": f"mailto:{settings.PORTAL_CONTACT_EMAIL}"} in page.all("a")
    assert response.cookies == {}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            "Only moderators of Wex <Council> may.",
            "Only moderators of Wex <Council> may.",
        ),
        ("", "This page is for people who work on it."),
    ],
)
def test_a_refusal_says_why_where_a_reason_is_given(rf, given, shown):
    request = rf.get("/")
    html = loader.render_to_string("403.html", {"exception": given}, request)
    assert shown in Outline(html).text


def test_a_form_without_its_token_is_refused_with_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"a": "1"})
    assert response.status_code == 403
    assert "Your form was not sent" in response.content.decode()


def test_the_admin_wears_the_portals_name_and_colours(client):
    page = Outline(client.get("/admin/login/").content.decode())
    sheets = [link["href"] for link in page.all("link") if link["rel"] == "stylesheet"]
    assert sheets.index("/static/admin-portal.css") > sheets.index(
        "/static/admin/css/base.css"
    )
    assert f"{settings.PORTAL_NAME}: staff" in page.text


def test_signing_in_leads_to_the_desk_and_never_to_another_site(client, db):
    member = make.staff()
    member.set_password("a long enough secret")
    member.save()
    signed = client.post(
        "/admin/login/",
        {
            "username": member.username,
            "password": "a long enough secret",
            "next": "https://evil.example/",
        },
    )
    assert signed.url == "/admin/"
