"""Of the notices of a commission: which is out, and the facts that its days depend on.

Platform first: an authority may publish a notice elsewhere, but not before the central platform
has it (SI 2024/692, regulation 5(11)).
"""

from django.utils import timezone

from commissions.commission.standstill import LOST, standstill_of
from commissions.law.notices import name_of
from commissions.law.notices_due import (
    ContractChanged,
    ContractSigned,
    NoticeFacts,
    PublishedNotice,
    notices_due,
)
from commissions.law.thresholds import CENTRAL


def newest_notice(commission, codes, at=None):
    """Return a commission's newest published notice with one of these codes, or None."""
    found = commission.notices.filter(
        code__in=codes, published_at__lte=at or timezone.now()
    )
    return found.order_by("-published_at", "-pk").first()


def missing_notice(commission, codes, at=None):
    """Say in a sentence which notice is not on record yet; none where nothing is due."""
    if not codes or newest_notice(commission, codes, at):
        return []
    named = " or the ".join(map(name_of, codes))
    return [
        f"Record the {named} first: publish it on the central platform, then "
        "enter its reference, address and time there under “Notices”."
    ]


# From the rows of one commission to the plain facts that its notices depend on.


def last_day_of(notice, today):
    """Return the day by which the law wanted a commission's notice; None if it fixes none.

    Of several contracts that one notice may be about, the last: a notice is not
    called late for the sake of another contract.
    """
    on = timezone.localdate(notice.published_at)
    days = [
        due.on
        for due in notices_due(facts_of(notice.commission, today))
        if (due.code, due.published_on) == (notice.code, on) and not due.part
    ]
    return max(filter(None, days), default=None)


def facts_of(commission, today):
    """Return what the rules need of one commission."""
    dates = list(commission.stage_dates.all())
    direct = getattr(commission, "direct_award", None)
    tender = getattr(commission, "tender", None)
    awards = [each for each in commission.awards.all() if each.status not in LOST]
    return NoticeFacts(
        today=today,
        regime=commission.regime,
        route=commission.route,
        light_touch=commission.light_touch,
        stage=commission.stage,
        nation=commission.organisation.nation,
        central=commission.organisation.kind in CENTRAL,
        works=bool(tender and tender.category == "works"),
        value=commission.value_max,
        least=commission.value_min,
        vat=commission.value_vat,
        reached={d.stage: d.actual_on for d in dates if d.actual_on},
        planned={
            d.stage: d.planned_on
            for d in dates
            if d.planned_on and d.precision == "day"
        },
        decided_on=latest_notice(awards, "decided_on"),
        standstill_ends_on=standstill_end(commission),
        contracts=tuple(
            signed_facts(each) for each in commission.contracts.all() if each.is_signed
        ),
        published=tuple(
            PublishedNotice(each.code, timezone.localdate(each.published_at))
            for each in commission.notices.all()
            if each.code
        ),
        chosen_by_user=bool(direct and direct.ground == "user_choice"),
        urgent=bool(direct and direct.ground == "psr_urgent"),
    )


def standstill_end(commission):
    """Return the end of the standstill that an abandonment may have fallen in, or None."""
    abandoned = (commission.regime, commission.stage) == ("psr", "cancelled")
    return standstill_of(commission).last if abandoned else None


def latest_notice(rows, name):
    return max(filter(None, (getattr(row, name) for row in rows)), default=None)


def signed_facts(contract):
    """Return a contract as the rules know it."""
    return ContractSigned(
        name=str(contract),
        signed_on=contract.signed_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        longest_end=contract.latest_end_on,
        ended_on=contract.ended_on,
        amount=contract.amount,
        gross=contract.amount_gross,
        indicators=len(contract.indicators.all()),
        changes=tuple(
            contract_changes_of(
                contract, contract.amendments.all(), contract.extensions.all()
            )
        ),
        copied_on=contract.copy_published_on,
        changed_copied_on=contract.changed_copy_published_on,
    )


def contract_changes_of(contract, amendments, extensions):
    """Yield the changes of a contract, oldest first."""
    made = [(each.made_on, each) for each in amendments]
    made += [(each.used_on, each) for each in extensions if each.used_on]
    for on, each in sorted(made, key=lambda pair: pair[0]):
        change = each.change()
        before, after = change.amount_before, change.amount_after
        added = after - before if None not in (before, after) else 0
        yield ContractChanged(on, tuple(contract.why_notice(change)), added, after)
