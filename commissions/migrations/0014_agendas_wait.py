"""Let each organisation say how it counts the days before a meeting."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0013_corrections'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='agenda_in_working_days',
            field=models.BooleanField(default=True, help_text='Most councils leave weekends and bank holidays out of the five clear days before a meeting. Untick it if this one counts every day.', verbose_name='agendas wait five clear working days'),
        ),
    ]
