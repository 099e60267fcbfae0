"""Questions once a tender is open: nobody knows who asks, and asking closes.

Bidders must be treated alike (Procurement Act 2023, section 12(2)): an asker is
shown as “Bidder 7F3” only, and every answer is there for everybody.
"""

from django.utils import timezone
from django.utils.crypto import salted_hmac

from commissions.models import NotReady
from commissions.text.formats import at_time

TENDERING = {"tender", "evaluation", "standstill", "contract"}
SHORTEST = 3  # hexadecimal digits; longer where two bidders would share a name


def is_tendering(commission):
    """Tell whether a commission is between its tender and its contract."""
    return commission is not None and commission.stage in TENDERING


def questions_close_at(commission):
    """Return when questions about the tender close: its ask-by date, else its end."""
    tender = getattr(commission, "tender", None)
    return tender and (tender.questions_close_at or tender.closes_at)


def check_questions_open(commission, at=None):
    """Raise NotReady where nobody here would answer, or the time to ask is over."""
    if commission and not commission.kept_here:
        raise NotReady(
            f"This portal knows of this from notices only: nobody at "
            f"{commission.organisation.name} keeps it here, so nobody would answer. "
            "Its page gives the contact that its newest notice names."
        )
    if not is_tendering(commission):
        return
    closed = questions_close_at(commission)
    if closed and closed <= (at or timezone.now()):
        raise NotReady(
            f"Questions about this tender closed at {at_time(closed)}. Every question "
            "asked before is on the commission’s page with its answer."
        )


def bidder_pseudonym(commission, address_key, taken):
    """Return the name under which one address asks about one commission's tender.

    A digest keyed with the installation's secret and cut short: always the same
    for the same address and commission, and nothing can be computed back from
    it. `taken` maps the names in use on this commission to the address of each.
    """
    for name, whose in taken.items():
        if whose == address_key:
            return name
    text = f"{commission.reference} {address_key}"
    digest = salted_hmac("portal.bidder", text).hexdigest().upper()
    length = SHORTEST
    while f"Bidder {digest[:length]}" in taken:
        length += 1
    return f"Bidder {digest[:length]}"


def answer_gaps(question, text, changes_requirement, new_draft):
    """List, as sentences, what is missing before this can be a question's answer."""
    gaps = [] if text.strip() else ["Write the answer: everybody will read it."]
    if changes_requirement and not is_newer_draft(new_draft, question):
        gaps.append(
            "An answer that changes what is asked for must point to the new "
            "version: publish a draft with the change first, then choose it here."
        )
    return gaps


def is_newer_draft(draft, question):
    """Tell whether a version of the same commission came out after the asking."""
    commission = question.its_commission
    return bool(
        draft
        and commission
        and draft.specification.commission_id == commission.pk
        and draft.published_at
        and draft.published_at > question.confirmed_at
    )
