"""Begin the trail of hands of commissions that were published before it was kept."""

from django.db import migrations


def begin(apps, schema_editor):
    """Give each held commission its first holding, since the day it is held."""
    Holding = apps.get_model("commissions", "Holding")
    Commission = apps.get_model("commissions", "Commission")
    held = Commission.objects.filter(held_since__isnull=False, holdings__isnull=True)
    Holding.objects.bulk_create(
        [
            Holding(
                commission=one,
                post_id=one.post_id,
                committee_id=one.committee_id,
                since=one.held_since,
            )
            for one in held.iterator()
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("commissions", "0009_decisions_holdings_and_involvement")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
