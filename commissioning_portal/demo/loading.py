"""Load the whole demonstration, all of it or nothing; safe to run again."""

from django.db import transaction

from commissioning_portal.demo import (
    commissions,
    consultations,
    decisions,
    imports,
    organisations,
    people,
    reading,
)
from commissioning_portal.demo.story import Story
from commissions.models import Area, Commissioner, Organisation
from commissions.record.triggers import past_may_be_told
from commissions.search.index import index_subjects, together

LOADERS = {
    "areas": organisations.add_area,
    "postcodes": organisations.add_postcodes,
    "topics": organisations.add_topic,
    "organisations": organisations.add,
    "successions": organisations.succeed,
    "people": people.add,
    "posts": people.add_post,
    "deputies": people.name_deputy,
    "committees": people.add_committee,
    "services": organisations.add_service,
    "commissions": commissions.add,
    "barriers": organisations.add_barrier,
    "questions": consultations.add_question,
    "decisions": decisions.add,
    "followers": consultations.add_follower,
    "imports": imports.add,
    "own_notices": organisations.add_notices,
}
"""The verb that reads each table, in the order in which they need one another."""


def strangers():
    """Tell whether the database serves real organisations and no demonstration."""
    slugs = [row.told["slug"] for row in reading.rows("organisations")]
    ours = Organisation.objects.filter(slug__in=slugs)
    return not ours.exists() and Organisation.objects.exists()


@transaction.atomic
def load(today=None):
    """Add what is missing of the story; return how many acts were performed."""
    story = Story(today)
    for name, verb in LOADERS.items():
        for row in reading.rows(name, story):
            row.call(verb, story)
    with past_may_be_told(), together():
        index_subjects([*Area.objects.all(), *Commissioner.objects.all()])
        return story.play()
