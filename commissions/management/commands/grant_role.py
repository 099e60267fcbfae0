"""`manage.py grant_role`: what the role that serves the portal may do."""

from django.core.management import BaseCommand, CommandError

from commissions.models import NotReady
from commissions.record import roles


class Command(BaseCommand):
    """Grant a PostgreSQL role what serving the portal needs, and no more."""

    help = (
        "Give a PostgreSQL role what serving the portal needs and no more: it cannot "
        "change the record or lift its guards. Run it as the owner, after migrate."
    )

    def add_arguments(self, parser):
        """Take the name of the role."""
        parser.add_argument("role")

    def handle(self, *, role, **options):
        """Grant, or say why not."""
        try:
            roles.grant(role)
        except NotReady as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"“{role}” may serve the portal.")
