"""The admin of the ground floor: forms for staff; every act is a verb."""

from django.contrib import admin

from commissions.admin import (
    commissions,
    contracts,
    decisions,
    exemptions,
    holidays,
    involving,
    organisations,
    people,
    procurement,
    proposals,
    record,
    services,
)

__all__ = [
    "commissions",
    "contracts",
    "decisions",
    "exemptions",
    "holidays",
    "involving",
    "organisations",
    "people",
    "procurement",
    "proposals",
    "record",
    "services",
]

admin.site.index_title = "Your desk"
