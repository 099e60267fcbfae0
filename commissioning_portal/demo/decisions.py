"""The forward plan: decisions announced, moved, late, taken in private, and taken."""

from datetime import timedelta

from commissioning_portal.demo.decisions_told import DECISIONS
from commissions.models import Commission, Committee, Decision, Organisation, Post

TUESDAY = 1


def load(story):
    """Add each decision that is not there yet and book its life."""
    for known in DECISIONS:
        if not Decision.objects.filter(reference=known["reference"]).exists():
            add(story, **known)


def add(
    story,
    *,
    organisation,
    commission,
    holder,
    published,
    due,
    options,
    papers,
    life,
    until=None,
    days_after_notice=None,
    private_notice=None,
    **fields,
):
    """Add one draft; book its notice and what follows.

    `due` and `until` are days of the story; with `days_after_notice` it is due
    so many days after its notice, which then falls on a Tuesday or later, so
    that both are working days.
    """
    if days_after_notice:
        published = midweek(story, published)
        due_on = story.day(published) + timedelta(days=days_after_notice)
    else:
        due_on = story.day(due)
    draft = Decision(
        organisation=Organisation.objects.get(slug=organisation),
        commission=Commission.objects.get(reference=commission),
        **held_by(holder),
        held_since=story.day(published),
        due_on=due_on,
        due_until=story.day(until) if until else due_on,
        private_notice_on=private_notice and story.day(private_notice),
        **fields,
    )
    draft.full_clean()
    draft.save()
    for number, (title, cost, effect, is_chosen) in enumerate(options):
        draft.options.create(
            order=number, title=title, cost=cost, effect=effect, is_chosen=is_chosen
        )
    for title, address in papers:
        url = f"https://{organisation}.example/papers/{address}"
        draft.papers.create(title=title, url=url, published_on=story.day(published))
    story.book(published, publish, draft)
    for day, deed in life:
        story.book(day, deed, story, draft)


def midweek(story, offset):
    """Return the nearest offset, not later, whose day is a Tuesday to a Friday."""
    while not TUESDAY <= (story.today + timedelta(days=offset)).weekday() <= 4:
        offset -= 1
    return offset


def held_by(slug):
    """Return the post or the committee of a slug, as fields."""
    if post := Post.objects.filter(slug=slug).first():
        return {"post": post}
    return {"committee": Committee.objects.get(slug=slug)}


def publish(draft, *, at):
    """Publish the notice in the name of whoever decides."""
    draft.publish(by=draft.holder, at=at)
