"""What passed to and from somebody: hand-overs by post, committee or organisation."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext

from commissions.models import Committee, Handover, Holding

MOST = 300  # holdings read for one page


@dataclass(frozen=True)
class HandoverRow:
    """One hand-over, as one of the two holders sees it."""

    took: bool
    title: str
    url: str
    other: str
    on: date
    why: str
    to_come: bool = False


def with_neighbours(holdings):
    """Fetch with each holding who had it before and after, and why it passed on."""
    same = Q(commission=OuterRef("commission")) | Q(decision=OuterRef("decision"))
    before = Holding.objects.filter(same, pk__lt=OuterRef("pk")).order_by("-pk")
    after = Holding.objects.filter(same, pk__gt=OuterRef("pk")).order_by("pk")
    return holdings.select_related("commission", "decision").annotate(
        before_post=Subquery(before.values("post__title")[:1]),
        before_committee=Subquery(before.values("committee__name")[:1]),
        after_post=Subquery(after.values("post__title")[:1]),
        after_committee=Subquery(after.values("committee__name")[:1]),
        why_passed=Subquery(after.values("why")[:1]),
    )


def public_holdings():
    """Select the holdings of what everybody can see."""
    return Holding.objects.filter(
        Q(commission__published_at__isnull=False)
        | Q(decision__published_at__isnull=False)
    )


def handovers_of(posts, committees):
    """List what these took over and passed on, newest first. One query.

    `posts` and `committees` are {key: [(first day, day after the last or None)]}:
    only what happened in somebody's own time there is theirs.
    """
    rows = with_neighbours(
        public_holdings().filter(Q(post__in=posts) | Q(committee__in=committees))
    ).order_by("-since", "-pk")[:MOST]
    found = []
    for row in rows:
        times = posts.get(row.post_id) or committees.get(row.committee_id) or []
        found += [
            one for one in both_handovers(row) if is_within(one.on, times, one.took)
        ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def handovers_to_come_of(posts, committees):
    """List what is announced to pass to these or from them, soonest first. One query."""
    mine = Q(post__in=posts) | Q(committee__in=committees)
    for held in ("commission", "decision"):
        mine |= Q(**{f"{held}__post__in": posts})
        mine |= Q(**{f"{held}__committee__in": committees})
    found = []
    for row in Handover.objects.announced().filter(mine).with_bodies()[:MOST]:
        held, now, then = row.held, row.held.post or row.held.committee, row.holder
        for took, whose, other in ((True, then, now), (False, now, then)):
            times = (committees if isinstance(whose, Committee) else posts).get(
                whose and whose.pk, []
            )
            if is_within(row.since, times, took):
                url, name = held.get_absolute_url(), other and holder_name(other)
                found.append(
                    HandoverRow(
                        took,
                        held.title,
                        url,
                        name or gettext("no one"),
                        row.since,
                        row.why,
                        True,
                    )
                )
    return found


def holder_name(holder):
    return holder.name if isinstance(holder, Committee) else holder.title


def is_within(on, times, took):
    """Tell whether a day lies in one of the times; who leaves that day still passes it."""
    return any(
        first <= on and (last is None or on < last or (not took and on == last))
        for first, last in times
    )


def both_handovers(row):
    """Yield how a holding came, where somebody had it before, and how it went."""
    held = row.commission or row.decision
    title, url = held.title, held.get_absolute_url()
    if before := row.before_post or row.before_committee:
        yield HandoverRow(True, title, url, before, row.since, row.why)
    if after := row.after_post or row.after_committee:
        yield HandoverRow(False, title, url, after, row.until, row.why_passed)


def handovers_of_organisation(organisation, most=12):
    """List the hand-overs of an organisation's commissions and decisions, newest first.

    Events for a timeline. One query.
    """
    earlier = Holding.objects.filter(
        Q(commission=OuterRef("commission")) | Q(decision=OuterRef("decision")),
        pk__lt=OuterRef("pk"),
    )
    rows = with_neighbours(
        public_holdings().filter(
            Exists(earlier),
            Q(commission__organisation=organisation)
            | Q(decision__organisation=organisation),
        )
    ).annotate(to=F("post__title"), body=F("committee__name"))
    return [handover_event(row) for row in rows.order_by("-since", "-pk")[:most]]


def handover_event(row):
    """Say one hand-over as an event of a timeline."""
    held = row.commission or row.decision
    before = row.before_post or row.before_committee
    return {
        "when": row.since,
        "title": held.title,
        "url": held.get_absolute_url(),
        "text": gettext("Why: {why}").format(why=row.why) if row.why else "",
        "by": gettext("from {before} to {after}").format(
            before=before, after=row.to or row.body
        ),
    }
