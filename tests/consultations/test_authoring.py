"""An author at work: sections put right, versions matched, drafts published."""

import pytest
from django.urls import reverse

from commissions.models import Entry, NotReady
from consultations.drafts import actions
from consultations.drafts.section_history import propose_origins
from consultations.models import SectionText
from tests import make

pytestmark = pytest.mark.django_db

LONG = "<p>{} visits happen on the day and at the hour that people choose themselves, every week of the year, by somebody they know.</p>"


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def working(*headings, specification=None, **fields):
    """Make a working draft with sections under these headings."""
    draft = (specification or make.specification()).begin_draft()
    for order, heading in enumerate(headings, 1):
        make.section_text(draft=draft, order=order, heading=heading, **fields)
    return draft


def filled(draft, **changes):
    """Return what the review posts: each section as it is, with changes by heading."""
    posted = {"stamp": actions.stamp_draft(draft)}
    for text in draft.texts.all():
        kept = {
            "order": text.order,
            "heading": text.heading,
            "level": text.level,
            "kind": text.kind,
            "reason": text.reason,
            "meaning": text.meaning,
            "fate": "keep",
            "cut": "",
            **changes.get(text.heading, {}),
        }
        posted |= {f"s{text.pk}-{name}": value for name, value in kept.items()}
    return posted


def review(desk, draft, *, posted=None, **changes):
    url = reverse("admin:draft-review", args=[draft.pk])
    return desk.post(url, posted or filled(draft, **changes))


def headings(draft):
    return list(draft.texts.order_by("order").values_list("heading", flat=True))


def test_review_changes_headings_kinds_and_order(desk):
    draft = working("One", "Two")
    review(desk, draft, One={"heading": "First", "order": 9, "kind": "output"})
    assert headings(draft) == ["Two", "First"]
    assert draft.texts.get(heading="First").kind == "output"


def test_review_joins_a_section_to_the_one_before(desk):
    draft = working("One", "Two")
    review(desk, draft, Two={"fate": "join"})
    assert headings(draft) == ["One"]
    assert "<strong>Two</strong>" in draft.texts.get().body


def test_first_section_cannot_be_joined_and_nothing_is_saved(desk):
    draft = working("One", "Two")
    page = review(desk, draft, One={"fate": "join"}, Two={"heading": "Other"})
    assert page.context["review"].problems == [
        "“One” is the first section: there is none before it."
    ]
    assert headings(draft) == ["One", "Two"]


def test_review_leaves_a_section_out(desk):
    draft = working("One", "Two")
    review(desk, draft, One={"fate": "out"})
    assert headings(draft) == ["Two"]


def test_review_splits_at_a_line_that_looks_like_a_heading(desk):
    body = "<p>Before.</p><p><strong>Night cover</strong></p><p>After.</p>"
    draft = working("One", "Two", body=body)
    review(desk, draft, One={"cut": "Night cover"})
    assert headings(draft) == ["One", "Night cover", "Two"]
    assert draft.texts.get(heading="Night cover").body == "<p>After.</p>"


def test_guessed_kind_counts_only_once_the_author_takes_it(desk):
    draft = working("Staffing", kind="", body="<p>Two trained nurses on the rota.</p>")
    page = desk.get(reverse("admin:draft-review", args=[draft.pk]))
    assert "Proposed kind: input" in page.content.decode()
    review(desk, draft)
    assert draft.texts.get().kind == ""
    review(desk, draft, posted={**filled(draft), "take_proposed": "1"})
    assert draft.texts.get().kind == "input"


def test_two_authors_at_once_lose_nothing(desk):
    draft = working("One")
    mine = filled(draft, One={"heading": "Mine"})
    SectionText.objects.update(heading="Theirs")
    page = review(desk, draft, posted=mine)
    assert headings(draft) == ["Theirs"]
    problems = page.context["review"].problems
    assert "Somebody else changed this draft" in problems[0]
    assert problems[1] == "“Mine”, heading, is now: Theirs"
    assert page.context["review"].forms[0]["heading"].value() == "Mine"
    again = {**mine, "stamp": page.context["review"].stamp}
    review(desk, draft, posted=again)
    assert headings(draft) == ["Mine"]


def test_words_of_one_section_are_cleaned(desk):
    draft = working("One")
    text = draft.texts.get()
    url = reverse("admin:section-rewrite", args=[text.pk])
    stamp = actions.section_stamp(text)
    body = '<p onclick="x()">New</p><script>alert(1)</script>'
    desk.post(url, {"heading": "One", "body": body, "stamp": stamp})
    assert draft.texts.get().body == "<p>New</p>"
    page = desk.post(url, {"heading": "Lost?", "body": "<p>x</p>", "stamp": stamp})
    assert "Somebody else changed" in page.context["form"].non_field_errors()[0]
    assert draft.texts.get().body == "<p>New</p>"


@pytest.mark.parametrize("page", ["review", "match", "publish", "discard"])
def test_public_version_cannot_be_written(desk, page):
    draft = make.draft()
    reply = desk.post(reverse(f"admin:draft-{page}", args=[draft.pk]))
    assert reply.url == reverse(
        "admin:specification-of", args=[draft.specification.commission.reference]
    )
    assert draft.texts.count() == 1


def test_gaps_lead_to_their_fields(desk):
    draft = working("Staffing", kind="input")
    text = draft.texts.get()
    page = desk.get(reverse("admin:draft-publish", args=[draft.pk]))
    review_url = reverse("admin:draft-review", args=[draft.pk])
    assert page.context["gaps"] == [
        (f"{review_url}?page=1#id_s{text.pk}-reason", draft.publication_gaps()[0])
    ]
    desk.post(reverse("admin:draft-publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publishing_freezes_and_is_entered_once(desk):
    draft = working("One")
    desk.post(reverse("admin:draft-publish", args=[draft.pk]))
    assert Entry.objects.get(kind="draft.published").facts["sections"] == 1


def versions():
    """Make a public version 1 of three sections and a working version 2."""
    first = working("Aims", "Visits", "Office")
    bodies = {
        "Aims": LONG.format("Aimed"),
        "Visits": LONG.format("All"),
        "Office": "<p>An office in Norford with a desk, two chairs and a telephone line.</p>",
    }
    for text in first.texts.all():
        text.body = bodies[text.heading]
        text.save()
    first.publish(by="demo")
    second = working("Aims", "Visits", "Pets", specification=first.specification)
    words = {
        "Aims": bodies["Aims"],
        "Visits": bodies["Visits"].replace("hour", "minute"),
        "Pets": "<p>Dogs and cats are welcome everywhere, as long as they are kept on a lead.</p>",
    }
    for text in second.texts.all():
        text.body = words[text.heading]
        text.save()
    return first, second


def posted(draft):
    """Return what the matching page posts when its proposals are accepted."""
    found, _ = propose_origins(draft)
    data = {"stamp": actions.stamp_draft(draft)}
    for step in found:
        for number, origin in enumerate(step.origins):
            data[f"s{step.text.pk}-from{number}"] = origin.pk
    return data


def match(desk, draft, **changes):
    url = reverse("admin:draft-match", args=[draft.pk])
    return desk.post(url, {**posted(draft), **changes})


def test_nothing_is_matched_before_the_author_confirms(desk):
    first, second = versions()
    page = desk.get(reverse("admin:draft-match", args=[second.pk]))
    proposed = [form.proposed.change for form in page.context["matching"].forms]
    assert proposed == ["unchanged", "reworded", "new"]
    second.refresh_from_db()
    assert second.matched_at is None
    keys = {text.section_id for text in first.texts.all()}
    assert not keys & {text.section_id for text in second.texts.all()}


def test_confirming_gives_sections_their_identity_and_says_what_was_removed(desk):
    first, second = versions()
    match(desk, second)
    second.refresh_from_db()
    assert second.matched_at is not None
    assert list(second.texts.values_list("heading", "change")) == [
        ("Aims", "unchanged"),
        ("Visits", "reworded"),
        ("Pets", "new"),
    ]
    for heading in ("Aims", "Visits"):
        old, new = first.texts.get(heading=heading), second.texts.get(heading=heading)
        assert (new.section, list(new.came_from.all())) == (old.section, [old])
    assert [row.text.heading for row in second.removals.all()] == ["Office"]


def test_matched_section_keeps_kind_and_meaning_unless_given_others(desk):
    first = working("Aims", "Visits", meaning="You get more.")
    first.publish(by="demo")
    second = working("Aims", specification=first.specification, kind="", meaning="")
    make.section_text(draft=second, order=2, heading="Visits", kind="legal", meaning="")
    pairs = zip(second.texts.all(), first.texts.all(), strict=True)
    chosen = {new.pk: (old.pk,) for new, old in pairs}
    actions.confirm_matches(second, chosen, {}, {}, stamped=actions.stamp_draft(second))
    assert list(second.texts.values_list("kind", "meaning")) == [
        (first.texts.first().kind, "You get more."),
        ("legal", "You get more."),
    ]


def test_author_corrects_a_proposal(desk):
    first, second = versions()
    pets = second.texts.get(heading="Pets")
    office = first.texts.get(heading="Office")
    match(desk, second, **{f"s{pets.pk}-from0": office.pk})
    pets.refresh_from_db()
    assert (pets.change, pets.section) == ("reworded", office.section)
    assert not second.removals.exists()


def test_one_section_may_become_two_and_two_one(desk):
    first, second = versions()
    aims, visits = (first.texts.get(heading=h) for h in ("Aims", "Visits"))
    texts = {text.heading: text for text in second.texts.all()}
    chosen = {
        texts["Aims"].pk: (aims.pk, visits.pk),
        texts["Visits"].pk: (first.texts.get(heading="Office").pk,),
        texts["Pets"].pk: (first.texts.get(heading="Office").pk,),
    }
    actions.confirm_matches(second, chosen, {}, {}, stamped=actions.stamp_draft(second))
    assert list(second.texts.values_list("change", flat=True)) == [
        "merged",
        "split",
        "split",
    ]
    keys = list(second.texts.values_list("section", flat=True))
    assert keys[:2] == [aims.section_id, first.texts.get(heading="Office").section_id]
    assert len(set(keys)) == 3


def test_changed_draft_is_to_be_matched_again_and_keeps_what_was_confirmed(desk):
    _, second = versions()
    match(desk, second)
    review(desk, second, Visits={"heading": "Calls"})
    second.refresh_from_db()
    assert second.matched_at is None
    found, _ = propose_origins(second)
    assert [step.text.section_id for step in found if step.origins] == [
        step.origins[0].section_id for step in found if step.origins
    ]


def test_change_that_no_comment_stands_behind_needs_a_reason(desk):
    _, second = versions()
    match(desk, second)
    second.refresh_from_db()
    with pytest.raises(NotReady) as refused:
        second.publish(by="demo")
    assert refused.value.reasons == [
        "Say why “Visits” changed: no comment led to it.",
        "Say why “Pets” changed: no comment led to it.",
        "Say why “Office” was removed: no comment led to it.",
    ]


def test_comment_behind_a_change_is_its_reason(desk):
    first, second = versions()
    comment = make.comment(consultation=make.consultation(draft=first))
    visits = first.texts.get(heading="Visits").section
    comment.give_outcome("accepted", reason="Yes.", changed_section=visits)
    match(desk, second)
    second.refresh_from_db()
    assert not any("Visits" in gap for gap in second.publication_gaps())


def test_next_version_may_begin_with_the_words_of_the_last(desk):
    first = make.draft(sections=2)
    reference = first.specification.commission.reference
    desk.post(reverse("admin:specification-next", args=[reference]))
    second = first.specification.working_draft()
    assert [text.section_id for text in second.texts.all()] == [
        text.section_id for text in first.texts.all()
    ]
    assert {step.change for step in propose_origins(second)[0]} == {"unchanged"}


@pytest.mark.parametrize("sections", [1, 3])
def test_review_costs_the_same_however_long_the_draft(
    desk, sections, django_assert_max_num_queries
):
    draft = working(*[f"Section {n}" for n in range(sections)])
    with django_assert_max_num_queries(12):
        desk.get(reverse("admin:draft-review", args=[draft.pk]))


@pytest.mark.parametrize("page", ["preview", "publish", "match", "discard"])
def test_every_page_of_a_working_draft_opens(desk, page):
    _, second = versions()
    assert desk.get(reverse(f"admin:draft-{page}", args=[second.pk])).status_code == 200
