"""Days, amounts and periods as OCDS writes them."""

from datetime import datetime, time

from django.utils import timezone


def moment(value):
    """Write a day or a time as OCDS does; a day begins at midnight in London."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = timezone.make_aware(datetime.combine(value, time.min))
    return timezone.localtime(value).isoformat(timespec="seconds")


def number(value):
    return None if value is None else float(value)


def money(amount, gross=None):
    """Return a value in pounds; `gross` counts VAT."""
    if amount is None and gross is None:
        return None
    return {"amount": number(amount), "amountGross": number(gross), "currency": "GBP"}


def period(first, last, longest=None):
    """Return a period of time; `longest` counts every possible extension."""
    return {
        "startDate": moment(first),
        "endDate": moment(last),
        "maxExtentDate": moment(longest),
    }


def filled(value):
    """Return a value without what is empty in it; None where nothing is left."""
    if isinstance(value, dict):
        kept = {key: filled(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None} or None
    if isinstance(value, list | tuple):
        kept = [each for each in map(filled, value) if each is not None]
        return kept or None
    return None if value == "" else value
