"""The time for bids that passes by itself, on commissions known from notices only.

Such a commission says “Tender” until its next notice, though nobody can bid
any more. It is moved on by the clock, not derived when it is read: lists,
counts, files and the page then all ask one stored stage, and an index can
find it. The move is no quiet one: an entry says that bids closed, and when. A
later notice with a later closing time moves it back, as any import does.

A commission that people hold is theirs to move. Nothing is sent; running it
twice, or twice at once, changes nothing more.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from commissions.models import Commission, Entry, Kind, StageDate
from commissions.ocds.importing.existing import TOUCHED

BATCH = 500
BY = "clock"


def untouched(at):
    """Return the public commissions known from notices that staff have not touched."""
    touched = Entry.objects.filter(commission=OuterRef("reference"), kind__in=TOUCHED)
    public = Commission.objects.published(at)
    return public.known_from_notices().exclude(Exists(touched))


def tenders_with_bids_closed(at):
    """Return those of them whose bids have closed."""
    return untouched(at).filter(
        stage="tender",
        window_for=Commission.Window.BIDS,
        window_closes_at__lte=at,
    )


def close_bids(at=None):
    """Move every tender whose bids have closed to evaluation; return how many."""
    at, moved = at or timezone.now(), 0
    while rows := list(tenders_with_bids_closed(at).order_by()[:BATCH]):
        done = move_to_evaluation(rows)
        moved += done
        if not done:
            break
    return moved


def move_to_evaluation(rows):
    """Move some, those that nobody has moved meanwhile, each with its entry."""
    with transaction.atomic():
        still = Commission.objects.select_for_update().filter(
            pk__in=[row.pk for row in rows], stage="tender"
        )
        rows = list(still)
        Commission.objects.filter(pk__in=[row.pk for row in rows]).update(
            stage="evaluation", changed_at=timezone.now()
        )
        date_stages({row.pk: bids_closed_on(row) for row in rows}, "evaluation")
        Entry.objects.append_all(
            (Kind.BIDS_CLOSED, row, BY, {"on": bids_closed_on(row).isoformat()})
            for row in rows
        )
    return len(rows)


def bids_closed_on(commission):
    """Return the day in London on which bids closed."""
    return timezone.localdate(commission.window_closes_at)


def date_stages(days, stage):
    """Note the days on which a stage came: {commission's key: day}."""
    days = dict(days)
    known = list(StageDate.objects.filter(commission__in=days, stage=stage))
    for date in known:
        date.actual_on = days.pop(date.commission_id)
    StageDate.objects.bulk_update(known, ["actual_on"], batch_size=BATCH)
    StageDate.objects.bulk_create(
        StageDate(commission_id=pk, stage=stage, actual_on=day)
        for pk, day in days.items()
    )
