"""Django's door to the desk: forms for staff; every act is a verb."""

from django.contrib import admin

from commissions.desk import (
    decisions,
    involvement,
    organisations,
    people,
    proposals,
    record,
    search,
    services,
    staff_roles,
)
from commissions.desk.commission import admin as commission
from commissions.desk.contracts import admin as contracts
from commissions.desk.procurement import admin as procurement

__all__ = [
    "commission",
    "contracts",
    "decisions",
    "involvement",
    "organisations",
    "people",
    "procurement",
    "proposals",
    "record",
    "search",
    "services",
    "staff_roles",
]

admin.site.index_title = "Your desk"
