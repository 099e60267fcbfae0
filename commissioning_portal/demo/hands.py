"""Hands through which a commission passes in the story, each for a reason."""

from commissioning_portal.demo.acts import holder
from commissions.models import Commission, Commissioner, Handover, Holding, Post

PASSED = {  # reference: (to which post, on which day, why)
    "NORF-1001": [
        (
            "head-of-adult-commissioning",
            -150,
            "The Director has decided that home care is to be organised anew. Writing "
            "the draft and answering the comments on it is the Head’s work.",
        ),
    ],
    "NORF-1007": [
        (
            "director-of-adult-social-care",
            -236,
            "The Head of Adult Commissioning left that day. The tender could not wait "
            "for a successor.",
        ),
        (
            "head-of-adult-commissioning",
            -180,
            "The new Head of Adult Commissioning has settled in and takes it back, in "
            "time to see the bids assessed.",
        ),
    ],
    "NORF-1002": [
        (
            "director-of-adult-social-care",
            -196,
            "The Supported Housing Commissioner left in the winter and the post could "
            "not be filled. Twenty-four flats cannot wait for that.",
        ),
        (
            "head-of-adult-commissioning",
            -84,
            "The draft is ready to be asked about. The Head of Adult Commissioning "
            "runs the consultation and answers it.",
        ),
    ],
}
TO_COME = {  # reference: (to which post, on which day, why), said ahead
    "NORF-1009": (
        "head-of-highways",
        11,
        "The post has been vacant for weeks, and families wait for answers. The Head "
        "of Highways, who covers it, takes this over until somebody is appointed.",
    ),
}
SAID = -3
CONSENTED = ("peter-szabo",)
"""People who left and agreed that the trail of hands goes on naming them."""


def load(story):
    """Book each hand-over that has not happened yet."""
    Commissioner.objects.filter(slug__in=CONSENTED, name_consent_on=None).update(
        name_consent_on=story.day(-300)
    )
    for reference, hands in PASSED.items():
        commission = Commission.objects.get(reference=reference)
        if not Holding.objects.of(commission).exclude(why="").exists():
            for slug, day, why in hands:
                story.book(day, hand_over, story, reference, slug, day, why)
    for reference, (slug, day, why) in TO_COME.items():
        if not Handover.objects.filter(commission__reference=reference).exists():
            story.book(SAID, announce, story, reference, slug, day, why)


def announce(story, reference, slug, day, why, *, at):
    """Say ahead that a commission passes to another post, by the verb."""
    post = Post.objects.get(slug=slug)
    Handover.announce(
        Commission.objects.get(reference=reference),
        post,
        since=story.day(day),
        why=why,
        by=post,
        at=at,
    )


def hand_over(story, reference, slug, day, why, *, at):
    """Pass a commission to another post, by the verb."""
    commission = Commission.objects.select_related("post", "committee").get(
        reference=reference
    )
    commission.hand_over(
        Post.objects.get(slug=slug),
        since=story.day(day),
        why=why,
        by=holder(commission),
        at=at,
    )
