"""The clocks of the NHS Provider Selection Regime (SI 2023/1348), in England."""

from functools import partial

from commissions.law.deadlines.counting import (
    AFTER,
    WORKING_AFTER,
    WORKING_AFTER_THE_NEXT_DAY,
)
from commissions.law.deadlines.rule import Rule

Psr = partial(Rule, regime="psr")


def law(regulations):
    """Cite the regulations."""
    return (
        "Health Care Services (Provider Selection Regime) Regulations 2023 "
        f"(SI 2023/1348), {regulations}"
    )


RULES = (
    Psr(
        "psr_msp_earliest_identify",
        "First day on which identifying the most suitable provider may be completed.",
        "the notice of intention to follow the process is submitted for publication",
        AFTER,
        14,
        law("regulation 10(5)"),
        earliest=True,
    ),
    Psr(
        "psr_representations_close",
        "Last day for representations; the standstill ends with it where there are none.",
        "the notice of intention to award is published",
        WORKING_AFTER_THE_NEXT_DAY,
        8,
        law("regulation 12(2), (3), (9) and (12)"),
        leaves_out="england",
    ),
    Psr(
        "psr_standstill_after_further_decision",
        "Last day of the standstill where there were representations: 5 working days "
        "after providers are told the last further decision.",
        "providers are told the last further decision",
        WORKING_AFTER,
        5,
        law("regulation 12(10) and (12)"),
        leaves_out="england",
    ),
    *(
        Psr(
            name, f"Last day to submit the notice of {what}.", event, AFTER, 30, law(at)
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
