"""The notices of a public body itself as checklists, and what its pipeline holds.

A pipeline notice (regulation 15) says the same of each contract to come as it
does of one commission: see `commissions.desk.notices.checklist`.
"""

from dataclasses import dataclass, field
from datetime import date

from commissions.desk.notices.checklist import BY_THE_PLATFORM, PLACE_OF, Item
from commissions.desk.notices.fields_tender import PPON
from commissions.law.dates import day
from commissions.law.lifecycle import BEFORE_TENDER
from commissions.law.notices import contents_of, notice_type
from commissions.law.notices_due import State, last_half_year, pipeline_window
from commissions.law.thresholds import PIPELINE, more_than
from commissions.models import StageDate
from commissions.public.notices.notices_due import owed_by
from commissions.text.formats import value_range

"""Pounds including VAT: a contract of more than this is listed (section 93(2))."""

CHOOSING = ("tender", "direct_award")
OPENING = (
    *("authority", "partners", "authority_address", "authority_id"),
    *("agent", "contact"),
)
"""What a pipeline notice says once, whatever number of contracts it lists."""

MOST = 200  # contracts to come that one page or file lists


@dataclass
class Pipeline:
    """What a pipeline notice would list, for the 18 months from `first` to `last`.

    `listed` are worth more than £2 million including VAT; of `unsure` it is not
    known whether they are. Each is a commission, with `tender_on` and `worth`.
    """

    first: date
    last: date
    listed: list = field(default_factory=list)
    unsure: list = field(default_factory=list)


def contracts_to_come(organisation, today):
    """Return what the next pipeline notice of a body would list. Two queries.

    A commission belongs in it if it is public and has not come to its tender,
    which is planned in the 18 months; the direct award counts as its tender.
    """
    found = Pipeline(*window(organisation, today))
    planned = StageDate.objects.filter(
        stage__in=CHOOSING,
        actual_on__isnull=True,
        planned_on__range=(found.first, found.last),
        commission__organisation=organisation,
        commission__published_at__isnull=False,
        commission__stage__in=BEFORE_TENDER,
    ).select_related("commission")
    rows = planned.order_by("planned_on", "commission", "pk")[:MOST]
    known = set()
    for row in rows:
        if row.commission_id not in known:
            known.add(row.commission_id)
            sort(found, row)
    return found


def window(organisation, today):
    """Return the first and last day of the notice that is owed, or else of the next."""
    dues = owed_by([organisation], today)[organisation.pk]
    open_ = (State.LATE, State.DUE, State.NOT_KNOWN)
    owed = any(due.notice.lists_procurements and due.state in open_ for due in dues)
    return pipeline_window(today, owed=owed)


def sort(pipeline, row):
    """Put a commission where it belongs by its value; leave a small one out."""
    its = row.commission
    gross = its.value_max if its.value_vat == its.Vat.INCLUDED else None
    enough = more_than(PIPELINE, its.value_max, gross)
    its.tender_on = row.planned_on
    its.worth = value_range(its.value_min, its.value_max, its.get_value_vat_display())
    if enough is None:
        pipeline.unsure.append(its)
    elif enough:
        pipeline.listed.append(its)


def checklist_of_body(organisation, code, today):
    """Return what a body's own notice has to say, with what is known of it. One query.

    Of the pipeline notice that is what the body says once; what it says of each
    contract is on the checklist of its commission.
    """
    numbers = organisation.identifiers.filter(scheme=PPON)
    address = (organisation.contact_address, organisation.contact_email)
    known = {
        "authority": organisation.name,
        "authority_address": "\n".join(address) if all(address) else "",
        "authority_id": ", ".join(numbers.values_list("value", flat=True)),
        "pay_period": half_year(today),
    }
    fields = contents_of(code)
    if notice_type(code).lists_procurements:
        fields = [each for each in fields if each.key in OPENING]
    return [item(each, known.get(each.key, "")) for each in fields]


def half_year(today):
    """Write the first and the last day of the half-year that ended last."""
    first, last = last_half_year(today)
    return f"{day(first)} to {day(last)}"


def item(its, value):
    """Return one field of the checklist."""
    at_home = PLACE_OF.get(its.key) == "organisation"
    place = "organisation" if at_home else ""
    if value:
        return Item(its, value, "known", place)
    if its.key in BY_THE_PLATFORM:
        return Item(its, "", "platform", place)
    return Item(its, "", "maybe" if its.if_any else "missing", place)
