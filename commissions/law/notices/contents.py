"""What each notice has to say, field by field, with the paragraph that asks for it.

From the Procurement Regulations 2024 (SI 2024/692), regulations 13 to 41, and
Schedules 2 to 14 of SI 2023/1348. Shortened to what an author has to supply;
the words of the law decide. `key` names what the portal may know already.
"""

from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True)
class Field:
    """One thing a notice has to say; `if_any`: only where there is such a thing."""

    key: str
    label: str
    source: str
    if_any: bool = False


def field(key, label, paragraph, *, law, if_any=False):
    """Return one field, citing its law."""
    return Field(key, label, f"{law} {paragraph}", if_any)


REGULATIONS = "SI 2024/692, regulation"
PR = partial(field, law=REGULATIONS)
Any = partial(PR, if_any=True)

AUTHORITY = (
    PR(
        "authority",
        "Name of the authority; of several, the one that leads",
        "13(a), (b)",
    ),
    Any("partners", "Names of the other authorities that act jointly", "13(b)"),
    PR("authority_address", "Its postal and email address", "13(c)"),
    PR("authority_id", "Its unique identifier on the central platform", "13(d)"),
    Any(
        "agent",
        "Who carries it out for the authority: name, addresses, identifier, role",
        "13(e)",
    ),
    PR(
        "contact",
        "Name, postal and email address of whom to ask about this notice",
        "13(f)",
    ),
)
SUBJECT = (
    PR("category", "Whether it is mainly for goods, services or works", "14(1)(a)"),
    PR("kinds", "What kinds of goods, services or works", "14(1)(b)"),
    PR("how", "How they will be supplied, in short", "14(1)(c)"),
    PR("period", "When, or over what period", "14(1)(d)"),
    PR("quantity", "How much, estimated", "14(1)(e)"),
    PR("cpv", "CPV codes", "14(1)(f)"),
    PR("place", "Where, by ITL area", "14(1)(g)"),
)


def begun(number, letters="bc"):
    """Return the authority, the title and the identifier that most notices open with."""
    title, identifier = letters
    return (
        *AUTHORITY,
        PR("title", "Title of the procurement", f"{number}(2)({title})"),
        PR(
            "procurement_id",
            "Unique identifier of the procurement",
            f"{number}(2)({identifier})",
        ),
    )


def supplier(number, letter, key="suppliers"):
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
RISKS = "Known risks that may need a change later"
GPA = "Whether the GPA or the Trans-Pacific Partnership covers it"

UK1 = (
    *begun(15),
    *SUBJECT,
    PR(
        "tender_planned",
        "When the tender or transparency notice is expected",
        "15(2)(e)",
    ),
)
UK2 = (
    *begun(17),
    *SUBJECT,
    PR("engagement_closes", "When the engagement closes, or closed", "17(2)(e)"),
    PR(
        "engagement",
        "How suppliers are, or were, engaged: events, places, periods",
        "17(2)(f)",
    ),
)
UK3 = (
    *begun(16),
    *SUBJECT,
    PR("tender_planned", "When the tender notice is expected", "16(2)(e)"),
    PR(
        "bids_planned",
        "By when bids or requests to take part will be asked for",
        "16(2)(f)",
    ),
    PR("procedure", "Open or competitive flexible procedure", "16(2)(g)"),
    PR("dynamic_market", "Whether a dynamic market is used", "16(2)(h)"),
    PR("award_planned", "When the contract is expected to be awarded", "16(2)(i)"),
    PR("documents", "How to get the documents", "16(2)(j)"),
    PR("interest", "How and when to express an interest", "16(2)(k)"),
    PR("as_known", "As much of the tender notice as is known", "16(2)(l)"),
)


def tender(number):
    """Return the content of a tender notice (regulation 18(2)), citing how it applies.

    Regulation 19 asks for the same but the statement and the way to tender,
    which it sets itself.
    """
    own = (
        PR("procedure", "Statement that it is an open procedure", "18(2)(d)"),
        PR("submission", "How to send tenders, and by when", "18(2)(j)"),
    )
    if number != "18":
        own = (
            PR(
                "procedure",
                "Statement that it is a competitive flexible procedure",
                "19(2)(b)",
            ),
            PR(
                "process",
                "The process: stages, negotiation, refining of criteria",
                "19(2)(c)",
            ),
            Any(
                "numbers",
                "Least and most suppliers, and how they are selected",
                "19(2)(d), (e)",
            ),
            PR(
                "submission",
                "How to ask to take part or to tender, and by when",
                "19(2)(f), (g)",
            ),
            Any(
                "reserved",
                "Whether it is reserved for supported employment or mutuals",
                "19(2)(h)",
            ),
        )
    return (*begun(18), *SUBJECT, *own, *TENDERED)


TENDERED = (
    PR("special_regime", REGIME, "18(2)(e)"),
    PR("value", "Estimated value, with VAT", "18(2)(g)"),
    Any("recurrence", "What is needed afterwards, and when", "18(2)(h)"),
    Any("auction", "Whether there is an electronic auction, and how", "18(2)(i)"),
    PR("criteria", "Award criteria, or a summary", "18(2)(k)"),
    PR("languages", "Languages of tenders and questions", "18(2)(l)"),
    PR("gpa", GPA, "18(2)(m), (n)"),
    Any("lots", LOTS, "18(2)(o), (p)"),
    PR(
        "no_lots",
        "Why it is not in lots, if it could be (not for light touch)",
        "18(2)(q)",
    ),
    Any("options", OPTIONS, "18(2)(r)"),
    Any("shortened", "Why the tendering period is shorter", "18(2)(s)"),
    PR("suits", SUITS, "18(2)(t)"),
    PR("documents", "Tender documents: titles, attached or where", "18(2)(u), (v)"),
    PR("specification", "Technical specifications, or where they are", "18(2)(w)"),
    PR("conditions", "Conditions of participation", "18(2)(x)"),
    Any("payment", "Payment terms beyond section 68", "18(2)(y)"),
    PR("risks", RISKS, "18(2)(z)"),
    PR("award_planned", "When the contract is expected to be awarded", "18(2)(z1)"),
)
FRAMEWORK = (
    PR("selection", "How call-offs from the framework are awarded", "20(2)(c)"),
    PR("period", "Term of the framework", "20(2)(d)"),
    PR("users", "Which authorities may use it", "20(2)(e)"),
    PR("members", "To how many suppliers it is awarded", "20(2)(i), (j)"),
    Any("fees", "Fees charged to suppliers", "20(2)(k)"),
)
MARKET = (
    PR(
        "market_id", "Identifier of the dynamic market, and its part", "21(2)(b) to (d)"
    ),
)
UK4_BELOW = (
    *begun(24),
    *SUBJECT,
    PR("value", "Estimated value", "24(2)(e)"),
    PR("submission", "How to send tenders, and by when", "24(2)(f)"),
    PR("special_regime", REGIME, "24(2)(g)"),
    PR("suits", SUITS, "24(2)(h)"),
    PR("criteria", "The criteria by which it is awarded", "24(2)(i)"),
    PR("conditions", "Conditions of participation", "24(2)(j)"),
)
JUSTIFIED = (
    PR("ground", "Which justification applies, and why", "26(2)(h) to (m)"),
    Any("switching", "Why no tender was suitable (section 43)", "26(2)(n), (o)"),
)
UK5 = (
    *begun(26),
    Any("contract_id", "Unique identifier of the contract", "26(2)(e)"),
    *SUBJECT,
    PR("special_regime", REGIME, "26(2)(g)"),
    *JUSTIFIED,
    Any("lots", "Lots: title and number", "26(2)(p)"),
    PR("value", "Estimated value, with VAT", "26(2)(q)"),
    PR("suits", SUITS, "26(2)(r)"),
    PR("risks", RISKS, "26(2)(s)"),
    supplier(26, "t), (u"),
    PR(
        "signing_planned",
        "When the contract is expected to be entered into",
        "26(2)(v)",
    ),
)


def tender_notice(regime, route):
    """Return the content of a tender notice by regime and route (regulations 18 to 24)."""
    if regime == "below_threshold":
        return UK4_BELOW
    if route in {"competitive_flexible", "dynamic_market"}:
        return tender("19") + (MARKET if route == "dynamic_market" else ())
    return tender("18") + (FRAMEWORK if route == "framework" else ())


# An award and a contract: UK6 to UK17 (SI 2024/692, regulations 25 to 41).

SIZES = "Whether each supplier is small or medium-sized, voluntary, supported employment or a mutual"
UK6 = (
    *begun(27),
    PR("contract_id", "Unique identifier of the contract", "27(2)(c)"),
    *SUBJECT,
    supplier(27, "e"),
    PR("sizes", SIZES, "27(2)(e)(v)"),
    PR(
        "connected",
        "Associated and connected persons of each supplier",
        "27(2)(e)(vi), (vii)",
    ),
    PR("decided", "When the award was decided", "27(2)(f)"),
    Any("lots", LOTS, "27(2)(g)"),
    PR("special_regime", REGIME, "27(2)(k)"),
    PR("summaries", "Whether and when assessment summaries were sent", "27(2)(l)"),
    PR("award_value", "Estimated value, with VAT", "27(2)(m)"),
    PR(
        "bids",
        "Tenders submitted and assessed; above £5 million, who was unsuccessful",
        "27(2)(n), (o)",
    ),
    PR("procedure", "Which procedure was used", "27(2)(h), (p)"),
    Any("reserved", "Whether it was reserved", "27(2)(q), (r)"),
    PR("standstill", "When the standstill ends", "27(2)(s)"),
    PR(
        "signing_planned",
        "When the contract is expected to be entered into",
        "27(2)(t)",
    ),
)
SIGNED = (
    PR("contract_id", "Unique identifier of the contract", "32(2)(d)"),
    *SUBJECT,
    supplier(32, "g"),
    PR("sizes", SIZES, "32(2)(g)(iv)"),
    Any("reserved", "Whether it was reserved", "32(2)(i)"),
    Any("lots", LOTS, "32(2)(j)"),
    PR("contract_value", "Estimated value, with VAT", "32(2)(k)"),
    PR("signed", "When the contract was entered into", "32(2)(l)"),
    Any("options", OPTIONS, "32(2)(m)"),
    PR("special_regime", REGIME, "32(2)(o)"),
    PR("gpa", GPA, "32(2)(p), (q)"),
    PR(
        "indicators",
        "The three most material key performance indicators, or why none",
        "32(2)(r), (s)",
    ),
)
UK7_PROCEDURE = PR("procedure", "Open or competitive flexible procedure", "32(2)(h)")
UK7_FRAMEWORK = (
    PR("framework_id", "Identifier of the framework, and of its lot", "34(2)(b), (d)"),
    PR(
        "procedure",
        "How it was awarded: by competition, or without and why",
        "34(2)(e), (f)",
    ),
)
UK7_BELOW = (
    *begun(36),
    PR("contract_id", "Unique identifier of the contract", "36(2)(d)"),
    supplier(36, "e"),
    PR("sizes", SUITS.replace("it suits", "each supplier is one of"), "36(2)(e)(iv)"),
    *SUBJECT,
    Any("lots", "Lots: title and number", "36(2)(g)"),
    PR("special_regime", REGIME, "36(2)(h)"),
    PR("contract_value", "Estimated value", "36(2)(i)"),
    PR("signed", "When the contract was entered into", "36(2)(j)"),
    Any("options", OPTIONS, "36(2)(k)"),
)


def of_contract(number, letter="d"):
    """Return what the notices of a running contract open with."""
    return (
        *AUTHORITY,
        PR("title", "Title of the procurement", f"{number}(2)(b)"),
        PR("procurement_id", "Unique identifier of the procurement", f"{number}(2)(c)"),
        PR(
            "contract_id", "Unique identifier of the contract", f"{number}(2)({letter})"
        ),
    )


UK9 = (
    *AUTHORITY,
    PR("title", "Title of the procurement", "39(4)(b)"),
    PR("procurement_id", "Unique identifier of the procurement", "39(4)(c)"),
    PR("contract_id", "Unique identifier of the contract", "39(4)(c)"),
    PR("indicators", "The three most material key performance indicators", "39(4)(d)"),
    PR(
        "assessing",
        "Statement that it sets out the assessment against them",
        "39(4)(e)",
    ),
    PR(
        "suppliers",
        "Each supplier assessed: name, addresses and unique identifier",
        "39(4)(f)",
    ),
    PR(
        "ratings",
        "The rating of each: good, approaching target, requires improvement, inadequate or other",
        "39(4)(g)",
    ),
    PR("rated_period", "The period that was assessed", "39(4)(h)"),
)
UK10 = (
    *of_contract(40),
    supplier(40, "e"),
    PR(
        "change_ground",
        "Which paragraph of Schedule 8 permits the change, and why",
        "40(2)(f), (g)",
    ),
    PR("change", "How the value or the term changes", "40(2)(h)"),
    Any("transfer", "New and former suppliers, on restructuring", "40(2)(i)"),
    PR("change_planned", "When it is made, and when it has effect", "40(2)(j)"),
    PR(
        "change_standstill",
        "Whether there is a voluntary standstill, and how long",
        "40(2)(k)",
    ),
)
UK11 = (
    *of_contract(41, "c"),
    supplier(41, "d"),
    PR("ending", "Why the contract ended", "41(2)(e)"),
    PR("ended", "When it ended", "41(2)(f)"),
    PR("contract_value", "Estimated value", "41(2)(g)"),
    Any(
        "breach",
        "The breach that ended it: what, when, its effects and remedies",
        "41(2)(h)",
    ),
)
UK12 = (
    *begun(37),
    PR(
        "not_awarding",
        "Statement that it was decided not to award the contract",
        "37(2)(d)",
    ),
    PR("cancelled", "When that was decided", "37(2)(e)"),
)
UK17 = (
    *AUTHORITY,
    PR("pay_period", "First and last day of the half-year", "38(2)(b)"),
    PR(
        "pay_days",
        "Average days to pay; shares paid within 30, 60 and more days",
        "38(2)(c)",
    ),
    PR("pay_late", "Share of payments not made in the half-year", "38(2)(d)"),
    PR(
        "pay_approved",
        "Approval, name and job title of the finance director",
        "38(2)(e)",
    ),
)
MARKETS = (
    PR(
        "market",
        "Who sets the market up, its title and the rest of the regulation",
        "25",
    ),
)


def details_notice(regime, route):
    """Return the content of a contract details notice (regulations 32 to 36)."""
    if regime == "below_threshold":
        return UK7_BELOW
    if route == "framework":
        return (*begun(32), *SIGNED, *UK7_FRAMEWORK)
    if route == "direct_award":
        return (*begun(32), *SIGNED, *JUSTIFIED)
    return (*begun(32), UK7_PROCEDURE, *SIGNED)


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


def statement(what):
    """Return the statement with which most of these notices begin."""
    return ("statement", f"Statement that {what}")


def awarded(what):
    """Return what the notices after an award say."""
    begun = (statement(f"an award was made {what}"), TITLE, PROVIDER, SERVICE)
    return (*begun, VALUE, PERIOD, DECIDERS, *CONFLICTS)


def intended(what):
    """Return what the notices of an intention to award say."""
    begun = (statement(f"the authority intends to award {what}"), TITLE, PROVIDER)
    return (*begun, SERVICE, ROUGHLY, DECIDERS, REASONS, *CONFLICTS)


SCHEDULES = {
    2: awarded("following Direct Award Process A or B, or from a framework"),
    3: intended("to the existing provider, following Direct Award Process C"),
    4: awarded("following Direct Award Process C"),
    5: (
        statement("the authority intends to follow the Most Suitable Provider Process"),
        TITLE,
        SERVICE,
        DECIDERS,
    ),
    6: intended("following the Most Suitable Provider Process"),
    7: awarded("following the Most Suitable Provider Process"),
    8: (
        TITLE,
        SERVICE,
        ("period", "When the services are to be provided, and possible extensions"),
        ROUGHLY,
        ("criteria", "The award criteria"),
        ("users", "For a framework, which authorities may use it"),
        ("submission", "How to make an offer, electronically"),
        ("assessment", "How offers are assessed, and whether in stages"),
    ),
    10: intended("under the Competitive Process"),
    11: awarded("after a competition under the Competitive Process"),
    12: (
        TITLE,
        SERVICE,
        ("change_planned", "The day the change has effect"),
        ("change", "What changes, in short; the value and the term"),
        DECIDERS,
        *CONFLICTS,
    ),
    13: (
        *awarded("that was urgent"),
        ("longer", "Why it is for more than 12 months, if it is"),
        ("urgency", "Why regulation 14 applied"),
    ),
    14: (
        statement("the change was urgent"),
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
        Field(key, label, f"SI 2023/1348, Schedule {number}", key in IF_ANY)
        for key, label in rows
    )
    for number, rows in SCHEDULES.items()
} | {
    "PSR-AB": tuple(
        Field(key, label, "SI 2023/1348, regulation 15(4)")
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
