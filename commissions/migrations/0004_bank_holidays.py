"""Load the bank holidays of 2024 to 2031, by nation."""

from django.db import migrations

from commissions.clocks.bank_holidays import HOLIDAYS


def load(apps, schema_editor):
    """Add each holiday to each of its nations."""
    Holiday = apps.get_model("commissions", "Holiday")
    Holiday.objects.bulk_create(
        Holiday(nation=nation, day=day, name=name)
        for day, name, nations in HOLIDAYS
        for nation in nations
    )


class Migration(migrations.Migration):
    dependencies = [("commissions", "0003_seed_topics_and_regions")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
