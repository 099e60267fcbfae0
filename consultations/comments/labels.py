"""Who is speaking and where they stand, as a reader is told: in the third person.

The forms ask “I care for someone who uses it”; a page about somebody else says
“cares for someone who uses it”.
"""

from consultations.models import Comment, Submission

Role, Channel, Stance = Submission.Role, Submission.Channel, Comment.Stance

ROLES = {
    Role.USES_SERVICE: "Uses this service",
    Role.CARER: "Cares for someone who uses it",
    Role.RESIDENT: "Lives here",
    Role.PROVIDER: "Provides services",
    Role.FRONTLINE: "Works with people who use it",
    Role.COMMUNITY: "Speaks for a community group or charity",
    Role.COLLEAGUE: "Works for the council",
    Role.OTHER_BODY: "Works for another public body",
    Role.OTHER: "Somebody else",
}
STANCES = {
    Stance.SUPPORT: "Supports this",
    Stance.CONCERN: "Has a concern",
    Stance.CHANGE: "Suggests a change",
}
CHANNELS = {
    Channel.WEB: "",
    Channel.LETTER: "Came by letter",
    Channel.PHONE: "Came by phone",
    Channel.MEETING: "Said at a meeting",
}


def role_in_words(code):
    """Say who somebody is; empty for a code of no role."""
    return ROLES.get(code, "")


def stance_in_words(code):
    """Say where a comment stands; empty where its sender did not say."""
    return STANCES.get(code, "")


def channel_in_words(code):
    """Say how a comment came, where it did not come through this site."""
    return CHANNELS.get(code, "")
