"""Count one statutory period from a day, and show the working."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from commissions.clocks import NATIONS, RULES, ClockError, count, rule_named
from commissions.models import Holiday

WRONG_INPUT = 2  # exit status
EXAMPLE = "--from 2026-11-02 --rule pa_standstill_last_day"


class Command(BaseCommand):
    help = (
        "Counts one statutory period: prints the date first, then the counting in "
        f"words and its source. For example: clocks {EXAMPLE}"
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="start", help="The day, such as 2026-11-02.")
        parser.add_argument("--rule", help="The rule, by its name: see --list.")
        parser.add_argument(
            "--nation",
            default="england",
            help=f"Whose bank holidays: {', '.join(NATIONS)}. England if left out.",
        )
        parser.add_argument(
            "--regime",
            help="The law the commission runs under, to check that the rule is of it.",
        )
        parser.add_argument(
            "--days",
            type=int,
            help="The number of days, for a rule whose number no law fixes.",
        )
        parser.add_argument(
            "--list", action="store_true", help="Names every rule with its meaning."
        )

    def handle(self, *, start, rule, nation, regime, days, **options):
        try:
            lines = (
                listing()
                if options["list"]
                else working(start, rule, nation, regime, days)
            )
        except ClockError as refusal:
            raise CommandError(refusal, returncode=WRONG_INPUT) from None
        self.stdout.write("\n".join(lines))


def listing():
    """Return a line for each rule: its name and what it means."""
    return [f"{rule.name}: {rule.means}" for rule in RULES.values()]


def working(start, rule, nation, regime, days):
    """Run one clock and return its lines, the date first; raises ClockError."""
    if not rule:
        raise ClockError(f"Name a rule, for example: {EXAMPLE}. --list names them all.")
    rule, nation = rule_named(rule), nation_given(nation)
    clock = count(
        rule.name,
        day_given(start),
        calendar(nation) if rule.way.working else None,
        regime=regime,
        days=days,
    )
    lines = [clock.date.isoformat(), clock.counting, f"Source: {clock.source}."]
    return [*lines, f"Note: {clock.caution}"] if clock.caution else lines


def day_given(text):
    """Read a day; none where none was given, which the clock refuses by name."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ClockError(
            f"“{text}” is not a date. Write it as 2026-11-02: year, month, day."
        ) from None


def nation_given(text):
    """Return a nation's code, however its name is spelt."""
    code = text.strip().lower().replace("-", "_").replace(" ", "_")
    if code not in NATIONS:
        raise ClockError(f"“{text}” is not one of {', '.join(NATIONS)}.")
    return code


def calendar(nation):
    """Return the bank holidays of a nation; refuse where there is no table yet."""
    try:
        return Holiday.objects.calendar(nation)
    except DatabaseError:
        raise ClockError(
            "The bank holidays cannot be read from the database. Run: manage.py migrate"
        ) from None
