"""Refuse, in the database itself, years that no clock can count."""

import commissions.models.days
from django.db import migrations


def bring_within(apps, schema_editor):
    """Mend the days that the columns would refuse."""
    commissions.models.days.bring_within(apps, Migration.operations, "consultations")


def hold(apps, schema_editor):
    """Have PostgreSQL refuse them too."""
    commissions.models.days.hold(
        schema_editor, apps, Migration.operations, "consultations"
    )


def let_go(apps, schema_editor):
    """Let PostgreSQL keep any day again."""
    commissions.models.days.let_go(
        schema_editor, apps, Migration.operations, "consultations"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0003_answers_about_barriers'),
    ]

    operations = [
        migrations.RunPython(bring_within, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='consultation',
            name='closes_at',
            field=commissions.models.days.MomentField(),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='opens_at',
            field=commissions.models.days.MomentField(),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='consultation',
            name='response_due_on',
            field=commissions.models.days.DayField(help_text="The day by which you answer every comment. Government's own principles say within 12 weeks of closing."),
        ),
        migrations.AlterField(
            model_name='enquiry',
            name='was_due_on',
            field=commissions.models.days.DayField(blank=True, help_text='The day it was due, when it was answered.', null=True),
        ),
        migrations.AlterField(
            model_name='extension',
            name='closes_after',
            field=commissions.models.days.MomentField(),
        ),
        migrations.AlterField(
            model_name='extension',
            name='closes_before',
            field=commissions.models.days.MomentField(),
        ),
        migrations.AlterField(
            model_name='response',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(hold, let_go),
    ]
