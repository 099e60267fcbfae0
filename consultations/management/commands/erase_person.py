"""Erase everything that one person sent."""

import getpass
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commissions.models import NotReady
from consultations.erasure import erase_person


class Command(BaseCommand):
    help = (
        "Erase the name, email address and words of everybody who wrote from one "
        "address. Asks for the address, so that it stays out of the shell's history; "
        "or give it on standard input."
    )

    def handle(self, **options):
        if sys.stdin.isatty():
            email = getpass.getpass("Email address (not shown as you type): ")
        else:
            email = sys.stdin.readline()
        try:
            count = erase_person(email.strip(), by="portal")
        except NotReady as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"Erased {count} things that were sent from it. The record holds only "
            "digests, which now match nothing. Backups keep a copy until they lapse: "
            f"{settings.BACKUPS_KEPT_DAYS} days at most. A staff account of the address "
            "stays: close it at the desk."
        )
