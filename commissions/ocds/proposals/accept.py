"""Taking over what a notice says, one confirmed change at a time.

Part of the verb `Proposal.accept`, inside its transaction. Columns first, then
the tender and its parts, awards and contracts, days planned, and the stage
last, so that a gate sees what was taken with it.
"""

from datetime import date, datetime

from django.utils import timezone

from commissions.commission.stage_dates import StageDate
from commissions.commission.standstill import started_at
from commissions.law.lifecycle import LINE
from commissions.ocds.proposals.diff import COLUMNS
from commissions.organisations.models import Organisation
from commissions.procurement.tender import AwardCriterion, Lot, Tender
from commissions.record.references import contract_reference
from commissions.search.index import index_subjects

VALUE = ("value_min", "value_max", "value_vat")
WAIT = "standstill"
LINKS = ("suppliers", "lots", "award")


def accept_changes(commission, proposal, taken, *, by, at=None):
    """Write the changes of a proposal that were taken."""
    theirs = {what: proposal.changes[what][1] for what in taken}
    take_columns(commission, theirs)
    take_tender(commission, theirs)
    take_rows(commission, theirs)
    for document in theirs.get("documents", {}).items():
        take_document(commission, *document)
    reason = f"Notice {proposal.notice.release_id} gives this date."
    for stage, on in child_rows(theirs, "plan").items():
        StageDate.plan(
            commission, stage, date.fromisoformat(on), by=by, reason=reason, at=at
        )
    told_on = timezone.localdate(proposal.notice.published_at)
    take_stage(commission, theirs, proposal.came, told_on, by=by, at=at)
    index_subjects([commission])


def child_rows(theirs, kind):
    """Return the changes of one kind by the id after the stroke."""
    start = f"{kind}/"
    return {
        what.removeprefix(start): value
        for what, value in theirs.items()
        if what.startswith(start)
    }


def typed_value(row, columns):
    """Return plain JSON values as the types of a model's columns."""
    return {
        name: row._meta.get_field(name).to_python(value)
        for name, value in columns.items()
    }


def put_column(row, columns):
    """Set columns of a row and save it; raise ValidationError where a rule refuses."""
    for name, value in typed_value(row, columns).items():
        setattr(row, name, value)
    row.validate_constraints()
    row.save()
    return row


def take_columns(commission, theirs):
    """Take the law, the money and the term."""
    columns = {name: theirs[name] for name in COLUMNS if name in theirs}
    columns |= dict(zip(VALUE, theirs.get("value", ()), strict=False))
    if columns:
        put_column(commission, columns)


def take_tender(commission, theirs):
    """Take the tender and its lots."""
    lots = child_rows(theirs, "lot")
    if not (lots or {"tender", "criteria"} & theirs.keys()):
        return
    columns = {"title": commission.title, **theirs.get("tender", {})}
    tender = getattr(commission, "tender", None)
    if tender is None:
        tender = put_column(Tender(commission=commission), columns)
    elif "tender" in theirs:
        put_column(tender, theirs["tender"])
    for lot_id, each in lots.items():
        row = tender.lots.filter(lot_id=lot_id).first()
        put_column(row or Lot(tender=tender, lot_id=lot_id), each)
    if "criteria" in theirs:
        take_criteria(tender, theirs["criteria"])


def take_criteria(tender, criteria):
    """Put what bids are judged by in place of what there is."""
    lots = {lot.lot_id: lot for lot in tender.lots.all()}
    tender.criteria.all().delete()
    for order, (lot_id, name, *said) in enumerate(criteria):
        columns = dict(zip(("kind", "weight", "description"), said, strict=True))
        row = AwardCriterion(tender=tender, lot=lots.get(lot_id), name=name)
        if lots.get(lot_id) or not lot_id:
            put_column(row, {**columns, "order": order})


def take_rows(commission, theirs):
    """Take awards, then the contracts that point to them, with their suppliers."""
    for award_id, each in child_rows(theirs, "award").items():
        award = row_of(commission.awards, "award_id", award_id, each)
        lots = Lot.objects.filter(
            tender__commission=commission, lot_id__in=each.get("lots", ())
        )
        award.lots.add(*lots)
    for contract_id, each in child_rows(theirs, "contract").items():
        contract = row_of(commission.contracts, "contract_id", contract_id, each)
        award = commission.awards.filter(award_id=each.get("award", "")).first()
        if award and contract.award_id is None:
            contract.award = award
            contract.save(update_fields=["award"])


def row_of(rows, key, value, each):
    """Create or change one award or contract, and name its suppliers."""
    columns = {name: v for name, v in each.items() if name not in LINKS}
    row = rows.filter(**{key: value}).first()
    if row is None:
        row = rows.model(commission=rows.instance, **{key: value})
        if key == "contract_id":
            row.reference = contract_reference(rows.instance.reference, value)
    put_column(row, columns)
    if "suppliers" in each:
        bodies = Organisation.objects.filter(slug__in=each["suppliers"])
        row.suppliers.set(bodies)
    return row


def take_document(commission, source_id, columns):
    """List a document that a notice links to."""
    row = commission.documents.filter(source_id=source_id).first()
    put_column(
        row or commission.documents.model(commission=commission, source_id=source_id),
        columns,
    )


def take_stage(commission, theirs, came, told_on, *, by, at):
    """Move to the stage, by way of those that lie between; or change the closing.

    A standstill begins with its notice, not with the choice that this tells: with
    the one at hand (`told_on`) where none is known.
    """
    closes = theirs.get("closes_at")
    closes_at = closes and datetime.fromisoformat(closes)
    if theirs.get("stage") in (None, commission.stage):
        if closes_at:
            opens_at = commission.window_opens_at
            commission.show_window(commission.Window.BIDS, opens_at, closes_at)
        return
    for stage, on in accept_steps(commission.stage, theirs["stage"], came):
        last = stage == theirs["stage"]
        on = max(on, announced_on(commission) or told_on) if stage == WAIT else on
        commission.reach(
            stage,
            by=by,
            on=on,
            at=at,
            closes_at=closes_at if last and stage in commission.WINDOWS else None,
        )


def announced_on(commission):
    """Return the day of the notice with which its standstill began, or None."""
    at = started_at(commission)
    return at and timezone.localdate(at)


def accept_steps(start, end, came):
    """List the stages to pass through, each with the day the notices give it.

    Between two stages of the line: those that a notice gives a day. A day to
    come is today.
    """
    between = []
    if start in LINE and end in LINE:
        between = LINE[LINE.index(start) + 1 : LINE.index(end)]
    today = timezone.localdate()
    listed = [stage for stage in between if stage in came]
    days = [
        min(date.fromisoformat(came[stage]), today) if stage in came else today
        for stage in (*listed, end)
    ]
    return list(zip((*listed, end), days, strict=True))
