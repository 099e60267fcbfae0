"""The clock of the demonstration, and its acts played in the order of their days."""

import datetime
from itertools import count

from django.utils import timezone

BEGINS = -430
"""The day on which the county started to use the portal."""


HOLIDAYS = {(12, 25), (12, 26), (1, 1)}
"""Days of the year on which nothing in the story falls."""


class Story:
    """What has to happen, each act on its day.

    Loaders make the reference data at once and book every public act with
    `book`; `play` then performs all of them day by day, so that the record
    reads in the order in which things would have happened.
    """

    def __init__(self, today=None):
        self.today = today or timezone.localdate()
        self.booked = []
        self.numbers = count()

    def day(self, offset):
        """Return the working day nearest to today + offset days.

        A past day never moves later, nor a future day earlier, than asked.
        """
        day = self.today + datetime.timedelta(days=offset)
        step = datetime.timedelta(days=-1 if offset < 0 else 1)
        while day.weekday() > 4 or (day.month, day.day) in HOLIDAYS:
            day += step
        return day

    def time(self, offset, hour=9, minute=30):
        """Return a time of that day in London."""
        clock = datetime.time(hour, minute)
        return timezone.make_aware(datetime.datetime.combine(self.day(offset), clock))

    def book(self, offset, act, *args, **kwargs):
        """Note an act for a day; it is called with at=the time it happened."""
        self.booked.append((offset, next(self.numbers), act, args, kwargs))

    def play(self):
        """Perform every act booked, oldest first; return how many there were.

        Each happens a little after the one before it: a move waits for its notice.
        """
        acts, self.booked = sorted(self.booked, key=lambda act: act[:2]), []
        last = None
        for number, (offset, _, act, args, kwargs) in enumerate(acts):
            at = self.time(offset, 9 + number % 8, number * 7 % 60)
            at = last = max(at, last or at)
            act(*args, at=min(at, timezone.now()), **kwargs)
        return len(acts)
