"""The table of notices: what each is, what it means, when it is due.

UK1 to UK17 are those of the Procurement Act 2023. Sources: the Act for each duty,
the Procurement Regulations 2024 (SI 2024/692) for each content, Find a Tender's
“Notice types and sequences” for the codes, and its published releases for the
place of each in OCDS. PSR2 to PSR14 are those of the NHS Provider Selection Regime
(SI 2023/1348), each numbered by the Schedule that sets its content; Find a Tender
publishes them as it does the Act's, and their place in OCDS is that of the Act's
notice that serves the same purpose, since its documentation gives none.

Nothing else names what a notice means: ask a row (`notice_type`), or for the codes
of all rows that have something in common (`codes_that`).
"""

from collections.abc import Callable
from functools import partial

from commissions.law.notices.contents import CONTENTS, NoticeField
from commissions.law.notices.forms import FORMS
from commissions.law.notices.notice_type import (
    ACT,
    BELOW,
    PSR,
    NoticeEffect,
    NoticeLevel,
    NoticeType,
    notice_cited,
)
from commissions.law.regimes import OTHER_NOTICES

BOTH = (ACT, BELOW)
ADVERTISED = ("open", "competitive_flexible")


def act_notice(sections):
    return f"Procurement Act 2023, {sections}"


def regulation_notice(numbers):
    return f"Procurement Regulations 2024 (SI 2024/692), {numbers}"


Market = partial(
    NoticeType,
    effect=NoticeEffect.SETS_UP,
    level=NoticeLevel.MARKET,
    when="When a dynamic market is planned, set up, changed or closed.",
)

OfContract = partial(
    NoticeType,
    level=NoticeLevel.CONTRACTS,
    section="contracts",
    document_type="contractNotice",
    status="complete",
    after=("UK7",),
)

ACT_NOTICES = (
    NoticeType(
        "UK1",
        "Pipeline notice",
        act_notice("section 93"),
        regulation_notice("regulation 15"),
        "From 1 April to 26 May each year, by an authority that expects to pay more than "
        "£100 million in the financial year. It lists contracts of more than £2 million "
        "whose tender or transparency notice is planned for the 18 months from 1 April.",
        effect=NoticeEffect.LISTS,
        level=NoticeLevel.ORGANISATION,
        duty="owes_pipeline_notice",
        regimes=BOTH,
        rule="pipeline",
        light_touch_rule="pipeline",
        event="the financial year begins",
        section="planning",
        document_type="plannedProcurementNotice",
        tags=("planning", "planningUpdate"),
        status="planned",
    ),
    NoticeType(
        "UK2",
        "Preliminary market engagement notice",
        act_notice("sections 16 and 17"),
        regulation_notice("regulation 17"),
        "Before the tender notice, where the market was engaged. Without it the tender "
        "notice must give the reasons.",
        effect=NoticeEffect.ENGAGES,
        stage="engagement",
        regimes=BOTH,
        section="planning",
        document_type="marketEngagementNotice",
        tags=("planning", "planningUpdate"),
        status="planning",
    ),
    NoticeType(
        "UK3",
        "Planned procurement notice",
        act_notice("section 15"),
        regulation_notice("regulation 16"),
        "By choice. Published at least 40 days and at most 12 months before the tender "
        "notice, it lets the tendering period be as short as 10 days.",
        effect=NoticeEffect.PLANS,
        regimes=BOTH,
        section="planning",
        document_type="plannedProcurementNotice",
        tags=("planning",),
        status="planned",
    ),
    NoticeType(
        "UK4",
        "Tender notice",
        act_notice("section 21, and section 87(1) below the threshold"),
        regulation_notice("regulations 18 to 22, and 24 below the threshold"),
        "When tenders, or requests to take part, are invited.",
        effect=NoticeEffect.OPENS,
        level=NoticeLevel.LOTS,
        stage="tender",
        routes={BELOW: ADVERTISED},  # section 87
        without=("framework",),  # a call-off (section 45)
        regimes=BOTH,
        section="tender",
        document_type="tenderNotice",
        tags=("tender", "tenderUpdate", "tenderAmendment"),
        status="active",
    ),
    NoticeType(
        "UK5",
        "Transparency notice",
        act_notice("section 44"),
        regulation_notice("regulation 26"),
        "Before a contract is awarded directly, without a competition.",
        effect=NoticeEffect.INTENDS,
        level=NoticeLevel.AWARDS,
        stage="direct_award",
        excused=("user_choice",),  # section 44(4)
        explains=True,
        section="awards",
        document_type="awardNotice",
        tags=("award", "contract"),
        status="planned",
    ),
    NoticeType(
        "UK6",
        "Contract award notice",
        act_notice("section 50"),
        regulation_notice("regulation 27"),
        "After the decision to award and before the contract is entered into. It begins "
        "the standstill.",
        effect=NoticeEffect.AWARDS,
        level=NoticeLevel.AWARDS,
        stage="standstill",
        excused=("user_choice",),  # section 50(6)
        section="awards",
        document_type="awardNotice",
        tags=("award", "contract", "awardUpdate", "contractUpdate"),
        status="active",
        after=("UK4", "UK5"),
    ),
    NoticeType(
        "UK7",
        "Contract details notice",
        act_notice("section 53, and section 87(3) below the threshold"),
        regulation_notice("regulations 32 to 36"),
        "Within 30 days of the day the contract is entered into, counting that day; 120 "
        "days for a light touch contract; as soon as reasonably practicable below the "
        "threshold.",
        effect=NoticeEffect.SIGNS,
        level=NoticeLevel.CONTRACTS,
        stage="contract",
        regimes=BOTH,
        rule="pa_contract_details",
        light_touch_rule="pa_contract_details_light_touch",
        event="the contract is entered into",
        section="contracts",
        document_type="contractNotice",
        tags=("award", "contract"),
        status="complete",
        after=("UK6",),
    ),
    OfContract(
        "UK9",
        "Contract performance notice",
        act_notice("section 71"),
        regulation_notice("regulation 39"),
        "At least once every 12 months, and when the contract ends, where the contract is "
        "worth more than £5 million and has key performance indicators; within 30 days "
        "of a breach or a failure to improve.",
        effect=NoticeEffect.REPORTS,
        rule="pa_performance_yearly",
        event="the contract, or its next period, begins",
        light_touch=False,
        section="implementation",
        document_type="implementationNotice",
        tags=("implementation",),
    ),
    OfContract(
        "UK10",
        "Contract change notice",
        act_notice("section 75"),
        regulation_notice("regulation 40"),
        "Before a contract is changed, unless the change is of 10% of its value or less "
        "(15% for works), or of 10% of its term or less.",
        effect=NoticeEffect.CHANGES,
        light_touch=False,
        tags=("contractAmendment",),
    ),
    OfContract(
        "UK11",
        "Contract termination notice",
        act_notice("section 80"),
        regulation_notice("regulation 41"),
        "Within 30 days of the day a contract ends, counting that day, whatever ended "
        "it: expiry too.",
        effect=NoticeEffect.ENDS,
        stage="review",
        rule="pa_termination",
        light_touch_rule="pa_termination",
        event="the contract ends",
        document_type="contractTerminationNotice",
        tags=("contractTermination",),
    ),
    NoticeType(
        "UK12",
        "Procurement termination notice",
        act_notice("section 55"),
        regulation_notice("regulation 37"),
        "As soon as reasonably practicable after the decision not to award, once a tender "
        "or transparency notice is published.",
        effect=NoticeEffect.ENDS,
        level=NoticeLevel.LOTS,
        stage="cancelled",
        section="tender",
        document_type="tenderCancellationNotice",
        tags=("tenderCancellation",),
        status="cancelled",
        after=("UK4", "UK5"),
    ),
    Market(
        "UK13",
        "Dynamic market intention notice",
        act_notice("section 39(2)"),
        regulation_notice("regulation 25(2)"),
    ),
    Market(
        "UK14",
        "Dynamic market establishment notice",
        act_notice("section 39(3)"),
        regulation_notice("regulation 25(4)"),
        after=("UK13",),
    ),
    Market(
        "UK15",
        "Dynamic market modification notice",
        act_notice("section 39(4)"),
        regulation_notice("regulation 25(6)"),
        after=("UK14",),
    ),
    Market(
        "UK16",
        "Dynamic market cessation notice",
        act_notice("section 39(5)"),
        regulation_notice("regulation 25(8)"),
        after=("UK14",),
    ),
    NoticeType(
        "UK17",
        "Payments compliance notice",
        act_notice("section 69"),
        regulation_notice("regulation 38"),
        "Within 30 days of 31 March and of 30 September, counting that day.",
        effect=NoticeEffect.REPORTS,
        level=NoticeLevel.ORGANISATION,
        duty="owes_payments_notice",
        rule="pa_payments_compliance",
        light_touch_rule="pa_payments_compliance",
        event="the half-year ends",
    ),
)


def psr_notice(regulations):
    """Cite the Regulations."""
    return (
        "Health Care Services (Provider Selection Regime) Regulations 2023 "
        f"(SI 2023/1348), {regulations}"
    )


def schedule_notice(number):
    return psr_notice(f"Schedule {number}")


Psr = partial(NoticeType, regimes=(PSR,))
AFTER_AWARD = "Submitted within 30 days of the contract being awarded."
Award = partial(
    Psr,
    effect=NoticeEffect.SIGNS,
    level=NoticeLevel.CONTRACTS,
    stage="contract",
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
    effect=NoticeEffect.INTENDS,
    level=NoticeLevel.AWARDS,
    stage="standstill",
    excused=("psr_urgent",),  # regulation 14
    when="Before the contract is awarded. The standstill begins the day after.",
    section="awards",
    document_type="awardNotice",
    tags=("award",),
    status="active",
)
Changed = partial(
    Psr,
    effect=NoticeEffect.CHANGES,
    level=NoticeLevel.CONTRACTS,
    rule="psr_modification_notice",
    event="the contract is modified",
    section="contracts",
    document_type="contractNotice",
    tags=("contractAmendment",),
    status="complete",
)

PSR_NOTICES = (
    Award(
        "PSR2",
        "Award notice: Direct Award Process A or B",
        psr_notice("regulations 7(2), 8(2) and 18(6)"),
        schedule_notice(2),
        routes={PSR: ("psr_a", "psr_b")},
        explains=True,
    ),
    Intention(
        "PSR3",
        "Intention to award notice: Direct Award Process C",
        psr_notice("regulation 9(3)"),
        schedule_notice(3),
        routes={PSR: ("psr_c",)},
        explains=True,
    ),
    Award(
        "PSR4",
        "Award notice: Direct Award Process C",
        psr_notice("regulation 9(10) and (11)"),
        schedule_notice(4),
        routes={PSR: ("psr_c",)},
        explains=True,
        after=("PSR3",),
    ),
    Psr(
        "PSR5",
        "Notice of intention to follow the Most Suitable Provider Process",
        psr_notice("regulation 10(2)"),
        schedule_notice(5),
        "At least 14 days before the possible providers have been identified.",
        effect=NoticeEffect.OPENS,
        stage="evaluation",
        routes={PSR: ("psr_msp",)},
        excused=("psr_urgent",),  # regulation 14
        explains=True,
        section="planning",
        document_type="plannedProcurementNotice",
        tags=("planning",),
        status="planned",
    ),
    Intention(
        "PSR6",
        "Intention to award notice: Most Suitable Provider Process",
        psr_notice("regulation 10(7)"),
        schedule_notice(6),
        routes={PSR: ("psr_msp",)},
        after=("PSR5",),
    ),
    Award(
        "PSR7",
        "Award notice: Most Suitable Provider Process",
        psr_notice("regulation 10(14) and (15)"),
        schedule_notice(7),
        routes={PSR: ("psr_msp",)},
        after=("PSR6",),
    ),
    Psr(
        "PSR8",
        "Notice inviting offers: Competitive Process",
        psr_notice("regulation 11(3)"),
        schedule_notice(8),
        "When offers are invited.",
        effect=NoticeEffect.OPENS,
        level=NoticeLevel.LOTS,
        stage="tender",
        routes={PSR: ("psr_competitive",)},
        excused=("psr_urgent",),  # regulation 14
        section="tender",
        document_type="tenderNotice",
        tags=("tender",),
        status="active",
    ),
    Intention(
        "PSR10",
        "Intention to award notice: Competitive Process",
        psr_notice("regulation 11(9)"),
        schedule_notice(10),
        routes={PSR: ("psr_competitive",)},
        after=("PSR8",),
    ),
    Award(
        "PSR11",
        "Award notice: Competitive Process",
        psr_notice("regulation 11(16) and (17)"),
        schedule_notice(11),
        routes={PSR: ("psr_competitive",)},
        after=("PSR10",),
    ),
    Changed(
        "PSR12",
        "Contract modification notice",
        psr_notice("regulation 13(4) and (5)"),
        schedule_notice(12),
        "Submitted within 30 days of a change that the authority decided on, where the "
        "changes come to £500,000 or more in all.",
    ),
    Award(
        "PSR13",
        "Urgent award notice",
        psr_notice("regulation 14(4) and (5)"),
        schedule_notice(13),
        routes={PSR: ()},  # on an urgent ground, whatever the route
        when="Submitted within 30 days of the urgent award.",
        rule="psr_urgent_notice",
        event="the urgent award is made",
    ),
    Changed(
        "PSR14",
        "Urgent modification notice",
        psr_notice("regulation 14(4) and (5)"),
        schedule_notice(14),
        "Submitted within 30 days of the urgent modification.",
        rule="psr_urgent_notice",
        event="the urgent modification is made",
    ),
    Psr(
        "PSR-AB",
        "Abandonment notice",
        psr_notice("regulation 15(4)"),
        psr_notice("regulation 15(4) and (5): no Schedule lists its content"),
        "Submitted within 30 days of the decision to abandon; where it was made in a "
        "standstill, within 30 days of the end of that standstill.",
        effect=NoticeEffect.ENDS,
        level=NoticeLevel.LOTS,
        stage="cancelled",
        rule="psr_abandonment_notice",
        event="the decision to abandon is made (or the standstill that it was made in ends)",
        section="tender",
        document_type="tenderCancellationNotice",
        tags=("tenderCancellation",),
        status="cancelled",
    ),
)

NOTICE_TYPES: dict[str, NoticeType] = {
    notice.code: notice for notice in (*ACT_NOTICES, *PSR_NOTICES)
}
"""Every row by its code."""

UNKNOWN = NoticeType("", "", "", "", "", effect="", regimes=())
"""What is known of a notice whose type no row has: nothing."""

WITHOUT = OTHER_NOTICES
"""Regimes under which none of these notices is published."""

NAMES_ALONE = {"UK8": "Contract payment notice"}
"""Codes of the Regulations that no platform publishes, by name."""


def notice_type(code: str) -> NoticeType:
    """Return the row of a code; one that means nothing where there is none."""
    return NOTICE_TYPES.get(code) or FORMS.get(code, UNKNOWN)


def codes_that(means: Callable[[NoticeType], bool]) -> tuple[str, ...]:
    """Return the codes of the notices of which something is true, in their order.

    Of those that the Act and the NHS regime number: not of the older forms.
    """
    return tuple(code for code, notice in NOTICE_TYPES.items() if means(notice))


OF_BODIES = codes_that(lambda notice: notice.about == "organisation")
"""Notices about an organisation: UK1, which may also be about one commission, and UK17."""

OF_BODIES_ALONE = tuple(code for code in OF_BODIES if not NOTICE_TYPES[code].section)
"""Those that are never about a commission, and have no place in OCDS."""


def name_of(code: str) -> str:
    """Name a notice inside a sentence; an unknown code as it is."""
    return notice_cited(NOTICE_TYPES[code]) if code in NOTICE_TYPES else code


def title_of(code: str) -> str:
    """Name a notice as a title; nothing for an unknown code."""
    return notice_type(code).name or NAMES_ALONE.get(code, "")


def is_of_the_act(code: str) -> bool:
    """Tell whether the Act, or its Regulations, have a notice of that code."""
    return code in NAMES_ALONE or ACT in notice_type(code).regimes


def codes_for(regime: str) -> tuple[str, ...]:
    """Return the codes that a commission under a regime can publish.

    Where the regime is not stated, that is all of them. Notices about the
    organisation are left out, but for the pipeline, which lists commissions.
    """
    return codes_that(
        lambda notice: (
            notice.code not in OF_BODIES_ALONE
            and (regime == "not_stated" or regime in notice.regimes)
        )
    )


def contents_of(
    code: str, regime: str = ACT, route: str = ""
) -> tuple[NoticeField, ...]:
    """List what a notice has to say: that of some depends on law and route."""
    found = CONTENTS.get(code, ())
    return found(regime, route) if callable(found) else found
