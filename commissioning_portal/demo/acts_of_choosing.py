"""What happens where a provider is chosen without a competition, or providers object.

Each act returns (day, deed), as those of `acts` do.
"""

from commissioning_portal.demo.acts import bodies, holder, told
from commissions.law.direct_award_grounds import KEY_CRITERIA
from commissions.models import DirectAward, Representations, Weighing


def direct_award(day, ground, *, why, supplier="", amount=None, vat="excluded", **said):
    """Justify a choice without a competition; the holder decided."""

    def deed(story, commission, at):
        DirectAward.justify(
            commission,
            ground=ground,
            decider=holder(commission),
            explanation=why,
            supplier=bodies([supplier]).first(),
            amount=amount,
            vat=vat,
            by=holder(commission),
            at=told(commission, at),
            **{"conflicts": "None declared", **said},
        )

    return day, deed


def choose(day, supplier, *, amount):
    """Name the most suitable provider."""

    def deed(story, commission, at):
        commission.direct_award.choose(
            bodies([supplier]).get(), amount=amount, by=holder(commission), at=at
        )

    return day, deed


def weigh(day, **weighed):
    """Say how the five key criteria weighed: (per cent, in words) for each."""

    def deed(story, commission, at):
        by = holder(commission)
        Weighing.weigh(commission, weighed, by=by, at=at)

    assert set(weighed) == set(KEY_CRITERIA)
    return day, deed


def representations(day):
    """Open for representations, from the notice of intention on."""

    def deed(story, commission, at):
        Representations.open(
            commission,
            mailbox=commission.organisation.contact_email,
            how="Say which step of the process you think was not followed, and why. "
            "You may ask for the papers first: you get them before the last day.",
            by=holder(commission),
            at=told(commission, at),
        )

    return day, deed


def received(day, number):
    """Count so many representations in all."""

    def deed(story, commission, at):
        commission.representations.receive(number, by=holder(commission), at=at)

    return day, deed


def settled(day, outcome, why):
    """Decide again after the review, and tell the providers that day."""

    def deed(story, commission, at):
        commission.representations.settle(
            outcome=outcome,
            reasons=why,
            told_on=at.date(),
            by=holder(commission),
            at=at,
        )

    return day, deed
