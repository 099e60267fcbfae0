"""The lists of organisations, services and who decides."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from commissions.models import OtherName
from tests import make

pytestmark = pytest.mark.django_db

LISTS = ["/organisations/", "/services/", "/commissioners/"]


def row(n):
    """Make something that shows in each of the three lists."""
    council = make.organisation(name=f"Barset {n}", area=make.area())
    held = make.held_post(organisation=council)
    make.post(organisation=council, deputy=held)
    make.commission(organisation=council, post=held)
    made = make.service(organisation=council, topic=make.topic())
    made.providers.add(make.organisation(kind="provider"))


def names(client, url, **asked):
    """Return what the rows of an organisations or services list are called."""
    rows = client.get(url, asked).context["page"].rows
    return [getattr(each, "name", None) or each["body"].name for each in rows]


def posts(client, **asked):
    """Return the titles of the posts listed."""
    return [
        each["post"].title
        for each in client.get("/commissioners/", asked).context["page"].rows
    ]


@pytest.mark.parametrize("url", LISTS)
def test_list_costs_the_same_with_one_row_and_with_three(
    client, url, django_assert_max_num_queries
):
    counts = []
    for more in (1, 2):
        for n in range(more):
            row(f"{more}{n}")
        with django_assert_max_num_queries(12) as asked:
            response = client.get(url, {"organisation": "barset", "q": "e"})
        assert response.context["page"].rows != []
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("url", LISTS)
def test_list_sets_no_cookie_and_says_when_it_is_empty(client, url):
    response = client.get(url)
    assert response.cookies == {}
    assert "here yet." in response.content.decode()
    filtered = client.get(url, {"q": "xylophone"}).content.decode()
    assert "Nothing matches all of these filters." in filtered
    assert '<meta name="robots" content="noindex">' in filtered


@pytest.mark.parametrize("url", LISTS)
@pytest.mark.parametrize("asked", [{"after": "x"}, {"sort": "x"}, {"q": "x" * 999}])
def test_what_makes_no_sense_is_answered_in_words(client, url, asked):
    row(1)
    html = client.get(url, asked).content.decode()
    said = (
        "That page of the list could not be found"
        if "after" in asked
        else "There is a problem"
    )
    assert html.count(said) == 1


@pytest.mark.parametrize("url", LISTS)
def test_pages_hold_each_row_once(client, url):
    for n in range(30):
        make.service(
            name=f"Same {n // 9}",
            organisation=make.post(
                title=f"Same {n // 9}",
                organisation=make.organisation(name=f"Same {n // 9}"),
            ).organisation,
        )
    first = client.get(url)
    second = client.get(url + first.context["page"].next_url)
    found = [
        str(each)
        for each in (*first.context["page"].rows, *second.context["page"].rows)
    ]
    keys = [
        (each if hasattr(each, "pk") else each.get("body") or each["post"]).pk
        for each in (*first.context["page"].rows, *second.context["page"].rows)
    ]
    assert (len(found), len(set(keys))) == (30, 30)
    assert client.get(url + second.context["page"].previous_url).context[
        "page"
    ].rows == (first.context["page"].rows)
    assert second.context["page"].next_url == ""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Barset Council", "Omnium NHS Trust"]),
        ({"sort": "name-down"}, ["Omnium NHS Trust", "Barset Council"]),
        ({"q": "omn"}, ["Omnium NHS Trust"]),
        ({"q": "corporation"}, ["Barset Council"]),
        ({"q": "barset council"}, ["Barset Council"]),
        ({"q": "%"}, []),
        ({"kind": "nhs"}, ["Omnium NHS Trust"]),
        ({"kind": "provider"}, ["Acme Care"]),
        ({"area": "anyland"}, ["Barset Council"]),
        ({"vacancies": "yes"}, ["Omnium NHS Trust"]),
    ],
)
def test_organisations_are_filtered_and_providers_shown_only_when_asked(
    client, asked, found
):
    nation = make.area(name="Anyland", slug="anyland")
    council = make.organisation(
        name="Barset Council", area=make.area(name="Dover", parent=nation)
    )
    OtherName.objects.create(organisation=council, name="Barchester Corporation")
    make.held_post(organisation=council)
    make.post(organisation=council, ended_on=timezone.localdate())
    make.post(organisation=make.organisation(name="Omnium NHS Trust", kind="nhs"))
    make.organisation(name="Acme Care", kind="provider")
    assert names(client, "/organisations/", **asked) == found


def test_organisation_row_counts_public_commissions_and_vacant_posts(client):
    council = make.organisation(name="Barset")
    make.commission(organisation=council)
    make.draft_commission(organisation=council, post=None)
    make.post(organisation=council)
    [shown] = client.get("/organisations/").context["page"].rows
    assert (shown["commissions"], shown["vacant"]) == (1, 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Bins", "Day centres", "Libraries"]),
        ({"sort": "ending"}, ["Libraries", "Bins", "Day centres"]),
        ({"q": "older"}, ["Day centres"]),
        ({"topic": "care-of-people"}, ["Day centres"]),
        ({"organisation": "omnium"}, ["Bins"]),
        ({"area": "anyland"}, ["Libraries"]),
        ({"ends": "183"}, ["Libraries"]),
        ({"ends": "730"}, ["Bins", "Libraries"]),
    ],
)
def test_services_are_filtered_and_ordered(client, asked, found):
    care = make.topic(name="Care of people", slug="care-of-people")
    today = timezone.localdate()
    make.service(
        name="Day centres",
        who_uses_it="Older people",
        topic=make.topic(parent=care),
        contract_ends_on=None,
    )
    make.service(
        name="Bins",
        organisation=make.organisation(name="Omnium"),
        contract_ends_on=today + timedelta(days=400),
    )
    nation = make.area(name="Anyland", slug="anyland")
    books = make.service(name="Libraries", contract_ends_on=today + timedelta(days=30))
    books.areas.add(make.area(parent=nation))
    make.service(name="Not public", published_at=None)
    assert names(client, "/services/", **asked) == found


def test_files_of_organisations_and_services_hold_the_list(client):
    made = make.service(
        name="=Bins", organisation=make.organisation(name="Barset"), yearly_spend=12
    )
    make.service(name="Not public", published_at=None, organisation=made.organisation)
    made.providers.add(make.organisation(name="Acme", kind="provider"))

    def lines(url):
        body = b"".join(client.get(url).streaming_content).decode()
        return list(csv.DictReader(StringIO(body.lstrip("\ufeff"))))

    [service] = lines("/services.csv")
    assert (service["name"], service["providers"]) == ("'=Bins", "Acme")
    assert [body["name"] for body in lines("/organisations.csv")] == ["Barset"]
    assert [body["name"] for body in lines("/organisations.csv?kind=provider")] == [
        "Acme"
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Director", "Officer", "Head of Care"]),
        ({"sort": "post"}, ["Director", "Head of Care", "Officer"]),
        ({"q": "amara"}, ["Director"]),
        ({"q": "head"}, ["Head of Care"]),
        ({"q": "quentin"}, []),
        ({"organisation": "omnium"}, ["Head of Care"]),
        ({"kind": "nhs"}, ["Head of Care"]),
        ({"held": "vacant"}, ["Head of Care"]),
        ({"held": "named"}, ["Director", "Officer"]),
    ],
)
def test_posts_are_filtered_and_a_name_that_is_not_public_is_not_even_searched(
    client, asked, found
):
    council = make.organisation(name="Barset")
    director = make.post(title="Director", organisation=council)
    make.tenure(post=director, commissioner=make.commissioner(name="Amara Obi"))
    officer = make.post(title="Officer", organisation=council, is_decision_level=False)
    make.tenure(post=officer, commissioner=make.commissioner(name="Quentin Quiet"))
    trust = make.organisation(name="Omnium", kind="nhs")
    make.post(title="Head of Care", organisation=trust)
    make.post(title="Abolished", organisation=trust, ended_on=timezone.localdate())
    assert posts(client, **asked) == found
    assert "Quentin" not in client.get("/commissioners/").content.decode()


def test_face_says_what_the_post_holds_and_a_vacancy_since_when(client):
    held = make.held_post(title="Director")
    make.commission(post=held)
    make.draft_commission(post=held)
    make.post(title="Head", created_on=timezone.localdate())
    html = client.get("/commissioners/").content.decode()
    assert held.tenure.commissioner.name in html
    assert html.count("Responsible for 1 commission<") == 1
    assert html.count("Vacant since") == 1
