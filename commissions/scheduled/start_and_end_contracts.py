"""Contracts that begin and end by the clock, on commissions known from notices only.

Such a commission says “Contract” until somebody publishes another notice, though
the service runs by then, and “Delivery” long after its last day. It is moved on by
its contracts' own days, as bids are closed (`commissions.scheduled.close_bids`): to delivery on
the first day, to closed after the last one, every extension included. Each move is
an entry that says which day it was. A later notice has its own say, as ever.

Days pass once a day: `start_and_end_contracts` asks every contract, so the
worker calls it when the
day has changed and after an import, not each round. Running it twice changes nothing
more.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from commissions.contracts import models as contracts_models
from commissions.contracts.models import OVER, over_with_extensions_condition
from commissions.models import Award, Commission, Contract, Entry, Kind
from commissions.procurement.notices import LOST
from commissions.scheduled.close_bids import BATCH, BY, date_stages, untouched

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
