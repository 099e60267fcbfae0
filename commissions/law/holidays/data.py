"""The bank holidays of 2024 to 2031, by nation, as plain facts.

The days are those that gov.uk/bank-holidays lists, carried on to 2031 by the
Banking and Financial Dealings Act 1971 and the yearly proclamations. A holiday
on a weekend is listed beside its substitute day. A migration loads them into
the table that the clocks of an installation read; days announced later, and
changes, are made there, in the admin. Leave these as they are.
"""

from datetime import date

from commissions.law.holidays import NATIONS, Holidays

ENGLAND, WALES = "england", "wales"
SCOTLAND, NORTHERN_IRELAND = "scotland", "northern_ireland"
NOT_SCOTLAND = (ENGLAND, WALES, NORTHERN_IRELAND)
UK = (*NOT_SCOTLAND, SCOTLAND)

HOLIDAYS = [
    ("2024-01-01", "New Year’s Day", UK),
    ("2024-01-02", "2 January", [SCOTLAND]),
    ("2024-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2024-03-18", "St Patrick’s Day (substitute day)", [NORTHERN_IRELAND]),
    ("2024-03-29", "Good Friday", UK),
    ("2024-04-01", "Easter Monday", NOT_SCOTLAND),
    ("2024-05-06", "Early May bank holiday", UK),
    ("2024-05-27", "Spring bank holiday", UK),
    ("2024-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2024-08-05", "Summer bank holiday", [SCOTLAND]),
    ("2024-08-26", "Summer bank holiday", NOT_SCOTLAND),
    ("2024-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2024-12-02", "St Andrew’s Day (substitute day)", [SCOTLAND]),
    ("2024-12-25", "Christmas Day", UK),
    ("2024-12-26", "Boxing Day", UK),
    ("2025-01-01", "New Year’s Day", UK),
    ("2025-01-02", "2 January", [SCOTLAND]),
    ("2025-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2025-04-18", "Good Friday", UK),
    ("2025-04-21", "Easter Monday", NOT_SCOTLAND),
    ("2025-05-05", "Early May bank holiday", UK),
    ("2025-05-26", "Spring bank holiday", UK),
    ("2025-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2025-07-14", "Battle of the Boyne (substitute day)", [NORTHERN_IRELAND]),
    ("2025-08-04", "Summer bank holiday", [SCOTLAND]),
    ("2025-08-25", "Summer bank holiday", NOT_SCOTLAND),
    ("2025-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2025-12-01", "St Andrew’s Day (substitute day)", [SCOTLAND]),
    ("2025-12-25", "Christmas Day", UK),
    ("2025-12-26", "Boxing Day", UK),
    ("2026-01-01", "New Year’s Day", UK),
    ("2026-01-02", "2 January", [SCOTLAND]),
    ("2026-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2026-04-03", "Good Friday", UK),
    ("2026-04-06", "Easter Monday", NOT_SCOTLAND),
    ("2026-05-04", "Early May bank holiday", UK),
    ("2026-05-25", "Spring bank holiday", UK),
    ("2026-06-15", "Scotland in the World Cup finals", [SCOTLAND]),
    ("2026-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2026-07-13", "Battle of the Boyne (substitute day)", [NORTHERN_IRELAND]),
    ("2026-08-03", "Summer bank holiday", [SCOTLAND]),
    ("2026-08-31", "Summer bank holiday", NOT_SCOTLAND),
    ("2026-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2026-12-25", "Christmas Day", UK),
    ("2026-12-26", "Boxing Day", UK),
    ("2026-12-28", "Boxing Day (substitute day)", UK),
    ("2027-01-01", "New Year’s Day", UK),
    ("2027-01-02", "2 January", [SCOTLAND]),
    ("2027-01-04", "2 January (substitute day)", [SCOTLAND]),
    ("2027-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2027-03-26", "Good Friday", UK),
    ("2027-03-29", "Easter Monday", NOT_SCOTLAND),
    ("2027-05-03", "Early May bank holiday", UK),
    ("2027-05-31", "Spring bank holiday", UK),
    ("2027-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2027-08-02", "Summer bank holiday", [SCOTLAND]),
    ("2027-08-30", "Summer bank holiday", NOT_SCOTLAND),
    ("2027-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2027-12-25", "Christmas Day", UK),
    ("2027-12-26", "Boxing Day", UK),
    ("2027-12-27", "Christmas Day (substitute day)", UK),
    ("2027-12-28", "Boxing Day (substitute day)", UK),
    ("2028-01-01", "New Year’s Day", UK),
    ("2028-01-02", "2 January", [SCOTLAND]),
    ("2028-01-03", "New Year’s Day (substitute day)", UK),
    ("2028-01-04", "2 January (substitute day)", [SCOTLAND]),
    ("2028-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2028-04-14", "Good Friday", UK),
    ("2028-04-17", "Easter Monday", NOT_SCOTLAND),
    ("2028-05-01", "Early May bank holiday", UK),
    ("2028-05-29", "Spring bank holiday", UK),
    ("2028-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2028-08-07", "Summer bank holiday", [SCOTLAND]),
    ("2028-08-28", "Summer bank holiday", NOT_SCOTLAND),
    ("2028-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2028-12-25", "Christmas Day", UK),
    ("2028-12-26", "Boxing Day", UK),
    ("2029-01-01", "New Year’s Day", UK),
    ("2029-01-02", "2 January", [SCOTLAND]),
    ("2029-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2029-03-19", "St Patrick’s Day (substitute day)", [NORTHERN_IRELAND]),
    ("2029-03-30", "Good Friday", UK),
    ("2029-04-02", "Easter Monday", NOT_SCOTLAND),
    ("2029-05-07", "Early May bank holiday", UK),
    ("2029-05-28", "Spring bank holiday", UK),
    ("2029-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2029-08-06", "Summer bank holiday", [SCOTLAND]),
    ("2029-08-27", "Summer bank holiday", NOT_SCOTLAND),
    ("2029-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2029-12-25", "Christmas Day", UK),
    ("2029-12-26", "Boxing Day", UK),
    ("2030-01-01", "New Year’s Day", UK),
    ("2030-01-02", "2 January", [SCOTLAND]),
    ("2030-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2030-03-18", "St Patrick’s Day (substitute day)", [NORTHERN_IRELAND]),
    ("2030-04-19", "Good Friday", UK),
    ("2030-04-22", "Easter Monday", NOT_SCOTLAND),
    ("2030-05-06", "Early May bank holiday", UK),
    ("2030-05-27", "Spring bank holiday", UK),
    ("2030-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2030-08-05", "Summer bank holiday", [SCOTLAND]),
    ("2030-08-26", "Summer bank holiday", NOT_SCOTLAND),
    ("2030-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2030-12-02", "St Andrew’s Day (substitute day)", [SCOTLAND]),
    ("2030-12-25", "Christmas Day", UK),
    ("2030-12-26", "Boxing Day", UK),
    ("2031-01-01", "New Year’s Day", UK),
    ("2031-01-02", "2 January", [SCOTLAND]),
    ("2031-03-17", "St Patrick’s Day", [NORTHERN_IRELAND]),
    ("2031-04-11", "Good Friday", UK),
    ("2031-04-14", "Easter Monday", NOT_SCOTLAND),
    ("2031-05-05", "Early May bank holiday", UK),
    ("2031-05-26", "Spring bank holiday", UK),
    ("2031-07-12", "Battle of the Boyne (Orangemen’s Day)", [NORTHERN_IRELAND]),
    ("2031-07-14", "Battle of the Boyne (substitute day)", [NORTHERN_IRELAND]),
    ("2031-08-04", "Summer bank holiday", [SCOTLAND]),
    ("2031-08-25", "Summer bank holiday", NOT_SCOTLAND),
    ("2031-11-30", "St Andrew’s Day", [SCOTLAND]),
    ("2031-12-01", "St Andrew’s Day (substitute day)", [SCOTLAND]),
    ("2031-12-25", "Christmas Day", UK),
    ("2031-12-26", "Boxing Day", UK),
]


def as_shipped(nation: str) -> Holidays:
    """Return the bank holidays that the portal comes with, for counting without a database."""
    days = {each: set() for each in NATIONS}
    for day, _, nations in HOLIDAYS:
        for each in nations:
            days[each].add(date.fromisoformat(day))
    own = days.pop(nation)
    return Holidays(nation, frozenset(own), frozenset(set().union(*days.values())))
