"""Who is behind a post or a committee now, read without a query for each."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from commissions.models import CommitteeMember, Tenure

SEATS = {"chair": 0, "co-chair": 0, "vice-chair": 1, "deputy chair": 1}


def seat(posts, on=None):
    """Read, in one query, who is in these posts and in the posts that cover them.

    Each post's `tenure`, `named_person` and `vacant_since` then cost nothing.
    """
    on = on or timezone.localdate()
    posts = [post for post in posts if post]
    everyone = posts + [post.deputy for post in posts if post.deputy]
    served = defaultdict(list)
    begun = Tenure.objects.filter(
        post__in={post.pk for post in everyone}, started_on__lte=on
    )
    for tenure in begun.select_related("commissioner"):
        served[tenure.post_id].append(tenure)
    for post in everyone:
        ends = [tenure.ended_on for tenure in served[post.pk]]
        post.current_tenures = [
            tenure
            for tenure in served[post.pk]
            if tenure.ended_on is None or tenure.ended_on > on
        ]
        post.last_held = max((end for end in ends if end), default=None)


def members(committees, on=None):
    """Return who sits on each committee on a day: {its key: [membership]}.

    Whoever is in the chair comes first, then the others by name.
    """
    on = on or timezone.localdate()
    sitting = CommitteeMember.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        committee__in=committees,
        started_on__lte=on,
    ).select_related("commissioner", "committee")
    found = defaultdict(list)
    ordered = sorted(
        sitting.order_by("commissioner__name"),
        key=lambda member: SEATS.get(member.role.lower(), 2),
    )
    for member in ordered:
        found[member.committee_id].append(member)
    return found
