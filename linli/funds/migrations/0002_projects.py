"""Projects, their works, visits and people sent."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only

_PUBLISHED = (
    "EXISTS (SELECT 1 FROM funds_project p WHERE p.id = OLD.project_id AND p.published_at IS NOT NULL)"
)


def _moved(which):
    """Say that the newest note which moved this day moved it so."""
    return f"""EXISTS (SELECT 1 FROM funds_note n WHERE n.was_on = OLD.due_on AND n.now_on = NEW.due_on
        AND n.id = (SELECT MAX(note.id) FROM funds_note note WHERE note.kind = 'moved' AND {which}))"""


def _noted(kind, key, column):
    """Say that a note of this kind, about this row, is of the day in this column."""
    return (
        f"EXISTS (SELECT 1 FROM funds_note n WHERE n.kind = '{kind}' AND n.{key}_id = OLD.id"
        f" AND n.day = NEW.{column})"
    )


def _elsewhere(key, table):
    """Say that what a new row points to is another project's."""
    return (
        f"(NEW.{key}_id IS NOT NULL AND NEW.project_id <> (SELECT other.project_id FROM funds_{table} other"
        f" WHERE other.id = NEW.{key}_id))"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_free_times'),
        ('facts', '0002_facts_stand'),
        ('funds', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('kind', models.CharField(choices=[('assistance', 'Paired assistance'), ('communities', 'Demonstration communities'), ('other', 'Other programme')], max_length=12, verbose_name='Kind')),
                ('purpose', models.TextField(blank=True, verbose_name='What for')),
                ('starts_on', models.DateField(verbose_name='Starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Ends on')),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('above', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='funds.programme', verbose_name='Part of')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fund_programmes', to='directory.area', verbose_name='Place')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fund_programmes', to='directory.unit', verbose_name='Kept by')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='programme',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='funds.programme', verbose_name='Programme line'),
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('purpose', models.TextField(blank=True, verbose_name='What for')),
                ('amount', models.BigIntegerField(default=0, verbose_name='Amount promised')),
                ('starts_on', models.DateField(verbose_name='Starts on')),
                ('promised_on', models.DateField(verbose_name='Promised for')),
                ('due_on', models.DateField(editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('giving', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_projects', to='directory.area', verbose_name='Place giving')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='funds.programme', verbose_name='Programme line')),
                ('receiver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received_projects', to='directory.unit', verbose_name='Receiving unit')),
                ('receiving', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received_projects', to='directory.area', verbose_name='Place receiving')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='directory.unit', verbose_name='Kept by')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(max_length=160, verbose_name='Milestone')),
                ('promised_on', models.DateField(verbose_name='Promised for')),
                ('due_on', models.DateField(editable=False)),
                ('reached_on', models.DateField(editable=False, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='funds.project')),
            ],
            options={
                'ordering': ['project', 'promised_on', 'id'],
            },
        ),
        migrations.AddField(
            model_name='account',
            name='project',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='funds.project', verbose_name='Project'),
        ),
        migrations.CreateModel(
            name='Sent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('role', models.CharField(choices=[('officials', 'officials'), ('teachers', 'teachers'), ('health', 'health workers'), ('technicians', 'technicians'), ('others', 'others')], max_length=12, verbose_name='As what')),
                ('team', models.CharField(blank=True, max_length=60, verbose_name='Team')),
                ('count', models.PositiveIntegerField(verbose_name='How many')),
                ('from_on', models.DateField(verbose_name='From')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='Until')),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='Reason')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='funds.sent')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sent', to='funds.programme')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent', to='funds.project', verbose_name='Project')),
            ],
            options={
                'verbose_name_plural': 'sent',
                'ordering': ['programme', 'from_on', 'role', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('day', models.DateField(verbose_name='Day')),
                ('finding', models.CharField(choices=[('fine', 'as it should be'), ('mend', 'something to be mended'), ('grave', 'a grave fault')], max_length=6, verbose_name='Finding')),
                ('words', models.TextField(verbose_name='What was found')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='funds.project')),
                ('settles', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settled_by', to='funds.visit', verbose_name='Mended since the visit of')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='project_visits', to='directory.unit', verbose_name='Visiting unit')),
            ],
            options={
                'ordering': ['project', '-day', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('media_type', models.CharField(max_length=20)),
                ('words', models.CharField(max_length=160, verbose_name='What the photo shows')),
                ('taken_down_on', models.DateField(editable=False, null=True)),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='funds.visit')),
            ],
            options={
                'ordering': ['visit', 'number'],
            },
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=160, verbose_name='Work')),
                ('quantity', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='How much')),
                ('measure', models.CharField(blank=True, max_length=20, verbose_name='Unit of measure')),
                ('amount', models.BigIntegerField(default=0, verbose_name='Amount promised')),
                ('begun_on', models.DateField(editable=False, null=True)),
                ('done_on', models.DateField(editable=False, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='funds.project')),
            ],
            options={
                'ordering': ['project', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('begun', 'begun'), ('finished', 'finished'), ('reached', 'reached'), ('warning', 'warning'), ('eased', 'warning lifted'), ('delay', 'delay'), ('moved', 'day moved'), ('stopped', 'stopped'), ('resumed', 'taken up again')], max_length=8, verbose_name='Kind')),
                ('day', models.DateField(verbose_name='Day')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='Words')),
                ('was_on', models.DateField(null=True)),
                ('now_on', models.DateField(null=True, verbose_name='New day')),
                ('answers', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='funds.note')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='project_notes', to='facts.evidence')),
                ('milestone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='funds.milestone')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='funds.project')),
                ('work', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='funds.workitem')),
            ],
            options={
                'ordering': ['project', 'at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(max_length=160, verbose_name='What for')),
                ('signed_on', models.DateField(verbose_name='Signed on')),
                ('amount', models.BigIntegerField(verbose_name='Amount')),
                ('changes', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changed_by', to='funds.contract')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='funds.project')),
                ('work', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='funds.workitem', verbose_name='Work')),
            ],
            options={
                'ordering': ['project', 'signed_on', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['assistance', 'communities', 'other'])), name='fund_programme_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='fund_programme_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='fund_programme_days_are_in_order'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='project_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='project_promises_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on')), ('promised_on__gte', models.F('starts_on'))), name='project_days_are_in_order'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='milestone_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='sent',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ('officials', 'teachers', 'health', 'technicians', 'others'))), name='sent_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('count__gte', 1), ('reason', '')), models.Q(('corrects__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='sent_is_somebody_or_corrects'),
        ),
        migrations.AddConstraint(
            model_name='sent',
            constraint=models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='sent_days_are_in_order'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('finding__in', ('fine', 'mend', 'grave'))), name='visit_finding_is_known'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='visit_has_words'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(models.F('visit'), models.F('number'), name='photo_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('media_type__in', ['image/jpeg', 'image/png'])), name='photo_is_a_photo'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='photo_says_what_it_shows'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_down_on', None), models.Q(('digest', ''), _negated=True)), models.Q(('digest', ''), ('taken_down_on__isnull', False)), _connector='OR'), name='photo_taken_down_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.UniqueConstraint(models.F('project'), models.F('number'), name='work_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='work_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0), models.Q(('quantity', None), ('quantity__gt', 0), _connector='OR')), name='work_is_of_amounts'),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('begun_on__isnull', False), ('done_on__gte', models.F('begun_on'))), _connector='OR'), name='work_is_begun_before_it_is_done'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('begun', 'finished', 'reached', 'warning', 'eased', 'delay', 'moved', 'stopped', 'resumed'))), name='note_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('begun', 'finished', 'reached')), models.Q(('words', ''), _negated=True), _connector='OR'), name='note_says_why'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), ('now_on__isnull', False), ('was_on__isnull', False), models.Q(('was_on', models.F('now_on')), _negated=True)), models.Q(models.Q(('kind', 'moved'), _negated=True), ('now_on', None), ('was_on', None)), _connector='OR'), name='note_moves_a_day'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['begun', 'finished']), ('milestone', None), ('work__isnull', False)), models.Q(('kind', 'reached'), ('milestone__isnull', False), ('work', None)), models.Q(('kind', 'moved'), ('work', None)), ('kind__in', ['warning', 'eased', 'delay', 'stopped', 'resumed']), _connector='OR'), name='note_is_of_its_thing'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', False), ('kind__in', ['eased', 'resumed'])), models.Q(models.Q(('kind__in', ['eased', 'resumed']), _negated=True), ('answers', None)), _connector='OR'), name='note_answers_what_it_ends'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['finished', 'reached']), _negated=True), ('evidence__isnull', False), _connector='OR'), name='note_of_an_end_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='contract_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('changes__isnull', False), models.Q(('amount', 0), _negated=True)), _connector='OR'), name='contract_is_of_an_amount'),
        ),
        *append_only("funds_visit"),
        *append_only("funds_sent"),
        *append_only("funds_note"),
        *append_only("funds_contract"),
        Never(
            "funds_programme_is_kept",
            table="funds_programme",
            verb="DELETE",
            condition="TRUE",
            message="programme lines are kept",
        ),
        Never(
            "funds_programme_stays_itself",
            table="funds_programme",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.above_id = OLD.id
                OR (OLD.published_at IS NOT NULL AND (NEW.published_at IS DISTINCT FROM OLD.published_at
                    OR NEW.kind <> OLD.kind OR NEW.starts_on <> OLD.starts_on))""",
            message="what was promised in public stays as it was promised",
        ),
        Never(
            "funds_project_is_kept",
            table="funds_project",
            verb="DELETE",
            condition="TRUE",
            message="projects are kept",
        ),
        Never(
            "funds_project_stays_itself",
            table="funds_project",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.programme_id <> OLD.programme_id
                OR (OLD.published_at IS NOT NULL AND (NEW.published_at IS DISTINCT FROM OLD.published_at
                    OR NEW.giving_id <> OLD.giving_id OR NEW.receiving_id <> OLD.receiving_id
                    OR NEW.amount <> OLD.amount OR NEW.starts_on <> OLD.starts_on
                    OR NEW.promised_on <> OLD.promised_on))""",
            message="what was promised in public stays as it was promised",
        ),
        Never(
            "funds_project_begins_as_promised",
            table="funds_project",
            verb="INSERT",
            condition="NEW.due_on <> NEW.promised_on",
            message="the first day is the promised one",
        ),
        Never(
            "funds_project_day_moves_on_record",
            table="funds_project",
            verb="UPDATE",
            guard="NEW.due_on <> OLD.due_on",
            condition=f"""NOT (OLD.published_at IS NULL AND NEW.due_on = NEW.promised_on)
                AND NOT {_moved("note.milestone_id IS NULL AND note.project_id = OLD.id")}""",
            message="a day moves by a note that says why",
        ),
        Never(
            "funds_milestone_begins_as_promised",
            table="funds_milestone",
            verb="INSERT",
            condition="NEW.due_on <> NEW.promised_on OR NEW.reached_on IS NOT NULL",
            message="the first day is the promised one",
        ),
        Never(
            "funds_milestone_stays_itself",
            table="funds_milestone",
            verb="UPDATE",
            condition="""NEW.project_id <> OLD.project_id OR NEW.name <> OLD.name
                OR NEW.promised_on <> OLD.promised_on
                OR (OLD.reached_on IS NOT NULL AND NEW.reached_on IS DISTINCT FROM OLD.reached_on)""",
            message="the first promise is never overwritten",
        ),
        Never(
            "funds_milestone_day_moves_on_record",
            table="funds_milestone",
            verb="UPDATE",
            guard="NEW.due_on <> OLD.due_on",
            condition=f"NOT {_moved('note.milestone_id = OLD.id')}",
            message="a day moves by a note that says why",
        ),
        Never(
            "funds_milestone_is_reached_on_record",
            table="funds_milestone",
            verb="UPDATE",
            guard="OLD.reached_on IS NULL AND NEW.reached_on IS NOT NULL",
            condition=f"NOT {_noted('reached', 'milestone', 'reached_on')}",
            message="what is reached has its note and evidence",
        ),
        Never(
            "funds_milestone_promised_is_kept",
            table="funds_milestone",
            verb="DELETE",
            condition=_PUBLISHED,
            message="what was promised in public is kept",
        ),
        Never(
            "funds_work_begins_as_promised",
            table="funds_workitem",
            verb="INSERT",
            condition="NEW.begun_on IS NOT NULL OR NEW.done_on IS NOT NULL",
            message="a work is promised before it is begun",
        ),
        Never(
            "funds_work_stays_itself",
            table="funds_workitem",
            verb="UPDATE",
            condition="""NEW.project_id <> OLD.project_id OR NEW.number <> OLD.number OR NEW.name <> OLD.name
                OR NEW.amount <> OLD.amount OR NEW.quantity IS DISTINCT FROM OLD.quantity
                OR NEW.measure <> OLD.measure
                OR (OLD.begun_on IS NOT NULL AND NEW.begun_on IS DISTINCT FROM OLD.begun_on)
                OR (OLD.done_on IS NOT NULL AND NEW.done_on IS DISTINCT FROM OLD.done_on)""",
            message="a work stays what was promised, and what is done is done",
        ),
        Never(
            "funds_work_is_begun_on_record",
            table="funds_workitem",
            verb="UPDATE",
            guard="OLD.begun_on IS NULL AND NEW.begun_on IS NOT NULL",
            condition=f"NOT {_noted('begun', 'work', 'begun_on')}",
            message="what is begun has its note",
        ),
        Never(
            "funds_work_is_done_on_record",
            table="funds_workitem",
            verb="UPDATE",
            guard="OLD.done_on IS NULL AND NEW.done_on IS NOT NULL",
            condition=f"NOT {_noted('finished', 'work', 'done_on')}",
            message="what is finished has its note and evidence",
        ),
        Never(
            "funds_work_promised_is_kept",
            table="funds_workitem",
            verb="DELETE",
            condition=_PUBLISHED,
            message="what was promised in public is kept",
        ),
        Never(
            "funds_note_is_of_its_project",
            table="funds_note",
            verb="INSERT",
            condition=f"""{_elsewhere('milestone', 'milestone')} OR {_elsewhere('work', 'workitem')}
                OR (NEW.answers_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM funds_note was
                    WHERE was.id = NEW.answers_id AND was.project_id = NEW.project_id
                    AND ((was.kind = 'warning' AND NEW.kind = 'eased')
                        OR (was.kind = 'stopped' AND NEW.kind = 'resumed'))))""",
            message="a note is of its own project, and ends what it answers",
        ),
        Never(
            "funds_contract_is_of_its_project",
            table="funds_contract",
            verb="INSERT",
            condition=f"""{_elsewhere('work', 'workitem')} OR {_elsewhere('changes', 'contract')}
                OR EXISTS (SELECT 1 FROM funds_contract was
                    WHERE was.id = NEW.changes_id AND was.changes_id IS NOT NULL)""",
            message="a contract is of its own project, and changes a first one",
        ),
        Never(
            "funds_visit_settles_in_its_project",
            table="funds_visit",
            verb="INSERT",
            condition=_elsewhere('settles', 'visit'),
            message="a visit settles what was found in the same project",
        ),
        Never(
            "funds_sent_is_of_its_programme",
            table="funds_sent",
            verb="INSERT",
            condition="""(NEW.project_id IS NOT NULL AND NEW.programme_id <>
                    (SELECT programme_id FROM funds_project WHERE id = NEW.project_id))
                OR (NEW.corrects_id IS NOT NULL AND NEW.programme_id <>
                    (SELECT was.programme_id FROM funds_sent was WHERE was.id = NEW.corrects_id))""",
            message="people are sent for a project of the same programme line",
        ),
        Never(
            "funds_photo_is_taken_down_once",
            table="funds_photo",
            verb="UPDATE",
            condition="""OLD.taken_down_on IS NOT NULL OR NEW.taken_down_on IS NULL
                OR NEW.visit_id <> OLD.visit_id OR NEW.number <> OLD.number OR NEW.words <> OLD.words
                OR NEW.media_type <> OLD.media_type""",
            message="a photo is only ever taken down",
        ),
        Never(
            "funds_photo_is_kept",
            table="funds_photo",
            verb="DELETE",
            condition="TRUE",
            message="that there was a photo is kept",
        ),
        *(
            Never(
                f"funds_account_is_of_its_project_{verb.split()[0].lower()}",
                table="funds_account",
                verb=verb,
                guard="NEW.project_id IS NOT NULL",
                condition="""NOT EXISTS (SELECT 1 FROM funds_project p
                    WHERE p.id = NEW.project_id AND p.programme_id = NEW.programme_id)""",
                message="the account of a project is of its programme line",
            )
            for verb in ("INSERT", "UPDATE OF programme_id, project_id")
        ),
        Never(
            "funds_account_keeps_its_project",
            table="funds_account",
            verb="UPDATE OF programme_id, project_id",
            guard="""NEW.project_id IS DISTINCT FROM OLD.project_id
                OR NEW.programme_id IS DISTINCT FROM OLD.programme_id""",
            condition="""EXISTS (SELECT 1 FROM funds_transfer t
                WHERE t.out_of_id = OLD.id OR t.into_id = OLD.id)""",
            message="an account that moved money keeps what it is for",
        ),
    ]
