"""The ground floor: who decides, what is decided, and the public record."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CommissionsConfig(AppConfig):
    name = "commissions"
    verbose_name = "Commissioning"

    def ready(self):
        """Put the guards, the search's trigger and the groups back after a migration.

        SQLite rebuilds a table when its shape changes and drops its triggers
        without a word, so they are not left to one migration.
        """
        from commissions import across_rows, guards, staff  # noqa: PLC0415 - models load first
        from commissions.search import tables  # noqa: PLC0415 - models load first

        pre_migrate.connect(across_rows.lift, sender=self)
        post_migrate.connect(across_rows.restore, sender=self)
        post_migrate.connect(guards.restore, sender=self)
        post_migrate.connect(tables.restore, sender=self)
        post_migrate.connect(staff.restore_groups, sender=self)
