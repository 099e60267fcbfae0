"""Make the tables of what people follow by email, and what they were told."""

import consultations.models.submissions
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def begin_after_what_is_there(apps, schema_editor):
    """Count what is on the record already as read: nobody followed it."""
    entry = apps.get_model("commissions", "Entry").objects.order_by("-pk").first()
    if entry:
        reading = apps.get_model("consultations", "Reading")
        reading.objects.create(entry_id=entry.pk, is_floor=True)


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0005_award_criteria'),
        ('consultations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('address_key', models.CharField(max_length=40, unique=True)),
                ('key', models.CharField(default=consultations.models.submissions.new_key, max_length=40, unique=True)),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='unsubscribe',
            field=models.URLField(blank=True, help_text='Where one click stops such mail.', max_length=300),
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='commissions.entry')),
                ('read_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('is_floor', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_floor', True)), fields=('is_floor',), name='reading_has_one_floor')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=255)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('frequency', models.CharField(choices=[('at_once', 'At once, within a minute'), ('daily', 'Once a day, at 7am'), ('weekly', 'Once a week, on Monday at 7am')], default='daily', max_length=10)),
                ('key', models.CharField(default=consultations.models.submissions.new_key, max_length=40, unique=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('unsubscribed_at', models.DateTimeField(blank=True, null=True)),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='consultations.follower')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at_once', models.BooleanField(default=False, help_text='Goes at once, however often the follower chose.')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissions.entry')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='consultations.subscription')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(condition=models.Q(('confirmed_at__isnull', False), ('unsubscribed_at__isnull', True)), fields=['subject'], name='subscription_active_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('unsubscribed_at__isnull', True)), fields=('follower', 'subject', 'query'), name='follower_follows_a_thing_once', violation_error_message='This address follows it already.'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', 'search'), models.Q(('query', ''), _negated=True)), models.Q(models.Q(('subject', 'search'), _negated=True), ('query', '')), _connector='OR'), name='subscription_to_a_search_and_no_other_has_a_query', violation_error_message='Choose at least one filter of the list to follow.'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('unsubscribed_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='subscription_stopped_was_confirmed'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('told_at__isnull', True)), fields=['noted_at'], name='delivery_waiting'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('told_at__isnull', False)), fields=['told_at'], name='delivery_told'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('subscription', 'entry'), name='entry_is_delivered_once'),
        ),
        migrations.RunPython(begin_after_what_is_there, migrations.RunPython.noop),
    ]
