"""The list of commissions: what it finds, how it pages, what it says."""

from datetime import UTC, datetime, timedelta

import pytest

from commissions import search
from commissions.models import Commission
from tests import make

pytestmark = pytest.mark.django_db
URL = "/commissions/"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def shown(response):
    """Return the titles of the rows of a page."""
    return [row.commission.title for row in response.context["rows"]]


def listed(client, **asked):
    """Ask for the list and return its titles."""
    return shown(client.get(URL, asked))


def window(kind="comment", *, opens=-1, closes=26):
    """Return the fields of a window some days from noon on 22 November 2026."""
    return {
        "window_for": kind,
        "window_opens_at": NOON + timedelta(days=opens),
        "window_closes_at": NOON + timedelta(days=closes, hours=5),
    }


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {
            "q": "winter",
            "area": "kent",
            "organisation": "bar",
            "stage": "intention",
            "kind": "local_authority",
        },
    ],
)
def test_list_costs_the_same_however_long_it_is(
    client, rows, asked, django_assert_max_num_queries
):
    council = make.organisation(name="Barsetshire")
    kent = make.area(name="Kent")
    for number in range(rows):
        vacant = make.commission(
            title=f"Winter {number}",
            organisation=council,
            post=make.post(organisation=council),
            topic=make.topic(),
        )
        vacant.areas.add(kent)
        make.commission(title=f"Winter roads {number}", organisation=council).areas.add(
            kent, make.area()
        )
        search.index(Commission.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(12) as counted:
        response = client.get(URL, asked)
    assert len(shown(response)) == rows * 2
    assert len(counted.captured_queries) == (7 if not asked else 12)


def test_list_sets_no_cookie_and_is_complete(client):
    make.commission(title="Winter roads")
    response = client.get(URL)
    assert response.cookies == {}
    assert shown(response) == ["Winter roads"]
