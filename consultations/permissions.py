"""What each group of staff may do with drafts and comments."""

from commissions.desk import permissions

MODERATORS = "Moderators"
MAY = {
    permissions.COMMISSIONERS: {
        "view": "comment consultation correction draft question response specification theme submission",
        "add": "consultation draft prompt response specification theme",
        "change": "comment consultation correction draft question prompt response specification theme",
        "delete": "consultation prompt theme",
    },
    MODERATORS: {
        "view": "comment consultation question",
        "change": "comment",
        "delete": "submission",
    },
}


def restore_groups(sender, using="default", **signal):
    """Make the groups with their permissions; safe to run again."""
    for name, may in MAY.items():
        permissions.grant(sender, name, may, using=using)
