"""A section's kind is guessed from its words, with its reasons, for a person to confirm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.drafts.document_import.sections import SIGNS, Guess, guess_kind


@pytest.mark.parametrize(
    ("heading", "words", "kind"),
    [
        ("Outcomes", "People feel safe and are able to live independently.", "outcome"),
        ("Volume", "At least 40 sessions a week, 95% of the target.", "output"),
        (
            "How it is done",
            "They must follow the referral process and log visits.",
            "process",
        ),
        ("Staffing", "Two qualified nurses and one trained manager.", "input"),
        ("The law", "The Care Act 2014, data protection and TUPE apply.", "legal"),
    ],
)
def test_each_kind_is_known_by_its_words(heading, words, kind):
    assert guess_kind(heading, words).kind == kind


def test_a_guess_says_which_words_it_rests_on():
    assert guess_kind("Staff", "Nurses, a manager and more nurses") == Guess(
        "input", 1.0, ("staff", "nurses", "manager")
    )


def test_one_weak_sign_makes_an_unsure_guess():
    assert guess_kind("", "Something about the office.").confidence == 0.25


def test_mixed_signs_lower_the_confidence():
    sure = guess_kind("", "nurses nurses nurses nurses")
    mixed = guess_kind("", "nurses nurses nurses nurses law law law")
    assert (sure.confidence, mixed.confidence) == (1.0, 0.57)


@pytest.mark.parametrize("words", ["", "Nothing here.", "actually lawful officer"])
def test_words_that_say_nothing_make_no_guess(words):
    assert guess_kind("", words) is None


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_guess_is_one_of_the_five_and_between_none_and_certain(heading, words):
    guess = guess_kind(heading, words)
    assert guess is None or (guess.kind in SIGNS and 0 < guess.confidence <= 1)
