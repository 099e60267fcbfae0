"""What each group of staff may do in the admin, put in place after every migration."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import router

COMMISSIONERS = "Commissioners"
MAY = {
    "change": (
        "area areacode committee committeemember commission commissioner document "
        "organisation organisationidentifier othername post service stagedate"
    ),
    "add": (
        "committee committeemember commission commissioner document organisation "
        "organisationidentifier othername post service stagedate"
    ),
    "delete": "commission committeemember document service stagedate",
    "view": (
        "area areacode award commission commissioner committee committeemember "
        "contract cpvcode document entry lot notice organisation "
        "organisationidentifier othername post service stagedate tender tenure topic"
    ),
}
"""What commissioners may do to which models; the admin narrows it further."""


def restore_groups(sender, using="default", apps=installed, **signal):
    """Make the group of commissioners with its permissions; safe to run again.

    Permissions given by hand as well are kept.
    """
    if not router.allow_migrate(using, "auth"):
        return
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    group, _ = (
        apps.get_model("auth", "Group")
        .objects.using(using)
        .get_or_create(name=COMMISSIONERS)
    )
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    group.permissions.add(
        *permissions.filter(
            content_type__app_label=sender.label,
            codename__in=[
                f"{act}_{model}"
                for act, names in MAY.items()
                for model in names.split()
            ],
        )
    )
