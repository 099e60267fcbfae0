"""What is coming, as asked for: the next date of each commission, soonest first.

A commission is listed in the quarter of its tender (or of its direct award) while
that lies ahead, else of the next stage that has a planned date. A date that is
only known to a year comes before the quarters of that year.

The list is read from the planned dates, along their index, so that its first
page costs the same however many commissions there are.
"""

from functools import cached_property

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.law.lifecycle import BEFORE_TENDER, STAGES
from commissions.models import Commission, StageDate
from commissions.public.commission.filters import NEWEST, CommissionFilter, SearchForm
from commissions.public.commission.rows import without_long_texts
from commissions.public.listing.filters import choice_filter
from commissions.public.listing.keyset import Keyset, KeysetPart
from commissions.text import quarters

RUNG = {code: number for number, code in enumerate(STAGES)}
CHOOSING = ("tender", "direct_award")
UNSIGNED = (*BEFORE_TENDER, "tender", "evaluation", "direct_award", "standstill")
COMING = (*UNSIGNED, "contract", "mobilisation")
"""The stages before a service starts."""

STATES = {
    "passed": gettext_lazy("Planned date has passed"),
    "none": gettext_lazy("No date given"),
}
FOUND = 10_000  # commissions that a search may find
BACK, AHEAD = 4, 16  # quarters that can be chosen


def place_in_order(stage):
    return Case(*[When(**{stage: code}, then=number) for code, number in RUNG.items()])


def dates_ahead(commission):
    """Return the planned dates that lie ahead of the stage a commission has reached."""
    theirs = StageDate.objects.filter(
        commission=OuterRef(commission),
        actual_on__isnull=True,
        planned_on__isnull=False,
    )
    here = theirs.annotate(
        at=place_in_order("stage"), reached=place_in_order("commission__stage")
    )
    return here.filter(at__gt=F("reached"))


def next_date():
    """Ask of a stage date which date of its commission is the one to list it by."""
    first = Case(When(stage__in=CHOOSING, then=0), default=1)
    dates = dates_ahead("commission").order_by(first, "planned_on", "pk")
    return Subquery(dates.values("pk")[:1])


def with_next_date(when, public):
    """Return, of each of the `public` commissions, the date it is listed by.

    Those before their start. `when` narrows the dates: it is asked first, being cheap. Nothing is joined,
    since SQLite would begin with the other table.
    """
    public = public.filter(pk=OuterRef("commission"), stage__in=COMING)
    planned = StageDate.objects.filter(
        when, actual_on__isnull=True, planned_on__isnull=False
    )
    return planned.filter(Exists(public)).filter(pk=next_date())


def from_quarter(first):
    """Keep dates in or after a quarter; a date known to the year, in its year."""
    that_year = Q(planned_on__gte=first.replace(month=1), precision="year")
    return Q(planned_on__gte=first) | that_year


class PipelineForm(SearchForm):
    """The filters of what is coming, as a form."""

    def clean(self):
        """Refuse quarters that are upside down."""
        asked = super().clean()
        first, last = asked.get("first"), asked.get("last")
        if first and last and int(first.replace("-", "")) > int(last.replace("-", "")):
            self.add_error(
                "last", gettext("The last quarter cannot be before the first quarter.")
            )
        return asked


class PipelineFilter(CommissionFilter):
    """What is coming, narrowed by what a reader asked."""

    offers_orders = False
    open = closing = kind = holder = None
    first = choice_filter(gettext_lazy("From quarter"), method="by_quarter")
    last = choice_filter(gettext_lazy("To quarter"), method="by_quarter")
    dates = choice_filter(
        gettext_lazy("Dates"),
        STATES.items(),
        empty=gettext_lazy("To come"),
        method="by_state",
    )
    stage = choice_filter(
        gettext_lazy("Stage now"), [(code, STAGES[code].name) for code in COMING]
    )
    kept_back = ("stage", "value_from", "value_to", "regime", "dates")
    form_order = ("q", "first", "last", "topic", "area", "organisation")

    class Meta:
        form = PipelineForm

    def __init__(self, data):
        self.today = timezone.localdate()
        super().__init__(data)

    def listed(self):
        return super().listed().filter(stage__in=COMING)

    def get_form_class(self):
        """Return the form, with the quarters around today."""
        now = quarters.first_day_of_quarter(self.today)
        found = [quarters.quarter_after(now, number) for number in range(-BACK, AHEAD)]
        named = [
            (quarters.quarter_code(first), quarters.quarter_name(first))
            for first in found
        ]
        for name in ("first", "last"):
            self.filters[name].extra["choices"] = named
        self.filters = {
            name: self.filters[name]
            for name in dict.fromkeys([*self.form_order, *self.filters])
        }
        return super().get_form_class()

    @cached_property
    def state(self):
        return self.asked.get("dates", "")

    def by_quarter(self, rows, name, value):
        """Leave the quarters to `coming`, which reads the dates."""
        return rows

    def by_state(self, rows, name, value):
        """Leave the dates to `read`, which chooses the list by them."""
        return rows

    def quarter(self, name):
        """Return the first day of a quarter that was asked for, or None."""
        if name not in self.asked:
            return None
        year, number = self.asked[name].split("-")
        return quarters.quarter_after(
            self.today.replace(int(year), 1, 1), int(number) - 1
        )

    def coming(self):
        """Return the dates to list, coming or passed, in no order."""
        public = Commission.objects.published()
        if self.state == "passed":  # what notices plan is not judged
            public = public.kept_here()
        rows = with_next_date(self.when(), public)
        if set(self.asked) - {"dates", "first", "last"}:
            rows = rows.filter(commission__in=self.matching())
        return rows

    def matching(self):
        """Return the commissions that the other filters leave, or their keys.

        A search names its table, which a subquery would rename: the newest FOUND
        that it finds are read first.
        """
        if "q" not in self.asked:
            return self.narrowed()
        newest = self.narrowed(recent=True).order_by("-pk")
        return list(newest.values_list("pk", flat=True)[:FOUND])

    def when(self):
        """Return which dates are asked for, as a condition."""
        first, now = self.quarter("first"), quarters.first_day_of_quarter(self.today)
        since = from_quarter(first or now)
        if self.state == "passed":
            since = ~from_quarter(now) & (since if first else Q())
        if last := self.quarter("last"):
            since &= Q(planned_on__lte=quarters.last_day_of_quarter(last))
        return since

    def undated(self):
        """Return the commissions kept here without a contract or a date to come."""
        rows = self.narrowed().kept_here().filter(stage__in=UNSIGNED)
        return rows.exclude(Exists(dates_ahead("pk")))

    def rows(self):
        """Return what is left, in no order: dates, or commissions without one."""
        return self.undated() if self.state == "none" else self.coming()

    def read(self):
        """Return the list in its order, ready to be paged."""
        if self.state == "none":
            return Keyset(without_long_texts(self.undated()), [NEWEST], name="none")
        by = KeysetPart("planned_on", DateField(), down=self.state == "passed")
        return Keyset(self.coming(), [by], name=self.state or "coming")
