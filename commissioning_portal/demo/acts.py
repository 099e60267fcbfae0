"""What happens to a commission in the story: each act returns (day, deed).

A deed takes the story, the commission and the time, and ends in a verb. Days
count from the day of loading; amounts are pounds excluding VAT.
"""

from django.utils.text import slugify

from commissions.models import (
    Entry,
    Kind,
    Lot,
    Notice,
    Organisation,
    Post,
    StageDate,
    Tender,
)

PLATFORM = "Find a Tender (fictional)"


def holder(commission):
    """Return the post or committee that acts for the commission."""
    return commission.post or commission.committee


def bodies(slugs):
    """Return the organisations of these slugs."""
    return Organisation.objects.filter(slug__in=slugs)


def reach(stage, day, *, closes=None):
    """Move to a stage; on day `closes` its window shuts: at 5pm, for bids at noon."""
    hour = 12 if stage == "tender" else 17

    def deed(story, commission, at):
        commission.reach(
            stage,
            by=holder(commission),
            on=story.day(day),
            closes_at=story.time(closes, hour, 0) if closes is not None else None,
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


def hand(post, day):
    """Pass the commission to another post."""

    def deed(story, commission, at):
        by = holder(commission)
        commission.hold(Post.objects.get(slug=post), since=story.day(day), by=by, at=at)

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


def notice(code, title, day):
    """Receive a notice from the central platform, which published it first.

    The notices of the NHS regime have no UK code.
    """

    def deed(story, commission, at):
        number = f"DEMO{Notice.objects.count() + 1:03}-{at.year}"
        received = Notice(
            commission=commission,
            ocid=commission.ocid,
            release_id=number,
            code=code,
            title=title,
            platform=PLATFORM,
            tags=TAGS.get(code, "planning"),
            url=f"https://find-a-tender.example/Notice/{number}",
            published_at=at,
            contact_name=getattr(commission.post, "title", "Democratic Services"),
            contact_email=holder(commission).mailbox,
        )
        received.full_clean()
        received.save()
        Entry.objects.append(
            Kind.NOTICE_RECEIVED, received, by=PLATFORM, at=at, code=code
        )

    return day, deed


TAGS = {
    "UK1": "planning",
    "UK2": "planning",
    "UK3": "planning",
    "UK4": "tender",
    "UK5": "award,contract",
    "UK6": "award,contract",
    "UK7": "award,contract",
    "UK9": "implementation",
    "UK11": "contractTermination",
    "UK12": "tenderCancellation",
}


def tender(day, *, closes, title, cpv, amount, lots=(), method="open", **fields):
    """Ask for bids until a day, in lots (title, amount) where there are any."""

    def deed(story, commission, at):
        asked = Tender.objects.create(
            commission=commission,
            title=title,
            status="active" if closes > 0 else "complete",
            method=method,
            category="services",
            cpv=cpv,
            amount=amount,
            opens_at=at,
            closes_at=story.time(closes, 12, 0),
            questions_close_at=story.time(closes - 10, 12, 0),
            **fields,
        )
        Lot.objects.bulk_create(
            Lot(tender=asked, lot_id=str(number), title=name, amount=pounds)
            for number, (name, pounds) in enumerate(lots, 1)
        )

    return day, deed


def award(day, *suppliers, amount, why="", standstill=None):
    """Choose suppliers, for a reason; `standstill` is its last day."""

    def deed(story, commission, at):
        chosen = commission.awards.create(
            award_id="1",
            title=f"Award: {commission.title}",
            description=why,
            status="active",
            decided_on=story.day(day),
            amount=amount,
            starts_on=commission.starts_on,
            ends_on=commission.ends_on,
            standstill_ends_on=standstill and story.day(standstill),
        )
        chosen.suppliers.set(bodies(suppliers))

    return day, deed


def contract(day, *suppliers, amount, status="active"):
    """Sign the contract with those who were chosen."""

    def deed(story, commission, at):
        signed = commission.contracts.create(
            award=commission.awards.first(),
            contract_id="1",
            title=commission.title,
            status=status,
            signed_on=story.day(day),
            amount=amount,
            starts_on=commission.starts_on,
            ends_on=commission.ends_on,
        )
        signed.suppliers.set(bodies(suppliers))

    return day, deed
