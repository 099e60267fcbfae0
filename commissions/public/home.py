"""What the home page shows: what is open, what is new, whose it is, where to look.

Every count stops at COUNTED, so that the page costs the same however many
commissions there are.
"""

from datetime import timedelta

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils import timezone

from commissions.models import Area, Commission, Decision, Topic
from commissions.people.holders import decider, members, read_holders
from commissions.public.commission.results import result
from commissions.public.decisions.rows import row
from commissions.public.panels import Panels

SHOWN = 5  # commissions in each list
FACES = 6
DUE_IN = 28  # days
PLACES = 12
COUNTED = 100


class CappedCount(Subquery):
    """Count the rows of a sliced query: its slice is where the counting stops."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def front():
    """Return the home page's context."""
    now = timezone.now()
    public = Commission.objects.published(now).select_related(
        "organisation",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
    )
    deciding = due(now)
    closing = list(public.open_for_comment(now).order_by("window_closes_at")[:SHOWN])
    new = list(public.filter(stage="intention").order_by("-published_at")[:SHOWN])
    held = holders([*closing, *new], deciding)
    closing_soonest = [result(commission, now) for commission in closing]
    return {
        "due": [row(decision, decider(decision)) for decision in deciding],
        "closing": closing_soonest,
        "panels": Panels("home", closing_soonest),
        "new": [result(commission, now) for commission in new],
        "holders": held,
        "topics": topics(now),
        "places": places(now),
    }


def due(now):
    """List the decisions to come within DUE_IN days, soonest first."""
    by = timezone.localdate(now) + timedelta(days=DUE_IN)
    soon = (
        Decision.objects.published(now)
        .to_come()
        .filter(due_on__lte=by, due_until__gte=timezone.localdate(now))
        .select_related("organisation", "post__deputy", "committee")
    )
    return list(soon[:SHOWN])


def holders(commissions, deciding):
    """Return the posts and committees that hold these commissions, each once.

    Reads, in the same query, who is in the posts that are `deciding`.
    """
    posts = {c.post_id: c.post for c in commissions if c.post}
    committees = {c.committee_id: c.committee for c in commissions if c.committee}
    shown = list(posts.values())[:FACES]
    read_holders([*shown, *(decision.post for decision in deciding)])
    sitting = members(committees)
    return {
        "posts": shown,
        "committees": [(body, sitting[body.pk]) for body in committees.values()],
    }


def topics(now):
    """List the broad topics that something is about, with how many commissions."""
    about = Commission.objects.published(now).filter(topic=OuterRef("pk"))
    rows = Topic.objects.annotate(
        commissions_counted=CappedCount(about.order_by().values("pk")[: COUNTED + 1])
    )
    counts, broad = {}, {}
    for topic in rows:
        root = topic.parent_id or topic.pk
        counts[root] = counts.get(root, 0) + topic.commissions_counted
        if topic.parent_id is None:
            broad[topic.pk] = topic
    return [
        {"name": topic.name, "url": topic.get_absolute_url(), **said(counts[pk])}
        for pk, topic in broad.items()
        if counts[pk]
    ]


def places(now):
    """List the places that most commissions name themselves."""
    naming = Commission.areas.through.objects.filter(
        area=OuterRef("pk"), commission__published_at__lte=now
    )
    rows = Area.objects.annotate(
        commissions_counted=CappedCount(naming.values("pk")[: COUNTED + 1])
    ).filter(commissions_counted__gt=0)
    return [
        {"name": area.name, "slug": area.slug, **said(area.commissions_counted)}
        for area in rows.order_by("-commissions_counted", "name")[:PLACES]
    ]


def said(count):
    """Say a count; past COUNTED only that it is more."""
    return {"count": f"more than {COUNTED}" if count > COUNTED else str(count)}
