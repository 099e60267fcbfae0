"""The statutory clocks: from a day and a rule to a date with its working.

Pure: no Django, no database. Each rule is a row of a table in the module of
its law; a way of counting (`counting.py`) turns the row's start into a date
and the counting in words. Whoever asks gives the bank holidays.
"""

from commissions.law.deadlines.calculate import (
    ProcurementFacts,
    contract_copy_rule,
    contract_details_rule,
    count,
    participation_rule,
    rule_named,
    standstill_rule,
    tendering_rule,
)
from commissions.law.deadlines.counting import (
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
from commissions.law.deadlines.rules import RULES
from commissions.law.holidays import NATIONS, Holidays
from commissions.law.holidays.data import as_shipped
from commissions.law.regimes import REGIMES

__all__ = [
    "NATIONS",
    "REGIMES",
    "RULES",
    "Clock",
    "ClockError",
    "Holidays",
    "MissingDate",
    "MissingHolidays",
    "NoMinimum",
    "ProcurementFacts",
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
