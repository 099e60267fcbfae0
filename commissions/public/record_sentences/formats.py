"""What the facts of an entry are called: record names and days, in words. Pure."""

from datetime import date

from commissions.public.commission.stage_timeline import roughly


def called(record_name, names):
    """Say a record name as people do: its given name, or its slug with spaces."""
    if record_name in names:
        return names[record_name]
    last = str(record_name or "").rstrip("/").rsplit("/", 1)[-1]
    return last.replace("-", " ").capitalize() or "somebody not stated"


def day(text, precision="day"):
    """Write an ISO date of a fact as roughly as it was meant; as it is if it is none."""
    try:
        return roughly(date.fromisoformat(text), precision)
    except (TypeError, ValueError):
        return str(text or "a day not stated")
