"""What the clock does: bids close, contracts begin and end, announced hand-overs happen.

A commission known from notices only says “Tender” until its next notice, though
nobody can bid any more, “Contract” though the service runs, and “Delivery” long
after its last day. It is moved on by the clock, not derived when it is read: lists,
counts, files and the page then all ask one stored stage, and an index can find it.
Bids that closed move it to evaluation; a contract's first day to delivery; the last
one, every extension included, to closed. Each move is an entry that says which day
it was; a later notice has its own say, as any import does. A commission that people
hold is theirs to move. A hand-over announced ahead is performed on its day by the
verb of what is handed over, with an entry of its own.

Days pass once a day: `start_and_end_contracts` asks every contract, so the worker
calls it when the day has changed and after an import, the others each round. Running
any of them twice, or twice at once, changes nothing more.
"""

import logging

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from commissions.contracts import models as contracts_models
from commissions.contracts.models import OVER, over_with_extensions_condition
from commissions.models import (
    Award,
    Commission,
    Contract,
    Entry,
    Handover,
    Kind,
    NotReady,
    Overtaken,
    StageDate,
)
from commissions.ocds.importing.existing import TOUCHED
from commissions.procurement.notice import LOST

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


ITS = {"commission": OuterRef("pk")}
BEFORE = ("contract", "mobilisation")


def start_and_end_contracts(at=None):
    """Move every commission whose contract has begun or ended; return how many each.

    `at` is a moment; what counts is its day in London.
    """
    at = at or timezone.now()
    today = timezone.localdate(at)
    return (
        move_all_commissions(
            at,
            BEFORE,
            first_contract_has_begun(today),
            "delivery",
            Kind.TERM_BEGAN,
            first_contract_day,
        ),
        move_all_commissions(
            at,
            (*BEFORE, "delivery"),
            last_contract_is_over(today),
            "closed",
            Kind.TERM_ENDED,
            last_contract_day,
        ),
    )


def first_contract_has_begun(today):
    """Tell, as a condition, that the first of its contracts has begun.

    Where the notices list no contract, their awards say when.
    """
    signed = Contract.objects.signed().filter(**ITS)
    return Exists(signed.filter(starts_on__lte=today)) | (
        ~Exists(signed) & Exists(awards_of_commission().filter(starts_on__lte=today))
    )


def last_contract_is_over(today):
    """Tell, as a condition, that the last of its contracts is past every extension."""
    signed = Contract.objects.signed().filter(**ITS)
    past = over_with_extensions_condition(today)
    done = past | Q(status__in=OVER)
    by_award = awards_of_commission()
    return (Exists(signed.filter(past)) & ~Exists(signed.exclude(done))) | (
        ~Exists(signed)
        & Exists(by_award.filter(ends_on__lt=today))
        & ~Exists(by_award.exclude(ends_on__lt=today))
    )


def awards_of_commission():
    """Return its awards, but those that came to nothing."""
    return Award.objects.filter(**ITS).exclude(status__in=LOST)


def move_all_commissions(at, stages, condition, stage, kind, day_of):
    """Move all on which a condition holds to a stage, batch by batch; return how many."""
    number = 0
    ready = untouched(at).filter(condition, stage__in=stages).order_by()
    while rows := list(ready.values_list("pk", flat=True)[:BATCH]):
        done = move_commissions(rows, stages, stage, kind, day_of)
        number += done
        if not done:
            break
    return number


def move_commissions(keys, stages, stage, kind, day_of):
    """Move some, those that nobody has moved meanwhile, each with its entry."""
    with transaction.atomic():
        still = Commission.objects.select_for_update().filter(
            pk__in=keys, stage__in=stages
        )
        found = still.prefetch_related("contracts", "awards")
        days = {row.pk: on for row in found if (on := day_of(row))}
        rows = [row for row in found if row.pk in days]
        Commission.objects.filter(pk__in=days).update(
            stage=stage, changed_at=timezone.now()
        )
        date_stages(days, stage)
        Entry.objects.append_all(
            (kind, row, BY, {"on": days[row.pk].isoformat()}) for row in rows
        )
    return len(rows)


def first_contract_day(commission):
    """Return the first day of its contracts, or of its awards; None without any."""
    signed, chosen = signed_contracts_and_awards(commission)
    days = (each.starts_on for each in signed or chosen)
    return min(filter(None, days), default=None)


def last_contract_day(commission):
    """Return the last day of its contracts, every extension included, or of its awards.

    None without any: an import may have taken it away since it was asked for.
    """
    signed, chosen = signed_contracts_and_awards(commission)
    days = (
        map(contracts_models.last_contract_day, signed)
        if signed
        else (a.ends_on for a in chosen)
    )
    return max(filter(None, days), default=None)


def signed_contracts_and_awards(commission):
    """Return its signed contracts, and its awards that did not come to nothing."""
    return (
        [each for each in commission.contracts.all() if each.is_signed],
        [each for each in commission.awards.all() if each.status not in LOST],
    )


logger = logging.getLogger(__name__)


def hand_over_when_due(at=None):
    """Hand over what is due; return how many took effect or had to be withdrawn.

    One that its verb refuses, or that fails, stays announced, and the log says why;
    the others take effect all the same.
    """
    done = 0
    for handover in Handover.objects.due(timezone.localdate(at)).with_bodies():
        try:
            handover.take_effect(by=BY, at=at)
        except Overtaken:
            continue
        except NotReady as refusal:
            logger.warning("hand-over %s did not take effect: %s", handover.pk, refusal)
        except Exception:  # the next round tries again
            logger.exception("hand-over %s did not take effect", handover.pk)
        else:
            done += 1
    return done
