"""Who is speaking and what they think, as a reader sees it: in the third person.

The forms ask “I care for someone who uses it”; a page about somebody else says
“cares for someone who uses it”.
"""

from django.utils.translation import gettext_lazy

from consultations.models import Comment, Submission

Role, Channel, Stance = Submission.Role, Submission.Channel, Comment.Stance

ROLES = {
    Role.USES_SERVICE: gettext_lazy("Uses this service"),
    Role.CARER: gettext_lazy("Cares for someone who uses it"),
    Role.RESIDENT: gettext_lazy("Lives here"),
    Role.PROVIDER: gettext_lazy("Provides services"),
    Role.FRONTLINE: gettext_lazy("Works with people who use it"),
    Role.COMMUNITY: gettext_lazy("Speaks for a community group or charity"),
    Role.COLLEAGUE: gettext_lazy("Works for the council"),
    Role.OTHER_BODY: gettext_lazy("Works for another public body"),
    Role.OTHER: gettext_lazy("Someone else"),
}
STANCES = {
    Stance.SUPPORT: gettext_lazy("Supports this"),
    Stance.CONCERN: gettext_lazy("Has a concern"),
    Stance.CHANGE: gettext_lazy("Suggests a change"),
}
CHANNELS = {
    Channel.WEB: "",
    Channel.LETTER: gettext_lazy("Came by letter"),
    Channel.PHONE: gettext_lazy("Came by phone"),
    Channel.MEETING: gettext_lazy("Said at a meeting"),
}


def role_in_words(code):
    """Say who somebody is; empty for a code of no role."""
    return str(ROLES.get(code, ""))


def stance_in_words(code):
    """Say whether a comment supports it; empty where its sender did not say."""
    return str(STANCES.get(code, ""))


def channel_in_words(code):
    """Say how a comment came, where it did not come through this site."""
    return str(CHANNELS.get(code, ""))
