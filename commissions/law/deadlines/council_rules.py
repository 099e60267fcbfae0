"""The clocks of councils' executive decisions in England (SI 2012/2089)."""

from commissions.law.deadlines.counting import CLEAR, CLEAR_WORKING
from commissions.law.deadlines.rule import Rule


def law(regulations):
    """Cite the regulations."""
    return (
        "Local Authorities (Executive Arrangements) (Meetings and Access to "
        f"Information) (England) Regulations 2012 (SI 2012/2089), {regulations}"
    )


AGENDA = "the agenda and reports are published"

RULES = (
    Rule(
        "exec_key_decision_earliest",
        "First day on which a key decision may be made, after 28 clear days.",
        "the notice of the key decision is published",
        CLEAR,
        28,
        law("regulation 9(2)"),
        earliest=True,
    ),
    Rule(
        "exec_general_exception_earliest",
        "First day on which a key decision may be made where 28 clear days are impracticable.",
        "the notice to the scrutiny committee is published",
        CLEAR,
        5,
        law("regulation 10(1)(c)"),
        earliest=True,
    ),
    Rule(
        "exec_private_meeting_earliest",
        "First day on which a private meeting may be held, after the first notice.",
        "the first notice of the private meeting is published",
        CLEAR,
        28,
        law("regulation 5(2)"),
        earliest=True,
    ),
    Rule(
        "exec_private_meeting_second_notice_earliest",
        "First day on which a private meeting may be held, after the notice with the response "
        "to representations.",
        "the second notice of the private meeting is published",
        CLEAR,
        5,
        law("regulation 5(4)"),
        earliest=True,
    ),
    Rule(
        "exec_agenda_earliest_meeting",
        "First day for a meeting after its agenda is published, counting every day.",
        AGENDA,
        CLEAR,
        5,
        law("regulations 6(2) and 7(3)"),
        earliest=True,
    ),
    Rule(
        "exec_agenda_earliest_meeting_working_days",
        "First day for a meeting after its agenda is published, counting working days as most "
        "councils do.",
        AGENDA,
        CLEAR_WORKING,
        5,
        law("regulations 6(2) and 7(3), counted in working days by custom"),
        earliest=True,
    ),
)
