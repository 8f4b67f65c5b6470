"""Recalls: whom a lot reached, who was told when, what became of it, and what must never become of that."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_free_times'),
        ('trace', '0003_laboratory'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('drill', models.BooleanField(default=False, verbose_name='A drill')),
                ('grounds', models.CharField(choices=[('laboratory', 'A laboratory found in it what must not be there'), ('inspection', 'An inspection found that it was made as it must not be'), ('origin', 'What it was made of is recalled'), ('label', 'What is written on it is not true'), ('concern', 'Concerns were reported and held true'), ('maker', 'Its maker found something wrong with it')], max_length=10, verbose_name='Why')),
                ('advice', models.CharField(choices=[('return', 'Do not eat it. Bring it back to where you bought it.'), ('destroy', 'Do not eat it. Throw it away.'), ('apart', 'Do not sell or eat it until more is known. Keep it apart.')], max_length=7, verbose_name='What to do with it')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='What was found')),
                ('since', models.DateTimeField(verbose_name='Suspect since')),
                ('state', models.CharField(choices=[('started', 'waits for a decision'), ('running', 'running'), ('dropped', 'not called'), ('ended', 'ended')], default='started', editable=False, max_length=7)),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('decided_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('decided_words', models.CharField(blank=True, editable=False, max_length=500)),
                ('reached_at', models.DateTimeField(editable=False, null=True)),
                ('walked_at', models.DateTimeField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('ended_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('ended_words', models.CharField(blank=True, editable=False, max_length=500)),
                ('outcome', models.JSONField(default=dict, editable=False)),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='trace.lot')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['state', '-at'], name='recall_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'started')), models.Q(('decided_at__isnull', False), ('reached_at', None), ('state', 'dropped')), models.Q(('decided_at__isnull', False), ('ended_at', None), ('reached_at__isnull', False), ('state', 'running')), models.Q(('ended_at__isnull', False), ('reached_at__isnull', False), ('state', 'ended')), _connector='OR'), name='recall_state_is_known'), models.CheckConstraint(condition=models.Q(('decided_at', None), ('by_role', 'holder'), models.Q(('decided_by', models.F('by_name')), _negated=True), _connector='OR'), name='recall_is_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('decided_words', ''), ('state', 'dropped'), _negated=True), models.Q(('ended_words', ''), ('state', 'ended'), _negated=True)), name='recall_is_dropped_or_ended_with_words'), models.UniqueConstraint(condition=models.Q(('state__in', ['started', 'running'])), fields=('lot', 'drill'), name='recall_of_a_lot_is_one')],
            },
        ),
        migrations.CreateModel(
            name='RecallReach',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('ahead', 'what became of it'), ('back', 'what it came from')], max_length=5)),
                ('made', models.BooleanField()),
                ('hops', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField()),
                ('walked_at', models.DateTimeField()),
                ('before', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.thing')),
                ('event', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.event')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reached', to='trace.lot')),
                ('recall', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reach', to='trace.recall')),
                ('thing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.thing')),
            ],
            options={
                'ordering': ['recall', 'way', 'hops', 'id'],
                'constraints': [models.UniqueConstraint(models.F('recall'), models.F('way'), models.F('thing'), name='recall_reaches_a_thing_once')],
            },
        ),
        migrations.CreateModel(
            name='RecallTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('had', models.JSONField(default=list)),
                ('found_at', models.DateTimeField()),
                ('channel', models.CharField(blank=True, choices=[('page', 'On its own page'), ('desk', 'At its desk'), ('phone', 'By telephone'), ('paper', 'On paper')], max_length=5, verbose_name='How')),
                ('told_at', models.DateTimeField(null=True)),
                ('told_by', models.CharField(blank=True, max_length=60)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.CharField(blank=True, max_length=60)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recalls_told', to='trace.operator')),
                ('recall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='trace.recall')),
                ('station', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit')),
            ],
            options={
                'ordering': ['recall', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('operator__isnull', False), ('station', None), ('unit', None)), models.Q(('operator', None), ('station', None), ('unit__isnull', False)), models.Q(('operator', None), ('station__isnull', False), ('unit', None)), _connector='OR'), name='recall_tells_one'), models.CheckConstraint(condition=models.Q(models.Q(('channel', ''), ('told_at', None), ('told_by', '')), models.Q(('channel__in', ['page', 'desk', 'phone', 'paper']), ('told_at__gte', models.F('found_at')), models.Q(('told_by', ''), _negated=True)), _connector='OR'), name='recall_tells_in_a_way'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', '')), models.Q(('acknowledged_at__gte', models.F('told_at')), models.Q(('acknowledged_by', ''), _negated=True)), _connector='OR'), name='recall_is_acknowledged_once_told'), models.UniqueConstraint(condition=models.Q(('operator__isnull', False)), fields=('recall', 'operator'), name='recall_tells_operator_once'), models.UniqueConstraint(condition=models.Q(('unit__isnull', False)), fields=('recall', 'unit'), name='recall_tells_unit_once'), models.UniqueConstraint(condition=models.Q(('station__isnull', False)), fields=('recall', 'station'), name='recall_tells_station_once')],
            },
        ),
        migrations.CreateModel(
            name='RecallCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('left', 'Still here, kept apart'), ('destroyed', 'Destroyed'), ('used', 'Used to make something else'), ('gone', 'Sold to those who eat it'), ('back', 'Sent back to where it came from')], max_length=9)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=12, verbose_name='Quantity')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.lot')),
                ('told', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='trace.recalltold')),
            ],
            options={
                'ordering': ['told', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='recall_counts_no_less_than_none'), models.CheckConstraint(condition=models.Q(('kind__in', ['left', 'destroyed', 'used', 'gone', 'back'])), name='recall_count_kind_is_known')],
            },
        ),
        *append_only("trace_recallreach"),
        *append_only("trace_recallcount"),
        *(
            Never(
                f"trace_{table}_never_deleted",
                table=f"trace_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("recall", "recalltold")
        ),
        *(
            Never(
                f"trace_{table}_of_one_that_runs",
                table=f"trace_{table}",
                verb="INSERT",
                condition=f"NOT EXISTS (SELECT 1 FROM trace_recall r WHERE r.id = {of} AND r.state = 'running')",
                message=f"{table}: the recall does not run",
            )
            for table, of in {
                "recallreach": "NEW.recall_id",
                "recalltold": "NEW.recall_id",
                "recallcount": "(SELECT t.recall_id FROM trace_recalltold t WHERE t.id = NEW.told_id)",
            }.items()
        ),
        Never(
            "trace_recall_begins_undecided",
            table="trace_recall",
            verb="INSERT",
            condition="NEW.state <> 'started'",
            message="a recall begins undecided",
        ),
        Never(
            "trace_recall_stays_what_it_is",
            table="trace_recall",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.lot_id <> OLD.lot_id OR NEW.drill <> OLD.drill
                OR NEW.grounds <> OLD.grounds OR NEW.advice <> OLD.advice OR NEW.words <> OLD.words
                OR NEW.since <> OLD.since OR NEW.at <> OLD.at OR NEW.by_name <> OLD.by_name
                OR NEW.by_role <> OLD.by_role
                OR (OLD.decided_at IS NOT NULL AND (NEW.decided_at IS DISTINCT FROM OLD.decided_at
                    OR NEW.decided_by <> OLD.decided_by OR NEW.decided_words <> OLD.decided_words
                    OR NEW.reached_at IS DISTINCT FROM OLD.reached_at))""",
            message="recall: what it is never changes",
        ),
        Never(
            "trace_recall_goes_its_way",
            table="trace_recall",
            verb="UPDATE",
            condition="""OLD.state IN ('dropped', 'ended')
                OR (NEW.state <> OLD.state AND NOT (OLD.state = 'started' AND NEW.state IN ('running', 'dropped'))
                    AND NOT (OLD.state = 'running' AND NEW.state = 'ended'))""",
            message="a recall is decided, runs, and ends once",
        ),
        Never(
            "trace_recalltold_stays",
            table="trace_recalltold",
            verb="UPDATE",
            condition="""NEW.recall_id <> OLD.recall_id OR NEW.operator_id IS DISTINCT FROM OLD.operator_id
                OR NEW.unit_id IS DISTINCT FROM OLD.unit_id OR NEW.station_id IS DISTINCT FROM OLD.station_id
                OR NEW.found_at <> OLD.found_at
                OR (OLD.told_at IS NOT NULL AND (NEW.told_at IS DISTINCT FROM OLD.told_at
                    OR NEW.channel <> OLD.channel OR NEW.told_by <> OLD.told_by))
                OR (OLD.acknowledged_at IS NOT NULL AND (NEW.acknowledged_at IS DISTINCT FROM OLD.acknowledged_at
                    OR NEW.acknowledged_by <> OLD.acknowledged_by))""",
            message="who was told when stays as it was",
        ),
    ]
