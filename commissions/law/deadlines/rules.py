"""The statutory clocks, law by law: each a row with its event, its number, its source."""

from functools import partial

from commissions.law.deadlines.counting import (
    AFTER,
    AFTER_HALF_YEAR,
    AFTER_QUARTER,
    BEGINNING_WITH,
    CLEAR,
    CLEAR_WORKING,
    IN_WINDOW,
    MONTHS_AFTER,
    MONTHS_BEGINNING_WITH,
    WORKING_AFTER,
    WORKING_AFTER_THE_NEXT_DAY,
    WORKING_BEGINNING_WITH,
    Rule,
)

# The Procurement Act 2023, from planned notice to the end of a contract.

Act = partial(Rule, regime="procurement_act")


def act_law(section, but=""):
    """Cite a section of the Act, and the contracts it leaves aside."""
    return f"Procurement Act 2023, {section}{f'; {but}' if but else ''}"


NOT_WELSH_OR_NI = (
    "not for contracts of devolved Welsh or transferred Northern Ireland authorities"
)
TENDERS = "tenders are invited"
ENTERED = "the contract is entered into"

ACT_RULES = (
    Act(
        "pa_qualifying_uk3_earliest_uk4",
        "First day for a tender notice (UK4) that a planned procurement notice shortens to 10 days.",
        "the planned procurement notice (UK3) is published",
        AFTER,
        40,
        act_law("section 15(3)"),
        earliest=True,
    ),
    Act(
        "pa_qualifying_uk3_latest_uk4",
        "Last day for a tender notice (UK4) that a planned procurement notice shortens to 10 days.",
        "the planned procurement notice (UK3) is published",
        MONTHS_AFTER,
        12,
        act_law("section 15(3)"),
    ),
    *(
        Act(
            f"pa_min_participation_deadline_{days}",
            f"Earliest closing day for requests to take part: {days} days{when}.",
            "requests to take part are invited",
            AFTER,
            days,
            act_law("section 54(3) and (5)", "no minimum for light touch contracts"),
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
            act_law("section 54(4) and (5)", "no minimum for light touch contracts"),
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
        "Last day of the standstill; the contract can be entered into from the next day.",
        "the contract award notice (UK6) is published",
        WORKING_BEGINNING_WITH,
        8,
        act_law("sections 51(2) and 123(1)"),
        leaves_out="united_kingdom",
    ),
    Act(
        "pa_change_standstill_last_day",
        "Last day of the shortest voluntary standstill before a contract is changed.",
        "the contract change notice (UK10) is published",
        WORKING_BEGINNING_WITH,
        8,
        act_law("sections 76(2) and 123(1)"),
        leaves_out="united_kingdom",
    ),
    Act(
        "pa_contract_details",
        "Last day to publish the contract details notice (UK7).",
        ENTERED,
        BEGINNING_WITH,
        30,
        act_law("section 53(1)(b)"),
    ),
    Act(
        "pa_contract_details_light_touch",
        "Last day to publish the contract details notice (UK7) of a light touch contract.",
        ENTERED,
        BEGINNING_WITH,
        120,
        act_law("section 53(1)(a)"),
    ),
    Act(
        "pa_contract_copy",
        "Last day to publish a copy of a contract worth more than £5 million.",
        ENTERED,
        BEGINNING_WITH,
        90,
        act_law("section 53(3)(b)", NOT_WELSH_OR_NI),
    ),
    Act(
        "pa_contract_copy_light_touch",
        "Last day to publish a copy of a light touch contract worth more than £5 million.",
        ENTERED,
        BEGINNING_WITH,
        180,
        act_law("section 53(3)(a)", NOT_WELSH_OR_NI),
    ),
    Act(
        "pa_modified_contract_copy",
        "Last day to publish a copy of a change to a contract worth more than £5 million.",
        "the contract is modified",
        BEGINNING_WITH,
        90,
        act_law("section 77(1)", "not for contracts of devolved Welsh authorities"),
    ),
    Act(
        "pa_performance_yearly",
        "Last day of the twelve months within which performance is assessed and published (UK9).",
        "the contract, or its next period, begins",
        MONTHS_BEGINNING_WITH,
        12,
        act_law("section 71(2)", "only where key performance indicators are set"),
    ),
    Act(
        "pa_breach_notice",
        "Last day to publish a breach of contract or a failure to improve (UK9).",
        "section 71(5) first applies",
        BEGINNING_WITH,
        30,
        act_law("section 71(5)", "not for light touch contracts"),
    ),
    Act(
        "pa_termination",
        "Last day to publish the contract termination notice (UK11), at expiry too.",
        "the contract ends",
        BEGINNING_WITH,
        30,
        act_law("section 80(1) and (3)"),
    ),
    Rule(
        "pipeline",
        "Last day of the window for the pipeline notice (UK1), now or next: 1 April to 26 May.",
        "asked about",
        IN_WINDOW,
        56,
        act_law("section 93"),
    ),
    Rule(
        "payments_over_30k",
        "Last day to publish payments over £30,000 made in the quarter the date is in.",
        "a payment is made",
        AFTER_QUARTER,
        30,
        act_law("section 70(2)", "not for transferred Northern Ireland authorities"),
    ),
    Rule(
        "pa_payments_compliance",
        "Last day for the payments compliance notice (UK17) of the half-year the date is in.",
        "a payment is made or becomes payable",
        AFTER_HALF_YEAR,
        30,
        act_law("section 69(1)", "not for transferred Northern Ireland authorities"),
    ),
)


# The NHS Provider Selection Regime (SI 2023/1348), in England.

Psr = partial(Rule, regime="psr")


def psr_law(regulations):
    """Cite the regulations."""
    return (
        "Health Care Services (Provider Selection Regime) Regulations 2023 "
        f"(SI 2023/1348), {regulations}"
    )


PSR_RULES = (
    Psr(
        "psr_msp_earliest_identify",
        "First day on which identifying the most suitable provider can be completed.",
        "the notice of intention to follow the process is submitted for publication",
        AFTER,
        14,
        psr_law("regulation 10(5)"),
        earliest=True,
    ),
    Psr(
        "psr_representations_close",
        "Last day for representations; the standstill ends with it where there are none.",
        "the notice of intention to award is published",
        WORKING_AFTER_THE_NEXT_DAY,
        8,
        psr_law("regulation 12(2), (3), (9) and (12)"),
        leaves_out="england",
    ),
    Psr(
        "psr_standstill_after_further_decision",
        "Last day of the standstill where there were representations: 5 working days "
        "after providers get the last further decision.",
        "providers get the last further decision",
        WORKING_AFTER,
        5,
        psr_law("regulation 12(10) and (12)"),
        leaves_out="england",
    ),
    *(
        Psr(
            name,
            f"Last day to submit the notice of {what}.",
            event,
            AFTER,
            30,
            psr_law(at),
        )
        for name, what, event, at in (
            (
                "psr_award_notice",
                "the award",
                "the contract is awarded",
                "regulations 7 to 11 and 18(6)",
            ),
            (
                "psr_modification_notice",
                "a modification of £500,000 or more",
                "the contract is modified",
                "regulation 13(5)",
            ),
            (
                "psr_urgent_notice",
                "an urgent award or modification",
                "the urgent award or modification is made",
                "regulation 14(5)",
            ),
            (
                "psr_abandonment_notice",
                "abandoning the procurement",
                "the decision to abandon is made (or the standstill that it was made in ends)",
                "regulation 15(5)",
            ),
        )
    ),
)


# Decisions of councils.


def council_law(regulations):
    """Cite the regulations."""
    return (
        "Local Authorities (Executive Arrangements) (Meetings and Access to "
        f"Information) (England) Regulations 2012 (SI 2012/2089), {regulations}"
    )


AGENDA = "the agenda and reports are published"

COUNCIL_RULES = (
    Rule(
        "exec_key_decision_earliest",
        "First day on which a key decision can be made, after 28 clear days.",
        "the notice of the key decision is published",
        CLEAR,
        28,
        council_law("regulation 9(2)"),
        earliest=True,
    ),
    Rule(
        "exec_general_exception_earliest",
        "First day on which a key decision can be made where 28 clear days are impracticable.",
        "the notice to the scrutiny committee is published",
        CLEAR,
        5,
        council_law("regulation 10(1)(c)"),
        earliest=True,
    ),
    Rule(
        "exec_private_meeting_earliest",
        "First day on which a private meeting can be held, after the first notice.",
        "the first notice of the private meeting is published",
        CLEAR,
        28,
        council_law("regulation 5(2)"),
        earliest=True,
    ),
    Rule(
        "exec_private_meeting_second_notice_earliest",
        "First day on which a private meeting can be held, after the notice with the response "
        "to representations.",
        "the second notice of the private meeting is published",
        CLEAR,
        5,
        council_law("regulation 5(4)"),
        earliest=True,
    ),
    Rule(
        "exec_agenda_earliest_meeting",
        "First day for a meeting after its agenda is published, counting every day.",
        AGENDA,
        CLEAR,
        5,
        council_law("regulations 6(2) and 7(3)"),
        earliest=True,
    ),
    Rule(
        "exec_agenda_earliest_meeting_working_days",
        "First day for a meeting after its agenda is published, counting working days as most "
        "councils do.",
        AGENDA,
        CLEAR_WORKING,
        5,
        council_law("regulations 6(2) and 7(3), counted in working days by custom"),
        earliest=True,
    ),
)


# Answers to questions.

SCOTTISH = "Environmental Information (Scotland) Regulations 2004 (SSI 2004/520)"

QUESTION_RULES = (
    Rule(
        "foi_response",
        "Last day to answer a freedom of information request.",
        "the request is received",
        WORKING_AFTER,
        20,
        "Freedom of Information Act 2000, section 10(1) and (6)",
        leaves_out="united_kingdom",
        in_scotland="Freedom of Information (Scotland) Act 2002, sections 10(1) and 73",
    ),
    Rule(
        "eir_response",
        "Last day to answer a request for environmental information.",
        "the request is received",
        WORKING_AFTER,
        20,
        "Environmental Information Regulations 2004 (SI 2004/3391), regulation 5(2)",
        leaves_out="united_kingdom",
        in_scotland=f"{SCOTTISH}, regulation 5(2)",
    ),
    Rule(
        "eir_response_complex",
        "Last day to answer a large and complex request for environmental information.",
        "the request is received",
        WORKING_AFTER,
        40,
        "Environmental Information Regulations 2004 (SI 2004/3391), regulation 7(1)",
        leaves_out="united_kingdom",
        in_scotland=f"{SCOTTISH}, regulation 7(1)",
    ),
    Rule(
        "question_answer",
        "Day by which a public question is to be answered: 10 working days, or the number given.",
        "the question is asked",
        WORKING_AFTER,
        10,
        "The organisation’s own promise to answer in so many working days",
        adjustable=True,
    ),
)

RULES = {
    rule.name: rule
    for law in (ACT_RULES, PSR_RULES, COUNCIL_RULES, QUESTION_RULES)
    for rule in law
}
"""Every rule by its name, law by law."""
