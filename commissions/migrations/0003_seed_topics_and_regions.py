"""Load the topics and the nations and regions that notices need at once."""

from django.db import migrations

from commissions.seeds import seed


def load(apps, schema_editor):
    seed(apps.get_model)


class Migration(migrations.Migration):

    dependencies = [
        ("commissions", "0002_search_table"),
    ]

    operations = [
        # What was loaded stays when this is undone: commissions may use it.
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
