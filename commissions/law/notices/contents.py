"""What each notice has to say, field by field, with the paragraph that asks for it.

From the Procurement Regulations 2024 (SI 2024/692), regulations 13 to 41, and
Schedules 2 to 14 of SI 2023/1348. Shortened to what an author has to supply;
the words of the law decide. `key` names what the portal may know already.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeField:
    """One thing a notice has to say; `if_any`: only where there is such a thing."""

    key: str
    label: str
    source: str
    if_any: bool = False


def PR(key, label, paragraph, if_any=False):
    """Return a field that a regulation of SI 2024/692 asks for."""
    return NoticeField(key, label, f"SI 2024/692, regulation {paragraph}", if_any)


def notice_fields(rows):
    """Return fields from rows: key (with ? where only if any) | paragraph | label."""
    found = (row.strip().split(" | ") for row in rows.strip().splitlines())
    return tuple(
        PR(key.removesuffix("?"), label, paragraph, key.endswith("?"))
        for key, paragraph, label in found
    )


AUTHORITY = notice_fields("""
    authority | 13(a), (b) | Name of the authority; of several, the one that leads
    partners? | 13(b) | Names of the other authorities that act jointly
    authority_address | 13(c) | Its postal and email address
    authority_id | 13(d) | Its unique identifier on the central platform
    agent? | 13(e) | Who carries it out for the authority: name, addresses, identifier, role
    contact | 13(f) | Name, postal and email address of whom to ask about this notice
""")
SUBJECT = notice_fields("""
    category | 14(1)(a) | Whether it is mainly for goods, services or works
    kinds | 14(1)(b) | What kinds of goods, services or works
    how | 14(1)(c) | How they will be supplied, in short
    period | 14(1)(d) | When, or over what period
    quantity | 14(1)(e) | How much, estimated
    cpv | 14(1)(f) | CPV codes
    place | 14(1)(g) | Where, by ITL area
""")


def fields_of_procurement_begun(number, letters="bc"):
    """Return the authority, the title and the identifier that most notices open with."""
    title, identifier = letters
    return (
        *AUTHORITY,
        *notice_fields(f"""
    title | {number}(2)({title}) | Title of the procurement
    procurement_id | {number}(2)({identifier}) | Unique identifier of the procurement
"""),
    )


def supplier_fields(number, letter, key="suppliers"):
    """Return the field of the suppliers."""
    return PR(
        key,
        "Each supplier: name, addresses and unique identifier",
        f"{number}(2)({letter})",
    )


REGIME = "Whether it is a special regime contract, such as light touch"
OPTIONS = "Options to add to it, or to extend or renew it"
SUITS = "Whether it suits small firms, or voluntary and community bodies"
LOTS = "Each lot: title, number, what, how, when, how much, value, CPV codes"
RISKS = "Known risks that could need a change later"
GPA = "Whether the GPA or the Trans-Pacific Partnership covers it"

UK1 = (
    *fields_of_procurement_begun(15),
    *SUBJECT,
    *notice_fields(
        "tender_planned | 15(2)(e) | When the tender or transparency notice is expected"
    ),
)
UK2 = (
    *fields_of_procurement_begun(17),
    *SUBJECT,
    *notice_fields("""
    engagement_closes | 17(2)(e) | When the engagement closes, or closed
    engagement | 17(2)(f) | How suppliers are, or were, engaged: events, places, periods
"""),
)
UK3 = (
    *fields_of_procurement_begun(16),
    *SUBJECT,
    *notice_fields("""
    tender_planned | 16(2)(e) | When the tender notice is expected
    bids_planned | 16(2)(f) | By when bids or requests to take part will be asked for
    procedure | 16(2)(g) | Open or competitive flexible procedure
    dynamic_market | 16(2)(h) | Whether a dynamic market is used
    award_planned | 16(2)(i) | When the contract is expected to be awarded
    documents | 16(2)(j) | How to get the documents
    interest | 16(2)(k) | How and when to express an interest
    as_known | 16(2)(l) | As much of the tender notice as is known
"""),
)


def tender_fields(number):
    """Return the content of a tender notice (regulation 18(2)), citing how it applies.

    Regulation 19 asks for the same but the statement and the way to tender,
    which it sets itself.
    """
    own = notice_fields("""
    procedure | 18(2)(d) | Statement that it is an open procedure
    submission | 18(2)(j) | How to send tenders, and by when
""")
    if number != "18":
        own = notice_fields("""
    procedure | 19(2)(b) | Statement that it is a competitive flexible procedure
    process | 19(2)(c) | The process: stages, negotiation, refining of criteria
    numbers? | 19(2)(d), (e) | Least and most suppliers, and how they are selected
    submission | 19(2)(f), (g) | How to ask to take part or to tender, and by when
    reserved? | 19(2)(h) | Whether it is reserved for supported employment or mutuals
""")
    return (*fields_of_procurement_begun(18), *SUBJECT, *own, *TENDERED)


TENDERED = notice_fields(f"""
    special_regime | 18(2)(e) | {REGIME}
    value | 18(2)(g) | Estimated value, with VAT
    recurrence? | 18(2)(h) | What is needed afterwards, and when
    auction? | 18(2)(i) | Whether there is an electronic auction, and how
    criteria | 18(2)(k) | Award criteria, or a summary
    languages | 18(2)(l) | Languages of tenders and questions
    gpa | 18(2)(m), (n) | {GPA}
    lots? | 18(2)(o), (p) | {LOTS}
    no_lots | 18(2)(q) | Why it is not in lots, if it could be (not for light touch)
    options? | 18(2)(r) | {OPTIONS}
    shortened? | 18(2)(s) | Why the tendering period is shorter
    suits | 18(2)(t) | {SUITS}
    documents | 18(2)(u), (v) | Tender documents: titles, attached or where
    specification | 18(2)(w) | Technical specifications, or where they are
    conditions | 18(2)(x) | Conditions of participation
    payment? | 18(2)(y) | Payment terms beyond section 68
    risks | 18(2)(z) | {RISKS}
    award_planned | 18(2)(z1) | When the contract is expected to be awarded
""")
FRAMEWORK = notice_fields("""
    selection | 20(2)(c) | How call-offs from the framework are awarded
    period | 20(2)(d) | Term of the framework
    users | 20(2)(e) | Which authorities can use it
    members | 20(2)(i), (j) | To how many suppliers it is awarded
    fees? | 20(2)(k) | Fees charged to suppliers
""")
MARKET = notice_fields(
    "market_id | 21(2)(b) to (d) | Identifier of the dynamic market, and its part"
)
UK4_BELOW = (
    *fields_of_procurement_begun(24),
    *SUBJECT,
    *notice_fields(f"""
    value | 24(2)(e) | Estimated value
    submission | 24(2)(f) | How to send tenders, and by when
    special_regime | 24(2)(g) | {REGIME}
    suits | 24(2)(h) | {SUITS}
    criteria | 24(2)(i) | The criteria by which it is awarded
    conditions | 24(2)(j) | Conditions of participation
    reserved? | 24(2) | Whether it is reserved for suppliers of a place, or for small firms and voluntary bodies
"""),
)
JUSTIFIED = notice_fields("""
    ground | 26(2)(h) to (m) | Which justification applies, and why
    switching? | 26(2)(n), (o) | Why no tender was suitable (section 43)
""")
UK5 = (
    *fields_of_procurement_begun(26),
    *notice_fields("contract_id? | 26(2)(e) | Unique identifier of the contract"),
    *SUBJECT,
    *notice_fields(f"special_regime | 26(2)(g) | {REGIME}"),
    *JUSTIFIED,
    *notice_fields(f"""
    lots? | 26(2)(p) | Lots: title and number
    value | 26(2)(q) | Estimated value, with VAT
    suits | 26(2)(r) | {SUITS}
    risks | 26(2)(s) | {RISKS}
"""),
    supplier_fields(26, "t), (u"),
    *notice_fields(
        "signing_planned | 26(2)(v) | When the contract is expected to be entered into"
    ),
)


def tender_notice(regime, route):
    """Return the content of a tender notice by regime and route (regulations 18 to 24)."""
    if regime == "below_threshold":
        return UK4_BELOW
    if route in {"competitive_flexible", "dynamic_market"}:
        return tender_fields("19") + (MARKET if route == "dynamic_market" else ())
    return tender_fields("18") + (FRAMEWORK if route == "framework" else ())


# An award and a contract: UK6 to UK17 (SI 2024/692, regulations 25 to 41).

SIZES = "Whether each supplier is small or medium-sized, voluntary, supported employment or a mutual"
UK6 = (
    *fields_of_procurement_begun(27),
    *notice_fields("contract_id | 27(2)(c) | Unique identifier of the contract"),
    *SUBJECT,
    supplier_fields(27, "e"),
    *notice_fields(f"""
    sizes | 27(2)(e)(v) | {SIZES}
    connected | 27(2)(e)(vi), (vii) | Associated and connected persons of each supplier
    decided | 27(2)(f) | When the award was decided
    lots? | 27(2)(g) | {LOTS}
    special_regime | 27(2)(k) | {REGIME}
    summaries | 27(2)(l) | Whether and when assessment summaries were sent
    award_value | 27(2)(m) | Estimated value, with VAT
    bids | 27(2)(n), (o) | Tenders submitted and assessed; above £5 million, who was unsuccessful
    procedure | 27(2)(h), (p) | Which procedure was used
    reserved? | 27(2)(q), (r) | Whether it was reserved
    standstill | 27(2)(s) | When the standstill ends
    signing_planned | 27(2)(t) | When the contract is expected to be entered into
"""),
)
SIGNED = (
    *notice_fields("contract_id | 32(2)(d) | Unique identifier of the contract"),
    *SUBJECT,
    supplier_fields(32, "g"),
    *notice_fields(f"""
    sizes | 32(2)(g)(iv) | {SIZES}
    reserved? | 32(2)(i) | Whether it was reserved
    lots? | 32(2)(j) | {LOTS}
    contract_value | 32(2)(k) | Estimated value, with VAT
    signed | 32(2)(l) | When the contract was entered into
    options? | 32(2)(m) | {OPTIONS}
    special_regime | 32(2)(o) | {REGIME}
    gpa | 32(2)(p), (q) | {GPA}
    indicators | 32(2)(r), (s) | The three most material key performance indicators, or why none
"""),
)
UK7_PROCEDURE = PR("procedure", "Open or competitive flexible procedure", "32(2)(h)")
UK7_FRAMEWORK = notice_fields("""
    framework_id | 34(2)(b), (d) | Identifier of the framework, and of its lot
    procedure | 34(2)(e), (f) | How it was awarded: by competition, or without and why
""")
UK7_BELOW = (
    *fields_of_procurement_begun(36),
    *notice_fields("contract_id | 36(2)(d) | Unique identifier of the contract"),
    supplier_fields(36, "e"),
    PR("sizes", SUITS.replace("it suits", "each supplier is one of"), "36(2)(e)(iv)"),
    *SUBJECT,
    *notice_fields(f"""
    lots? | 36(2)(g) | Lots: title and number
    special_regime | 36(2)(h) | {REGIME}
    contract_value | 36(2)(i) | Estimated value
    signed | 36(2)(j) | When the contract was entered into
    options? | 36(2)(k) | {OPTIONS}
"""),
)


def contract_fields(number, letter="d"):
    """Return what the notices of a running contract open with."""
    return (
        *AUTHORITY,
        *notice_fields(f"""
    title | {number}(2)(b) | Title of the procurement
    procurement_id | {number}(2)(c) | Unique identifier of the procurement
    contract_id | {number}(2)({letter}) | Unique identifier of the contract
"""),
    )


UK9 = (
    *AUTHORITY,
    *notice_fields("""
    title | 39(4)(b) | Title of the procurement
    procurement_id | 39(4)(c) | Unique identifier of the procurement
    contract_id | 39(4)(c) | Unique identifier of the contract
    indicators | 39(4)(d) | The three most material key performance indicators
    assessing | 39(4)(e) | Statement that it sets out the assessment against them
    suppliers | 39(4)(f) | Each supplier assessed: name, addresses and unique identifier
    ratings | 39(4)(g) | The rating of each: good, approaching target, requires improvement, inadequate or other
    rated_period | 39(4)(h) | The period that was assessed
"""),
)
UK10 = (
    *contract_fields(40),
    supplier_fields(40, "e"),
    *notice_fields("""
    change_ground | 40(2)(f), (g) | Which paragraph of Schedule 8 permits the change, and why
    change | 40(2)(h) | How the value or the term changes
    transfer? | 40(2)(i) | New and former suppliers, on restructuring
    change_planned | 40(2)(j) | When it is made, and when it has effect
    change_standstill | 40(2)(k) | Whether there is a voluntary standstill, and how long
"""),
)
UK11 = (
    *contract_fields(41, "c"),
    supplier_fields(41, "d"),
    *notice_fields("""
    ending | 41(2)(e) | Why the contract ended
    ended | 41(2)(f) | When it ended
    contract_value | 41(2)(g) | Estimated value
    breach? | 41(2)(h) | The breach that ended it: what, when, its effects and remedies
"""),
)
UK12 = (
    *fields_of_procurement_begun(37),
    *notice_fields("""
    not_awarding | 37(2)(d) | Statement that it was decided not to award the contract
    cancelled | 37(2)(e) | When that was decided
"""),
)
UK17 = (
    *AUTHORITY,
    *notice_fields("""
    pay_period | 38(2)(b) | First and last day of the half-year
    pay_days | 38(2)(c) | Average days to pay; shares paid within 30, 60 and more days
    pay_late | 38(2)(d) | Share of payments not made in the half-year
    pay_approved | 38(2)(e) | Approval, name and job title of the finance director
"""),
)
MARKETS = notice_fields(
    "market | 25 | Who sets the market up, its title and the rest of the regulation"
)


def details_notice(regime, route):
    """Return the content of a contract details notice (regulations 32 to 36)."""
    if regime == "below_threshold":
        return UK7_BELOW
    if route == "framework":
        return (*fields_of_procurement_begun(32), *SIGNED, *UK7_FRAMEWORK)
    if route == "direct_award":
        return (*fields_of_procurement_begun(32), *SIGNED, *JUSTIFIED)
    return (*fields_of_procurement_begun(32), UK7_PROCEDURE, *SIGNED)


# The NHS regime (SI 2023/1348, Schedules 2 to 14).

CONFLICTS = (
    ("conflicts", "Declared conflicts of interest"),
    ("conflicts_managed", "How they were managed"),
)
DECIDERS = ("deciders", "Details of those who made the decision")
SERVICE = ("service", "The health care services, with the most relevant CPV code")
TITLE = ("title", "Title and reference of the contract")
PROVIDER = ("suppliers", "Name and registered address of the provider")
REASONS = ("reasons", "Why this provider, with reference to the key criteria")
ROUGHLY = ("value", "Approximate lifetime value")
VALUE = ("contract_value", "Lifetime value, or the amounts payable")
PERIOD = ("period", "The dates between which the services are provided")


def statement_fields(what):
    """Return the statement with which most of these notices begin."""
    return ("statement", f"Statement that {what}")


def awarded_fields(what):
    """Return what the notices after an award say."""
    begun = (statement_fields(f"an award was made {what}"), TITLE, PROVIDER, SERVICE)
    return (*begun, VALUE, PERIOD, DECIDERS, *CONFLICTS)


def intended_fields(what):
    """Return what the notices of an intention to award say."""
    begun = (
        statement_fields(f"the authority intends to award {what}"),
        TITLE,
        PROVIDER,
    )
    return (*begun, SERVICE, ROUGHLY, DECIDERS, REASONS, *CONFLICTS)


SCHEDULES = {
    2: awarded_fields("following Direct Award Process A or B, or from a framework"),
    3: intended_fields("to the existing provider, following Direct Award Process C"),
    4: awarded_fields("following Direct Award Process C"),
    5: (
        statement_fields(
            "the authority intends to follow the Most Suitable Provider Process"
        ),
        TITLE,
        SERVICE,
        DECIDERS,
    ),
    6: intended_fields("following the Most Suitable Provider Process"),
    7: awarded_fields("following the Most Suitable Provider Process"),
    8: (
        TITLE,
        SERVICE,
        ("period", "When the services are to be provided, and possible extensions"),
        ROUGHLY,
        ("criteria", "The award criteria"),
        ("users", "For a framework, which authorities can use it"),
        ("submission", "How to make an offer, electronically"),
        ("assessment", "How offers are assessed, and whether in stages"),
    ),
    10: intended_fields("under the Competitive Process"),
    11: awarded_fields("after a competition under the Competitive Process"),
    12: (
        TITLE,
        SERVICE,
        ("change_planned", "The day the change has effect"),
        ("change", "What changes, in short; the value and the term"),
        DECIDERS,
        *CONFLICTS,
    ),
    13: (
        *awarded_fields("that was urgent"),
        ("longer", "Why it is for more than 12 months, if it is"),
        ("urgency", "Why regulation 14 applied"),
    ),
    14: (
        statement_fields("the change was urgent"),
        TITLE,
        SERVICE,
        ("change_planned", "The day the change has effect"),
        ("change", "What changes, with the value and the length"),
        DECIDERS,
        *CONFLICTS,
        ("urgency", "Why regulation 14 applied"),
    ),
}
IF_ANY = {"users", "longer"}
PSR_CONTENTS = {
    f"PSR{number}": tuple(
        NoticeField(key, label, f"SI 2023/1348, Schedule {number}", key in IF_ANY)
        for key, label in rows
    )
    for number, rows in SCHEDULES.items()
} | {
    "PSR-AB": tuple(
        NoticeField(key, label, "SI 2023/1348, regulation 15(4)")
        for key, label in (
            TITLE,
            ("not_awarding", "Statement that the procurement is abandoned"),
            ("cancelled", "When that was decided"),
        )
    )
}
CONTENTS = {
    **PSR_CONTENTS,
    "UK1": UK1,
    "UK2": UK2,
    "UK3": UK3,
    "UK4": tender_notice,
    "UK5": UK5,
    "UK6": UK6,
    "UK7": details_notice,
    "UK9": UK9,
    "UK10": UK10,
    "UK11": UK11,
    "UK12": UK12,
    "UK17": UK17,
    **dict.fromkeys(("UK13", "UK14", "UK15", "UK16"), MARKETS),
}
"""By code; of UK4 and UK7 what makes them out of the law and the route."""
