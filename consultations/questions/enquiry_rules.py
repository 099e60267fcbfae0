"""What the database itself holds every question to a holder to."""

from django.db.models import CheckConstraint, Q

SUBJECTS = ("commission", "decision", "commissioner", "barrier")
"""What a question can be about."""


def exactly_one_of(names):
    """Ask that one of these relations is set, and no other."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


CONSTRAINTS = [
    CheckConstraint(
        name="enquiry_is_about_exactly_one_thing",
        condition=exactly_one_of(SUBJECTS),
        violation_error_message="Ask about one commission, one decision, one person "
        "or one barrier.",
    ),
    CheckConstraint(
        name="enquiry_in_public_was_confirmed",
        condition=~Q(state__in=["awaiting", "published", "declined"])
        | Q(confirmed_at__isnull=False),
    ),
    CheckConstraint(
        name="enquiry_answer_has_words_a_time_and_a_due_day",
        condition=Q(answer_text="", answered_at__isnull=True, was_due_on__isnull=True)
        | (~Q(answer_text="") & Q(answered_at__isnull=False, was_due_on__isnull=False)),
        violation_error_message="Write the answer.",
    ),
    CheckConstraint(
        name="enquiry_that_changes_the_requirement_points_to_it",
        condition=Q(changes_requirement=False) | Q(new_draft__isnull=False),
        violation_error_message="Choose the published version that holds the changed requirement.",
    ),
    CheckConstraint(
        name="enquiry_declined_has_a_reason",
        condition=~Q(state="declined") | ~Q(decline_reason=""),
        violation_error_message="Choose why the question is not published.",
    ),
]
