"""Do what time brings, again and again: tell, send, erase, close, begin, hand over."""

import logging
import signal
import threading
from time import monotonic

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.utils import timezone

from commissions.scheduled import (
    close_bids,
    hand_over_when_due,
    start_and_end_contracts,
)
from commissions.search.index import index_what_ended
from consultations import retention
from consultations.comments import attachments
from consultations.events import models as events
from consultations.outbox import worker

logger = logging.getLogger(__name__)
AN_HOUR = 3600  # seconds
GRACE = 25  # seconds that a step under way has to end in, once told to stop
MORE = object()  # what a step answers that left something to do


class Command(BaseCommand):
    help = (
        "Tell followers of what is new, send the mail that is due, erase what has "
        "lapsed, move on by the clock what only notices tell and hand over what was "
        "announced, every few seconds. "
        "Several may run at once; killing one loses nothing."
    )

    followed_on = None  # the day on which contracts' days were last asked
    tidied_at = None  # when what has lapsed was last erased: its periods are days

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
        if once:
            while self.round():
                continue
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        lanes = [
            threading.Thread(target=self.keep_on, args=(lane, stop, every), daemon=True)
            for lane in self.lanes()
        ]
        for thread in lanes:
            thread.start()
        stop.wait()
        ends = monotonic() + GRACE
        for thread in lanes:
            thread.join(max(0, ends - monotonic()))

    def lanes(self):
        """Return the steps, by what they may have to wait for, in the order of one round.

        Each lane has a thread and a connection of its own: what the clock does
        never waits for a mail server or a picture.
        """
        return {
            "clock": {
                "closing of bids": self.close_bids,
                "hand-overs": self.pass_on,
                "terms of contracts": self.follow_terms,
                "search for what ended": self.find_later,
            },
            "record": {
                "alerts": worker.write_alerts,
                "reminders of events": self.remind,
                "erasure": self.tidy,
            },
            "pictures": {"pictures": self.redraw},
            "mail": {"mail": self.send},
        }

    def keep_on(self, lane, stop, every):
        """Do the steps of one lane again and again, until told to stop."""
        while not stop.is_set():
            if not self.do(self.lanes()[lane]):
                stop.wait(every)
            close_old_connections()
        connection.close()

    def round(self):
        """Do what is due once, lane by lane; tell whether any is left."""
        left = [self.do(steps) for steps in self.lanes().values()]
        return any(left)

    def do(self, steps):
        """Do some steps; tell whether one of them left something to do.

        What fails is logged and tried again in the next round: the rest goes on.
        """
        more = False
        for name, step in steps.items():
            try:
                more |= step() is MORE
            except Exception:
                logger.exception("%s failed; the next round tries again", name)
        return more

    def find_later(self):
        """Let search show later what has ended since it was indexed."""
        index_what_ended()

    def send(self):
        """Send what is due, a batch at a time."""
        sent, failed = worker.send_due()
        if sent or failed:
            self.stdout.write(f"Sent {sent}, failed {failed}.")
        return MORE if sent == worker.BATCH else None

    def remind(self):
        """Remind people of the events they have a place at."""
        return MORE if events.remind() == events.BATCH else None

    def redraw(self):
        """Draw the pictures that came in afresh, so that they can be read."""
        return MORE if attachments.redraw_waiting() == attachments.BATCH else None

    def tidy(self):
        """Erase what has lapsed, once an hour."""
        if self.tidied_at and monotonic() < self.tidied_at + AN_HOUR:
            return
        self.tidied_at = monotonic()
        for what, number in retention.apply().items():
            self.stdout.write(f"Erased {number}: {what}")

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
