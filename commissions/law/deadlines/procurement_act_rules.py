"""The clocks of the Procurement Act 2023, from planned notice to the end of a contract."""

from functools import partial

from commissions.law.deadlines.counting import (
    AFTER,
    AFTER_HALF_YEAR,
    AFTER_QUARTER,
    BEGINNING_WITH,
    IN_WINDOW,
    MONTHS_AFTER,
    MONTHS_BEGINNING_WITH,
    WORKING_BEGINNING_WITH,
)
from commissions.law.deadlines.rule import Rule

Act = partial(Rule, regime="procurement_act")


def law(section, but=""):
    """Cite a section of the Act, and the contracts it leaves aside."""
    return f"Procurement Act 2023, {section}{f'; {but}' if but else ''}"


NOT_WELSH_OR_NI = (
    "not for contracts of devolved Welsh or transferred Northern Ireland authorities"
)
TENDERS = "tenders are invited"
ENTERED = "the contract is entered into"

RULES = (
    Act(
        "pa_qualifying_uk3_earliest_uk4",
        "First day for a tender notice (UK4) that a planned procurement notice shortens to 10 days.",
        "the planned procurement notice (UK3) is published",
        AFTER,
        40,
        law("section 15(3)"),
        earliest=True,
    ),
    Act(
        "pa_qualifying_uk3_latest_uk4",
        "Last day for a tender notice (UK4) that a planned procurement notice shortens to 10 days.",
        "the planned procurement notice (UK3) is published",
        MONTHS_AFTER,
        12,
        law("section 15(3)"),
    ),
    *(
        Act(
            f"pa_min_participation_deadline_{days}",
            f"Earliest closing day for requests to take part: {days} days{when}.",
            "requests to take part are invited",
            AFTER,
            days,
            law("section 54(3) and (5)", "no minimum for light touch contracts"),
            earliest=True,
        )
        for days, when in ((25, ""), (10, ", where 25 is impractical for urgency"))
    ),
    *(
        Act(
            f"pa_min_tender_deadline_{days}",
            f"Earliest closing day for tenders: {days} days{when}.",
            TENDERS,
            AFTER,
            days,
            law("section 54(4) and (5)", "no minimum for light touch contracts"),
            earliest=True,
        )
        for days, when in (
            (25, ", sent electronically, with all the documents at once"),
            (30, ", where some documents come later or tenders come on paper"),
            (35, ", where some documents come later and tenders come on paper"),
            (10, ", after a qualifying UK3, in urgency or from a dynamic market"),
        )
    ),
    Act(
        "pa_standstill_last_day",
        "Last day of the standstill; the contract may be entered into from the next day.",
        "the contract award notice (UK6) is published",
        WORKING_BEGINNING_WITH,
        8,
        law("sections 51(2) and 123(1)"),
        leaves_out="united_kingdom",
    ),
    Act(
        "pa_change_standstill_last_day",
        "Last day of the shortest voluntary standstill before a contract is changed.",
        "the contract change notice (UK10) is published",
        WORKING_BEGINNING_WITH,
        8,
        law("sections 76(2) and 123(1)"),
        leaves_out="united_kingdom",
    ),
    Act(
        "pa_contract_details",
        "Last day to publish the contract details notice (UK7).",
        ENTERED,
        BEGINNING_WITH,
        30,
        law("section 53(1)(b)"),
    ),
    Act(
        "pa_contract_details_light_touch",
        "Last day to publish the contract details notice (UK7) of a light touch contract.",
        ENTERED,
        BEGINNING_WITH,
        120,
        law("section 53(1)(a)"),
    ),
    Act(
        "pa_contract_copy",
        "Last day to publish a copy of a contract worth more than £5 million.",
        ENTERED,
        BEGINNING_WITH,
        90,
        law("section 53(3)(b)", NOT_WELSH_OR_NI),
    ),
    Act(
        "pa_contract_copy_light_touch",
        "Last day to publish a copy of a light touch contract worth more than £5 million.",
        ENTERED,
        BEGINNING_WITH,
        180,
        law("section 53(3)(a)", NOT_WELSH_OR_NI),
    ),
    Act(
        "pa_modified_contract_copy",
        "Last day to publish a copy of a change to a contract worth more than £5 million.",
        "the contract is modified",
        BEGINNING_WITH,
        90,
        law("section 77(1)", "not for contracts of devolved Welsh authorities"),
    ),
    Act(
        "pa_performance_yearly",
        "Last day of the twelve months within which performance is assessed and published (UK9).",
        "the contract, or its next period, begins",
        MONTHS_BEGINNING_WITH,
        12,
        law("section 71(2)", "only where key performance indicators are set"),
    ),
    Act(
        "pa_breach_notice",
        "Last day to publish a breach of contract or a failure to improve (UK9).",
        "section 71(5) first applies",
        BEGINNING_WITH,
        30,
        law("section 71(5)", "not for light touch contracts"),
    ),
    Act(
        "pa_termination",
        "Last day to publish the contract termination notice (UK11), at expiry too.",
        "the contract ends",
        BEGINNING_WITH,
        30,
        law("section 80(1) and (3)"),
    ),
    Rule(
        "pipeline",
        "Last day of the window for the pipeline notice (UK1), now or next: 1 April to 26 May.",
        "asked about",
        IN_WINDOW,
        56,
        law("section 93"),
    ),
    Rule(
        "payments_over_30k",
        "Last day to publish payments over £30,000 made in the quarter the date is in.",
        "a payment is made",
        AFTER_QUARTER,
        30,
        law("section 70(2)", "not for transferred Northern Ireland authorities"),
    ),
    Rule(
        "pa_payments_compliance",
        "Last day for the payments compliance notice (UK17) of the half-year the date is in.",
        "a payment is made or becomes payable",
        AFTER_HALF_YEAR,
        30,
        law("section 69(1)", "not for transferred Northern Ireland authorities"),
    ),
)
