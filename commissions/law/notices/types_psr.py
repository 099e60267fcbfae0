"""The notices of the NHS Provider Selection Regime (SI 2023/1348).

Each is numbered by the Schedule that sets its content. Find a Tender publishes
them as it does the Act's; their place in OCDS is that of the Act's notice that
serves the same purpose, since its documentation gives none.
"""

from functools import partial

from commissions.law.notices.notice_type import PSR, NoticeType


def psr(regulations):
    """Cite the Regulations."""
    return (
        "Health Care Services (Provider Selection Regime) Regulations 2023 "
        f"(SI 2023/1348), {regulations}"
    )


def schedule(number):
    """Cite the Schedule that sets a notice's content."""
    return psr(f"Schedule {number}")


Psr = partial(NoticeType, regimes=(PSR,))
AFTER_AWARD = "Submitted within 30 days of the contract being awarded."
Award = partial(
    Psr,
    when=AFTER_AWARD,
    rule="psr_award_notice",
    event="the contract is awarded",
    section="awards",
    document_type="awardNotice",
    tags=("award", "contract"),
    status="complete",
)
Intention = partial(
    Psr,
    when="Before the contract is awarded. The standstill begins the day after.",
    section="awards",
    document_type="awardNotice",
    tags=("award",),
    status="active",
)
Changed = partial(
    Psr,
    rule="psr_modification_notice",
    event="the contract is modified",
    section="contracts",
    document_type="contractNotice",
    tags=("contractAmendment",),
    status="complete",
)

NOTICES = (
    Award(
        "PSR2",
        "Award notice: Direct Award Process A or B",
        psr("regulations 7(2), 8(2) and 18(6)"),
        schedule(2),
    ),
    Intention(
        "PSR3",
        "Intention to award notice: Direct Award Process C",
        psr("regulation 9(3)"),
        schedule(3),
    ),
    Award(
        "PSR4",
        "Award notice: Direct Award Process C",
        psr("regulation 9(10) and (11)"),
        schedule(4),
        after=("PSR3",),
    ),
    Psr(
        "PSR5",
        "Notice of intention to follow the Most Suitable Provider Process",
        psr("regulation 10(2)"),
        schedule(5),
        "At least 14 days before the possible providers have been identified.",
        section="planning",
        document_type="plannedProcurementNotice",
        tags=("planning",),
        status="planned",
    ),
    Intention(
        "PSR6",
        "Intention to award notice: Most Suitable Provider Process",
        psr("regulation 10(7)"),
        schedule(6),
        after=("PSR5",),
    ),
    Award(
        "PSR7",
        "Award notice: Most Suitable Provider Process",
        psr("regulation 10(14) and (15)"),
        schedule(7),
        after=("PSR6",),
    ),
    Psr(
        "PSR8",
        "Notice inviting offers: Competitive Process",
        psr("regulation 11(3)"),
        schedule(8),
        "When offers are invited.",
        section="tender",
        document_type="tenderNotice",
        tags=("tender",),
        status="active",
    ),
    Intention(
        "PSR10",
        "Intention to award notice: Competitive Process",
        psr("regulation 11(9)"),
        schedule(10),
        after=("PSR8",),
    ),
    Award(
        "PSR11",
        "Award notice: Competitive Process",
        psr("regulation 11(16) and (17)"),
        schedule(11),
        after=("PSR10",),
    ),
    Changed(
        "PSR12",
        "Contract modification notice",
        psr("regulation 13(4) and (5)"),
        schedule(12),
        "Submitted within 30 days of a change that the authority decided on, where the "
        "changes come to £500,000 or more in all.",
    ),
    Award(
        "PSR13",
        "Urgent award notice",
        psr("regulation 14(4) and (5)"),
        schedule(13),
        when="Submitted within 30 days of the urgent award.",
        rule="psr_urgent_notice",
        event="the urgent award is made",
    ),
    Changed(
        "PSR14",
        "Urgent modification notice",
        psr("regulation 14(4) and (5)"),
        schedule(14),
        "Submitted within 30 days of the urgent modification.",
        rule="psr_urgent_notice",
        event="the urgent modification is made",
    ),
    Psr(
        "PSR-AB",
        "Abandonment notice",
        psr("regulation 15(4)"),
        psr("regulation 15(4) and (5): no Schedule lists its content"),
        "Submitted within 30 days of the decision to abandon; where it was made in a "
        "standstill, within 30 days of the end of that standstill.",
        rule="psr_abandonment_notice",
        event="the decision to abandon is made (or the standstill that it was made in ends)",
        section="tender",
        document_type="tenderCancellationNotice",
        tags=("tenderCancellation",),
        status="cancelled",
    ),
)
