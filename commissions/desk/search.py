"""Words that mean the same, at the desk: what people type, and what notices write."""

from django.contrib import admin

from commissions.desk.base import PortalAdmin
from commissions.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(PortalAdmin):
    """A list that staff keep: the search finds each word by the others."""

    list_display = ["words"]
    search_fields = ["words"]
