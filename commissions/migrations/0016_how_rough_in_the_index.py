"""Find dates known to a year along the index of what is to come."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0015_stand_ins'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='stagedate',
            name='stage_date_to_come',
        ),
        migrations.AddIndex(
            model_name='stagedate',
            index=models.Index(condition=models.Q(('actual_on__isnull', True)), fields=['planned_on', 'id', 'precision'], name='stage_date_to_come'),
        ),
    ]
