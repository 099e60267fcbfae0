"""The notices of the Procurement Act 2023, UK1 to UK17.

Sources: the Act for each duty, the Procurement Regulations 2024 (SI 2024/692)
for each content, Find a Tender's “Notice types and sequences” for the codes,
and its published releases for the place of each in OCDS.
"""

from functools import partial

from commissions.law.notices.notice_type import ACT, BELOW, NoticeType

BOTH = (ACT, BELOW)


def act(sections):
    """Cite the Act."""
    return f"Procurement Act 2023, {sections}"


def regulation(numbers):
    """Cite the Regulations that set a notice's content."""
    return f"Procurement Regulations 2024 (SI 2024/692), {numbers}"


Market = partial(
    NoticeType,
    about="market",
    when="When a dynamic market is planned, set up, changed or closed.",
)

NOTICES = (
    NoticeType(
        "UK1",
        "Pipeline notice",
        act("section 93"),
        regulation("regulation 15"),
        "From 1 April to 26 May each year, by an authority that expects to pay more than "
        "£100 million in the financial year. It lists contracts of more than £2 million "
        "whose tender or transparency notice is planned for the 18 months from 1 April.",
        regimes=BOTH,
        about="organisation",
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
        act("sections 16 and 17"),
        regulation("regulation 17"),
        "Before the tender notice, where the market was engaged. Without it the tender "
        "notice must give the reasons.",
        regimes=BOTH,
        section="planning",
        document_type="marketEngagementNotice",
        tags=("planning", "planningUpdate"),
        status="planning",
    ),
    NoticeType(
        "UK3",
        "Planned procurement notice",
        act("section 15"),
        regulation("regulation 16"),
        "By choice. Published at least 40 days and at most 12 months before the tender "
        "notice, it lets the tendering period be as short as 10 days.",
        regimes=BOTH,
        section="planning",
        document_type="plannedProcurementNotice",
        tags=("planning",),
        status="planned",
    ),
    NoticeType(
        "UK4",
        "Tender notice",
        act("section 21, and section 87(1) below the threshold"),
        regulation("regulations 18 to 22, and 24 below the threshold"),
        "When tenders, or requests to take part, are invited.",
        regimes=BOTH,
        section="tender",
        document_type="tenderNotice",
        tags=("tender", "tenderUpdate", "tenderAmendment"),
        status="active",
    ),
    NoticeType(
        "UK5",
        "Transparency notice",
        act("section 44"),
        regulation("regulation 26"),
        "Before a contract is awarded directly, without a competition.",
        section="awards",
        document_type="awardNotice",
        tags=("award", "contract"),
        status="planned",
    ),
    NoticeType(
        "UK6",
        "Contract award notice",
        act("section 50"),
        regulation("regulation 27"),
        "After the decision to award and before the contract is entered into. It begins "
        "the standstill.",
        section="awards",
        document_type="awardNotice",
        tags=("award", "contract", "awardUpdate", "contractUpdate"),
        status="active",
        after=("UK4", "UK5"),
    ),
    NoticeType(
        "UK7",
        "Contract details notice",
        act("section 53, and section 87(3) below the threshold"),
        regulation("regulations 32 to 36"),
        "Within 30 days of the day the contract is entered into, counting that day; 120 "
        "days for a light touch contract; as soon as reasonably practicable below the "
        "threshold.",
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
    NoticeType(
        "UK9",
        "Contract performance notice",
        act("section 71"),
        regulation("regulation 39"),
        "At least once every 12 months, and when the contract ends, where the contract is "
        "worth more than £5 million and has key performance indicators; within 30 days "
        "of a breach or a failure to improve.",
        rule="pa_performance_yearly",
        event="the contract, or its next period, begins",
        light_touch=False,
        section="implementation",
        document_type="implementationNotice",
        tags=("implementation",),
        status="complete",
        after=("UK7",),
    ),
    NoticeType(
        "UK10",
        "Contract change notice",
        act("section 75"),
        regulation("regulation 40"),
        "Before a contract is changed, unless the change is of 10% of its value or less "
        "(15% for works), or of 10% of its term or less.",
        light_touch=False,
        section="contracts",
        document_type="contractNotice",
        tags=("contractAmendment",),
        status="complete",
        after=("UK7",),
    ),
    NoticeType(
        "UK11",
        "Contract termination notice",
        act("section 80"),
        regulation("regulation 41"),
        "Within 30 days of the day a contract ends, counting that day, whatever ended "
        "it: expiry too.",
        rule="pa_termination",
        light_touch_rule="pa_termination",
        event="the contract ends",
        section="contracts",
        document_type="contractTerminationNotice",
        tags=("contractTermination",),
        status="complete",
        after=("UK7",),
    ),
    NoticeType(
        "UK12",
        "Procurement termination notice",
        act("section 55"),
        regulation("regulation 37"),
        "As soon as reasonably practicable after the decision not to award, once a tender "
        "or transparency notice is published.",
        section="tender",
        document_type="tenderCancellationNotice",
        tags=("tenderCancellation",),
        status="cancelled",
        after=("UK4", "UK5"),
    ),
    Market(
        "UK13",
        "Dynamic market intention notice",
        act("section 39(2)"),
        regulation("regulation 25(2)"),
    ),
    Market(
        "UK14",
        "Dynamic market establishment notice",
        act("section 39(3)"),
        regulation("regulation 25(4)"),
        after=("UK13",),
    ),
    Market(
        "UK15",
        "Dynamic market modification notice",
        act("section 39(4)"),
        regulation("regulation 25(6)"),
        after=("UK14",),
    ),
    Market(
        "UK16",
        "Dynamic market cessation notice",
        act("section 39(5)"),
        regulation("regulation 25(8)"),
        after=("UK14",),
    ),
    NoticeType(
        "UK17",
        "Payments compliance notice",
        act("section 69"),
        regulation("regulation 38"),
        "Within 30 days of 31 March and of 30 September, counting that day.",
        about="organisation",
        rule="pa_payments_compliance",
        light_touch_rule="pa_payments_compliance",
        event="the half-year ends",
    ),
)
