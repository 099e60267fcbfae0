"""Who is in a post or on a committee, who holds and who decided, in words.

Names are shown as `commissions.people.models` says. `read_holders` and
`read_deciders` read them for many rows in a query each; what follows costs nothing.
"""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from commissions.people.models import CommitteeMember, Tenure
from commissions.text.formats import for_days, on_day

NOT_RECORDED = "Not recorded here"
SEATS = {"chair": 0, "co-chair": 0, "vice-chair": 1, "deputy chair": 1}


def read_holders(posts, on=None):
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
        for tenure in post.current_tenures:
            tenure.post = post
        post.last_held = max((end for end in ends if end), default=None)


def members(committees, on=None):
    """Return who sits on each committee on a day: {its key: [membership]}.

    Whoever is in the chair comes first, then the others by name.
    """
    sitting = CommitteeMember.objects.current(on).filter(committee__in=committees)
    sitting = sitting.select_related("commissioner", "committee")
    found = defaultdict(list)
    ordered = sorted(
        sitting.order_by("commissioner__name"),
        key=lambda member: SEATS.get(member.role.lower(), 2),
    )
    for member in ordered:
        found[member.committee_id].append(member)
    return found


def holder(held):
    """Say who holds a commission or a decision, and whether nobody does.

    A vacancy is said with its days and with who covers; that a commission is known
    from notices only is no vacancy. Costs nothing after `read_holders`.
    """
    post = held.post
    if not post:
        if held.committee:
            return held.committee.name, False
        return NOT_RECORDED, False
    if person := post.named_person:
        return f"{person.name}, {post.title}", False
    if post.tenure:
        return post.title, False
    since, lasted = on_day(post.vacant_since), for_days(post.vacant_since)
    said = f"Vacant {lasted}, since {since}" if lasted else f"Vacant since {since}"
    said += f": {post.title}"
    if post.deputy and post.deputy.named_person:
        said += f". Covered by {post.deputy.named_person.name}, {post.deputy.title}"
    return said, True


def read_deciders(decisions):
    """Read, in one query, who was in the post on the day each decision was taken.

    Where one of them is taken. `taken_by` is a name that may be public today,
    or empty.
    """
    taken = [each for each in decisions if each.decided_on and each.post_id]
    spells = defaultdict(list)
    if taken:
        rows = Tenure.objects.named().filter(post__in={each.post_id for each in taken})
        columns = ("post", "started_on", "ended_on", "commissioner__name")
        for post, *spell in rows.order_by("started_on", "pk").values_list(*columns):
            spells[post].append(spell)
    for each in taken:
        each.taken_by = in_post_on(spells[each.post_id], each.decided_on)


def in_post_on(spells, day):
    """Name who was in a post on a day, of its (first day, day after the last, name)."""
    names = [
        name
        for first, last, name in spells
        if first <= day and (last is None or day < last)
    ]
    return names[-1] if names else ""


def decider(decision):
    """Say who is to take a decision; once it is taken, who took it.

    A post that changed hands or fell vacant later did not change who decided.
    """
    if not (decision.decided_on and decision.post):
        return holder(decision)[0]
    names = (getattr(decision, "taken_by", ""), decision.post.title)
    return ", ".join(filter(None, names))


def is_stale(confirmed_on, today=None):
    """Tell whether details went unconfirmed for too long, or were never confirmed.

    HOLDER_CONFIRM_DAYS says how many days they may.
    """
    today = today or timezone.localdate()
    longest = timedelta(days=settings.HOLDER_CONFIRM_DAYS)
    return confirmed_on is None or confirmed_on + longest < today
