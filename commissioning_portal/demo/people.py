"""The people and posts of the demonstration, with portraits drawn from their names."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from commissioning_portal.demo.reading import Row, takes
from commissioning_portal.demo.story import BEGINS
from commissions.models import (
    Commissioner,
    Committee,
    Entry,
    Kind,
    Organisation,
    Post,
    Tenure,
)

GROUNDS = ["#c9d6df", "#d8d2c4", "#cfdac8", "#dccfd4", "#c8d3d0", "#d9d7e0"]
SKINS = ["#f1d3b8", "#e0b48f", "#c68f65", "#9c6843", "#6f4a31"]
HAIRS = ["#2b2422", "#4a352a", "#7a5638", "#8d8a86", "#c9c5bf", "#a06a3c"]
CLOTHES = ["#35506b", "#5a4a66", "#4d6350", "#7a4b4b", "#3f5f66", "#6b6250"]
SIZE, DRAWN = 240, 1280
"""The edge in pixels, and that of the drawing, made larger to be smoothed."""


def kept(name):
    """Return the stored name of somebody's portrait, drawing it the first time."""
    path = f"commissioners/{name}.png"
    if default_storage.exists(path):
        return path
    return default_storage.save(path, draw(name))


def draw(name):
    """Return a PNG file: the same name always has the same face."""
    pick = hashlib.sha256(name.encode()).digest()
    choose = [
        options[byte % len(options)]
        for options, byte in zip((GROUNDS, SKINS, HAIRS, CLOTHES), pick, strict=False)
    ]
    picture = Image.new("RGB", (DRAWN, DRAWN), choose[0])
    figure(ImageDraw.Draw(picture), *choose[1:], long_hair=pick[4] % 2)
    file = BytesIO()
    small = picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    small.quantize(48).save(file, "PNG", optimize=True)
    return ContentFile(file.getvalue())


def figure(pen, skin, hair, clothes, *, long_hair):
    """Draw head and shoulders on a square of 1280: a face without features."""
    if long_hair:
        pen.rounded_rectangle((375, 250, 905, 900), 250, fill=hair)
    pen.ellipse((160, 900, 1120, 1900), fill=clothes)
    pen.rounded_rectangle((540, 720, 740, 1010), 90, fill=skin)
    pen.ellipse((430, 290, 850, 830), fill=skin)
    pen.chord((415, 235, 865, 760), 180, 360, fill=hair)
    pen.polygon([(540, 940), (740, 940), (640, 1080)], fill=skin)


def known_as(name):
    """Return a person's slug: their name without titles."""
    plain = name.removeprefix("Dr ").removeprefix("Cllr ")
    return plain.lower().replace(" ", "-")


@takes(Commissioner)
def add(story, *, name, interests, **fields):
    """Add one person with a drawn portrait."""
    slug = known_as(name)
    if not Commissioner.objects.filter(slug=slug).exists():
        fields |= {"slug": slug, "photo": kept(slug)}
        Commissioner.objects.create(name=name, interests=interests, **fields)


def reached(slug, body):
    """Return how a post or committee of a body can be reached."""
    return {
        "slug": slug,
        "organisation": body,
        "mailbox": f"{slug}@{body.slug}.example",
        "postal_address": f"{body.name}\n1 Market Square\nNorford\nNF1 1AA",
    }


@takes(Post)
def add_post(
    story, *, slug, organisation: Organisation, title, tenures: list[Row], **fields
):
    """Add one post with those who have held it."""
    if organisation.posts.filter(slug=slug).exists():
        return
    added = Post.objects.create(
        title=title,
        statutory_basis=f"Scheme of delegation of {organisation.name}",
        phone=f"01632 960{100 + len(slug) * 7 % 900:03}",  # numbers kept for fiction
        created_on=story.day(-4000),
        **reached(slug, organisation),
        **fields,
    )
    enter, kind = Entry.objects.append, Kind.POST_ADDED
    story.book(BEGINS, enter, kind, added, by=organisation, title=title)
    for row in tenures:
        row.call(add_tenure, story, added)


def add_tenure(story, post, *, person: Commissioner, first, last=None):
    """Put a person in a post, and book the end if they have left.

    What was before the portal is history, not a public act: no entry.
    """
    body, on = post.organisation, story.day(first)
    if first < BEGINS:
        Tenure.objects.create(post=post, commissioner=person, started_on=on)
    else:
        story.book(first, post.take, person, on=on, by=body)
    if last is not None:
        story.book(last, post.vacate, on=story.day(last), by=body)


def name_deputy(story, *, post: Post, deputy: Post):
    """Say who answers while a post is empty."""
    Post.objects.filter(pk=post.pk, deputy=None).update(deputy=deputy)


def add_committee(
    story, *, slug, organisation: Organisation, name, may_decide, members: list[Row]
):
    """Add one committee with its members."""
    if Committee.objects.filter(slug=slug).exists():
        return
    added = Committee.objects.create(
        name=name,
        may_decide=may_decide,
        phone="01632 960990",
        **reached(slug, organisation),
    )
    for row in members:
        row.call(add_member, added, story.day(-700))


def add_member(committee, since, *, person: Commissioner, role=""):
    """Let a person sit on a committee."""
    committee.memberships.create(commissioner=person, role=role, started_on=since)
