"""The statutory clocks: from a day and a rule to a date with its working.

Pure: no Django, no database. Each rule is a row of a table in the module of
its law; a way of counting (`counting.py`) turns the row's start into a date
and the counting in words. Whoever asks gives the bank holidays.
"""

from commissions.clocks.bank_holidays import as_shipped
from commissions.clocks.choosing import (
    Facts,
    contract_copy_rule,
    contract_details_rule,
    participation_rule,
    standstill_rule,
    tendering_rule,
)
from commissions.clocks.days import NATIONS, Holidays
from commissions.clocks.rule import (
    REGIMES,
    Clock,
    ClockError,
    MissingDate,
    MissingHolidays,
    NoMinimum,
    Rule,
    UncountableDate,
    UnknownRule,
    WrongNumber,
    WrongRegime,
)
from commissions.clocks.running import RULES, count, rule_named

__all__ = [
    "NATIONS",
    "REGIMES",
    "RULES",
    "Clock",
    "ClockError",
    "Facts",
    "Holidays",
    "MissingDate",
    "MissingHolidays",
    "NoMinimum",
    "Rule",
    "UncountableDate",
    "UnknownRule",
    "WrongNumber",
    "WrongRegime",
    "as_shipped",
    "contract_copy_rule",
    "contract_details_rule",
    "count",
    "participation_rule",
    "rule_named",
    "standstill_rule",
    "tendering_rule",
]
