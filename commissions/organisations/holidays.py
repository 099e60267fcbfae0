"""Bank holidays by nation: a dated table, because one can be announced late."""

from django.db import models
from django.db.models import F, Q

from commissions.fields import DayField
from commissions.law.deadlines import Holidays
from commissions.organisations.models import Organisation


class HolidayQuerySet(models.QuerySet):
    """Bank holidays as the clocks want them: one query, plain dates."""

    def known_on(self, day):
        """Those announced by a day: what a count begun then could know."""
        return self.filter(Q(announced_on__isnull=True) | Q(announced_on__lte=day))

    def for_nation(self, nation):
        """Return the days that are bank holidays in a nation."""
        return frozenset(self.filter(nation=nation).values_list("day", flat=True))

    def calendar(self, nation):
        """Return a nation's holidays for the clocks, the other nations' beside them.

        `nation` is a value of Organisation.Nation. Call it once for many clocks.
        """
        own, elsewhere = set(), set()
        for whose, day in self.values_list("nation", "day"):
            (own if whose == nation else elsewhere).add(day)
        return Holidays(nation, frozenset(own), frozenset(elsewhere))


class Holiday(models.Model):
    """A day that is not a working day in one nation (gov.uk/bank-holidays).

    Change the table here and every clock still running moves with it.
    """

    nation = models.CharField(max_length=20, choices=Organisation.Nation)
    day = DayField()
    name = models.CharField(
        max_length=100,
        help_text="As GOV.UK lists it, for example: Boxing Day (substitute day).",
    )
    announced_on = DayField(
        null=True,
        blank=True,
        help_text="Only for a day announced late, such as a coronation. "
        "Leave it empty for the usual ones.",
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "nation"]
        constraints = [
            models.UniqueConstraint(
                fields=["nation", "day"],
                name="holiday_is_listed_once_for_a_nation",
                violation_error_message="This nation has a bank holiday on this day already. Change that one instead.",
            ),
            models.CheckConstraint(
                name="holiday_is_announced_before_it_is_over",
                condition=Q(announced_on__isnull=True) | Q(announced_on__lte=F("day")),
                violation_error_message="A bank holiday is announced on or before the day itself. Correct one of the two dates.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_nation_display()}, {self.day.isoformat()}"

    @property
    def record_name(self):
        return f"holiday/{self.nation}/{self.day.isoformat()}"


class HolidayCalendars:
    """The bank holidays, read once and only where a clock asks for them."""

    def __init__(self):
        self.read = {}

    def of(self, nation):
        """Return the holidays of a nation."""
        if nation not in self.read:
            self.read[nation] = Holiday.objects.calendar(nation)
        return self.read[nation]
