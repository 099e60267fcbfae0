"""What the notices of an award and a contract have to say: UK6 to UK17.

From the Procurement Regulations 2024 (SI 2024/692), regulations 25 to 41.
"""

from commissions.law.notices.contents_tender import (
    AUTHORITY,
    GPA,
    JUSTIFIED,
    LOTS,
    OPTIONS,
    PR,
    REGIME,
    SUBJECT,
    SUITS,
    UK1,
    UK2,
    UK3,
    UK5,
    Any,
    begun,
    supplier,
)

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
ACT = {
    "UK1": UK1,
    "UK2": UK2,
    "UK3": UK3,
    "UK5": UK5,
    "UK6": UK6,
    "UK9": UK9,
    "UK10": UK10,
    "UK11": UK11,
    "UK12": UK12,
    "UK17": UK17,
    **dict.fromkeys(("UK13", "UK14", "UK15", "UK16"), MARKETS),
}


def details_notice(regime, route):
    """Return the content of a contract details notice (regulations 32 to 36)."""
    if regime == "below_threshold":
        return UK7_BELOW
    if route == "framework":
        return (*begun(32), *SIGNED, *UK7_FRAMEWORK)
    if route == "direct_award":
        return (*begun(32), *SIGNED, *JUSTIFIED)
    return (*begun(32), UK7_PROCEDURE, *SIGNED)
