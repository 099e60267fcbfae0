"""What each group of staff may do in the admin, put in place after every migration."""

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import router
from django.db.models import Q

from commissions.models import Organisation, Tenure

COMMISSIONERS = "Commissioners"
MAY = {
    "commit": "commission",
    "change": (
        "area areacode barrier committee committeemember commission commissioner "
        "contract decision document easyreadpart involvement lesson option "
        "organisation organisationidentifier othername paper post proposal service stagedate synonym"
    ),
    "add": (
        "barrier committee committeemember commission commissioner contract decision "
        "document easyreadpart exemption involvement lesson option organisation "
        "organisationidentifier othername paper post service stagedate synonym"
    ),
    "delete": "barrier commission committeemember decision document easyreadpart "
    "involvement lesson option paper service stagedate synonym",
    "view": (
        "area areacode award awardcriterion barrier commission commissioner "
        "committee committeemember contract cpvcode decision deferral directaward "
        "document easyreadpart entry exemption involvement lesson linkedocid lot notice option "
        "organisation paper proposal organisationidentifier othername post "
        "representations service stagedate synonym tender tenure topic"
    ),
}
"""What commissioners may do to which models; the admin narrows it further."""


def restore_groups(sender, using="default", **signal):
    """Make the group of commissioners with its permissions; safe to run again."""
    grant(sender, COMMISSIONERS, MAY, using=using)


def grant(sender, name, may, *, using="default"):
    """Give a group permissions on the models of one app (its AppConfig: `sender`).

    Permissions given by hand as well are kept.
    """
    if not router.allow_migrate(using, "auth"):
        return
    create_permissions(sender, verbosity=0, using=using)
    group, _ = Group.objects.using(using).get_or_create(name=name)
    wanted = [f"{act}_{model}" for act, names in may.items() for model in names.split()]
    group.permissions.add(
        *Permission.objects.using(using).filter(
            content_type__app_label=sender.label, codename__in=wanted
        )
    )


def bodies_moderated_by(user):
    """Select the bodies whose comments and questions an account may decide on.

    Where a body names another one, or accounts, to moderate for it, only those do who
    hold no post at the body itself, whatever else they may; where it names nobody,
    every moderator does. Nobody is exempt: the public is told who moderates.
    """
    held = Tenure.objects.current().filter(commissioner__user=user)
    own = held.values("post__organisation")
    open_to_all = Q(moderated_by__isnull=True, moderators__isnull=True)
    named = Q(pk__in=Organisation.objects.filter(moderators=user))
    elsewhere = (named | Q(moderated_by__in=own)) & ~Q(pk__in=own)
    found = Organisation.objects.filter(open_to_all | elsewhere)
    return Organisation.objects.filter(pk__in=found.values("pk"))
