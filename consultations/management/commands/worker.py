"""Do what time brings, again and again: tell, send, erase, close, begin, hand over."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from commissions.scheduled.close_bids import close_bids
from commissions.scheduled.hand_over_when_due import hand_over_when_due
from commissions.scheduled.start_and_end_contracts import start_and_end_contracts
from consultations.outbox import worker

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Tell followers of what is new, send the mail that is due, erase what has "
        "lapsed, move on by the clock what only notices tell and hand over what was "
        "announced, every few seconds. "
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

    def round(self):
        """Do what is due once; tell whether mail is left.

        What fails is logged and tried again in the next round: the rest goes on.
        """
        done = {}
        for name, step in {
            "alerts": worker.write_alerts,
            "mail": self.send,
            "erasure": self.tidy,
            "closing of bids": self.close_bids,
            "hand-overs": self.pass_on,
            "terms of contracts": self.follow_terms,
        }.items():
            try:
                done[name] = step()
            except Exception:
                logger.exception("%s failed; the next round tries again", name)
        return done.get("mail") == worker.BATCH

    def send(self):
        """Send what is due; return how many went."""
        sent, failed = worker.send_due()
        if sent or failed:
            self.stdout.write(f"Sent {sent}, failed {failed}.")
        return sent

    def tidy(self):
        """Erase what has lapsed."""
        if erased := worker.tidy():
            self.stdout.write(f"Erased {erased} unconfirmed.")

    def close_bids(self):
        """Close the bids whose time is over."""
        if closed := close_bids():
            self.stdout.write(f"Bids closed: {closed} known from notices.")

    def pass_on(self):
        """Hand over what was announced for today."""
        if passed := hand_over_when_due():
            self.stdout.write(f"Handed over: {passed} announced ahead.")

    def follow_terms(self):
        """Move on what its contracts' days have brought, once each day in London."""
        today = timezone.localdate()
        if self.followed_on == today:
            return
        begun, ended = start_and_end_contracts()
        self.followed_on = today
        if begun or ended:
            self.stdout.write(
                f"Known from notices: {begun} begun by contract, {ended} ended."
            )
