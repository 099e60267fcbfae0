"""Make the tables of drafts, consultations, comments and alerts."""

import commissions.fields
import commissions.record.references
import consultations.comments.approval
import consultations.drafts.models
import consultations.signed_links
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from commissions.migrations._operations import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('commissions', '0001_initial'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Specification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('commission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='specification', to='commissions.commission')),
                    ('title', models.CharField(max_length=300)),
                ],
            ),
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('specification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='consultations.specification')),
                    ('version', models.PositiveIntegerField()),
                    ('summary', models.TextField(blank=True, help_text='What this version is, or what changed, in plain words.')),
                    ('source_name', models.CharField(blank=True, help_text='The file it was read from.', max_length=255)),
                    ('matched_at', models.DateTimeField(blank=True, help_text='When the author confirmed what became of each section.', null=True)),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['specification', 'version'],
                    'constraints': [models.UniqueConstraint(fields=('specification', 'version'), name='draft_version_is_used_once'), models.UniqueConstraint(condition=models.Q(('published_at__isnull', True)), fields=('specification',), name='specification_has_one_working_draft', violation_error_message='This specification has a working draft already. Publish or discard it first.')],
                },
            ),
            migrations.CreateModel(
                name='Section',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('specification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='consultations.specification')),
                    ('key', models.CharField(default=consultations.drafts.models.new_key, max_length=20)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('specification', 'key'), name='section_key_is_permanent')],
                },
            ),
            migrations.CreateModel(
                name='SectionText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='consultations.draft')),
                    ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='consultations.section')),
                    ('order', models.PositiveIntegerField()),
                    ('heading', models.CharField(max_length=300)),
                    ('level', models.PositiveSmallIntegerField(default=1)),
                    ('body', models.TextField(blank=True)),
                    ('kind', models.CharField(blank=True, choices=[('outcome', "Outcome: what is better in people's lives"), ('output', 'Output: what is delivered'), ('process', 'Process: how it is done'), ('input', 'Input: staff, buildings, equipment'), ('legal', 'Legal: what the law or the contract requires')], max_length=10)),
                    ('reason', models.TextField(blank=True, help_text='Why it has to prescribe how the work is done. Needed for process and input.')),
                    ('meaning', models.TextField(blank=True, help_text='What this means if you use the service, in plain words.')),
                    ('change', models.CharField(blank=True, choices=[('unchanged', 'Unchanged'), ('reworded', 'Reworded'), ('moved', 'Moved'), ('split', 'Split from a longer section'), ('merged', 'Merged from several sections'), ('new', 'New'), ('removed', 'Removed')], max_length=10)),
                    ('why', models.TextField(blank=True, help_text='Why it changed, where no comment stands behind it.')),
                    ('came_from', models.ManyToManyField(blank=True, related_name='became', to='consultations.sectiontext')),
                ],
                options={
                    'ordering': ['draft', 'order'],
                    'constraints': [models.UniqueConstraint(fields=('draft', 'section'), name='section_stands_once_in_a_draft')],
                },
            ),
            migrations.CreateModel(
                name='RemovedSection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removals', to='consultations.draft')),
                    ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='removals', to='consultations.sectiontext')),
                    ('why', models.TextField(blank=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('draft', 'text'), name='section_is_removed_once')],
                },
            ),
            migrations.CreateModel(
                name='Consultation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(default=commissions.record.references.new_reference, max_length=60, unique=True)),
                    ('commission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='commissions.commission')),
                    ('kind', models.CharField(choices=[('needs', 'What is needed'), ('draft_specification', 'A draft specification'), ('market_engagement', 'Market engagement'), ('award_criteria', 'How bids will be judged'), ('review', 'How it went')], default='draft_specification', max_length=30)),
                    ('title', models.CharField(max_length=300)),
                    ('introduction', models.TextField(blank=True, help_text='What you are asking, and what people can still change.')),
                    ('audience', models.TextField(blank=True, help_text='Who you most want to hear from, and how you reach them.')),
                    ('draft', models.ForeignKey(blank=True, help_text='The published version people comment on.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='consultations.draft')),
                    ('opens_at', commissions.fields.MomentField()),
                    ('closes_at', commissions.fields.MomentField()),
                    ('response_due_on', commissions.fields.DayField(help_text="The day by which you answer every comment. Government's own principles say within 12 weeks of closing.")),
                    ('short_reason', models.TextField(blank=True, help_text="Why it is shorter than your organisation's usual time. Shown in public.")),
                    ('published_at', commissions.fields.MomentField(blank=True, editable=False, null=True)),
                ],
                options={
                    'ordering': ['-opens_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='consultation_closes_after_it_opens', violation_error_message='A consultation must close after it opens.'), models.CheckConstraint(condition=models.Q(models.Q(('draft__isnull', True), ('kind', 'draft_specification'), _negated=True), ('published_at__isnull', True), _connector='OR'), name='consultation_on_a_draft_has_a_draft', violation_error_message='Choose the version of the draft that people comment on.')],
                },
            ),
            migrations.CreateModel(
                name='Extension',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='consultations.consultation')),
                    ('closes_before', commissions.fields.MomentField()),
                    ('closes_after', commissions.fields.MomentField()),
                    ('reason', models.TextField()),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['at'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('closes_after__gt', models.F('closes_before'))), name='extension_closes_later')],
                },
            ),
            migrations.CreateModel(
                name='Prompt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompts', to='consultations.consultation')),
                    ('order', models.PositiveIntegerField(default=0)),
                    ('text', models.CharField(max_length=500)),
                    ('hint', models.CharField(blank=True, max_length=500)),
                    ('kind', models.CharField(choices=[('text', 'In their own words'), ('single', 'One choice'), ('multiple', 'Any number of choices'), ('scale', 'A scale from 1 to 5')], default='text', max_length=10)),
                    ('choices', models.TextField(blank=True, help_text='One choice a line. For a scale: the words for 1 and for 5, one a line.')),
                    ('is_required', models.BooleanField(default=False)),
                ],
                options={
                    'verbose_name': 'question',
                    'ordering': ['order', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'text'), models.Q(('choices', ''), _negated=True), _connector='OR'), name='prompt_with_choices_has_choices', violation_error_message='Give the choices, one a line.')],
                },
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('approved_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('withheld_as', models.CharField(blank=True, choices=[('personal', "It contains somebody's personal details"), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not about this consultation'), ('duplicate', 'The same person sent the same words before')], max_length=20)),
                    ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='consultations.consultation')),
                    ('channel', models.CharField(choices=[('web', 'On this site'), ('letter', 'By letter'), ('phone', 'By phone'), ('meeting', 'At a meeting')], default='web', max_length=10)),
                    ('role', models.CharField(choices=[('uses_service', 'I use this service'), ('carer', 'I care for someone who uses it'), ('resident', 'I live here'), ('provider', 'I provide services'), ('frontline', 'I work with people who use it'), ('community', 'I speak for a community group or charity'), ('colleague', 'I work for the council'), ('other_body', 'I work for another public body'), ('other', 'Something else')], max_length=20)),
                    ('public_name', models.CharField(blank=True, max_length=200)),
                    ('name_withheld', models.BooleanField(default=False)),
                    ('organisation', models.CharField(blank=True, max_length=200)),
                    ('speaks_for', models.ForeignKey(blank=True, help_text='The body known here under that name: its mailbox is asked.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='commissions.organisation')),
                    ('body_confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('body_denied_at', models.DateTimeField(blank=True, null=True)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('address_key', models.CharField(blank=True, db_index=True, max_length=40)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('address_forgotten_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ['received_at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('channel', 'web'), _negated=True), models.Q(('email', ''), _negated=True), ('erased_at__isnull', False), ('address_forgotten_at__isnull', False), _connector='OR'), name='submission_from_the_web_has_an_address_until_erased', violation_error_message='Give an email address, so that we can send the link that confirms it.')],
                },
            ),
            migrations.CreateModel(
                name='PromptAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prompt_answers', to='consultations.submission')),
                    ('prompt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='consultations.prompt')),
                    ('text', models.TextField(help_text='Words, a number, or the choices one a line.')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('submission', 'prompt'), name='prompt_is_answered_once')],
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('approved_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('withheld_as', models.CharField(blank=True, choices=[('personal', "It contains somebody's personal details"), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not about this consultation'), ('duplicate', 'The same person sent the same words before')], max_length=20)),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='consultations.submission')),
                    ('reference', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('file', models.FileField(max_length=300, upload_to='attachments/%Y/%m/')),
                    ('name', models.CharField(max_length=200)),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField(help_text='Bytes.')),
                    ('sha256', models.CharField(max_length=64)),
                    ('state', models.CharField(choices=[('waiting', 'Being checked: it can be read in a few minutes'), ('ready', 'Checked'), ('refused', 'Damaged, locked or too large to check, so nobody can read it. Save the file again and send it with a new comment')], default='waiting', max_length=10)),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['id'], name='attachment_waiting')],
                },
            ),
            migrations.CreateModel(
                name='CoSignatory',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('approved_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('withheld_as', models.CharField(blank=True, choices=[('personal', "It contains somebody's personal details"), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not about this consultation'), ('duplicate', 'The same person sent the same words before')], max_length=20)),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_signatories', to='consultations.submission')),
                    ('name', models.CharField(max_length=200)),
                    ('organisation', models.CharField(blank=True, max_length=200)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('address_key', models.CharField(blank=True, db_index=True, max_length=40)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name_plural': 'co-signatories',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('address_key', ''), _negated=True), fields=('submission', 'address_key'), name='address_signs_once', violation_error_message='Name each email address once.')],
                },
            ),
            migrations.CreateModel(
                name='Workspace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workspaces', to='consultations.consultation')),
                    ('organisation', models.CharField(max_length=200)),
                    ('address_key', models.CharField(blank=True, db_index=True, max_length=40)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('prompt_answers', models.JSONField(blank=True, default=dict, help_text='Answers typed so far, by the key of their prompt.')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('submission', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workspace', to='consultations.submission')),
                ],
            ),
            migrations.CreateModel(
                name='Contribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('workspace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='consultations.workspace')),
                    ('section_text', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.sectiontext')),
                    ('author', models.CharField(blank=True, max_length=100)),
                    ('text', models.TextField()),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('section_text__isnull', False)), fields=('workspace', 'section_text'), name='workspace_has_one_text_a_section'), models.UniqueConstraint(condition=models.Q(('section_text__isnull', True)), fields=('workspace',), name='workspace_has_one_text_on_the_whole')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('to', models.EmailField(max_length=254)),
                    ('subject', models.CharField(max_length=300)),
                    ('body', models.TextField()),
                    ('unsubscribe', models.URLField(blank=True, help_text='Where one click stops such mail.', max_length=300)),
                    ('dedupe', models.CharField(max_length=120, unique=True)),
                    ('purpose', models.CharField(blank=True, help_text='What it asks its reader to confirm.', max_length=40)),
                    ('address_key', models.CharField(blank=True, help_text='Of whom it asks that, as a digest.', max_length=40)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('error', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['due_at'], name='message_due')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('purpose', ''), _negated=True), fields=('purpose', 'address_key'), name='address_is_asked_once_at_a_time')],
                },
            ),
            migrations.CreateModel(
                name='KeptDifference',
                fields=[
                    ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('html', models.TextField(blank=True)),
                    ('summary', models.CharField(max_length=100)),
                ],
            ),
            migrations.CreateModel(
                name='Throttle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=64)),
                    ('hour', models.DateTimeField()),
                    ('count', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('key', 'hour'), name='throttle_counts_once_an_hour')],
                },
            ),
            migrations.CreateModel(
                name='Correction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(default=commissions.record.references.new_short_reference, max_length=20, unique=True)),
                    ('about', models.CharField(help_text='What the page is about, by its public name.', max_length=255)),
                    ('text', models.TextField(help_text='What is wrong, and what would be right.')),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('address_key', models.CharField(blank=True, db_index=True, max_length=40)),
                    ('state', models.CharField(choices=[('open', 'Not looked at yet'), ('confirmed', 'Checked: it is right as it stands'), ('corrected', 'It was wrong, and is corrected')], default='open', max_length=20)),
                    ('answer', models.TextField(blank=True, help_text='What was found and done.')),
                    ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'report of an error',
                    'verbose_name_plural': 'reports of errors',
                    'ordering': ['received_at', 'pk'],
                    'indexes': [models.Index(fields=['state', 'received_at'], name='correction_by_state')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='correction_settled_has_an_answer_and_a_time', violation_error_message='Say what was found and done.')],
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(blank=True, choices=[('uses_service', 'I use this service'), ('carer', 'I care for someone who uses it'), ('resident', 'I live here'), ('provider', 'I provide services'), ('frontline', 'I work with people who use it'), ('community', 'I speak for a community group or charity'), ('colleague', 'I work for the council'), ('other_body', 'I work for another public body'), ('other', 'Something else')], max_length=20)),
                    ('public_name', models.CharField(blank=True, max_length=200)),
                    ('name_withheld', models.BooleanField(default=False)),
                    ('organisation', models.CharField(blank=True, max_length=200)),
                    ('pseudonym', models.CharField(blank=True, help_text='Instead of the name, during a tender.', max_length=80)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('address_key', models.CharField(blank=True, db_index=True, max_length=40)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('salt', models.CharField(blank=True, default=consultations.comments.approval.new_salt, editable=False, max_length=32)),
                    ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('erased_at', models.DateTimeField(blank=True, null=True)),
                    ('commission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='commissions.commission')),
                    ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='commissions.decision')),
                    ('commissioner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='commissions.commissioner')),
                    ('barrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='commissions.barrier')),
                    ('reference', models.CharField(default=commissions.record.references.new_short_reference, max_length=20, unique=True)),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='commissions.organisation', verbose_name='organisation that answers')),
                    ('title', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('days', models.PositiveSmallIntegerField(default=10, help_text='Working days in which an answer was promised.')),
                    ('state', models.CharField(choices=[('unconfirmed', 'Waiting for the sender to confirm by email'), ('awaiting', 'Waiting for a moderator'), ('published', 'Published'), ('declined', 'Not published'), ('withdrawn', 'Withdrawn by the sender')], default='unconfirmed', max_length=20)),
                    ('stated_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('decline_reason', models.CharField(blank=True, choices=[('personal', 'It contains somebody’s personal details'), ('own_case', 'It is about one person’s own care or case'), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not a question for this holder'), ('duplicate', 'The same question is asked here already')], max_length=20)),
                    ('decline_words', models.TextField(blank=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('answer_text', models.TextField(blank=True, verbose_name='answer')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='commissions.post')),
                    ('was_due_on', commissions.fields.DayField(blank=True, help_text='The day it was due, when it was answered.', null=True)),
                    ('changes_requirement', models.BooleanField(default=False)),
                    ('new_draft', models.ForeignKey(blank=True, help_text='The published version that holds the changed requirement.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed_by_answers', to='consultations.draft')),
                ],
                options={
                    'verbose_name': 'question to a holder',
                    'verbose_name_plural': 'questions to holders',
                    'ordering': ['confirmed_at', 'pk'],
                    'indexes': [models.Index(fields=['state', 'confirmed_at', 'id'], name='question_by_asking'), models.Index(fields=['state', 'answered_at', 'id'], name='question_by_answer'), models.Index(fields=['body', 'state', 'confirmed_at', 'id'], name='question_by_body')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('barrier__isnull', True), ('commission__isnull', False), ('commissioner__isnull', True), ('decision__isnull', True)), models.Q(('barrier__isnull', True), ('commission__isnull', True), ('commissioner__isnull', True), ('decision__isnull', False)), models.Q(('barrier__isnull', True), ('commission__isnull', True), ('commissioner__isnull', False), ('decision__isnull', True)), models.Q(('barrier__isnull', False), ('commission__isnull', True), ('commissioner__isnull', True), ('decision__isnull', True)), _connector='OR'), name='question_is_about_exactly_one_thing', violation_error_message='Ask about one commission, one decision, one person or one barrier.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['awaiting', 'published', 'declined']), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='question_in_public_was_confirmed'), models.CheckConstraint(condition=models.Q(models.Q(('answer_text', ''), ('answered_at__isnull', True), ('was_due_on__isnull', True)), models.Q(models.Q(('answer_text', ''), _negated=True), ('answered_at__isnull', False), ('was_due_on__isnull', False)), _connector='OR'), name='question_answer_has_words_a_time_and_a_due_day', violation_error_message='Write the answer.'), models.CheckConstraint(condition=models.Q(('changes_requirement', False), ('new_draft__isnull', False), _connector='OR'), name='question_that_changes_the_requirement_points_to_it', violation_error_message='Choose the published version that holds the changed requirement.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='question_declined_has_a_reason', violation_error_message='Choose why the question is not published.')],
                },
            ),
            migrations.CreateModel(
                name='Theme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='consultations.consultation')),
                    ('title', models.CharField(max_length=200)),
                    ('you_said', models.TextField(blank=True)),
                    ('we_did', models.TextField(blank=True)),
                    ('order', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'ordering': ['order', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('consultation', 'title'), name='theme_title_is_used_once')],
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(default=commissions.record.references.new_short_reference, max_length=20, unique=True)),
                    ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='consultations.submission')),
                    ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='consultations.consultation')),
                    ('section_text', models.ForeignKey(blank=True, help_text='The words it was made on; empty for the whole draft.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='consultations.sectiontext')),
                    ('quote', models.TextField(blank=True)),
                    ('stance', models.CharField(blank=True, choices=[('support', 'I support this'), ('concern', 'I have a concern'), ('change', 'I suggest a change')], max_length=10)),
                    ('text', models.TextField()),
                    ('text_key', models.CharField(blank=True, editable=False, help_text='A keyed digest, by which the same words are known again.', max_length=64)),
                    ('proposed_wording', models.TextField(blank=True)),
                    ('approved_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('salt', models.CharField(blank=True, default=consultations.comments.approval.new_salt, editable=False, max_length=32)),
                    ('state', models.CharField(choices=[('unconfirmed', 'Waiting for the sender to confirm by email'), ('awaiting', 'Waiting for a moderator'), ('published', 'Published'), ('declined', 'Not published'), ('withdrawn', 'Withdrawn by the sender')], default='unconfirmed', max_length=20)),
                    ('stated_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('decline_reason', models.CharField(blank=True, choices=[('personal', "It contains somebody's personal details"), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not about this consultation'), ('duplicate', 'The same person sent the same words before')], max_length=20)),
                    ('decline_words', models.TextField(blank=True)),
                    ('decline_proposed_by', models.ForeignKey(blank=True, help_text='Who runs the consultation and would not publish it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('declined_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('edited_at', models.DateTimeField(blank=True, null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='comments', to='consultations.theme')),
                    ('outcome', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('partly', 'Accepted in part'), ('not_accepted', 'Not accepted'), ('out_of_scope', 'Outside what this consultation decides'), ('already', 'Already so')], max_length=20)),
                    ('outcome_reason', models.TextField(blank=True)),
                    ('changed_section', models.ForeignKey(blank=True, help_text='The section that it changed, in the version of the response.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed_by', to='consultations.section')),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['stated_at', 'pk'],
                    'indexes': [models.Index(fields=['section_text', 'state', 'stated_at', 'id'], name='comment_by_section'), models.Index(fields=['consultation', 'state', 'stated_at', 'id'], name='comment_by_consultation'), models.Index(fields=['state', 'stated_at', 'id'], name='comment_by_state'), models.Index(fields=['text_key'], name='comment_by_text')],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('outcome', ''), ('outcome_reason', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('outcome_reason', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='comment_outcome_has_a_reason_and_a_time', violation_error_message='Give the outcome and a reason for it.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='comment_declined_has_a_reason', violation_error_message='Choose why the comment is not published.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('approved_sha256', ''), _negated=True), _connector='OR'), name='comment_in_public_was_approved'), models.CheckConstraint(condition=models.Q(('decline_proposed_by__isnull', True), ('declined_by__isnull', True), models.Q(('decline_proposed_by', models.F('declined_by')), _negated=True), _connector='OR'), name='comment_is_declined_by_a_second_person', violation_error_message='You run this consultation, so a second person decides whether a comment is not published. Your reason is kept for them.')],
                },
            ),
            migrations.CreateModel(
                name='Revision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='consultations.comment')),
                    ('text', models.TextField()),
                    ('quote', models.TextField(blank=True)),
                    ('stance', models.CharField(blank=True, max_length=10)),
                    ('proposed_wording', models.TextField(blank=True)),
                    ('replaced_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ['replaced_at'],
                },
            ),
            migrations.CreateModel(
                name='DataRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
            migrations.CreateModel(
                name='Edit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pending_edit', to='consultations.comment')),
                    ('text', models.TextField()),
                    ('quote', models.TextField(blank=True)),
                    ('stance', models.CharField(blank=True, max_length=10)),
                    ('proposed_wording', models.TextField(blank=True)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
            migrations.CreateModel(
                name='Redaction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='consultations.comment')),
                    ('passage', models.TextField(help_text='The words to hide, exactly as they stand.')),
                    ('reason', models.CharField(choices=[('personal', "It contains somebody's personal details"), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not about this consultation'), ('duplicate', 'The same person sent the same words before')], max_length=20)),
                    ('words', models.TextField(help_text='Why, in a sentence the public can read.')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['at'],
                },
            ),
            migrations.CreateModel(
                name='Flag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('comment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='consultations.comment')),
                    ('reason', models.CharField(choices=[('personal', "It contains somebody's personal details"), ('abusive', 'It is abusive or threatening'), ('unlawful', 'It may be against the law to publish it'), ('advertising', 'It is advertising'), ('unrelated', 'It is not about this consultation'), ('duplicate', 'The same person sent the same words before')], max_length=20)),
                    ('words', models.TextField(blank=True)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('settled_as', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'ordering': ['at'],
                },
            ),
            migrations.CreateModel(
                name='Response',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='response', to='consultations.consultation')),
                    ('introduction', models.TextField(blank=True)),
                    ('draft', models.ForeignKey(blank=True, help_text='The version that the comments led to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.draft')),
                    ('published_at', commissions.fields.MomentField(blank=True, editable=False, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='Follower',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', models.EmailField(max_length=254)),
                    ('address_key', models.CharField(max_length=40, unique=True)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                ],
            ),
            migrations.CreateModel(
                name='Subscription',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='consultations.follower')),
                    ('subject', models.CharField(max_length=255)),
                    ('query', models.CharField(blank=True, max_length=1000)),
                    ('frequency', models.CharField(choices=[('at_once', 'At once, within a minute'), ('daily', 'Once a day, at 7am'), ('weekly', 'Once a week, on Monday at 7am')], default='daily', max_length=10)),
                    ('key', models.CharField(default=consultations.signed_links.new_key, max_length=40, unique=True)),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('unsubscribed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', False), ('unsubscribed_at__isnull', True)), fields=['subject'], name='subscription_active_by_subject')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('unsubscribed_at__isnull', True)), fields=('follower', 'subject', 'query'), name='follower_follows_a_thing_once', violation_error_message='This address follows it already.'), models.CheckConstraint(condition=models.Q(models.Q(('subject', 'search'), models.Q(('query', ''), _negated=True)), models.Q(models.Q(('subject', 'search'), _negated=True), ('query', '')), _connector='OR'), name='subscription_to_a_search_and_no_other_has_a_query', violation_error_message='Choose at least one filter of the list to follow.'), models.CheckConstraint(condition=models.Q(('unsubscribed_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='subscription_stopped_was_confirmed')],
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='consultations.subscription')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissions.entry')),
                    ('at_once', models.BooleanField(default=False, help_text='Goes at once, however often the follower chose.')),
                    ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('told_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name_plural': 'deliveries',
                    'indexes': [models.Index(condition=models.Q(('told_at__isnull', True)), fields=['noted_at'], name='delivery_waiting'), models.Index(condition=models.Q(('told_at__isnull', False)), fields=['told_at'], name='delivery_told')],
                    'constraints': [models.UniqueConstraint(fields=('subscription', 'entry'), name='entry_is_delivered_once')],
                },
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
        ]),
    ]
