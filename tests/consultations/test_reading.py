"""The pages on which people read a draft, its sections and what others said."""

from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from consultations.drafts.models import new_key
from consultations.models import Attachment, Response, Specification
from tests import make
from tests.outline import Outline

pytestmark = pytest.mark.django_db

LONG = "<p>" + "People get help within five days of asking for it. " * 8 + "</p>"


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Begin each test with an empty cache."""
    cache.clear()


def url(name, *args):
    """Return the address of a page of consultations."""
    return reverse(f"consultations:{name}", args=args)


def read(client, address, **query):
    """Fetch a page as the public reads it; it sets no cookie."""
    response = client.get(address, query)
    assert response.status_code == 200
    assert response.cookies == {}
    return response.content.decode()


def text_of(client, address, **query):
    """Return the words of a page."""
    return Outline(read(client, address, **query)).text


def section_url(consultation, text=None):
    """Return the address of a section of what is consulted on."""
    text = text or consultation.draft.texts.first()
    return url("section-detail", consultation.reference, text.section.key)


def respond(consultation, **fields):
    """Publish a response without the rules that a real one has to meet."""
    return Response.objects.create(
        consultation=consultation, published_at=timezone.now(), **fields
    )


def answered(comment, outcome="accepted", **fields):
    """Give a comment an outcome."""
    comment.give_outcome(outcome, reason="You are right.", **fields)
    return comment


# The list


def titles(client, **query):
    """Return the titles on the list, in order."""
    html = read(client, url("consultation-list"), **query)
    return (
        [
            row.title
            for row, _ in client.get(url("consultation-list"), query)
            .context["page"]
            .rows
        ]
        if html
        else []
    )


def test_list_has_open_ones_first_closing_soonest_then_what_follows(client):
    now = timezone.now()
    done = make.closed_consultation(title="Answered")
    respond(done)
    make.closed_consultation(title="Awaiting")
    make.consultation(
        title="Upcoming",
        opens_at=now + timedelta(days=3),
        closes_at=now + timedelta(days=40),
    )
    make.consultation(title="Open, later")
    make.consultation(title="Open, sooner", closes_at=now + timedelta(days=2))
    make.consultation(title="Not public", published_at=None)
    assert titles(client) == [
        "Open, sooner",
        "Open, later",
        "Upcoming",
        "Awaiting",
        "Answered",
    ]
    assert titles(client, state="awaiting") == ["Awaiting"]
    assert titles(client, state="upcoming") == ["Upcoming"]


def test_list_is_narrowed_by_body_and_by_topic(client):
    body, topic = make.organisation(name="Marlshire"), make.topic(slug="buses")
    commission = make.commission(organisation=body, topic=topic)
    make.consultation(
        title="Buses",
        draft=make.draft(specification=make.specification(commission=commission)),
    )
    make.consultation(title="Other")
    assert titles(client, organisation="Marlshire") == ["Buses"]
    assert titles(client, topic="buses") == ["Buses"]
    assert len(titles(client)) == 2


def test_list_says_how_far_the_answering_has_come(client):
    consultation = make.closed_consultation()
    answered(make.comment(consultation=consultation))
    make.comment(consultation=consultation)
    make.comment(consultation=consultation, state="awaiting")
    assert "Answered 1 of 2" in text_of(client, url("consultation-list"))


def test_empty_list_says_so(client):
    assert "Nothing is listed here yet." in text_of(client, url("consultation-list"))


def test_list_turns_its_pages_without_losing_or_repeating_a_row(client):
    now = timezone.now()
    for n in range(30):
        make.consultation(title=f"{n:02}", closes_at=now + timedelta(days=n + 1))
    first = client.get(url("consultation-list"))
    second = client.get(url("consultation-list") + first.context["page"].next_url)
    seen = [
        row.title for page in (first, second) for row, _ in page.context["page"].rows
    ]
    assert seen == [f"{n:02}" for n in range(30)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_long(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        make.comment(consultation=make.consultation())
    with django_assert_max_num_queries(8):
        page = client.get(url("consultation-list"))
    assert len(page.context["page"].rows) == rows


# One consultation


def test_consultation_begins_with_who_holds_it_and_says_when_in_words(client):
    post = make.post(title="Head of Care")
    make.tenure(post=post, commissioner=make.commissioner(name="Amara Okafor"))
    commission = make.commission(post=post)
    consultation = make.consultation(
        draft=make.draft(specification=make.specification(commission=commission)),
        introduction="Tell us about help at home.",
        audience="Carers above all.",
        short_reason="The contract ends in March.",
    )
    consultation.extend(
        consultation.closes_at + timedelta(days=7),
        reason="The hall was flooded.",
        by="demo",
    )
    text = text_of(client, consultation.get_absolute_url())
    words = [
        "Open for comment",
        "help at home",
        "Amara Okafor",
        "The hall was flooded.",
        "The contract ends in March.",
        "Carers above all.",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_consultation_counts_before_any_outcome_is_public(client):
    consultation = make.closed_consultation()
    answered(make.comment(consultation=consultation))
    comment = make.comment(consultation=consultation, text="Call Jo on 0123.")
    comment.redact("0123", reason="personal", words="A telephone number.", by="demo")
    make.comment(consultation=consultation, section_text=None)
    make.comment(consultation=consultation, state="awaiting")
    make.comment(consultation=consultation, state="awaiting").decline(
        reason="abusive", words="It insults a neighbour.", by="demo"
    )
    text = text_of(client, consultation.get_absolute_url())
    assert "1 of 3 comments answered so far." in text
    assert "It is abusive or threatening: 1" in text
    assert "It contains somebody's personal details: 1" in text.replace("’", "'")
    assert "Read comments on the whole (1)" in text
    assert "You are right." not in text


def test_contents_have_each_sections_kind_figure_and_comments(client):
    draft = make.specification().begin_draft()
    make.section_text(draft=draft, heading="What changes", body=LONG)
    other = make.section_text(
        draft=draft, heading="How", kind="process", reason="The law says so."
    )
    draft.publish(by="demo")
    consultation = make.consultation(draft=draft)
    make.comment(consultation=consultation, section_text=other)
    page = client.get(consultation.get_absolute_url())
    lines = page.context["page"].contents
    assert [(line.text.heading, line.comments) for line in lines] == [
        ("What changes", 0),
        ("How", 1),
    ]
    assert [line.reading and line.reading.words for line in lines] == [80, None]
    assert [
        (part.key, part.count, part.width) for part in page.context["page"].kinds
    ] == [
        ("outcome", 1, 500),
        ("output", 0, 0),
        ("process", 1, 500),
        ("input", 0, 0),
        ("legal", 0, 0),
    ]
    form = url("submission-create", consultation.reference)
    for line in lines:
        assert f"respond/?section={line.text.section.key}" in page.content.decode()
    assert f'href="{form}"' in page.content.decode()


def test_closed_consultation_offers_no_form(client):
    html = read(client, make.closed_consultation().get_absolute_url())
    assert "respond/" not in html


def test_late_response_is_shown_as_late(client):
    today = timezone.localdate()
    late = make.closed_consultation(response_due_on=today - timedelta(days=1))
    assert "Late. It was due" in text_of(client, late.get_absolute_url())
    respond(late)
    assert "1 day late" in text_of(client, late.get_absolute_url())
    timely = make.closed_consultation()
    assert "Due on" in text_of(client, timely.get_absolute_url())


def test_unpublished_and_unknown_consultations_are_not_found(client):
    hidden = make.consultation(published_at=None)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(url("consultation-detail", "nothing")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_consultation_costs_the_same_however_much_it_holds(
    client, rows, django_assert_num_queries
):
    consultation = make.consultation(draft=make.draft(sections=rows))
    for text in consultation.draft.texts.all():
        make.comment(consultation=consultation, section_text=text)
        consultation.prompts.create(text="Why?")
    with django_assert_num_queries(10):
        read(client, consultation.get_absolute_url())


def test_two_hundred_sections_and_five_thousand_comments_open_with_counters(
    client, django_assert_max_num_queries
):
    consultation = make.consultation(draft=make.draft(sections=200))
    first = make.comment(consultation=consultation)
    texts = list(consultation.draft.texts.all())
    copies = []
    for n in range(4_999):
        copies.append(
            type(first)(
                submission=first.submission,
                consultation=consultation,
                section_text=texts[n % 200],
                text="More benches.",
                state="published",
                approved_sha256="0" * 64,
                reference=f"C{n:05}",
            )
        )
    type(first).objects.bulk_create(copies, batch_size=500)
    with django_assert_max_num_queries(12):
        page = client.get(consultation.get_absolute_url())
    assert sum(line.comments for line in page.context["page"].contents) == 5_000
    assert len(page.content) < 100_000


# One section


def test_section_shows_words_meaning_kind_and_comments_oldest_first(client):
    draft = make.specification().begin_draft()
    text = make.section_text(
        draft=draft,
        body="<h4>Within</h4>" + LONG,
        kind="input",
        reason="A nurse has to be registered.",
        meaning="Somebody comes within a week.",
    )
    draft.publish(by="demo")
    consultation = make.consultation(draft=draft)
    now = timezone.now()
    second = make.comment(consultation=consultation, text="Second.", stated_at=now)
    first = make.comment(
        consultation=consultation, text="First.", stated_at=now - timedelta(days=1)
    )
    page = client.get(section_url(consultation, text))
    html, outline = page.content.decode(), Outline(page.content.decode())
    assert "<h2>Within</h2>" in html
    for words in (
        "A nurse has to be registered.",
        "section 56(2)",
        "Somebody comes within a week.",
        "LIX",
    ):
        assert words in outline.text
    assert page.context["thread"].comments == [first, second]
    assert {first.reference, second.reference} < set(outline.ids)
    assert "<form" not in html


def test_comment_is_shown_with_who_how_and_what_is_hidden(client):
    consultation = make.consultation()
    submission = make.submission(
        consultation=consultation,
        public_name="Bo Li",
        organisation="Riverside",
        role="community",
        channel="letter",
        received_at=consultation.closes_at + timedelta(hours=1),
    )
    submission.co_signatories.create(name="Cy Ng", confirmed_at=timezone.now())
    submission.co_signatories.create(name="Not Yet")
    submission.approve_all()
    comment = make.comment(
        submission=submission,
        text="Ask Jo at 4 High Street.",
        stance="change",
        proposed_wording="Within 4 days, says Jo at 4 High Street.",
        edited_at=timezone.now(),
    )
    comment.redact(
        "Jo at 4 High Street", reason="personal", words="It names somebody.", by="demo"
    )
    text = text_of(client, section_url(consultation))
    for words in (
        "Bo Li, Riverside",
        "Speaks for a community group or charity",
        "Came by letter",
        "Late: after closing",
        "Edited",
        "Suggests a change",
        "Ask [Passage removed: It names somebody.].",
        "Within 4 days, says [Passage removed: It names somebody.].",
        "Also signed by: Cy Ng",
    ):
        assert words in text
    for words in ("High Street", "Not Yet", submission.email):
        assert words not in text


@pytest.mark.parametrize("state", ["unconfirmed", "awaiting", "declined", "withdrawn"])
def test_only_published_comments_are_public(client, state):
    consultation = make.consultation()
    made = make.comment(
        consultation=consultation,
        text="Secret words.",
        state=state,
        decline_reason="abusive" if state == "declined" else "",
    )
    for address in (
        section_url(consultation),
        url("comment-list", consultation.reference),
        consultation.get_absolute_url(),
    ):
        assert "Secret words." not in read(client, address)
    alone = url("comment-detail", consultation.reference, made.reference)
    assert client.get(alone).status_code == 404


def test_outcome_is_shown_only_with_the_published_response(client):
    consultation = make.closed_consultation()
    comment = answered(make.comment(consultation=consultation))
    addresses = [
        section_url(consultation),
        url("comment-list", consultation.reference),
        url("comment-detail", consultation.reference, comment.reference),
    ]
    for address in addresses:
        assert "You are right." not in read(client, address)
    respond(consultation)
    for address in addresses:
        assert "You are right." in read(client, address)


def test_section_pages_its_comments_by_twenty(client):
    consultation = make.consultation()
    for n in range(41):
        make.comment(consultation=consultation, text=f"Comment {n}")
    pages, address = [], section_url(consultation)
    page = client.get(address)
    while True:
        pages.append([comment.text for comment in page.context["thread"].comments])
        if not page.context["thread"].links["next_url"]:
            break
        page = client.get(address + page.context["thread"].links["next_url"])
    assert [len(rows) for rows in pages] == [20, 20, 1]
    assert [text for page in pages for text in page] == [
        f"Comment {n}" for n in range(41)
    ]
    mangled = text_of(client, address, after="nonsense")
    assert "could not find that place" in mangled


def test_section_leads_to_the_ones_beside_it_and_to_the_form(client):
    consultation = make.consultation(draft=make.draft(sections=3))
    first, middle, last = consultation.draft.texts.all()
    html = read(client, section_url(consultation, middle))
    assert section_url(consultation, first) in html
    assert section_url(consultation, last) in html
    form = url("submission-create", consultation.reference)
    assert f'href="{form}?section={middle.section.key}"' in html


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_section_costs_the_same_however_many_comments(
    client, rows, django_assert_num_queries
):
    consultation = make.consultation()
    for _ in range(rows):
        comment = make.comment(consultation=consultation, text="Jo said so.")
        comment.redact("Jo", reason="personal", words="A name.", by="demo")
        comment.submission.co_signatories.create(name="A", confirmed_at=timezone.now())
    address = section_url(consultation)
    with django_assert_num_queries(10):
        page = client.get(address)
    assert len(page.context["thread"].comments) == min(rows, 20)


# The comments


def test_comments_are_narrowed_and_kept_apart_by_consultation(client):
    consultation = make.consultation(draft=make.draft(sections=2))
    first, second = consultation.draft.texts.all()
    a = make.comment(consultation=consultation, section_text=first, stance="support")
    b = make.comment(consultation=consultation, section_text=second)
    c = make.comment(consultation=consultation, section_text=None)
    make.comment()
    address = url("comment-list", consultation.reference)

    def rows(**query):
        return client.get(address, query).context["page"].rows

    assert rows() == [a, b, c]
    assert rows(section=second.section.key) == [b]
    assert rows(section="whole") == [c]
    assert rows(stance="support") == [a]
    assert rows(role="provider") == []


def test_outcomes_can_be_asked_for_only_once_they_are_public(client):
    consultation = make.closed_consultation()
    theme = consultation.themes.create(title="Buses & trains")
    comment = answered(make.comment(consultation=consultation), theme=theme)
    make.comment(consultation=consultation)
    address = url("comment-list", consultation.reference)
    assert len(client.get(address, {"outcome": "accepted"}).context["page"].rows) == 2
    respond(consultation)
    assert client.get(address, {"outcome": "accepted"}).context["page"].rows == [
        comment
    ]
    assert client.get(address, {"theme": theme.title}).context["page"].rows == [comment]


@pytest.mark.parametrize("rows", [1, 3])
def test_comments_cost_the_same_however_many(
    client, rows, django_assert_max_num_queries
):
    consultation = make.closed_consultation()
    for _ in range(rows):
        answered(make.comment(consultation=consultation))
    respond(consultation)
    with django_assert_max_num_queries(9):
        page = client.get(url("comment-list", consultation.reference))
    assert len(page.context["page"].rows) == rows


# The words of a version


def test_version_is_read_twenty_sections_at_a_time_and_printed_whole(client):
    consultation = make.consultation(draft=make.draft(sections=45))
    headings = [text.heading for text in consultation.draft.texts.all()]
    address, seen = url("draft-detail", consultation.reference, 1), []
    page = client.get(address)
    while True:
        seen += [text.heading for text in page.context["texts"]]
        if not page.context["next_url"]:
            break
        page = client.get(address + page.context["next_url"])
    assert seen == headings
    assert page.context["previous_url"]
    printed = read(client, url("draft-print", consultation.reference, 1))
    assert [h for h in headings if f">{h}</h2>" in printed] == headings


def test_working_version_is_not_found(client):
    consultation = make.consultation()
    consultation.draft.specification.begin_draft()
    for name in ("draft-detail", "draft-print"):
        assert client.get(url(name, consultation.reference, 2)).status_code == 404


def test_consultation_without_a_draft_is_read_whole(client):
    commission = make.commission()
    consultation = make.consultation(kind="needs", draft=None, commission=commission)
    comment = make.comment(consultation=consultation, section_text=None)
    assert "More benches" in text_of(
        client, url("comment-list", consultation.reference)
    )
    assert "1 comment" in text_of(client, consultation.get_absolute_url())
    alone = url("comment-detail", consultation.reference, comment.reference)
    assert "More benches" in text_of(client, alone)
    assert client.get(url("draft-detail", consultation.reference, 1)).status_code == 404
    assert (
        client.get(url("section-detail", consultation.reference, "x")).status_code
        == 404
    )


# The response


def test_response_tells_themes_figures_and_each_outcome(client):
    consultation = make.closed_consultation()
    theme = consultation.themes.create(
        title="Benches", you_said="More benches.", we_did="We add twelve."
    )
    for _ in range(3):
        answered(make.comment(consultation=consultation), theme=theme)
    answered(make.comment(consultation=consultation), outcome="out_of_scope")
    waiting = text_of(client, url("response-detail", consultation.reference))
    assert "4 of 4 comments answered so far." in waiting
    assert "We add twelve." not in waiting
    printed = url("response-print", consultation.reference)
    assert client.get(printed).status_code == 404
    respond(consultation, introduction="Thank you all.")
    page = client.get(url("response-detail", consultation.reference))
    text = Outline(page.content.decode()).text
    for words in (
        "Thank you all.",
        "More benches.",
        "We add twelve.",
        "3 comments",
        "3 accepted",
        "You are right.",
    ):
        assert words in text
    figures = {
        part.key: (part.count, part.share) for part in page.context["page"].outcomes
    }
    assert figures == {
        "accepted": (3, "75%"),
        "partly": (0, "0%"),
        "already": (0, "0%"),
        "not_accepted": (0, "0%"),
        "out_of_scope": (1, "25%"),
    }
    assert text_of(client, printed).count("You are right.") == 4


@pytest.mark.parametrize("rows", [1, 3])
def test_response_costs_the_same_however_many(
    client, rows, django_assert_max_num_queries
):
    consultation = make.closed_consultation()
    for n in range(rows):
        theme = consultation.themes.create(title=f"Theme {n}")
        answered(make.comment(consultation=consultation), theme=theme)
    respond(consultation)
    with django_assert_max_num_queries(8):
        page = client.get(url("response-detail", consultation.reference))
    assert len(page.context["page"].themes) == rows


# Files that came with comments


def attachment(submission):
    """Keep a small file with a submission."""
    kept = Attachment(
        submission=submission,
        name="photo é.png",
        content_type="image/png",
        size=3,
        sha256="0" * 64,
        state=Attachment.State.READY,
    )
    kept.approved_sha256 = kept.fingerprint()
    kept.file.save("x.png", ContentFile(b"png"))
    return kept


def test_file_of_a_published_comment_is_a_download_in_which_nothing_runs(client):
    comment = make.comment()
    kept = attachment(comment.submission)
    address = url("attachment-download", kept.reference)
    assert address in read(client, section_url(comment.consultation))
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"png"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("state", ["unconfirmed", "awaiting", "withdrawn"])
def test_file_of_a_comment_that_is_not_public_is_not_found(client, state):
    kept = attachment(make.comment(state=state).submission)
    assert client.get(url("attachment-download", kept.reference)).status_code == 404


# Every page here is light


def test_reading_pages_are_light(client):
    consultation = make.consultation(draft=make.draft(sections=12))
    comment = make.comment(consultation=consultation)
    with open(finders.find("portal.css"), "rb") as css:
        style = len(css.read())
    for address in (
        url("consultation-list"),
        consultation.get_absolute_url(),
        section_url(consultation),
        url("comment-list", consultation.reference),
        url("comment-detail", consultation.reference, comment.reference),
        url("draft-detail", consultation.reference, 1),
        url("response-detail", consultation.reference),
    ):
        assert len(read(client, address).encode()) + style < 60_000


def test_keys_of_sections_can_be_anchors():
    assert all(new_key().isalnum() for _ in range(50))
    assert Specification.objects.count() == 0
