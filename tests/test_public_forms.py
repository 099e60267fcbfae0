"""Public forms: every error is a sentence that leads to its field."""

import datetime

import pytest
from django import forms
from django.contrib.auth.forms import AuthenticationForm

from commissions.public.forms import (
    FilterForm,
    PublicForm,
    lower_first,
    missing_message,
)
from tests.gallery import Everything, Filters
from tests.outline import Outline

DATE = ("closes_day", "closes_month", "closes_year")


def drawn(form):
    """Return a form as it stands on a page."""
    return Outline(str(form))


def test_every_error_leads_to_an_input_of_its_field():
    form = Everything({})
    page = drawn(form)
    targets = [problem["target"] for problem in form.problems]
    assert targets == [
        "id_name",
        "id_email",
        "id_role_0",
        "id_topics_0",
        "id_place",
        "id_words",
        "id_closes_0",
        "id_letter",
        "id_agree",
    ]
    inputs = {
        attrs.get("id")
        for tag in ("input", "select", "textarea")
        for attrs in page.all(tag)
    }
    assert set(targets) - inputs == set()


def test_an_empty_field_is_answered_with_what_to_do():
    assert [problem["message"] for problem in Everything({}).problems] == [
        "Enter your name",
        "Enter email address",
        "Answer “Which of these are you?”",
        "Choose topics",
        "Choose place",
        "Enter your comment",
        "Enter closing date",
        "Choose a letter",
        "Tick “I have left out private details” to continue",
    ]


def test_a_field_keeps_a_sentence_of_its_own():
    class Own(PublicForm):
        name = forms.CharField(error_messages={"required": "Say who you are"})

    assert [p["message"] for p in Own({}).problems] == ["Say who you are"]


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Your name", "your name"), ("NHS number", "NHS number"), ("A", "a"), ("", "")],
)
def test_a_label_inside_a_sentence_keeps_its_acronyms(label, inside):
    assert lower_first(label) == inside
    assert missing_message(forms.CharField(), label) == f"Enter {inside}"


def test_hints_and_errors_are_tied_to_their_fields():
    page = drawn(Everything({}))
    described = [
        attrs["aria-describedby"]
        for _, attrs in page.elements
        if "aria-describedby" in attrs
    ]
    named = {name for names in described for name in names.split()}
    assert named - set(page.ids) == set()
    assert {i for i in page.ids if i.endswith(("_error", "_helptext"))} - named == set()
    assert len(set(page.ids)) == len(page.ids)


def test_every_input_has_a_label():
    page = drawn(Everything())
    labelled = {label["for"] for label in page.all("label")}
    inputs = [*page.all("input"), *page.all("select"), *page.all("textarea")]
    assert {i["id"] for i in inputs if i.get("type") != "hidden"} == labelled


def test_groups_are_fieldsets_with_their_question_as_legend():
    page = drawn(Everything())
    assert len(page.all("fieldset")) == len(page.all("legend")) == 3


def test_an_error_of_the_whole_form_stands_first_and_leads_nowhere():
    problems = Everything({"name": "Nobody"}).problems
    assert problems[0] == {"message": "Comments close at 5pm today", "target": ""}


def test_a_hidden_fields_error_is_said_but_leads_nowhere():
    class Hidden(PublicForm):
        token = forms.CharField(
            widget=forms.HiddenInput, error_messages={"required": "Open the form again"}
        )

    assert Hidden({}).problems == [{"message": "Open the form again", "target": ""}]


def test_a_new_form_has_no_problems():
    assert Everything().problems == []


def test_what_may_be_left_out_is_marked_unless_everything_may():
    assert "Notes (optional)" in drawn(Everything()).text
    filters = drawn(Filters({}))
    assert "(optional)" not in filters.text


def test_nothing_in_a_filter_form_has_to_be_filled_in():
    class Needy(FilterForm):
        q = forms.CharField()

    assert Needy({}).is_valid()


def test_the_admins_forms_keep_djangos_own_look():
    assert 'class="field' not in str(AuthenticationForm())


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (("", "", ""), ["Enter closing date"]),
        (("3", "", ""), ["Enter the month too", "Enter the year too"]),
        (("x", "1", "2027"), ["Enter the day as a number"]),
        (("31", "2", "2027"), ["Enter a real date, such as 27 3 2027"]),
        (("1", "13", "2027"), ["Enter a real date, such as 27 3 2027"]),
        (("-1", "1", "2027"), ["Enter a real date, such as 27 3 2027"]),
        (("1", "1", "-2027"), ["Enter a real date, such as 27 3 2027"]),
        (("1", "1", "26"), ["Enter the year with four digits"]),
        (("1", "1", "9" * 30), ["Enter a real date, such as 27 3 2027"]),
        (("1", "1", "9" * 5000), ["Enter the year as a number"]),
    ],
)
def test_a_date_that_cannot_be_says_which_part(typed, errors):
    form = Everything(dict(zip(DATE, typed, strict=True)))
    assert form.errors["closes"] == errors


def test_a_date_is_read_and_written_in_three_parts():
    form = Everything(dict(zip(DATE, (" 27 ", "3", "2027"), strict=True)))
    assert "closes" not in form.errors
    assert form.cleaned_data["closes"] == datetime.date(2027, 3, 27)
    page = drawn(Everything(initial={"closes": datetime.date(2027, 3, 27)}))
    values = {i["name"]: i.get("value") for i in page.all("input")}
    assert [values[name] for name in DATE] == ["27", "3", "2027"]


def test_a_field_that_another_answer_makes_optional_is_not_called_optional():
    class Sender(PublicForm):
        asked_for = ("name",)
        name = forms.CharField(label="Your name", required=False)
        notes = forms.CharField(label="Notes", required=False)

    assert drawn(Sender()).text == "Your name Notes (optional)"
