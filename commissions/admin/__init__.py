"""The admin of the ground floor: forms for staff; every act is a verb."""

from commissions.admin import (
    commissions,
    holidays,
    organisations,
    people,
    procurement,
    record,
    services,
)

__all__ = [
    "commissions",
    "holidays",
    "organisations",
    "people",
    "procurement",
    "record",
    "services",
]
