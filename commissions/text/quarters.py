"""Quarters of a calendar year as days, as codes and in words. Pure."""

from datetime import date, timedelta

from commissions.text.formats import roughly


def first_day_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_after(first: date, quarters: int = 1) -> date:
    """Return the first day of the quarter so many later; fewer than none go back."""
    number = first.year * 4 + (first.month - 1) // 3 + quarters
    return date(number // 4, number % 4 * 3 + 1, 1)


def last_day_of_quarter(day: date) -> date:
    return quarter_after(first_day_of_quarter(day)) - timedelta(days=1)


def quarters_between(start: date, end: date) -> list[date]:
    """List the first day of each quarter from one day's to another's."""
    found = [first_day_of_quarter(start)]
    while quarter_after(found[-1]) <= end:
        found.append(quarter_after(found[-1]))
    return found


def quarter_code(first: date) -> str:
    """Write a quarter as a code: 2027-2."""
    return f"{first.year}-{(first.month - 1) // 3 + 1}"


def quarter_name(first: date) -> str:
    """Write a quarter as people say it: April to June 2027."""
    return roughly(first, "quarter")
