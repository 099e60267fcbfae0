"""The forward plan: decisions announced, moved, late, taken in private, and taken."""

import datetime
import sys

from commissioning_portal.demo.acts import book, held_by
from commissioning_portal.demo.reading import Row, takes
from commissions.models import Committee, Decision, Organisation, Post

TUESDAY = 1


@takes(Decision)
def add(
    story,
    *,
    reference,
    organisation: Organisation,
    holder: Post | Committee,
    published,
    days_after_notice=0,
    options,
    papers,
    life: list[Row] = (),
    **fields,
):
    """Add one draft that is not there yet; book its notice and what follows.

    With `days_after_notice` it is due so many days after its notice, which then
    falls on a Tuesday or later, so that both are working days.
    """
    if Decision.objects.filter(reference=reference).exists():
        return
    if days_after_notice:
        published = midweek(story, published)
        due = story.day(published) + datetime.timedelta(days=days_after_notice)
        fields["due_on"] = due
    fields.setdefault("due_until", fields["due_on"])
    notice_on = story.day(published)
    draft = Decision(
        reference=reference,
        organisation=organisation,
        held_since=notice_on,
        **held_by(holder),
        **fields,
    )
    draft.full_clean()
    draft.save()
    for order, option in enumerate(options):
        draft.options.create(order=order, **option)
    for paper in papers:
        add_paper(draft, notice_on, **paper)
    story.book(published, publish, draft)
    book(story, life, (sys.modules[__name__],), draft)


def add_paper(draft, published_on, *, title, address):
    """Add a paper on the body's website."""
    url = f"https://{draft.organisation.slug}.example/papers/{address}"
    draft.papers.create(title=title, url=url, published_on=published_on)


def midweek(story, offset):
    """Return the nearest offset, not later, whose day is a Tuesday to a Friday."""
    while not TUESDAY <= (story.today + datetime.timedelta(days=offset)).weekday() <= 4:
        offset -= 1
    return offset


def publish(draft, *, at):
    """Publish the notice in the name of whoever decides."""
    draft.publish(by=draft.holder, at=at)


def defer(now, *, to: datetime.date, reason):
    """Move the date to a later day, for a reason."""
    now.subject.defer(to, reason=reason, **now.signed)


def pass_on(now, *, committee: Committee, why):
    """Pass it on to a committee, for a reason."""
    now.subject.hand_over(committee, since=now.on, why=why, **now.signed)


def give_second_notice(now, *, representations, response):
    """Publish the second notice of a private meeting, with the objections answered."""
    said = {"representations": representations, "response": response}
    now.subject.give_second_notice(on=now.on, **said, **now.signed)


@takes(Decision)
def decide(now, **said):
    """Record what was decided."""
    now.subject.decide(on=now.on, **said, **now.signed)
