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
