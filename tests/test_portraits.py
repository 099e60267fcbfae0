"""The demonstration's portraits: each person's own, with a face, and light."""

from io import BytesIO

import pytest
from PIL import Image

from commissioning_portal.demo import portraits, reading

PEOPLE = reading.rows("people")


def told(person):
    return person.told["face"]


def drawn(person):
    return portraits.draw(**told(person))


def test_no_two_people_look_the_same():
    assert len({drawn(person) for person in PEOPLE}) == len(PEOPLE) == 23


def test_each_has_a_face_of_their_own_colours_with_eyes_and_a_mouth():
    for person in PEOPLE:
        picture = Image.open(BytesIO(drawn(person))).convert("RGB")
        assert picture.size == (portraits.SIZE, portraits.SIZE)
        skin, eye, mouth = (
            pixel(picture, *at) for at in ((64, 52), (54, 57), (64, 76))
        )
        wanted = pixel_of(portraits.SKINS[told(person)["skin"]])
        assert distance(skin, wanted) < 30, person.told["name"]
        assert distance(eye, skin) > 60, person.told["name"]
        assert distance(mouth, skin) > 20, person.told["name"]


@pytest.mark.parametrize("style", portraits.STYLES)
@pytest.mark.parametrize("cut", ["jacket", "shirt", "round", "vee"])
def test_every_style_and_cut_is_drawn_and_light(style, cut):
    file = portraits.draw(
        ground="blue", skin="fair", hair="red", style=style, wears="navy", cut=cut
    )
    assert len(file) < 10_000


def test_a_word_that_is_none_names_the_person_and_the_key():
    row = reading.Row({"colour": "blue"}, "people.toml, people 1, face", None)
    with pytest.raises(
        reading.DataError, match="people 1, face: “colour” is not known"
    ):
        row.call(portraits.draw)


def pixel(picture, x, y):
    scale = portraits.SIZE / portraits.UNITS
    return picture.getpixel((round(x * scale), round(y * scale)))


def pixel_of(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
