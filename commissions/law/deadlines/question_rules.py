"""The clocks of answering people: information requests and public questions."""

from commissions.law.deadlines.counting import WORKING_AFTER
from commissions.law.deadlines.rule import Rule

SCOTTISH = "Environmental Information (Scotland) Regulations 2004 (SSI 2004/520)"

RULES = (
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
