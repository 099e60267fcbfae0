"""Let involvement and lessons be drafted, and corrected with the old words kept."""


import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def enter_what_is_there(apps, schema_editor):
    """Keep public what was entered before there were drafts."""
    involvement = apps.get_model("commissions", "Involvement")
    involvement.objects.filter(entered_at=None).update(entered_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('commissions', '0012_lifecycle'),
    ]

    operations = [
        migrations.AddField(
            model_name='involvement',
            name='corrected_because',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='involvement',
            name='corrects',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='commissions.involvement'),
        ),
        migrations.AddField(
            model_name='involvement',
            name='entered_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(enter_what_is_there, migrations.RunPython.noop),
        migrations.AddField(
            model_name='lesson',
            name='corrected_because',
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='lesson',
            name='corrects',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='commissions.lesson'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('commission.published', 'Intention published'), ('commission.changed', 'Details changed'), ('commission.held', 'Holder named'), ('commission.stage', 'Stage reached'), ('commission.date', 'Date planned'), ('commission.date-moved', 'Date moved'), ('commission.document', 'Document added'), ('notice.received', 'Notice received'), ('notice.published', 'Notice published on its platform'), ('notice.confirmed', 'What a notice says was confirmed'), ('notice.declined', 'What a notice says was declined'), ('commission.ocid', "Platform's OCID linked"), ('commission.bids-closed', 'Bids closed'), ('organisation.added', 'Organisation added'), ('organisation.changed', "Organisation's details changed"), ('organisation.succeeded', 'Organisation replaced'), ('post.added', 'Post created'), ('post.changed', "Post's details changed"), ('post.taken', 'Post taken up'), ('post.vacated', 'Post fell vacant'), ('service.published', 'Service published'), ('holder.handed-over', 'Handed over'), ('decision.published', 'Decision announced'), ('decision.changed', "Decision's details completed"), ('decision.deferred', 'Decision moved'), ('decision.private', 'Second notice of taking it in private'), ('decision.taken', 'Decision taken'), ('commission.involved', 'People involved'), ('commission.lesson', 'Lesson learnt'), ('contract.signed', 'Contract signed'), ('contract.changed', "Contract's details completed"), ('contract.extended', 'Contract extended'), ('contract.amended', 'Contract changed'), ('contract.indicator', 'Performance indicator set'), ('contract.rated', 'Performance rated'), ('contract.ended', 'Contract ended'), ('commission.involved-corrected', 'Involvement corrected'), ('commission.lesson-corrected', 'Lesson corrected'), ('barrier.published', 'Barrier put in the register'), ('details.confirmed', 'Details confirmed'), ('enquiry.published', 'Question to the holder'), ('enquiry.answered', 'Question answered'), ('enquiry.declined', 'Question not published'), ('enquiry.withdrawn', 'Question withdrawn by its sender'), ('enquiry.erased', "Question erased at its sender's request"), ('correction.settled', 'Reported error looked at'), ('holiday.changed', 'Bank holiday changed'), ('tender.invited', 'Bids invited'), ('award.announced', 'Award announced'), ('direct-award.justified', 'Choice without a competition'), ('direct-award.chosen', 'Most suitable provider named'), ('criteria.weighed', 'Key criteria weighed'), ('representations.opened', 'Open for representations'), ('representations.received', 'Representations received'), ('representations.settled', 'Representations reviewed'), ('commission.exempted', 'Exemption entered'), ('draft.published', 'Draft published'), ('consultation.published', 'Consultation announced'), ('consultation.extended', 'Consultation extended'), ('comment.published', 'Comment published'), ('comment.edited', 'Comment edited by its sender'), ('comment.declined', 'Comment not published'), ('comment.redacted', 'Passage of a comment hidden'), ('comment.reconsidered', 'Moderation undone'), ('comment.withdrawn', 'Comment withdrawn by its sender'), ('comment.erased', "Comment erased at its sender's request"), ('response.published', 'Response published')], max_length=40),
        ),
        migrations.AlterField(
            model_name='lesson',
            name='entered_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrected_because', ''), _negated=True), _connector='OR'), name='involvement_is_corrected_for_a_reason', violation_error_message='Say why it is corrected.'),
        ),
        migrations.AddConstraint(
            model_name='lesson',
            constraint=models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrected_because', ''), _negated=True), _connector='OR'), name='lesson_is_corrected_for_a_reason', violation_error_message='Say why it is corrected.'),
        ),
    ]
