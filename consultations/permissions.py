"""What each group of staff may do with drafts and comments, and who may decide.

Who runs a consultation, or has to answer a question, does not keep from the public
what criticises it: a moderator from elsewhere does, where the body names one
(`commissions.desk.permissions.bodies_moderated_by`), else a second person.

What they may do alone, and why: hide a passage, as long as most of the comment is
left, and hide a name. Private details must go at once, the words stay, the sender is
told, and the public reads that something is hidden and for what reason.
"""

from commissions.desk import permissions
from commissions.desk.permissions import OF_COMMISSION, Role, bodies_moderated_by

WRITTEN = "consultation draft event prompt specification"
ANSWERED = "correction question response theme"
READING = {"view": f"comment submission {WRITTEN} {ANSWERED}"}
MAY = {
    Role.EDITOR: {
        **READING,
        "add": f"{WRITTEN} response theme",
        "change": f"{WRITTEN} response theme",
        "delete": "consultation event prompt theme",
    },
    Role.PUBLISHER: {
        **READING,
        "add": f"{WRITTEN} response theme",
        "change": f"{WRITTEN} {ANSWERED}",
        "delete": "consultation event prompt theme",
        "publish": f"{WRITTEN} {ANSWERED}",
    },
    Role.MODERATOR: {
        "view": "comment consultation question",
        "change": "comment",
        "delete": "submission",
    },
    Role.AUDITOR: READING,
}
PATHS = {
    **dict.fromkeys(("consultation", "event", "specification"), OF_COMMISSION),
    "draft": tuple(f"specification__{path}" for path in OF_COMMISSION),
    **dict.fromkeys(
        ("comment", "submission", "prompt", "theme", "response"),
        tuple(f"consultation__{path}" for path in OF_COMMISSION),
    ),
    **dict.fromkeys(
        ("attachment", "promptanswer"),
        tuple(f"submission__consultation__{path}" for path in OF_COMMISSION),
    ),
    "question": ("body",),
    "correction": ("body",),
}


def register():
    """Add to what roles permit, and how rows here come to their bodies."""
    permissions.allow("consultations", MAY)
    permissions.BODY_PATHS.update(
        {f"consultations.{model}": paths for model, paths in PATHS.items()}
    )


def moderated_by(user, rows):
    """Narrow comments or questions to those that an account may decide on."""
    return rows.filter(**{f"{rows.model.body_path}__in": bodies_moderated_by(user)})


def may_decide(user, row):
    """Tell whether an account may decide on a comment or a question."""
    return moderated_by(user, type(row).objects.filter(pk=row.pk)).exists()


def has_outside_moderators(body):
    """Tell whether a body names who moderates for it."""
    return bool(body.moderated_by_id) or body.moderators.exists()


def needs_second(person, row):
    """Tell whether an account runs what a comment or a question criticises.

    It can then only propose to keep it from the public. Not where somebody from
    elsewhere moderates, who has nothing to hide, nor where the body has said that it
    has one person for both, which the public reads.
    """
    body = row.body
    if not person or body.same_people_decline or not person.has_perm(row.run_by, body):
        return False
    return not has_outside_moderators(body)
