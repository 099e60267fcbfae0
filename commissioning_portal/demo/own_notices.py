"""What public bodies owe for themselves: one publishes in time, one late or not at all.

The county has both notices out. The integrated care board was nine days late
with its pipeline and has not said how promptly it paid. The others have not
said whether the law asks these notices of them.
"""

from datetime import timedelta

from commissioning_portal.demo.acts import PLATFORM
from commissioning_portal.demo.story import BEGINS
from commissions.law.notices_due import last_day
from commissions.models import Notice, Organisation

DONE = (  # body, notice, title, days after its last day by law
    ("norfordshire-county-council", "UK1", "Contracts to come", -6),
    ("norfordshire-county-council", "UK17", "How promptly we paid", -9),
    ("nhs-norfordshire-icb", "UK1", "Our pipeline", 9),
)


def load(story):
    """Book each notice that falls in the time of the story and is not there yet."""
    for slug, code, title, after in DONE:
        body = Organisation.objects.get(slug=slug)
        if not body.notices.filter(code=code).exists():
            for last in last_days(code, story):
                offset = (last - story.today).days + after
                if BEGINS < offset < 0:
                    story.book(offset, publish, body, code, title)


def last_days(code, story):
    """List the days by which the law wanted a notice, in the time of the story."""
    days = (story.today - timedelta(days=back) for back in range(0, -BEGINS, 30))
    return sorted({on for day in days if (on := last_day(code, day))})


def publish(body, code, title, *, at):
    """Record a notice that the fictional platform published then."""
    number = f"DEMO{Notice.objects.count() + 1:03}-{at.year}"
    Notice.publish(
        body,
        code=code,
        title=title,
        platform=PLATFORM,
        reference=number,
        url=f"https://find-a-tender.example/Notice/{number}",
        published_at=at,
        by=body,
        at=at,
    )
