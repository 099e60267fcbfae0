"""Make the table that searches read; `rebuild_search` fills it."""

from django.db import migrations

from commissions import search_tables


class Migration(migrations.Migration):
    dependencies = [("commissions", "0001_initial")]

    operations = [migrations.RunPython(search_tables.create, search_tables.drop)]
