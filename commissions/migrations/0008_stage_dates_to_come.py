"""Index the planned dates that are still to come: the pipeline reads along them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commissions", "0007_notices_have_their_place_on_a_platform"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="stagedate",
            index=models.Index(
                condition=models.Q(("actual_on__isnull", True)),
                fields=["planned_on", "id"],
                name="stage_date_to_come",
            ),
        ),
    ]
