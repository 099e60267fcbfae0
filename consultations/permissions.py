"""What each group of staff may do with drafts and comments."""

from commissions.desk import permissions

MODERATORS = "Moderators"
MAY = {
    permissions.COMMISSIONERS: {
        "view": "comment consultation correction draft enquiry response specification theme submission",
        "add": "consultation draft question response specification theme",
        "change": "comment consultation correction draft enquiry question response specification theme",
        "delete": "consultation question theme",
    },
    MODERATORS: {
        "view": "comment consultation enquiry",
        "change": "comment",
        "delete": "submission",
    },
}


def restore_groups(sender, using="default", **signal):
    """Make the groups with their permissions; safe to run again."""
    for name, may in MAY.items():
        permissions.grant(sender, name, may, using=using)
