"""The ground floor: who decides, what is decided, and the public record."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import translation


class CommissionsConfig(AppConfig):
    name = "commissions"
    verbose_name = "Commissioning"

    def ready(self):
        """Put the guards, the search's triggers back after a migration.

        SQLite rebuilds a table when its shape changes and drops its triggers
        without a word, so they are not left to one migration.
        """
        from commissions.contracts import triggers
        from commissions.law.language import Translator
        from commissions.public.places.page import answer_with_place
        from commissions.public.search import page as search_page
        from commissions.public.search import sources
        from commissions.public.search.signposts import answer_with_page
        from commissions.record import triggers as guards
        from commissions.search import index as search_index

        Translator.gettext = translation.gettext
        Translator.ngettext = translation.ngettext
        Translator.language = translation.get_language
        sources.register_sources()
        search_page.ANSWERS += [answer_with_place, answer_with_page]
        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.restore, sender=self)
        post_migrate.connect(guards.restore, sender=self)
        post_migrate.connect(search_index.restore, sender=self)
