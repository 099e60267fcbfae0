"""Refuse, in the database itself, years that no clock can count."""

import commissions.models.days
import django.utils.timezone
from django.db import migrations


def bring_within(apps, schema_editor):
    """Mend the days that the columns would refuse."""
    commissions.models.days.bring_within(apps, Migration.operations, "commissions")


def hold(apps, schema_editor):
    """Have PostgreSQL refuse them too."""
    commissions.models.days.hold(
        schema_editor, apps, Migration.operations, "commissions"
    )


def let_go(apps, schema_editor):
    """Let PostgreSQL keep any day again."""
    commissions.models.days.let_go(
        schema_editor, apps, Migration.operations, "commissions"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0018_handovers_announced_ahead'),
    ]

    operations = [
        migrations.RunPython(bring_within, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='amendment',
            name='ends_after',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='ends_before',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='longest_end_before',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='amendment',
            name='made_on',
            field=commissions.models.days.DayField(verbose_name='changed on'),
        ),
        migrations.AlterField(
            model_name='award',
            name='decided_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='award',
            name='ends_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='award',
            name='standstill_ends_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='award',
            name='starts_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='barrier',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='commission',
            name='ends_on',
            field=commissions.models.days.DayField(blank=True, help_text='When it ends if it is not extended.', null=True),
        ),
        migrations.AlterField(
            model_name='commission',
            name='held_since',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='commission',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='commission',
            name='starts_on',
            field=commissions.models.days.DayField(blank=True, help_text='When the service is to start.', null=True),
        ),
        migrations.AlterField(
            model_name='commission',
            name='window_closes_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='commission',
            name='window_opens_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='commissioner',
            name='confirmed_on',
            field=commissions.models.days.DayField(blank=True, null=True, verbose_name='details last confirmed'),
        ),
        migrations.AlterField(
            model_name='commissioner',
            name='name_consent_on',
            field=commissions.models.days.DayField(blank=True, help_text='When they agreed to be named, if their post does not require it.', null=True),
        ),
        migrations.AlterField(
            model_name='committeemember',
            name='ended_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='committeemember',
            name='started_on',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='contract',
            name='copy_published_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='contract',
            name='ended_on',
            field=commissions.models.days.DayField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='contract',
            name='ends_on',
            field=commissions.models.days.DayField(blank=True, help_text='The last day, extensions used included.', null=True),
        ),
        migrations.AlterField(
            model_name='contract',
            name='latest_end_on',
            field=commissions.models.days.DayField(blank=True, help_text='The end if every extension is used.', null=True),
        ),
        migrations.AlterField(
            model_name='contract',
            name='review_on',
            field=commissions.models.days.DayField(blank=True, help_text='When somebody next looks at whether it still serves.', null=True, verbose_name='next review'),
        ),
        migrations.AlterField(
            model_name='contract',
            name='signed_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='contract',
            name='starts_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='decided_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='due_on',
            field=commissions.models.days.DayField(help_text='The day, or the first day of the period.'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='due_until',
            field=commissions.models.days.DayField(help_text='The same day, or the last day of the period.'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='held_since',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='private_notice_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='decision',
            name='second_notice_on',
            field=commissions.models.days.DayField(blank=True, help_text='The day of the further notice, 5 clear days before (regulation 5(4)).', null=True),
        ),
        migrations.AlterField(
            model_name='deferral',
            name='due_after',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='deferral',
            name='due_before',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='document',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='extension',
            name='ends_before',
            field=commissions.models.days.DayField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='extension',
            name='until',
            field=commissions.models.days.DayField(help_text='The last day if this option is used.'),
        ),
        migrations.AlterField(
            model_name='extension',
            name='used_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='handover',
            name='since',
            field=commissions.models.days.DayField(help_text='The first day of the next holder.'),
        ),
        migrations.AlterField(
            model_name='holding',
            name='since',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='holding',
            name='until',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='holiday',
            name='announced_on',
            field=commissions.models.days.DayField(blank=True, help_text='Only for a day announced late, such as a coronation. Leave it empty for the usual ones.', null=True),
        ),
        migrations.AlterField(
            model_name='holiday',
            name='day',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='involvement',
            name='ended_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='involvement',
            name='started_on',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='lot',
            name='ends_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='lot',
            name='starts_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='notice',
            name='published_at',
            field=commissions.models.days.MomentField(),
        ),
        migrations.AlterField(
            model_name='paper',
            name='published_on',
            field=commissions.models.days.DayField(default=django.utils.timezone.localdate),
        ),
        migrations.AlterField(
            model_name='post',
            name='created_on',
            field=commissions.models.days.DayField(default=django.utils.timezone.localdate),
        ),
        migrations.AlterField(
            model_name='post',
            name='ended_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='rating',
            name='ends_on',
            field=commissions.models.days.DayField(verbose_name='last day of the period'),
        ),
        migrations.AlterField(
            model_name='rating',
            name='starts_on',
            field=commissions.models.days.DayField(verbose_name='first day of the period'),
        ),
        migrations.AlterField(
            model_name='representations',
            name='told_on',
            field=commissions.models.days.DayField(blank=True, help_text='The day providers were told the last further decision.', null=True),
        ),
        migrations.AlterField(
            model_name='service',
            name='contract_ends_on',
            field=commissions.models.days.DayField(blank=True, help_text='When the present contract ends.', null=True),
        ),
        migrations.AlterField(
            model_name='service',
            name='published_at',
            field=commissions.models.days.MomentField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='stagedate',
            name='actual_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='stagedate',
            name='planned_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='stagedatechange',
            name='planned_after',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='stagedatechange',
            name='planned_before',
            field=commissions.models.days.DayField(),
        ),
        migrations.AlterField(
            model_name='tender',
            name='award_expected_on',
            field=commissions.models.days.DayField(blank=True, help_text='When the choice is expected to be made.', null=True),
        ),
        migrations.AlterField(
            model_name='tender',
            name='closes_at',
            field=commissions.models.days.MomentField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='tender',
            name='opens_at',
            field=commissions.models.days.MomentField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='tender',
            name='questions_close_at',
            field=commissions.models.days.MomentField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='tenure',
            name='ended_on',
            field=commissions.models.days.DayField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='tenure',
            name='started_on',
            field=commissions.models.days.DayField(),
        ),
        migrations.RunPython(hold, let_go),
    ]
