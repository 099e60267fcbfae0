"""Campaign letters are found among thousands, and nothing else is taken for one."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.comments.near_duplicates import (
    NEAR,
    DuplicateGroup,
    are_alike,
    group_alike,
    text_key,
)

LETTER = (
    "I am writing because the day centre is the only place where my mother meets "
    "people and where I know that she is safe while I work and I ask you to keep it "
    "open on all five days and to say in the specification that it will stay"
)


def test_copies_of_one_letter_are_a_group_and_say_how_many_sent_it():
    texts = ["Something else", *[LETTER] * 46, LETTER.upper() + " !"]
    (group,) = group_alike(texts)
    assert group == DuplicateGroup(1, tuple(range(1, 48)), (1.0,) * 47)
    assert group.in_words == "47 people sent this"


def test_the_representative_is_the_wording_most_often_sent():
    texts = ["Dear Sam, " + LETTER, LETTER, "Something else entirely", LETTER]
    (group,) = group_alike(texts)
    assert (group.representative, group.members) == (1, (0, 1, 3))
    assert group.scores[1:] == (1.0, 1.0)
    assert NEAR <= group.scores[0] < 1


def test_a_letter_with_a_line_of_ones_own_stays_with_the_others():
    mine = LETTER + ". Thank you, Joan"
    assert [g.members for g in group_alike([LETTER, mine])] == [(0, 1)]


def test_texts_on_the_same_subject_are_not_a_group():
    assert (
        group_alike(
            [
                "Please keep the day centre open, my mother needs it",
                "Please keep the day centre open on Fridays as well as Mondays",
                LETTER,
            ]
        )
        == []
    )


def test_no_texts_make_no_groups():
    assert group_alike([]) == []


def test_the_largest_group_comes_first():
    texts = ["Keep it open", *["I agree."] * 2, *["More buses please"] * 3]
    assert [g.members for g in group_alike(texts)] == [(3, 4, 5), (1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I agree.", "i AGREE"),
        ("Don’t  close it", "Don't close it!"),
        ("caf\u00e9", "cafe\u0301"),
        ("👍", " 👍 "),
    ],
)
def test_case_stops_and_white_space_do_not_make_another_text(one, other):
    assert text_key(one) == text_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("I agree", "I disagree"), ("👍", "👎"), ("£10", "£100"), ("a", "")],
)
def test_other_words_make_another_text(one, other):
    assert text_key(one) != text_key(other)


WORD = st.sampled_from(["keep", "the", "day", "centre", "open", "now"])
SHORT = st.lists(WORD, max_size=9)


@settings(deadline=None)
@given(st.lists(SHORT.map(" ".join), max_size=12))
def test_nobody_is_in_two_groups_and_all_are_near_their_representative(texts):
    groups = group_alike(texts)
    everyone = [place for group in groups for place in group.members]
    assert len(everyone) == len(set(everyone))
    for group in groups:
        assert group.representative in group.members
        for place, score in zip(group.members, group.scores, strict=True):
            measured = are_alike(texts[place], texts[group.representative])
            assert (score, measured >= NEAR) == (round(measured, 2), True)


@settings(deadline=None)
@given(st.lists(SHORT.map(" ".join), max_size=12))
def test_no_two_representatives_or_strangers_are_near_identical(texts):
    groups = group_alike(texts)
    grouped = {place for group in groups for place in group.members}
    alone = [group.representative for group in groups]
    alone += [place for place in range(len(texts)) if place not in grouped]
    assert [
        (a, b)
        for a in alone
        for b in alone
        if a < b and are_alike(texts[a], texts[b]) >= NEAR
    ] == []


def campaign(chance, shared):
    """Write 5,000 letters that have `shared` of their 120 words in common."""
    common = [f"w{chance.randrange(3000)}" for _ in range(shared)]
    return [
        " ".join(common + [f"v{chance.randrange(50000)}" for _ in range(120 - shared)])
        for _ in range(5000)
    ]


@pytest.mark.parametrize(("shared", "groups"), [(0, 0), (60, 0), (118, 1)])
def test_five_thousand_comments_are_grouped_in_good_time(shared, groups):
    texts = campaign(random.Random(3), shared)
    began = time.process_time()
    assert len(group_alike(texts)) == groups
    assert time.process_time() - began < 20
