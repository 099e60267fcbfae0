"""What the home page shows: what is open, what is new, whose it is, where to look.

Every count stops at COUNTED, so that the page costs the same however many
commissions there are.
"""

from collections import Counter
from datetime import timedelta
from functools import cached_property

from django.db.models import IntegerField, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext

from commissions.models import Area, Commission, Decision, Topic
from commissions.people.holdings import (
    committee_members,
    decider_in_words,
    read_holders,
)
from commissions.public.commission.rows import commission_result
from commissions.public.decisions.rows import decision_row
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


class HomePage:
    """What the home page shows now."""

    def __init__(self):
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.public = Commission.objects.published(self.now).select_related(
            "organisation",
            "post__organisation",
            "post__deputy",
            "committee__organisation",
        )
        read_holders([*self.posts, *(decision.post for decision in self.decisions)])

    @cached_property
    def open_for_comment(self):
        """The commissions whose comments close first."""
        found = self.public.open_for_comment(self.now)
        return list(found.order_by("window_closes_at")[:SHOWN])

    @cached_property
    def intentions(self):
        """The intentions published here last; a notice seen may be of any age."""
        found = self.public.kept_here().filter(stage="intention")
        return list(found.order_by("-published_at")[:SHOWN])

    @cached_property
    def decisions(self):
        """The decisions to come within DUE_IN days, soonest first."""
        by = self.today + timedelta(days=DUE_IN)
        soon = (
            Decision.objects.published(self.now)
            .to_come()
            .filter(due_on__lte=by, due_until__gte=self.today)
            .select_related("organisation", "post__deputy", "committee")
        )
        return list(soon[:SHOWN])

    @cached_property
    def closing(self):
        return [
            commission_result(commission, self.now)
            for commission in self.open_for_comment
        ]

    @cached_property
    def panels(self):
        """What apps above add to the page."""
        return Panels("home", self.closing)

    @cached_property
    def new(self):
        """The newest intentions, in words."""
        return [
            commission_result(commission, self.now) for commission in self.intentions
        ]

    @cached_property
    def due(self):
        """The decisions to come soon, in words."""
        return [
            decision_row(decision, decider_in_words(decision))
            for decision in self.decisions
        ]

    @cached_property
    def posts(self):
        """The posts that hold the commissions shown, each once."""
        shown = [*self.open_for_comment, *self.intentions]
        return list({each.post_id: each.post for each in shown if each.post}.values())[
            :FACES
        ]

    @property
    def faces(self):
        """The people in those posts whose names may be shown."""
        return [post.named_person for post in self.posts if post.named_person]

    @cached_property
    def committees(self):
        """The committees that hold the commissions shown, each with who sits there."""
        shown = [*self.open_for_comment, *self.intentions]
        found = {each.committee_id: each.committee for each in shown if each.committee}
        sitting = committee_members(found)
        return [(body, sitting[body.pk]) for body in found.values()]

    @cached_property
    def topics(self):
        """The broad topics that something is about, with how many commissions."""
        about = Commission.objects.published(self.now).filter(topic=OuterRef("pk"))
        rows = Topic.objects.annotate(
            counted=CappedCount(about.order_by().values("pk")[: COUNTED + 1])
        )
        counts, broad = Counter(), {}
        for topic in rows:
            counts[topic.parent_id or topic.pk] += topic.counted
            if topic.parent_id is None:
                broad[topic.pk] = topic
        return [
            {
                "name": topic.name,
                "url": topic.get_absolute_url(),
                **capped_count(counts[pk]),
            }
            for pk, topic in broad.items()
            if counts[pk]
        ]

    @cached_property
    def places(self):
        """The places that most commissions name themselves."""
        naming = Commission.areas.through.objects.filter(
            area=OuterRef("pk"), commission__published_at__lte=self.now
        )
        rows = Area.objects.annotate(
            counted=CappedCount(naming.values("pk")[: COUNTED + 1])
        ).filter(counted__gt=0)
        return [
            {"name": area.name, "slug": area.slug, **capped_count(area.counted)}
            for area in rows.order_by("-counted", "name")[:PLACES]
        ]


def capped_count(count):
    if count > COUNTED:
        return {"count": gettext("more than {n}").format(n=COUNTED)}
    return {"count": str(count)}
