"""The floor above: drafts, comments, and what became of them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Consultations"

    def ready(self):
        """Put the guards of published drafts and the groups back after a migration."""
        from consultations import guards, staff  # noqa: PLC0415 - models load first

        post_migrate.connect(guards.restore, sender=self)
        post_migrate.connect(staff.restore_groups, sender=self)
