"""Index everything that can be found, from the start."""

from django.core.management.base import BaseCommand

from commissions.search import index as search_index


class Command(BaseCommand):
    help = "Makes the search index afresh. Safe to run at any time, and twice."

    def handle(self, **options):
        done = 0
        for done in search_index.rebuild():
            if done % 10_000 == 0:
                self.stdout.write(f"{done:,} done")
        self.stdout.write(self.style.SUCCESS(f"Search index made anew: {done:,} done."))
