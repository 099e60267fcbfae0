"""What passes to somebody else on a day, for the tests of handing over."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from tests import make

WHY = "The post above it decides on sums like this."


def on(days):
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def morning(days):
    """Return nine in the morning of a day so many days from today."""
    return timezone.make_aware(datetime.combine(on(days), time(9)))


def public(kind="commission"):
    """Make something that a post holds in public, by the verb."""
    post = make.held_post(title="Head of Roads")
    if kind == "commission":
        made = make.draft_commission(post=post, organisation=post.organisation)
    else:
        made = make.draft_decision(post=post, organisation=post.organisation)
    made.publish(by="tests")
    return made
