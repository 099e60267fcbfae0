"""Load the whole demonstration, all of it or nothing; safe to run again."""

from django.db import transaction

from commissioning_portal.demo import (
    alerts,
    choosing_whom,
    commissions,
    committees,
    consultations,
    contracts,
    decisions,
    exemptions,
    hands,
    involving,
    joined,
    organisations,
    own_notices,
    people,
    places,
    questions,
    services,
)
from commissioning_portal.demo.story import Story
from commissions.models import Organisation

LOADERS = (
    places,
    organisations,
    people,
    committees,
    services,
    commissions,
    choosing_whom,
    contracts,
    hands,
    exemptions,
    consultations,
    questions,
    decisions,
    involving,
    alerts,
    joined,
    own_notices,
)
"""The subjects in the order in which they need one another."""


def strangers():
    """Tell whether the database serves real organisations and no demonstration."""
    slugs = [known["slug"] for known in organisations.ORGANISATIONS]
    ours = Organisation.objects.filter(slug__in=slugs)
    return not ours.exists() and Organisation.objects.exists()


@transaction.atomic
def load(today=None):
    """Add what is missing of the story; return how many acts were performed."""
    story = Story(today)
    for subject in LOADERS:
        subject.load(story)
    return story.play()
