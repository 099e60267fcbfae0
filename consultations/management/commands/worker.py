"""Tell followers, send the mail that is due, erase what has lapsed, again and again."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from commissions.closing import close_bids
from commissions.passing_on import pass_on
from commissions.terms_passing import follow
from consultations import worker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Tell followers of what is new, send the mail that is due and erase what has "
        "lapsed, every few seconds. "
        "Several may run at once; killing one loses nothing."
    )

    followed_on = None  # the day on which contracts' days were last asked

    def add_arguments(self, parser):
        parser.add_argument(
            "--once", action="store_true", help="do what is due now, then stop"
        )
        parser.add_argument(
            "--every",
            type=float,
            default=5,
            metavar="SECONDS",
            help="how long to rest between rounds (default: 5)",
        )

    def handle(self, *, once, every, **options):
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            more = self.round()
            if once and not more:
                return
            if not more:
                stop.wait(every)
            close_old_connections()

    def follow_terms(self):
        """Move on what its contracts' days have brought, once each day in London."""
        today = timezone.localdate()
        if self.followed_on == today:
            return
        begun, ended = follow()
        self.followed_on = today
        if begun or ended:
            self.stdout.write(
                f"Known from notices: {begun} begun by contract, {ended} ended."
            )

    def round(self):
        """Do what is due once, and say what was done; tell whether mail is left."""
        try:
            worker.write_alerts()
        except Exception:  # what is due besides must go out all the same
            logger.exception("alerts were not written; the next round tries again")
        sent, failed = worker.send_due()
        erased = worker.tidy()
        if closed := close_bids():
            self.stdout.write(f"Bids closed: {closed} known from notices.")
        if passed := pass_on():
            self.stdout.write(f"Handed over: {passed} announced ahead.")
        self.follow_terms()
        if sent or failed or erased:
            self.stdout.write(
                f"Sent {sent}, failed {failed}, erased {erased} unconfirmed."
            )
        return sent == worker.BATCH
