"""What happens where a provider is chosen, and to the contract that is signed."""

from commissioning_portal.demo.reading import takes
from commissions.law.direct_award_grounds import KEY_CRITERIA
from commissions.models import (
    Award,
    Commission,
    Contract,
    DirectAward,
    Organisation,
    Representations,
    Tender,
    Weighing,
)

QUALITY = "How well the plan meets the outcomes asked for."
PRICE = "The lowest price gets all the points; others by share."
BOTH = (
    {"name": "Quality", "kind": "quality", "weight": 60, "description": QUALITY},
    {"name": "Price", "kind": "price", "weight": 40, "description": PRICE},
)
USUAL = {
    "method": "open",
    "category": "services",
    "languages": "English",
    "electronic": True,
    "documents_together": True,
    "criteria": BOTH,
}
"""What is told of a tender unless its table says otherwise."""


@takes(Tender)
def invite(now, *, closes, lots=(), criteria=BOTH, **fields):
    """Ask for bids until noon of a day, in lots where there are any."""
    reference, slug = now.subject.reference.lower(), now.subject.organisation.slug
    fields = USUAL | fields | {"lots": list(lots), "criteria": list(criteria)}
    Tender.invite(
        now.subject,
        status="active" if closes > 0 else "complete",
        closes_at=now.story.time(closes, 12, 0),
        questions_close_at=now.story.time(closes - 10, 12, 0),
        platform_url=f"https://bids.{slug}.example/{reference}",
        **fields,
        **now.after_notice,
    )


@takes(Award)
def award(now, *, suppliers: list[Organisation], **fields):
    """Choose suppliers; the decision that chose them is linked, where one was taken.

    `standstill_ends_on` is told where the law sets no last day.
    """
    decision = now.subject.decisions.filter(reference__endswith="-AWARD").first()
    Award.announce(
        now.subject,
        suppliers=suppliers,
        title=f"Award: {now.subject.title}",
        decision=decision,
        decided_on=decision.decided_on if decision else now.on,
        starts_on=now.subject.starts_on,
        ends_on=now.subject.ends_on,
        **fields,
        **now.after_notice,
    )


@takes(Contract)
def sign(now, *, suppliers: list[Organisation], options=(), **terms):
    """Sign the contract with those who were chosen; it is recorded on that day.

    `signed_on` is told where it is older than the portal; `options` are days to
    which it may be extended.
    """
    terms = {"starts_on": now.subject.starts_on, "ends_on": now.subject.ends_on} | terms
    Contract.sign(
        now.subject,
        suppliers=suppliers,
        award=now.subject.awards.first(),
        on=terms.pop("signed_on", now.on),
        options=[now.story.day(option) for option in options],
        post=now.subject.post,
        **terms,
        **now.signed,
    )


@takes(Contract)
def complete(now, **said):
    """Fill in what the register asks for."""
    now.subject.contracts.get().complete(**said, **now.signed)


def extend(now, *, why):
    """Use the first option to extend that is left."""
    contract = now.subject.contracts.get()
    option = contract.extensions.filter(used_on__isnull=True).first()
    contract.extend(option, on=now.on, why=why, **now.signed)


def amend(now, *, changed, reason, amount=None):
    """Change the contract for a reason."""
    said = {"changed": changed, "reason": reason, "amount": amount, "on": now.on}
    now.subject.contracts.get().amend(**said, **now.signed)


def end(now, *, ending, why=""):
    """Record that the contract ended that day."""
    contract = now.subject.contracts.get()
    contract.end(on=now.on, ending=ending, why=why, **now.signed)


def replace(now, *, contract_of: Commission):
    """Say that it follows the contract of another commission.

    No entry: `record_changes` knows no day but today.
    """
    now.subject.replaces.add(contract_of.contracts.get())


@takes(DirectAward)
def justify(now, *, vat="excluded", conflicts="None declared", **said):
    """Justify a choice without a competition; the holder decided."""
    said |= {"vat": vat, "conflicts": conflicts, "decider": now.by}
    DirectAward.justify(now.subject, **said, **now.after_notice)


def choose(now, *, supplier: Organisation, amount):
    """Name the most suitable provider."""
    now.subject.direct_award.choose(supplier, amount=amount, **now.signed)


def weigh(now, *, quality, value, integration, access, social_value):
    """Say how the NHS's five key criteria weighed."""
    told = (quality, value, integration, access, social_value)
    weighed = [weight(**each) for each in told]
    weighed = dict(zip(KEY_CRITERIA, weighed, strict=True))
    Weighing.weigh(now.subject, weighed, **now.signed)


def weight(*, weight, reasons):
    """Return the per cent of one criterion, and how the provider met it."""
    return weight, reasons


def open_to_representations(now):
    """Open for representations, from the notice of intention on."""
    Representations.open(
        now.subject,
        mailbox=now.subject.organisation.contact_email,
        how="Say which step of the process you think was not followed, and why. "
        "You may ask for the papers first: you get them before the last day.",
        **now.after_notice,
    )


def receive_representations(now, *, number):
    """Count so many representations in all."""
    now.subject.representations.receive(number, **now.signed)


def settle(now, *, outcome, reasons):
    """Decide again after the review, and tell the providers that day."""
    said = {"outcome": outcome, "reasons": reasons, "told_on": now.at.date()}
    now.subject.representations.settle(**said, **now.signed)
