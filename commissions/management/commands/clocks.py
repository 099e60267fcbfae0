"""Count one statutory period from a day, and show the working."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from commissions.law.deadlines import (
    NATIONS,
    REGIMES,
    RULES,
    ClockError,
    UnknownRule,
    as_shipped,
    count,
    rule_named,
)
from commissions.models import Holiday

WRONG_INPUT = 2  # exit status
EXAMPLE = "--from 2026-11-02 --rule pa_standstill_last_day"
SHIPPED = (
    "The table of bank holidays could not be read, so these are the days that the "
    "portal comes with; manage.py migrate makes the table."
)


class Command(BaseCommand):
    help = (
        "Counts one statutory period: prints the date first, then the counting in "
        f"words and its source. For example: clocks {EXAMPLE}. Where it cannot count, "
        "it says why on standard error and its exit status is 2."
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="start", help="The day, such as 2026-11-02.")
        parser.add_argument(
            "--rule",
            help=f"The rule, by its name: {', '.join(RULES)}. --list says what each is.",
        )
        parser.add_argument(
            "--nation",
            default="england",
            help=f"Whose bank holidays: {', '.join(NATIONS)}. England if left out. A law "
            "that names the United Kingdom’s or England’s own is counted by those.",
        )
        parser.add_argument(
            "--regime",
            help="The law the commission runs under, to check that the rule is of it: "
            f"{', '.join(REGIMES)}.",
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
    return [f"{rule.name}: {rule.means}" for rule in RULES.values()]


def working(start, rule, nation, regime, days):
    """Run one clock and return its lines, the date first; raises ClockError."""
    rule, nation = rule_given(rule), nation_given(nation)
    whose = "england" if rule.leaves_out == "england" else nation
    holidays, note = calendar(whose) if rule.way.working else (None, "")
    clock = count(
        rule.name, day_given(start), holidays, regime=regime_given(regime), days=days
    )
    lines = [clock.date.isoformat(), clock.counting, f"Source: {clock.source}."]
    notes = (clock.caution, clock.note, note)
    return [*lines, *(f"Note: {each}" for each in notes if each)]


def rule_given(name):
    """Return a rule; where none is named, or none of that name is, name them all."""
    try:
        if not name:
            raise UnknownRule(f"Name a rule, for example: {EXAMPLE}.")
        return rule_named(name.strip().lower())
    except UnknownRule as refusal:
        known = "\n".join(["The rules:", *listing()])
        raise UnknownRule(f"{refusal}\n{known}") from None


def day_given(text):
    """Read a day; none where none was given, which the clock refuses by name."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ClockError(
            f"“{text}” is not a date. Write it as 2026-11-02: year, month, day."
        ) from None


def nation_given(text):
    return one_of(NATIONS, text)


def regime_given(text):
    return one_of(REGIMES, text) if text else None


def one_of(known, text):
    """Return the code that a text spells, or refuse and name those there are."""
    code = text.strip().lower().replace("-", "_").replace(" ", "_")
    if code not in known:
        raise ClockError(f"“{text}” is not one of {', '.join(known)}.")
    return code


def calendar(nation):
    """Return the bank holidays of a nation and a note: without a table, those shipped."""
    try:
        return Holiday.objects.calendar(nation), ""
    except DatabaseError:
        return as_shipped(nation), SHIPPED
