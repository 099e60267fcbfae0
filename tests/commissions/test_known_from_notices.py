"""Of what is known from notices alone the portal says what they say, and blames nobody."""

import csv
import io
import json
import re
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import lxml.html
import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from commissions import scheduled
from commissions.models import Commission, Contract, Organisation, Release
from commissions.public.commission.page import LEAD
from commissions.text.formats import first_sentences
from tests import make
from tests.commissions.ocds.releases import OCID, bring_in, notice_of_the_act
from tests.conftest import SHARED
from tests.crawl import unmeasured

pytestmark = pytest.mark.django_db

BLAME = re.compile(
    r"\b(late|overdue|missing|not published|unpublished|unsigned|not signed|nobody|"
    r"no one|no named holder|nothing is planned|yet|is expected next|vacant|too few|"
    r"too little|must be|owes?|breach|still (open|being)|open or being assessed|"
    r"should have|did not|have not|has not|failed)\b",
    re.IGNORECASE,
)
STATES = {  # notice: the stages that it can state, with the days that it gives
    "UK2": {"engagement"},
    "UK3": {"intention"},
    "UK4": {"tender", "evaluation"},
    "UK5": {"direct_award"},
    "UK6": {"standstill"},
    "UK7": {"contract", "delivery", "closed"},
    "UK9": {"contract", "delivery", "closed"},
    "UK10": {"contract", "delivery", "closed"},
    "UK11": {"closed"},
    "UK12": {"cancelled"},
}
DAYS = [f"2025-{month:02}-{day:02}" for month in range(3, 13) for day in (3, 21)]
LIVES = st.lists(
    st.tuples(st.sampled_from(sorted(STATES)), st.sampled_from(DAYS)),
    min_size=1,
    max_size=6,
    unique_by=(lambda each: each[0], lambda each: each[1]),
)
CLOSINGS = st.sampled_from(["", "2025-08-01T12:00:00Z", "2100-01-01T12:00:00Z"])
LISTS = [
    "/commissions/",
    "/contracts/",
    "/contracts/?ends=731",
    "/pipeline/",
    "/direct-awards/",
    "/organisations/",
]
ROWS = "//main//ul[@class='results'] | //main//table"
FILES = [
    *(f"/commissions.{ending}" for ending in ("csv", "json", "atom", "ics")),
    *(f"/contracts.{ending}" for ending in ("csv", "json", "atom")),
    *(f"/pipeline.{ending}" for ending in ("csv", "json", "ics")),
]
JUDGED = [
    "/notices/",
    "/notices/?state=late",
    "/notices.csv",
    "/pipeline/?dates=passed",
    "/pipeline/?dates=none",
    "/contracts/?ends=731&next=nothing",
    "/commissions/?holder=no",
]
"""Lists that judge: what is known from notices alone has no place there."""


def read(client, url, within="//main"):
    """Return what an address answers: the words of its page, or the file."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "html" not in answer["Content-Type"]:
        return body.decode()
    parts = lxml.html.fromstring(body).xpath(within)
    return " ".join(" ".join(part.text_content().split()) for part in parts)


def pages_of(commission):
    """List the addresses of all that is shown of a commission and its contracts."""
    url = commission.get_absolute_url()
    contracts = Contract.objects.filter(commission=commission)
    return [
        *(url + part for part in ("", "notices/", "tender/", "award/", "changes/")),
        *(contract.get_absolute_url() for contract in contracts),
        commission.organisation.get_absolute_url(),
    ]


def assert_no_blame(client, commission):
    """Read every page, list and file, and find no word of blame in any."""
    said_at = [(url, read(client, url)) for url in [*pages_of(commission), *FILES]]
    said_at += [(url, read(client, url, ROWS)) for url in LISTS]
    for url, said in said_at:
        found = BLAME.search(said)
        assert not found, (
            f"{url}: …{said[max(found.start() - 80, 0) : found.end() + 40]}"
        )
    for url in JUDGED:
        assert commission.reference not in read(client, url), url
        assert commission.title not in read(client, url), url


def figures(client):
    """Return how many things the scorecards counted."""
    rows = csv.DictReader(io.StringIO(read(client, "/scorecards.csv")))
    return sum(int(row["counted_in_all"]) for row in rows)


@given(life=LIVES, closes=CLOSINGS)
@hypothesis_settings(max_examples=30)
def test_whatever_was_seen_of_its_life_no_page_blames_anyone(life, closes):
    client = Client()
    tender = {"tenderPeriod": {"endDate": closes}} if closes else {}
    with transaction.atomic():
        for code, on in life:  # as they were seen: in any order
            bring_in(notice_of_the_act(code, on, **tender if code == "UK4" else {}))
        scheduled.close_bids()
        scheduled.start_and_end_contracts()
        commission = Commission.objects.get(ocid=OCID)
        stated = set().union(*(STATES[code] for code, _ in life))
        assert commission.stage in stated
        newest, _ = max(life, key=lambda each: each[1])
        page = read(client, commission.get_absolute_url())
        assert re.search(rf"Latest notice seen: [^.]*\({newest}\) of ", page)
        assert_no_blame(client, commission)
        assert figures(client) == 0
        transaction.set_rollback(True)
    caches["default"].clear()


def shared_releases():
    """Return the files of real notices and of cases, where ../shared is there."""
    data = SHARED / "data"
    return [
        *sorted(data.glob("cases/ocds/*.json")),
        *sorted(data.glob("uk-ocds-real/*.json")),
    ]


def strings(value):
    """Yield every text inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def texts_of(commission):
    """List what its notices say, whole, sentence by sentence, and as a page cuts it."""
    found = set()
    for release in Release.objects.filter(notice__commission=commission):
        for text in strings(json.loads(zlib.decompress(release.body))):
            for part in (text, *re.split(r"(?<=[.;:!?,])\s|\n", text)):
                words = part.split()
                found |= {" ".join(words), " ".join(words[:60])}
            found.add(" ".join(first_sentences(text, LEAD).removesuffix("…").split()))
    return sorted((each for each in found if " " in each), key=len, reverse=True)


def without(said, texts):
    """Return what is said but for the notices' own words."""
    for text in texts:
        said = said.replace(text, "")
    return said


@pytest.mark.shared
def test_no_page_of_real_notices_blames_anyone(client, capsys):
    for path in shared_releases():
        with suppress(SystemExit):  # a release was refused
            call_command("import_ocds", str(path), stdout=io.StringIO())
    scheduled.close_bids()
    scheduled.start_and_end_contracts()
    assert Commission.objects.count() > 130
    with unmeasured():  # the same few pages, a hundred times
        for commission in Commission.objects.select_related("organisation"):
            own = texts_of(commission)
            for url in pages_of(commission)[:-1]:
                assert BLAME.findall(without(read(client, url), own)) == [], url
    assert figures(client) == 0
    for url in JUDGED[:3]:
        assert "Testshire" not in read(client, url)


def test_what_people_keep_here_is_judged_and_what_notices_tell_is_not():
    kept, told = make.commission(), make.commission(post=None)
    draft = make.draft_commission(post=None)
    assert (kept.kept_here, told.kept_here, draft.kept_here) == (True, False, True)
    every = Commission.objects.order_by("pk")
    assert list(every.kept_here()) == [kept, draft]
    assert list(every.known_from_notices()) == [told]


def test_bids_that_closed_long_ago_are_not_open_anywhere(client):
    life = notice_of_the_act(
        "UK4", "2025-03-03", tenderPeriod={"endDate": "2025-04-01T12:00:00Z"}
    )
    bring_in(life)
    commission = Commission.objects.get(ocid=OCID)
    page = read(client, commission.get_absolute_url())
    assert "Bids closed at 1pm on Tuesday 1 April 2025" in page
    assert "We have seen no later notice." in page
    assert commission.get_stage_display() == "Bids closed"
    for url in (
        "/commissions/?open=bids",
        "/commissions/?closing=28",
        "/",
        "/commissions.ics",
    ):
        assert commission.reference not in read(client, url)
    row = next(csv.DictReader(io.StringIO(read(client, "/commissions.csv"))))
    assert (row["stage_in_words"], row["known_from"]) == ("Bids closed", "notices")
    assert (row["latest_notice_seen"], row["latest_notice_on"]) == (
        "Tender notice (UK4)",
        "2025-03-03",
    )
    assert (row["holder"], row["has_named_holder"]) == ("Not recorded here", "")


def test_a_body_that_keeps_nothing_here_owes_nothing_here(client):
    bring_in(notice_of_the_act("UK6", "2025-06-03"))
    body = Organisation.objects.get(commissions__ocid=OCID)
    assert "Notices it has to publish" not in read(client, body.get_absolute_url())
    make.held_post(organisation=body)
    assert "Notices it has to publish" in read(client, body.get_absolute_url())


def test_somebody_who_takes_it_over_is_asked_for_what_the_law_asks(client):
    bring_in(notice_of_the_act("UK7", "2025-09-03"))
    commission = Commission.objects.get(ocid=OCID)
    post = make.held_post(organisation=commission.organisation)
    commission.hold(post, since=datetime.now(UTC).date(), by=post)
    page = read(client, commission.get_absolute_url())
    assert "Latest notice seen" not in page
    assert "Nothing more is expected" in page


def test_nobody_is_asked_a_question_that_nobody_here_would_answer(client):
    bring_in(notice_of_the_act("UK4", "2025-03-03"))
    commission = Commission.objects.get(ocid=OCID)
    page = read(client, commission.get_absolute_url())
    assert "Ask the holder" not in page
    asking = client.get("/ask/", {"about": commission.record_name})
    assert "comes only from notices" in asking.content.decode()
