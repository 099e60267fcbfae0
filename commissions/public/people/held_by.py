"""Who holds a commission or decides, in one line: for lists, files, feeds and the home page."""

from django.db.models import Exists, OuterRef, Q

from commissions.models import Commissioner, Tenure
from commissions.text.formats import for_days, on_day


def holder(held):
    """Say who holds a commission or a decision, and whether nobody does.

    A vacancy is said with its days and with who covers. Costs nothing after
    `commissions.public.people.holders.seat`.
    """
    post = held.post
    if not post:
        if held.committee:
            return held.committee.name, False
        return "No named holder", True
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


def note_deciders(decisions):
    """Read, in one query, who was in the post on the day each decision was taken.

    Where one of them is taken. `taken_by` is a name that may be public today,
    or empty.
    """
    taken = [each for each in decisions if each.decided_on and each.post_id]
    nameable = Q(post__is_decision_level=True) | Q(
        commissioner__name_consent_on__isnull=False
    )
    public = Commissioner.objects.named().filter(pk=OuterRef("commissioner"))
    spells = {}
    if taken:
        rows = Tenure.objects.filter(
            nameable, Exists(public), post__in={each.post_id for each in taken}
        ).values_list("post", "started_on", "ended_on", "commissioner__name")
        for post, *spell in rows.order_by("started_on", "pk"):
            spells.setdefault(post, []).append(spell)
    for each in taken:
        each.taken_by = in_post_on(spells.get(each.post_id, []), each.decided_on)


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
