"""The floor above: drafts, comments, and what happened to them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConsultationsConfig(AppConfig):
    name = "consultations"
    verbose_name = "Consultations"

    def ready(self):
        """Add to the pages of commissions; put guards and groups back after a migration."""
        from commissions.search import index as search_index
        from consultations import panels, permissions, search, sharing
        from consultations.comments import triggers as comment_triggers
        from consultations.drafts import triggers

        panels.register_panels()
        search.register_sources()
        sharing.register()
        post_migrate.connect(triggers.restore, sender=self)
        post_migrate.connect(comment_triggers.restore, sender=self)
        permissions.register()
        post_migrate.connect(search_index.restore, sender=self)
