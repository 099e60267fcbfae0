"""Days and sums that can be meant: a slip of the pen in one row must not stop a list.

The clocks of the law count from 1972 to 2199, and a database holds sums below a
thousand million million pounds exactly.
"""

from datetime import date
from decimal import Decimal

from commissions.fields import YEARS
from commissions.law.deadlines.calculate import FIRST, LAST

MOST = Decimal(10) ** 15
LESS = "Check the sum: it must be less than a thousand million million pounds."


def refuse_the_absurd(form):
    """Say beside each field of a form which day or sum cannot be meant."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, date) and not FIRST.year <= value.year < LAST.year:
            form.add_error(name, YEARS)
        if isinstance(value, Decimal) and not abs(value) < MOST:
            form.add_error(name, LESS)
