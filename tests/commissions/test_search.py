"""Searching commissions: the same words find the same ones on both databases."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commissions.models import Commission, Findable, KnownWord, OtherName, Tender
from commissions.public.search.signposts import SIGNPOSTS
from commissions.search import index as search_index
from commissions.search import query as search_query
from commissions.search.parser import SearchQuery, parse
from commissions.search.words import stems
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db


def indexed(**fields):
    """Make a public commission and index it."""
    made = make.commission(**fields)
    search_index.index([made.pk])
    return made


def found(text):
    """Search for a text: the titles found, in order of title."""
    query = parse(text)
    commissions = search_query.matching(Commission.objects.published(), query)
    return sorted(commissions.values_list("title", flat=True))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("swim", ["Swimming lessons in schools"]),
        ("schools swimming", ["Swimming lessons in schools"]),
        ("SCHOOL", ["Swimming lessons in schools"]),
        ("lessons for the schools", ["Swimming lessons in schools"]),
        ("commissioni", ["Re-commissioning home care"]),
        ("commissioning", ["Re-commissioning home care"]),
        ("recommission", ["Re-commissioning home care"]),
        ("home ca", ["Care homes for older people", "Re-commissioning home care"]),
        ('"home care"', ["Re-commissioning home care"]),
        ("“home care”", ["Re-commissioning home care"]),
        ('"care homes', ["Care homes for older people"]),
        ('"lessons in schools"', ["Swimming lessons in schools"]),
        ("care -homes", []),
        ("care -older", ["Re-commissioning home care"]),
        ('care -"home care"', ["Care homes for older people"]),
        ("-care", ["Swimming lessons in schools", "Tŷ Gwyn day centre"]),
        ("-care -swim", ["Tŷ Gwyn day centre"]),
        ("ty gwyn", ["Tŷ Gwyn day centre"]),
        ("TŶ", ["Tŷ Gwyn day centre"]),
        ("in", ["Swimming lessons in schools"]),
        ("xylophone", []),
    ],
)
def test_search_finds_exactly_the_commissions_that_have_the_words(text, titles):
    for title in (
        "Swimming lessons in schools",
        "Re-commissioning home care",
        "Care homes for older people",
        "Tŷ Gwyn day centre",
    ):
        indexed(title=title, need="It is not there.")
    assert found(text) == titles


def test_every_described_field_is_searched():
    topic = make.topic(name="Gritting", parent=make.topic(name="Highways"))
    council = make.organisation(name="Barsetshire County Council")
    OtherName.objects.create(organisation=council, name="Barchester Corporation")
    made = make.commission(
        title="Winter roads",
        reference="2026-K7M3Q2",
        ocid="ocds-h6vhtk-04f2c1",
        organisation=council,
        topic=topic,
        summary="Salting carriageways",
        need="Icy mornings",
        outcomes="Fewer collisions",
    )
    made.areas.add(make.area(name="Plumstead Episcopi"))
    made.partners.add(make.organisation(name="Omnium Parish"))
    Tender.objects.create(
        commission=made, title="Lot for spreaders", description="Brine tanks"
    )
    search_index.index([made.pk])
    for text in (
        "winter",
        "2026-K7M3Q2",
        "k7m3q2",
        "ocds-h6vhtk-04f2c1",
        "barsetshire",
        "barchester",
        "omnium",
        "gritting",
        "highway",
        "salt",
        "-fire icy",
        "collision",
        "plumstead",
        "spreader",
        "brine",
    ):
        assert found(text) == ["Winter roads"], text


def test_phrase_does_not_reach_from_one_field_into_the_next():
    indexed(title="Winter roads", summary="Salting", need="Mornings are icy")
    assert found('"salting mornings"') == []
    assert found('"roads 2026"') == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "-",
        "--",
        '-"',
        "AND",
        "OR NOT",
        "NEAR(a b)",
        "title:winter",
        "winter*",
        "*",
        "(",
        "winter)",
        "'; DROP TABLE commissions_search; --",
        "\x00winter",
        "win\x00ter",
        "🦆",
        "winter 🦆",
        "a:*b & !c | d <-> e",
        "\\",
        "%s",
        "ǂ",
        "x" * 10_000,
        "word " * 2_000,
        '"' * 9_999,
        "1e5 1e999 0x1f 1.5.2 a@b.c http://x.y/z?q=1",
        "\ud7ff\ue000\uffff",
    ],
)
def test_whatever_is_typed_is_no_error(text):
    indexed(title="Winter roads")
    query = parse(text)
    if query:
        list(search_query.matching(Commission.objects.published(), query))
    else:
        assert query == SearchQuery()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_typed_finds_no_more_than_is_there(text):
    if query := parse(text):
        assert query.wanted or query.unwanted
        assert found(text) == []


def test_working_drafts_are_never_found_even_when_the_index_has_them():
    made = indexed(title="Winter roads")
    Commission.objects.filter(pk=made.pk).update(published_at=None)
    assert found("winter") == []
    search_index.index([made.pk])
    assert search_query.count_up_to(parse("winter"), 5) == 0


def test_indexing_again_replaces_the_words():
    made = indexed(title="Winter roads")
    Commission.objects.filter(pk=made.pk).update(title="Summer paths")
    search_index.index([made.pk])
    assert (found("winter"), found("summer")) == ([], ["Summer paths"])


def test_deleted_commission_leaves_the_index():
    made = indexed(title="Winter roads")
    kept = indexed(title="Winter paths")
    made.stage_dates.all().delete()
    made.delete()
    assert search_query.count_up_to(parse("winter"), 5) == 1
    search_index.remove([kept.pk])
    assert search_query.count_up_to(parse("winter"), 5) == 0


def test_rebuilding_indexes_every_public_commission_and_says_how_many(capsys):
    make.commission(title="Winter roads")
    make.draft_commission(title="Winter draft")
    call_command("rebuild_search")
    assert found("winter") == ["Winter roads"]
    assert search_query.count_up_to(parse("winter"), 5) == 1
    looked_at = sum(source.objects.count() for source in search_index.SOURCES.values())
    assert capsys.readouterr().out.splitlines() == [
        f"Search index made anew: {looked_at} done."
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_indexing_costs_the_same_however_many_there_are(
    many, django_assert_max_num_queries
):
    pks = [make.commission().pk for _ in range(many)]
    with django_assert_max_num_queries(10):
        search_index.index(pks)


def test_very_long_text_is_indexed_as_far_as_it_is_kept():
    indexed(title="Winter roads", summary="salt " + "grit " * 400_000)
    assert found("salt") == ["Winter roads"]


def test_publishing_makes_a_commission_findable_and_a_change_keeps_it_so():
    made = make.draft_commission(title="Winter roads")
    made.publish(by="test")
    assert found("winter") == ["Winter roads"]
    Commission.objects.filter(pk=made.pk).update(title="Summer paths")
    made.record_changes(["title"], by="test")
    assert found("summer") == ["Summer paths"]


def test_a_search_that_only_leaves_words_out_may_stand_in_a_subquery(client):
    kept = make.commission(title="Home care")
    left_out = make.commission(title="Bridges")
    search_index.index([kept.pk, left_out.pk])
    page = flat(client.get("/pipeline/", {"q": "-bridges"}))
    assert "Home care" in page
    assert "Bridges" not in page


SPELLINGS = [
    ("King’s Lynn", ["king's", "King’s", "KINGS", "kings lynn"]),
    ("Ynys Môn", ["ynys mon", "YNYS MÔN", "môn"]),
    ("Tŷ Ŵyn", ["wyn", "ŵyn", "tŷ"]),
    ("O’Brien Ltd", ["obrien", "O'Brien", "o’brien"]),
    ("C.A.M.H.S. Trust", ["camhs", "C.A.M.H.S.", "CAMHS trust"]),
    ("Co-production Board", ["coproduction", "co-production", "Co\u2011production"]),
    ("Wi-Fi for all", ["wifi", "wi-fi", "Wi-Fi"]),
    ("Siân’s Well-being", ["sian", "wellbeing", "well-being", "SIÂN'S"]),
]


@pytest.mark.parametrize(
    ("name", "typed"), [(name, each) for name, ways in SPELLINGS for each in ways]
)
def test_every_list_finds_a_name_however_it_is_spelt(client, name, typed):
    for other, _ in SPELLINGS:
        make.organisation(name=other)
        make.service(name=other, summary="Nothing else.")
        make.decision(title=other, published_at=timezone.now())
    for url in ("/organisations/", "/services/", "/decisions/"):
        page = flat(client.get(url, {"q": typed}))
        shown = [other for other, _ in SPELLINGS if f">{escape(other)}</a>" in page]
        assert shown == [name], url
    page = flat(client.get("/commissions/", {"organisation": typed}))
    assert "No organisation here has" not in page


def test_desk_finds_a_name_however_it_is_spelt(admin_client):
    for name, ways in SPELLINGS:
        make.organisation(name=name)
        for typed in ways:
            page = admin_client.get("/admin/commissions/organisation/", {"q": typed})
            assert page.context["cl"].queryset.get().name == name, typed


def first_titles(client, typed):
    """Return what the page of the search shows for a text."""
    page = client.get("/search/", {"q": typed}).context["page"]
    return [result.row.title for result in page.rows]


def test_what_is_no_longer_public_leaves_the_index_with_its_words(client):
    made = make.draft_commission(title="Zebra crossings", need="Secretname crosses.")
    made.publish(by="test")
    assert first_titles(client, "secretname") == ["Zebra crossings"]
    assert KnownWord.objects.filter(word="secretname").exists()
    Commission.objects.filter(pk=made.pk).update(published_at=None)
    assert first_titles(client, "zebra") == []  # at once, whatever the index has
    search_index.index_subjects([made])
    assert not Findable.objects.filter(title="Zebra crossings").exists()
    assert not KnownWord.objects.filter(word__in=["zebra", "secretname"]).exists()


def test_staff_say_which_words_mean_the_same(client, admin_client):
    indexed(title="Winter roads")
    assert first_titles(client, "gritters") == []
    admin_client.post(
        "/admin/commissions/synonym/add/", {"words": "gritters, winter roads"}
    )
    assert first_titles(client, "gritters") == ["Winter roads"]
    refused = admin_client.post("/admin/commissions/synonym/add/", {"words": "alone"})
    assert "at least two words" in flat(refused)


def test_address_has_only_what_was_asked(client):
    found = client.get("/commissions/?q=care&open=&closing=&after=")
    assert found.headers["Location"] == "/commissions/?q=care"
    assert client.get("/search/?q=").headers["Location"] == "/search/"


def test_nothing_found_offers_single_words_and_a_question(client):
    indexed(title="Winter roads")
    page = flat(client.get("/search/", {"q": "xyz qqq"}))
    assert "Nothing published here has all of these words." in page
    assert 'href="/ask/"' in page
    partly = flat(client.get("/search/", {"q": "winter qqqq"}))
    assert "Nothing has all of these words. These results have some of them." in partly


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("direct awards", "direct-award-list"),
        ("Direct Award", "direct-award-list"),
        ("contracts register", "contract-list"),
        ("expiring contracts", "contract-list"),
        ("vacant posts", "commissioner-list"),
        ("near me", "place-list"),
        ("what is coming", "pipeline"),
    ],
)
def test_a_search_for_a_list_leads_to_it(client, typed, name):
    page = flat(client.get("/search/", {"q": typed}))
    assert f'<div class="inset"> <p><a href="{reverse(f"commissions:{name}")}">' in page


def test_a_search_for_a_thing_leads_to_no_list(client):
    assert '<div class="inset">' not in flat(client.get("/search/", {"q": "home care"}))


def test_no_two_pages_answer_to_the_same_words():
    phrases = [p for *_, words in SIGNPOSTS for p in words.split("|")]
    assert len({frozenset(stems(phrase)) for phrase in phrases}) == len(phrases)
