"""Days, amounts and periods as OCDS writes them."""

from datetime import datetime, time

from django.utils import timezone

LAST = time(23, 59, 59)
"""When a period ends whose last day is given: with that day."""


def ocds_moment(value, at=time.min):
    """Write a day or a time as OCDS does; a day begins at midnight in London."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = timezone.make_aware(datetime.combine(value, at))
    return timezone.localtime(value).isoformat(timespec="seconds")


def ocds_number(value):
    return None if value is None else float(value)


def ocds_value(amount, gross=None, currency="GBP"):
    """Return a value, in pounds unless said; `gross` counts VAT."""
    if amount is None and gross is None:
        return None
    return {
        "amount": ocds_number(amount),
        "amountGross": ocds_number(gross),
        "currency": currency,
    }


def ocds_period(first, last, longest=None):
    """Return a period of time; `longest` counts every possible extension."""
    return {
        "startDate": ocds_moment(first),
        "endDate": ocds_moment(last, LAST),
        "maxExtentDate": ocds_moment(longest, LAST),
    }


def without_empty(value):
    """Return a value without what is empty in it; None where nothing is left."""
    if isinstance(value, dict):
        kept = {key: without_empty(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None} or None
    if isinstance(value, list | tuple):
        kept = [each for each in map(without_empty, value) if each is not None]
        return kept or None
    return None if value == "" else value
