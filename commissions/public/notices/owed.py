"""From the rows of commissions to the notices that each owes, in words for a page.

`with_notices` says what to fetch, so that any number of commissions costs the
same queries; `owed` then asks the pure rules.
"""

from django.db.models import Prefetch
from django.utils import timezone

from commissions.law.notices_due import State, doubt_about_law, notices_due
from commissions.law.notices_due.due_notice import day
from commissions.models import Contract
from commissions.procurement.notice_facts import facts_of

COLOURS = {
    State.LATE: "red",
    State.DUE: "yellow",
    State.PUBLISHED: "green",
    State.UNRECORDED: "purple",
    State.NOT_KNOWN: "purple",
    State.NOT_YET: "blue",
    State.NOT_NEEDED: "",
}


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
