"""Notices about an organisation itself: its pipeline, and how promptly it pays."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0019_days_that_can_be_counted'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='Of a notice that is about the body itself, not a commission.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='commissions.organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='owes_payments_notice',
            field=models.BooleanField(blank=True, help_text='In each half-year in which it does it owes a payments compliance notice (UK17, section 69). Schools and private utilities owe none.', null=True, verbose_name='pays under public contracts'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='owes_pipeline_notice',
            field=models.BooleanField(blank=True, help_text='Under contracts that the Procurement Act covers, in the financial year: it then owes a pipeline notice (UK1, section 93). Until it says, the public reads “not known”, never “late”.', null=True, verbose_name='expects to pay over £100 million a year'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='commission',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='commissions.commission'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='ocid',
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('code__in', ('UK1', 'UK17'))), fields=['code', 'published_at'], name='notice_that_bodies_owe'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('commission__isnull', True), ('organisation__isnull', False)), models.Q(('commission__isnull', False), ('organisation__isnull', True)), _connector='OR'), name='notice_is_about_a_commission_or_an_organisation', violation_error_message='A notice is about one commission or about one organisation: give one of the two.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('code__in', ('UK1', 'UK17')), _connector='OR'), name='notice_about_an_organisation_is_one_that_it_owes', violation_error_message='Only the pipeline notice (UK1) and the payments compliance notice (UK17) are about an organisation.'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('commission__isnull', True), models.Q(('code__in', ('UK17',)), _negated=True), _connector='OR'), name='notice_about_payments_is_about_an_organisation', violation_error_message='The payments compliance notice (UK17) is about the organisation, not about one commission.'),
        ),
    ]
