"""How far off a day is, in the unit people would use: days, months, years. Pure."""

from datetime import date


def months_between(start: date, end: date) -> int:
    """Count the whole months from one day to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def counted(number: int, unit: str) -> str:
    """Write a number with its unit: 1 month, 7 months."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def length(start: date, end: date) -> str:
    """Say how long it is: 40 days, 7 months, 2 years. Rounded down."""
    months = months_between(start, end)
    if months < 2:
        return counted((end - start).days, "day")
    if months < 24:
        return counted(months, "month")
    return counted(months // 12, "year")


def how_far(day: date, today: date) -> str:
    """Say how far off a day is: today, in 7 months, 2 years ago."""
    if day == today:
        return "today"
    if day > today:
        return f"in {length(today, day)}"
    return f"{length(day, today)} ago"
