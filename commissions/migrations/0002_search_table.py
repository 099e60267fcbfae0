"""Make the table that searches read; `rebuild_search` fills it."""

from django.db import migrations

from commissions.search import tables


class Migration(migrations.Migration):
    dependencies = [("commissions", "0001_initial")]

    operations = [migrations.RunPython(tables.create, tables.drop)]
