"""What became of each section is proposed, never decided, and always the same way."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.matching import (
    MatchAlternative,
    NewSection,
    OldSection,
    propose_matches,
)

VISITS = (
    "<p>Every visit lasts at least thirty minutes, and the same two or three people "
    "come to each home, so that nobody opens the door to a stranger.</p>"
)
COMPLAINTS = (
    "<p>Anyone can complain by telephone, in writing or face to face, and gets an "
    "answer that says what was found and what will change because of it.</p>"
)
TRAINING = (
    "<p>New workers learn about dementia, safe lifting, medicines and listening well "
    "before they work alone, and are paid for the time it takes.</p>"
)
RECORDS = (
    "<p>Notes are kept in the home where the person can read them, and nothing is "
    "written that the writer would not say aloud.</p>"
)


def before(*sections):
    return [
        OldSection(100 + at, heading, html)
        for at, (heading, html) in enumerate(sections)
    ]


def after(*sections):
    return [NewSection(heading, html) for heading, html in sections]


def told(proposals):
    return [(p.change, p.old, p.new) for p in proposals]


def test_the_same_sections_are_unchanged():
    both = [("Visits", VISITS), ("Complaints", COMPLAINTS)]
    assert told(propose_matches(before(*both), after(*both))) == [
        ("unchanged", (100,), (0,)),
        ("unchanged", (101,), (1,)),
    ]


def test_a_new_clause_number_alone_is_no_change_and_is_shown():
    (proposal,) = propose_matches(
        before(("3. Visits", VISITS)), after(("4.2 Visits", VISITS))
    )
    assert (proposal.change, proposal.score, proposal.heading_changed) == (
        "unchanged",
        1.0,
        True,
    )


def test_quotation_marks_and_white_space_alone_are_no_change():
    (proposal,) = propose_matches(
        before(("Visits", "<p>The “carer’s” visit</p>")),
        after(("Visits", '<p>The  "carer\'s"\nvisit</p>')),
    )
    assert proposal.change == "unchanged"


def test_a_link_that_goes_elsewhere_is_a_change():
    (proposal,) = propose_matches(
        before(("Visits", '<p>See <a href="https://a.uk">this</a></p>')),
        after(("Visits", '<p>See <a href="https://b.uk">this</a></p>')),
    )
    assert proposal.change == "reworded"


def test_a_changed_word_is_a_rewording_and_never_scores_as_the_same():
    (proposal,) = propose_matches(
        before(("Visits", VISITS)),
        after(("Visits", VISITS.replace("thirty", "fifteen"))),
    )
    assert proposal.change == "reworded"
    assert 0.8 < proposal.score < 1


def test_a_section_rewritten_under_its_own_heading_is_a_rewording():
    (proposal,) = propose_matches(
        before(("Visits", VISITS)), after(("Visits", COMPLAINTS))
    )
    assert proposal.change == "reworded"
    assert proposal.score < 0.4


def test_a_new_heading_over_the_same_words_is_a_rewording():
    (proposal,) = propose_matches(
        before(("Visits", VISITS)), after(("At your door", VISITS))
    )
    assert (proposal.change, proposal.heading_changed) == ("reworded", True)


def test_only_the_section_that_changed_places_has_moved():
    old = before(("A", VISITS), ("B", COMPLAINTS), ("C", TRAINING), ("D", RECORDS))
    new = after(("D", RECORDS), ("A", VISITS), ("B", COMPLAINTS), ("C", TRAINING))
    assert told(propose_matches(old, new)) == [
        ("moved", (103,), (0,)),
        ("unchanged", (100,), (1,)),
        ("unchanged", (101,), (2,)),
        ("unchanged", (102,), (3,)),
    ]


def test_a_section_reworded_on_its_way_says_both():
    old = before(("A", VISITS), ("B", COMPLAINTS), ("C", TRAINING))
    new = after(
        ("C", TRAINING.replace("paid", "not paid")), ("A", VISITS), ("B", COMPLAINTS)
    )
    first = propose_matches(old, new)[0]
    assert (first.change, first.old, first.moved) == ("reworded", (102,), True)


@pytest.mark.parametrize("headings", [("Care", "More care"), ("One", "Two")])
def test_one_section_that_became_two_is_a_split(headings):
    old = before(("Care", VISITS + COMPLAINTS), ("Records", RECORDS))
    new = after((headings[0], VISITS), (headings[1], COMPLAINTS), ("Records", RECORDS))
    assert told(propose_matches(old, new)) == [
        ("split", (100,), (0, 1)),
        ("unchanged", (101,), (2,)),
    ]


def test_a_section_cut_into_five_is_a_split():
    every = [VISITS, COMPLAINTS, TRAINING, RECORDS, VISITS.replace("e", "o")]
    new = after(*((f"Part {at}", words) for at, words in enumerate(every)))
    assert told(propose_matches(before(("All", "".join(every))), new)) == [
        ("split", (100,), (0, 1, 2, 3, 4))
    ]


@pytest.mark.parametrize("heading", ["Visits", "People"])
def test_two_sections_that_became_one_are_a_merger(heading):
    old = before(("Visits", VISITS), ("Training", TRAINING), ("Records", RECORDS))
    new = after((heading, VISITS + TRAINING), ("Records", RECORDS))
    assert told(propose_matches(old, new)) == [
        ("merged", (100, 101), (0,)),
        ("unchanged", (102,), (1,)),
    ]


def test_a_clause_repeated_elsewhere_is_new_and_not_a_split():
    old = before(("Care", VISITS + COMPLAINTS))
    new = after(("Care", VISITS + COMPLAINTS), ("Door", VISITS))
    assert told(propose_matches(old, new)) == [
        ("unchanged", (100,), (0,)),
        ("new", (), (1,)),
    ]


def test_a_section_shortened_to_a_part_is_a_rewording():
    old = before(("All", VISITS + COMPLAINTS + TRAINING + RECORDS))
    assert told(propose_matches(old, after(("Other", RECORDS)))) == [
        ("reworded", (100,), (0,))
    ]


def test_nothing_alike_is_removed_and_new_in_its_place():
    old = before(("Visits", VISITS), ("Records", RECORDS), ("Last", TRAINING))
    new = after(("Visits", VISITS), ("Complaints", COMPLAINTS), ("Last", TRAINING))
    assert told(propose_matches(old, new)) == [
        ("unchanged", (100,), (0,)),
        ("removed", (101,), ()),
        ("new", (), (1,)),
        ("unchanged", (102,), (2,)),
    ]


def test_the_next_best_are_offered_for_a_person_to_choose():
    near = VISITS.replace("thirty", "forty")
    old = before(("Day visits", VISITS), ("Night visits", near))
    new = after(("Day visits", VISITS))
    unchanged, removed = propose_matches(old, new)
    assert [a.old for a in unchanged.alternatives] == [101]
    assert removed.alternatives == (
        MatchAlternative(101, 0, unchanged.alternatives[0].score),
    )


@pytest.mark.parametrize(
    ("old", "new"), [([], []), ([], [("A", "")]), ([("A", "")], [])]
)
def test_empty_versions_are_no_trouble(old, new):
    changes = [p.change for p in propose_matches(before(*old), after(*new))]
    assert changes == ["removed"] * len(old) + ["new"] * len(new)


SOME = st.lists(
    st.tuples(
        st.sampled_from(["", "A", "1. A", "B"]),
        st.sampled_from(
            ["", VISITS, COMPLAINTS, VISITS + TRAINING, TRAINING, "<p>x</p>"]
        ),
    ),
    max_size=7,
)


@settings(deadline=None)
@given(old=SOME, new=SOME)
def test_every_section_is_named_once_and_the_answer_never_varies(old, new):
    proposals = propose_matches(before(*old), after(*new))
    assert sorted(id_ for p in proposals for id_ in p.old) == [
        100 + at for at in range(len(old))
    ]
    assert sorted(at for p in proposals for at in p.new) == list(range(len(new)))
    assert propose_matches(before(*old), after(*new)) == proposals


@settings(deadline=None)
@given(old=SOME)
def test_a_version_against_itself_is_unchanged_throughout(old):
    assert {p.change for p in propose_matches(before(*old), after(*old))} <= {
        "unchanged"
    }


@pytest.mark.parametrize("vocabulary", [60, 5000])
def test_two_hundred_sections_are_matched_in_good_time(vocabulary):
    chance = random.Random(7)
    texts = [
        " ".join(f"w{chance.randrange(vocabulary)}" for _ in range(300))
        for _ in range(200)
    ]
    changed = [words.replace("w7", "v7") for words in texts]
    chance.shuffle(changed)
    began = time.process_time()
    proposals = propose_matches(
        before(*((f"{n}. Clause", f"<p>{words}</p>") for n, words in enumerate(texts))),
        after(
            *((f"{n}. Clause", f"<p>{words}</p>") for n, words in enumerate(changed))
        ),
    )
    assert time.process_time() - began < 10
    assert len(proposals) <= 400
