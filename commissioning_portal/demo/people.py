"""The people and posts of the demonstration, with their drawn portraits."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from commissioning_portal.demo import portraits
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


def kept(name, face):
    """Return the stored name of somebody's portrait, drawing it the first time."""
    path = f"commissioners/{name}.png"
    if default_storage.exists(path):
        return path
    return default_storage.save(path, ContentFile(face.call(portraits.draw)))


def known_as(name):
    """Return a person's slug: their name without titles."""
    plain = name.removeprefix("Dr ").removeprefix("Cllr ")
    return plain.lower().replace(" ", "-")


@takes(Commissioner)
def add(story, *, name, interests, face: Row, **fields):
    """Add one person with a drawn portrait."""
    slug = known_as(name)
    if not Commissioner.objects.filter(slug=slug).exists():
        fields |= {"slug": slug, "photo": kept(slug, face)}
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
