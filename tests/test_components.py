"""Each component says who, what and where to in words, and hides nothing in colour."""

import pytest
from django.template import loader

from tests.outline import Outline


def part(name, /, **inputs):
    """Draw one component."""
    return loader.render_to_string(f"components/{name}.html", inputs)


def test_a_face_shows_who_what_since_when_and_how_to_reach_them():
    page = Outline(
        part(
            "_face",
            name="Dr Amara Okafor",
            post="Director",
            organisation="Wex Council",
            url="/commissioners/amara/",
            email="care@wex.example",
            phone="01632 960 001",
        )
    )
    assert page.text == (
        "AO Dr Amara Okafor Director, Wex Council "
        "Email care@wex.example Phone 01632 960 001"
    )
    assert [a["href"] for a in page.all("a")] == [
        "/commissioners/amara/",
        "mailto:care@wex.example",
        "tel:01632960001",
    ]
    assert page.all("svg")[0]["aria-hidden"] == "true"


def test_a_photograph_takes_the_place_of_the_initials():
    face = {"name": "A B", "post": "Clerk", "organisation": "Wex"}
    page = Outline(part("_face", **face, photo_url="/media/a.jpg"))
    assert page.all("svg") == []
    assert [(img["src"], img["alt"]) for img in page.all("img")] == [
        ("/media/a.jpg", "")
    ]


def test_an_empty_post_is_shown_as_vacant_with_who_covers():
    post = {"post": "Head of Highways", "organisation": "Wex"}
    covered = Outline(
        part("_vacancy", **post, cover_name="Li Wei", cover_post="Deputy")
    )
    assert covered.text.endswith("Vacant Covered by Li Wei, Deputy.")
    alone = Outline(part("_vacancy", **post))
    assert alone.text.endswith("Vacant No one is named as covering this post.")


@pytest.mark.parametrize(
    ("urls", "links"),
    [
        ({}, []),
        ({"next_url": "?after=b"}, [("?after=b", "next")]),
        (
            {"previous_url": "?before=a", "next_url": "?after=b"},
            [("?before=a", "prev"), ("?after=b", "next")],
        ),
    ],
)
def test_paging_links_only_where_there_is_a_page(urls, links):
    page = Outline(part("_pagination", **urls))
    assert [(a["href"], a["rel"]) for a in page.all("a")] == links
    assert len(page.all("nav")) == bool(links)


def test_a_filter_in_use_is_a_link_that_says_what_it_removes():
    chosen = [{"name": "Stage", "label": "Tender", "url": "?q=care"}]
    page = Outline(part("_chosen", chosen=chosen))
    assert (
        page.text
        == "Filters in use Remove filter Stage: Tender \N{MULTIPLICATION SIGN}"
    )
    assert [a["href"] for a in page.all("a")] == ["?q=care"]
    assert part("_chosen", chosen=[]).strip() == ""


def test_an_error_summary_links_to_each_field_and_takes_the_focus():
    problems = [
        {"message": "Enter your name", "target": "id_name"},
        {"message": "Comments are closed", "target": ""},
    ]
    page = Outline(part("_error_summary", problems=problems))
    box = page.all("div")[0]
    assert (box["role"], box["tabindex"], "autofocus" in box) == ("alert", "-1", True)
    assert [a["href"] for a in page.all("a")] == ["#id_name"]
    assert page.text == "There is a problem Enter your name Comments are closed"
    assert part("_error_summary", problems=[]).strip() == ""


def test_what_people_write_cannot_become_markup():
    for name, inputs in {
        "_tag": {"text": "<b>"},
        "_result": {"title": "<b>", "url": "/", "summary": "<b>", "meta": ["<b>"]},
        "_face": {"name": "<b>", "post": "<b>", "organisation": "<b>"},
        "_inset": {"text": "<b>"},
    }.items():
        assert Outline(part(name, **inputs)).all("b") == []
