"""The laws that a commission may run under, by the values of Commission.Regime."""

from datetime import date

REGIMES = {
    "procurement_act": "the Procurement Act 2023",
    "psr": "the NHS Provider Selection Regime",
    "below_threshold": "the rules below the threshold",
    "grant": "the rules on grants",
    "in_house": "no procurement law, being provided in-house",
    "old_regulations": "the regulations before February 2025",
    "not_stated": "a legal regime that is not stated",
}

BEGAN = {
    "procurement_act": date(2025, 2, 24),  # SI 2024/716
    "below_threshold": date(2025, 2, 24),
    "psr": date(2024, 1, 1),
}
"""The day from which each law governs what begins, and what is awarded, under it."""
