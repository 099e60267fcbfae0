"""From the rows of commissions to the notices that each owes, in words for a page.

`with_notices` says what to fetch, so that any number of commissions costs the
same queries; `owed` then asks the pure rules.
"""

from django.db.models import Prefetch
from django.utils import timezone

from commissions.models import Contract
from commissions.notices_due import (
    Changed,
    Facts,
    Published,
    Signed,
    State,
    doubt_about_law,
    notices_due,
)
from commissions.notices_due.due import day
from commissions.notices_due.thresholds import CENTRAL

COLOURS = {
    State.LATE: "red",
    State.DUE: "yellow",
    State.PUBLISHED: "green",
    State.UNRECORDED: "purple",
    State.NOT_KNOWN: "purple",
    State.NOT_YET: "blue",
    State.NOT_NEEDED: "",
}
LOST = ("cancelled", "unsuccessful", "withdrawn")


def with_notices(commissions):
    """Fetch with commissions all that the days of their notices depend on."""
    contracts = Contract.objects.prefetch_related(
        "amendments", "extensions", "indicators"
    )
    return commissions.select_related(
        "organisation", "tender", "direct_award"
    ).prefetch_related(
        "notices",
        "stage_dates",
        "awards",
        Prefetch("contracts", contracts.order_by("signed_on", "pk")),
    )


def owed(commission, today=None):
    """List the notices of one commission fetched so, the most pressing first."""
    return notices_due(facts_of(commission, today or timezone.localdate()))


def doubt(commission, today=None):
    """Say where the value of a commission fetched so does not go with its law."""
    return doubt_about_law(facts_of(commission, today or timezone.localdate()))


def facts_of(commission, today):
    """Return what the rules need of one commission."""
    dates = list(commission.stage_dates.all())
    direct = getattr(commission, "direct_award", None)
    tender = getattr(commission, "tender", None)
    awards = [each for each in commission.awards.all() if each.status not in LOST]
    return Facts(
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
        decided_on=newest(awards, "decided_on"),
        standstill_ends_on=newest(awards, "standstill_ends_on"),
        contracts=tuple(
            signed(each) for each in commission.contracts.all() if each.is_signed
        ),
        published=tuple(
            Published(each.code, timezone.localdate(each.published_at))
            for each in commission.notices.all()
            if each.code
        ),
        chosen_by_user=bool(direct and direct.ground == "user_choice"),
        urgent=bool(direct and direct.ground == "psr_urgent"),
    )


def newest(rows, name):
    """Return the latest day that some rows have, or None."""
    return max(filter(None, (getattr(row, name) for row in rows)), default=None)


def signed(contract):
    """Return a contract as the rules know it."""
    return Signed(
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
            changes(contract, contract.amendments.all(), contract.extensions.all())
        ),
        copied_on=contract.copy_published_on,
        changed_copied_on=contract.changed_copy_published_on,
    )


def changes(contract, amendments, extensions):
    """Yield the changes of a contract, oldest first."""
    made = [(each.made_on, each) for each in amendments]
    made += [(each.used_on, each) for each in extensions if each.used_on]
    for on, each in sorted(made, key=lambda pair: pair[0]):
        change = each.change()
        before, after = change.amount_before, change.amount_after
        added = after - before if None not in (before, after) else 0
        yield Changed(on, tuple(contract.why_notice(change)), added, after)


def shown(due):
    """Present one notice that is owed, or is not."""
    late = due.state == State.PUBLISHED and due.days_late
    return {
        "code": due.code,
        "name": due.name,
        "tag": due.state_name,
        "colour": "yellow" if late else COLOURS[due.state],
        "sentence": due.sentence,
        "by": f"By {day(due.on)}" if due.on else due.state_name,
        "why": due.why,
        "counting": due.counting,
        "source": due.source,
        "about": due.about,
        "state": due.state.value,
    }
