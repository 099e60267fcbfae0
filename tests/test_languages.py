"""Welsh beside English: how templates are cut, what an address says, what is shipped."""

import re
from io import BytesIO

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from commissioning_portal.languages import catalogue, segments
from commissions.record.models import Entry
from consultations.models import Comment, Message
from tests import make
from tests.consultations.test_commenting import SENDER
from tests.outline import flat

TEMPLATES = sorted(
    path
    for path in (settings.BASE_DIR / "templates").rglob("*.*")
    if path.suffix in {".html", ".txt"}
    and not catalogue.is_of_desk(path, settings.BASE_DIR / "templates")
)


def shout(words):
    return words.upper()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Who decides</p>", ["Who decides"]),
        ("<p>\n Who  decides\n</p>", ["Who decides"]),
        ("<li><a href='x'>Search</a></li>", ["Search"]),
        ('<p>Read <a href="/x/">the whole</a>.</p>', ["Read <a>the whole</a>."]),
        (
            '<p>Open since {{ day|on_day }}, <a href="{% url "home" %}">see it</a></p>',
            ["Open since {{ day|on_day }}, <a>see it</a>"],
        ),
        ("{% if a %}Open{% else %}Closed{% endif %}", ["Open", "Closed"]),
        ("<p><strong>{{ n }}</strong></p>", []),
        ("<p>{{ n }} – £{{ m }} &ndash; 2026</p>", []),
        ("<b>One</b> and <b>two</b>", ["<b>One</b> and <b>two</b>"]),
        ("<a>{% if x %}Stop{% endif %}</a> now", ["Stop", "now"]),
        ('<img alt="A map of {{ place }}">', ["A map of {{ place }}"]),
        ('<nav aria-label="{% if a %}Service{% endif %}">', ["Service"]),
        ('<input type="submit" value="Send it">', ["Send it"]),
        ('<input name="stage" value="Some value">', []),
        ('<meta name="description" content="What is open">', ["What is open"]),
        ('{% include "a/b.html" with title="Who decides" only %}', ["Who decides"]),
        ('{% nav_link "commissions:commission-list" "Commissions" %}', ["Commissions"]),
        ('{% if kind == "Some words" %}{% endif %}', []),
        ('{{ why|default:"Not stated" }}', ["Not stated"]),
        ('{{ day|date:"j F Y" }}', []),
        ("{# A remark #}<!-- and one -->{% comment %}x y{% endcomment %}", []),
        ("<style>.a { color: red }</style><script>var b = 1</script>", []),
    ],
)
def test_a_template_is_cut_into_what_is_read_as_one(source, found):
    assert segments.segments(source) == found


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("<p>\n Who decides\n</p>", "<p>\n WHO DECIDES\n</p>"),
        ('<p>Read <a href="/x/">it</a>.</p>', "<p>READ <A>IT</A>.</p>"),
        ('<img alt="No {{ b }}" src="c d">', '<img alt="NO {{ B }}" src="c d">'),
    ],
)
def test_only_words_change(source, changed):
    assert segments.changed(source, shout) == changed


def test_elements_keep_their_attributes_in_their_order():
    source = '<p>See <a href="/1/">one</a> or <a href="/2/">two</a> today</p>'
    said = segments.changed(
        source, lambda words: "Heddiw gweler <a>un</a> neu <a>dau</a>"
    )
    assert said == (
        '<p>Heddiw gweler <a href="/1/">un</a> neu <a href="/2/">dau</a></p>'
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=catalogue.shown)
def test_every_template_can_be_said_in_other_words(path):
    source, by_line = path.read_text(), path.suffix == ".txt"
    assert segments.changed(source, lambda words: words, by_line=by_line) == source
    longer = segments.changed(source, lambda words: f"{words} ŵy", by_line=by_line)
    engines["django"].engine.from_string(longer)


def test_a_line_of_a_plain_text_is_on_its_own():
    source = "Dear {{ name }},\n\nYour comment is public.\n"
    found = segments.segments(source, by_line=True)
    assert found == ["Dear {{ name }},", "Your comment is public."]


@pytest.fixture
def welsh(monkeypatch):
    """Let the catalogue answer in capitals whatever it is asked."""
    monkeypatch.setattr(
        "commissioning_portal.languages.loader.gettext",
        lambda words: f"Cym {words}" if "{" not in words else words,
    )
    loader = engines["django"].engine.template_loaders[0]
    loader.reset()
    yield
    loader.reset()


@pytest.mark.django_db
def test_the_address_says_the_language_and_nothing_else_does(client, welsh):
    page = flat(client.get("/cy/about/"))
    assert '<html lang="cy">' in page
    assert "Cym About" in page
    english = client.get("/about/", headers={"Accept-Language": "cy"})
    assert '<html lang="en-GB">' in flat(english)
    assert "Cym " not in flat(english)
    assert "Accept-Language" not in english.headers.get("Vary", "")
    assert english.headers["Content-Language"] == "en-gb"
    assert client.get("/cy/about/").headers["Content-Language"] == "cy"


@pytest.mark.django_db
def test_the_switch_keeps_the_page_and_what_was_asked(client):
    there = flat(client.get("/commissions/", {"q": "care & day"}))
    assert (
        '<a class="language" href="/cy/commissions/?q=care+%26+day" lang="cy"' in there
    )
    back = flat(client.get("/cy/commissions/", {"q": "care & day"}))
    assert (
        '<a class="language" href="/commissions/?q=care+%26+day" lang="en-GB"' in back
    )
    for page in map(flat, map(client.get, ("/commissions/", "/cy/commissions/"))):
        assert f'hreflang="cy" href="{settings.PORTAL_ORIGIN}/cy/commissions/"' in page
        assert f'hreflang="en-GB" href="{settings.PORTAL_ORIGIN}/commissions/"' in page


@pytest.mark.django_db
def test_links_stay_in_the_language(client):
    commission = make.commission()
    page = flat(client.get("/cy/commissions/"))
    assert f'href="/cy/commissions/{commission.reference}/"' in page


@pytest.mark.django_db
def test_files_are_the_same_in_every_language(client):
    answer = client.get("/cy/commissions.csv?stage=draft")
    assert (answer.status_code, answer.url) == (302, "/commissions.csv?stage=draft")
    assert client.get("/cy/robots.txt").url == "/robots.txt"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fr/about/", "/en-gb/about/", "/cy-x/about/"])
def test_no_other_language_is_made_up(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_private_pages_are_left_out_of_search_engines_in_both(client):
    robots = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /my/", "Disallow: /cy/my/"} <= set(robots)


@pytest.mark.django_db
def test_the_desk_and_the_record_speak_english(welsh):
    with translation.override("cy"):
        assert "Cym " not in get_template("admin/base_site.html").template.source
        make.commission(title="Home care")
    assert "Cym" not in str(list(Entry.objects.values()))


@pytest.fixture(scope="module")
def shipped():
    return catalogue.read()


def words_of(value):
    """Return every text in a value of JSON."""
    if isinstance(value, dict):
        return set().union(*map(words_of, value.values()))
    if isinstance(value, list):
        return set().union(*map(words_of, value))
    return {value} if isinstance(value, str) else set()


@pytest.mark.django_db
def test_what_is_sent_in_welsh_is_recorded_as_in_english(client, shipped):
    consultation = make.consultation()
    section = consultation.draft.texts.first().section.key
    url = reverse("consultations:submission-create", args=[consultation.reference])
    sent = {**SENDER, "text": "Five days is too long.", "stance": "concern"}
    assert client.post(f"/cy{url}?section={section}", sent).status_code == 302
    link = re.search(r"http://[^/]+(/\S*my/\S+)", Message.objects.get().body)[1]
    assert client.post(link).status_code == 302
    comment = Comment.objects.get()
    assert comment.state == "awaiting"
    comment.publish(by="staff")
    kept = words_of(list(Entry.objects.values_list("body", flat=True)))
    kept |= words_of(list(Comment.objects.values("stance", "state")))
    welsh = {w for e, w in catalogue.said(shipped).items() if w != e}
    assert kept & welsh == set()


# What is shipped.


def test_the_catalogue_has_all_there_is_to_say_and_nothing_else(shipped):
    asked = {
        words if isinstance(words, str) else words[0] for words in catalogue.collected()
    }
    known = {m.id if isinstance(m.id, str) else m.id[0] for m in shipped if m.id}
    assert (sorted(asked - known), sorted(known - asked)) == ([], [])


def test_nothing_is_without_its_welsh(shipped):
    assert [message.id for message in catalogue.missing(shipped)] == []


def test_what_is_compiled_is_what_is_written(shipped):
    compiled = read_mo(BytesIO(catalogue.COMPILED.read_bytes()))
    assert catalogue.said(compiled) == catalogue.said(shipped)


def test_welsh_keeps_every_variable_and_every_element(shipped):
    assert catalogue.unlike(shipped) == []


def test_pages_reverse_in_their_language():
    with translation.override("cy"):
        assert reverse("home") == "/cy/"
    assert reverse("home") == "/"
