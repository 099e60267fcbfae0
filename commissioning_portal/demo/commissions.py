"""Load the commissions: publish each as an intention, then let its life happen."""

from commissioning_portal.demo import (
    commissions_care,
    commissions_children,
    commissions_health,
    commissions_objected_to,
    commissions_past,
    commissions_places,
    commissions_safety,
    lives,
)
from commissions.models import (
    Area,
    Commission,
    Committee,
    Organisation,
    Post,
    Service,
    StageDate,
    Topic,
)

SUBJECTS = (
    commissions_care,
    commissions_children,
    commissions_health,
    commissions_past,
    commissions_places,
    commissions_safety,
    commissions_objected_to,
    lives,
)


def load(story):
    """Add each commission that is not there yet and book its life."""
    for subject in SUBJECTS:
        for known in subject.COMMISSIONS:
            if not Commission.objects.filter(reference=known["reference"]).exists():
                add(story, **known)


def add(
    story,
    *,
    published,
    dates,
    life,
    topic,
    organisation,
    holder,
    areas=("E10000901",),
    services=(),
    partners=(),
    starts=None,
    ends=None,
    **fields,
):
    """Add one working draft; book its publication and what follows.

    `dates` are the stages planned when it was published: {stage: (day,
    precision)}. `starts` and `ends` are days of the service.
    """
    post = Post.objects.filter(slug=holder).first()
    draft = Commission.objects.create(
        organisation=Organisation.objects.get(slug=organisation),
        post=post,
        committee=None if post else Committee.objects.get(slug=holder),
        held_since=story.day(published),
        topic=Topic.objects.get(name=topic),
        starts_on=starts and story.day(starts),
        ends_on=ends and story.day(ends),
        **fields,
    )
    draft.areas.set(Area.objects.filter(code__in=areas))
    draft.services.set(Service.objects.filter(slug__in=services))
    draft.partners.set(Organisation.objects.filter(slug__in=partners))
    story.book(published, publish, story, draft, dates)
    for day, deed in life:
        story.book(day, live, story, deed, draft)


def publish(story, draft, dates, *, at):
    """Plan its dates, which a draft keeps no history of, and show it in public."""
    by = draft.post or draft.committee
    for stage, (planned, precision) in dates.items():
        on = story.day(planned)
        StageDate.plan(draft, stage, on, by=by, precision=precision)
    draft.publish(by=by, at=at)
    draft.stage_dates.update_or_create(
        stage="intention", defaults={"actual_on": at.date()}
    )


def live(story, deed, commission, *, at):
    """Perform one deed of its life; consultations may have moved it meanwhile."""
    commission.refresh_from_db()
    deed(story, commission, at)
