"""What happens to a commission in the story: each act returns (day, deed).

A deed takes the story, the commission and the time, and ends in a verb. Days
count from the day of loading; amounts are pounds excluding VAT.
"""

from datetime import timedelta

from django.utils.text import slugify

from commissions.models import Award, Contract, Notice, Organisation, StageDate, Tender

PLATFORM = "Find a Tender (fictional)"


def holder(commission):
    """Return the post or committee that acts for the commission."""
    return commission.post or commission.committee


def bodies(slugs):
    """Return the organisations of these slugs."""
    return Organisation.objects.filter(slug__in=slugs)


def reach(stage, day, *, closes=None, reason=""):
    """Move to a stage; on day `closes` its window shuts: at 5pm, for bids at noon.

    What was open on the day of the move is let close first.
    """
    hour = 12 if stage == "tender" else 17

    def deed(story, commission, at):
        shuts = commission.window_closes_at
        if shuts and shuts.date() == at.date():
            at = max(at, shuts + timedelta(minutes=1))
        commission.reach(
            stage,
            by=holder(commission),
            on=story.day(day),
            closes_at=story.time(closes, hour, 0) if closes is not None else None,
            reason=reason,
            at=at,
        )

    return day, deed


def plan(stage, planned, day, *, precision="day", reason=""):
    """Plan a stage, or move its date for a reason."""

    def deed(story, commission, at):
        on = story.day(planned)
        by = holder(commission)
        StageDate.plan(
            commission, stage, on, by=by, precision=precision, reason=reason, at=at
        )

    return day, deed


def document(title, document_type, day, *, description="", accessible=True):
    """Add a document that is kept elsewhere."""

    def deed(story, commission, at):
        body = commission.organisation.slug
        commission.documents.model(
            commission=commission,
            title=title,
            description=description,
            document_type=document_type,
            url=f"https://{body}.example/papers/{slugify(title)}",
            format="text/html" if accessible else "application/pdf",
            language="en",
            is_accessible=accessible,
        ).attach(by=holder(commission), at=at)

    return day, deed


def notice(code, title, day, *, out=None):
    """Record a notice that the fictional platform published that day, or on day `out`."""

    def deed(story, commission, at):
        number = f"DEMO{Notice.objects.count() + 1:03}-{at.year}"
        by = holder(commission)
        Notice.publish(
            commission,
            code=code,
            title=title,
            platform=PLATFORM,
            reference=number,
            url=f"https://find-a-tender.example/Notice/{number}",
            published_at=at if out is None else story.time(out),
            contact=(getattr(by, "title", "Democratic Services"), by.mailbox),
            by=by,
            at=at,
        )

    return day, deed


QUALITY_AND_PRICE = (
    ("Quality", "quality", 60, "How well the plan meets the outcomes asked for."),
    ("Price", "price", 40, "The lowest price gets all the points; others by share."),
)


def told(commission, at):
    """Return a time not before the newest notice of that day, which comes first."""
    last = commission.notices.filter(published_at__date=at.date()).last()
    return max(at, last.published_at) if last else at


def tender(
    day,
    *,
    closes,
    title,
    cpv,
    amount,
    lots=(),
    criteria=QUALITY_AND_PRICE,
    method="open",
    choice=None,
    **fields,
):
    """Ask for bids until a day, in lots (title, amount) where there are any.

    `criteria` are (name, kind, weight, what it means); `choice` is the day on which
    the choice is expected.
    """

    def deed(story, commission, at):
        at = told(commission, at)
        slug = commission.organisation.slug
        given = {
            "method": method,
            "category": "services",
            "cpv": cpv,
            "amount": amount,
            "languages": "English",
            "electronic": True,
            "documents_together": True,
            "platform_url": f"https://bids.{slug}.example/{commission.reference.lower()}",
            "award_expected_on": choice and story.day(choice),
        }
        Tender.invite(
            commission,
            title=title,
            status="active" if closes > 0 else "complete",
            closes_at=story.time(closes, 12, 0),
            questions_close_at=story.time(closes - 10, 12, 0),
            lots=[{"title": name, "amount": pounds} for name, pounds in lots],
            criteria=[
                {"name": name, "kind": kind, "weight": weight, "description": words}
                for name, kind, weight, words in criteria
            ],
            by=holder(commission),
            at=at,
            **given | fields,
        )

    return day, deed


BIDS = ("bids_received", "bids_assessed", "bids_from_sme", "bids_from_vcse")


def award(day, *suppliers, amount, why, standstill=None, bids=()):
    """Choose suppliers, for a reason; `standstill` is its last day if the law sets none.

    `bids` are how many were received and assessed, and of these how many came from
    small firms and from voluntary bodies. The decision that chose them is linked,
    where one was taken.
    """

    def deed(story, commission, at):
        fields = dict(zip(BIDS, bids, strict=False))
        if standstill is not None:
            fields["standstill_ends_on"] = story.day(standstill)
        decision = commission.decisions.filter(reference__endswith="-AWARD").first()
        Award.announce(
            commission,
            suppliers=list(bodies(suppliers)),
            title=f"Award: {commission.title}",
            reasons=why,
            decision=decision,
            decided_on=decision.decided_on if decision else story.day(day),
            amount=amount,
            starts_on=commission.starts_on,
            ends_on=commission.ends_on,
            by=holder(commission),
            at=told(commission, at),
            **fields,
        )

    return day, deed


def contract(day, *suppliers, amount, days=None, options=(), indicators=(), **terms):
    """Sign the contract with those who were chosen; it is recorded on that day.

    `days` are fields that are days of the story, such as signed_on, where the
    contract is older than the portal; `options` are days to which it may be
    extended; `indicators` are (title, target).
    """

    def deed(story, commission, at):
        by = holder(commission)
        given = {
            "signed_on": story.day(day),
            "starts_on": commission.starts_on,
            "ends_on": commission.ends_on,
        } | {name: story.day(when) for name, when in (days or {}).items()}
        signed = Contract.sign(
            commission,
            suppliers=list(bodies(suppliers)),
            award=commission.awards.first(),
            on=given.pop("signed_on"),
            amount=amount,
            options=[story.day(option) for option in options],
            by=by,
            at=at,
            post=commission.post,
            **given,
            **terms,
        )
        for title, target in indicators:
            signed.measure(title, target=target, by=by, at=at)

    return day, deed


def ended(day):
    """Record that the contract ran to its end."""

    def deed(story, commission, at):
        running = commission.contracts.get()
        running.end(on=running.ends_on, ending="expired", by=holder(commission), at=at)

    return day, deed
