"""One reference of a platform names one notice, whatever commission it is on."""

from django.db import migrations, models
from django.db.models import Count

PLATFORMS = [
    "Find a Tender",
    "Sell2Wales",
    "eTendersNI",
    "Contracts Finder",
    "Public Contracts Scotland",
]


def refuse_doubles(apps, schema_editor):
    """Name the notices that are kept twice, which nobody but people can put right."""
    notices = apps.get_model("commissions", "Notice").objects
    doubles = (
        notices.filter(platform__in=PLATFORMS)
        .values_list("platform", "release_id")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
        .order_by("platform", "release_id")
    )
    listed = [f"{platform} {number}" for platform, number, _ in doubles[:20]]
    if listed:
        raise ValueError(
            "These notices are kept more than once, on different commissions: "
            f"{', '.join(listed)}. Delete the wrong ones with their releases from the "
            "database, then migrate again. Nothing was changed."
        )


class Migration(migrations.Migration):
    dependencies = [("commissions", "0016_how_rough_in_the_index")]

    operations = [
        migrations.RunPython(refuse_doubles, migrations.RunPython.noop),
        migrations.RemoveConstraint("notice", "notice_is_received_once"),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                fields=["ocid", "release_id", "platform"],
                name="notice_is_received_once",
            ),
        ),
        migrations.AddConstraint(
            "notice",
            models.UniqueConstraint(
                fields=["release_id", "platform"],
                condition=models.Q(platform__in=PLATFORMS),
                name="reference_of_a_platform_names_one_notice",
                violation_error_message="A notice with this reference on this platform is recorded already. Check the reference.",
            ),
        ),
    ]
