"""Let anybody say of a barrier how it was solved elsewhere."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0011_second_notice_of_privacy'),
        ('consultations', '0002_subscriptions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='enquiry',
            name='enquiry_is_about_exactly_one_thing',
        ),
        migrations.AddField(
            model_name='enquiry',
            name='barrier',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='commissions.barrier'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('barrier__isnull', True), ('commission__isnull', False), ('commissioner__isnull', True), ('decision__isnull', True)), models.Q(('barrier__isnull', True), ('commission__isnull', True), ('commissioner__isnull', True), ('decision__isnull', False)), models.Q(('barrier__isnull', True), ('commission__isnull', True), ('commissioner__isnull', False), ('decision__isnull', True)), models.Q(('barrier__isnull', False), ('commission__isnull', True), ('commissioner__isnull', True), ('decision__isnull', True)), _connector='OR'), name='enquiry_is_about_exactly_one_thing', violation_error_message='Ask about one commission, one decision, one person or one barrier.'),
        ),
    ]
