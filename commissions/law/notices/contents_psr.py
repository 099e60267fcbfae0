"""What each notice of the NHS regime has to say (SI 2023/1348, Schedules 2 to 14)."""

from commissions.law.notices.contents_tender import Field

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
PSR = {
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
