"""Operators, permits, goods, events, alerts, and what must never become of them."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0008_free_times'),
    ]

    operations = [
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('refused', 'refused')], default='waiting', max_length=7)),
                ('digest', models.CharField(max_length=64)),
                ('behaviour', models.CharField(choices=[('rollback', 'all or nothing'), ('proceed', 'what is right')], default='rollback', max_length=8)),
                ('form', models.CharField(default='json', max_length=4)),
                ('body', models.BinaryField(null=True)),
                ('events', models.PositiveIntegerField(default=0)),
                ('worked', models.PositiveIntegerField(default=0)),
                ('added', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('finished_at', models.DateTimeField(null=True)),
                ('chained_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('chained_at', None), ('state', 'done')), fields=['finished_at'], name='capture_to_chain'), models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='capture_to_do')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'refused'])), name='capture_state_is_known'), models.CheckConstraint(condition=models.Q(('added__lte', models.F('events'))), name='capture_adds_what_it_held')],
            },
        ),
        migrations.CreateModel(
            name='Thing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uri', models.CharField(max_length=300, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Operator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='Names in other languages')),
                ('credit_code', models.CharField(blank=True, max_length=18, null=True, unique=True, verbose_name='Unified social credit code')),
                ('closed_on', models.DateField(editable=False, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operators', to='directory.unit', verbose_name='Supervised by')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='operator_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=80, unique=True)),
                ('given', models.CharField(blank=True, max_length=200)),
                ('against', models.CharField(blank=True, max_length=80)),
                ('kind', models.CharField(max_length=120)),
                ('action', models.CharField(blank=True, max_length=7)),
                ('step', models.CharField(blank=True, max_length=120)),
                ('disposition', models.CharField(blank=True, max_length=120)),
                ('read_point', models.CharField(blank=True, max_length=200)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('mistaken_at', models.DateTimeField(null=True)),
                ('body', models.TextField()),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='trace.capture')),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.operator')),
            ],
            options={
                'ordering': ['-happened_at', '-id'],
                'indexes': [models.Index(fields=['happened_at', 'id'], name='event_by_time'), models.Index(condition=models.Q(('against', ''), _negated=True), fields=['against'], name='event_against')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('given', ''), _negated=True), ('against', '')), fields=('operator', 'given'), name='event_is_named_once')],
            },
        ),
        migrations.AddField(
            model_name='capture',
            name='operator',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='trace.operator'),
        ),
        migrations.CreateModel(
            name='OperatorKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(choices=[('phrase', 'Passphrase on paper'), ('program', 'For a program')], max_length=7, verbose_name='Kind')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='Where it is used')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='trace.operator')),
            ],
            options={
                'ordering': ['operator', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['phrase', 'program'])), name='operator_key_kind_is_known'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('kind', 'phrase')), fields=('operator',), name='operator_has_one_phrase'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('at')), _connector='OR'), name='operator_key_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='Number on the paper')),
                ('scope', models.JSONField(default=list, verbose_name='For')),
                ('valid_from', models.DateField(verbose_name='Valid from')),
                ('valid_until', models.DateField(verbose_name='Valid until')),
                ('state', models.CharField(choices=[('valid', 'valid'), ('suspended', 'suspended'), ('withdrawn', 'withdrawn')], default='valid', editable=False, max_length=9)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permits', to='directory.unit', verbose_name='Issued by')),
            ],
            options={
                'ordering': ['premises', '-valid_from', '-id'],
                'indexes': [models.Index(fields=['valid_until'], name='permit_by_last_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='permit_days_are_in_order'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='permit_has_a_number'), models.CheckConstraint(condition=models.Q(('state__in', ['valid', 'suspended', 'withdrawn'])), name='permit_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='PermitStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('was', models.CharField(choices=[('valid', 'valid'), ('suspended', 'suspended'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('to', models.CharField(choices=[('valid', 'valid'), ('suspended', 'suspended'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('from_at', models.DateTimeField(verbose_name='From')),
                ('reason', models.CharField(max_length=500, verbose_name='Reason')),
                ('permit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='trace.permit')),
            ],
            options={
                'ordering': ['permit', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='permit_step_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('to__in', ['suspended', 'withdrawn']), ('was', 'valid')), models.Q(('to__in', ['valid', 'withdrawn']), ('was', 'suspended')), _connector='OR'), name='permit_step_is_one_that_there_is')],
            },
        ),
        migrations.CreateModel(
            name='Premises',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('street', models.CharField(max_length=200, verbose_name='Address')),
                ('activities', models.JSONField(default=list, verbose_name='What is done here')),
                ('gln', models.CharField(blank=True, max_length=13, null=True, unique=True, verbose_name='GLN')),
                ('tile_row', models.PositiveSmallIntegerField(null=True)),
                ('tile_column', models.PositiveSmallIntegerField(null=True)),
                ('closed_on', models.DateField(editable=False, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='premises', to='directory.area', verbose_name='Place')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='premises', to='trace.operator')),
            ],
            options={
                'verbose_name_plural': 'premises',
                'ordering': ['area', 'name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='premises_have_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('tile_column', None), ('tile_row', None)), models.Q(('tile_column__isnull', False), ('tile_row__isnull', False)), _connector='OR'), name='premises_stand_on_one_tile')],
            },
        ),
        migrations.AddField(
            model_name='permit',
            name='premises',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permits', to='trace.premises'),
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='Names in other languages')),
                ('gtin', models.CharField(blank=True, max_length=14, null=True, unique=True, verbose_name='GTIN')),
                ('ended_on', models.DateField(editable=False, null=True)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='trace.operator')),
            ],
            options={
                'ordering': ['operator', 'name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='product_has_a_name'), models.UniqueConstraint(models.F('operator'), models.F('name'), name='product_is_named_once'), models.CheckConstraint(condition=models.Q(('gtin', None), ('gtin__regex', '^[0-9]{14}$'), _connector='OR'), name='product_gtin_is_fourteen_digits')],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=10, unique=True)),
                ('number', models.CharField(max_length=20, verbose_name='Lot number')),
                ('made_on', models.DateField(verbose_name='Made on')),
                ('best_before', models.DateField(blank=True, null=True, verbose_name='Best before')),
                ('quantity', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True, verbose_name='Quantity')),
                ('unit_code', models.CharField(blank=True, max_length=3, verbose_name='Unit')),
                ('uri', models.CharField(editable=False, max_length=200, unique=True)),
                ('premises', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='trace.premises')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='trace.product')),
            ],
            options={
                'ordering': ['-made_on', '-id'],
                'indexes': [models.Index(fields=['premises', '-made_on'], name='lot_of_premises')],
                'constraints': [models.UniqueConstraint(models.F('product'), models.F('number'), name='lot_is_numbered_once'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='lot_has_a_number'), models.CheckConstraint(condition=models.Q(('best_before', None), ('best_before__gte', models.F('made_on')), _connector='OR'), name='lot_days_are_in_order')],
            },
        ),
        migrations.CreateModel(
            name='EventThing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('role', models.PositiveSmallIntegerField(choices=[(1, 'observed'), (2, 'brought into being'), (3, 'parent'), (4, 'child'), (5, 'input'), (6, 'output')])),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='things', to='trace.event')),
                ('thing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='trace.thing')),
            ],
            options={
                'indexes': [models.Index(fields=['event'], name='things_of_event')],
                'constraints': [models.UniqueConstraint(models.F('thing'), models.F('event'), models.F('role'), name='thing_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='EventLink',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, 'used'), (2, 'made'), (3, 'held')])),
                ('begins', models.DateTimeField()),
                ('ends', models.DateTimeField(null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='trace.event')),
                ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.thing')),
                ('target', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.thing')),
            ],
            options={
                'indexes': [models.Index(fields=['source'], name='link_by_source'), models.Index(fields=['target'], name='link_by_target')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('unit', models.CharField(max_length=120)),
                ('made_on', models.DateField()),
                ('share', models.PositiveSmallIntegerField()),
                ('findings', models.PositiveSmallIntegerField()),
                ('open', models.PositiveSmallIntegerField()),
                ('grave', models.PositiveSmallIntegerField()),
                ('premises', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='trace.premises')),
            ],
            options={
                'ordering': ['-made_on', '-id'],
                'indexes': [models.Index(fields=['premises', '-made_on'], name='visit_last')],
                'constraints': [models.CheckConstraint(condition=models.Q(('grave__lte', models.F('open')), ('open__lte', models.F('findings')), ('share__lte', 10000)), name='visit_counts_fit')],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('kind', models.CharField(choices=[('expiry', 'A paper expires'), ('check', 'An inspection found something grave'), ('adverse', 'A laboratory found what should not be there'), ('chain', 'A chain is broken'), ('recall', 'A recall waits for somebody')], max_length=7, verbose_name='Kind')),
                ('about', models.CharField(max_length=120, unique=True)),
                ('said', models.JSONField(default=dict)),
                ('path', models.CharField(max_length=200)),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(editable=False, null=True)),
                ('settled_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='What was done')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='food_alerts', to='directory.unit')),
            ],
            options={
                'ordering': ['-raised_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['unit'], name='alert_open_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['expiry', 'check', 'adverse', 'chain', 'recall'])), name='alert_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', ''), ('words', '')), models.Q(('settled_at__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='alert_is_settled_with_words')],
            },
        ),
        *append_only("trace_permitstep"),
        *append_only("trace_eventthing"),
        Never(
            "trace_eventlink_stays_what_it_is",
            table="trace_eventlink",
            verb="UPDATE",
            condition="""NEW.kind <> OLD.kind OR NEW.kind <> 3 OR NEW.source_id <> OLD.source_id
                OR NEW.target_id <> OLD.target_id OR NEW.begins <> OLD.begins OR NEW.event_id <> OLD.event_id""",
            message="of a link only the end of what is held may move",
        ),
        Never(
            "trace_eventlink_goes_with_its_event",
            table="trace_eventlink",
            verb="DELETE",
            condition="""OLD.kind <> 3 AND NOT EXISTS (SELECT 1 FROM trace_event e
                WHERE e.id = OLD.event_id AND e.mistaken_at IS NOT NULL)""",
            message="a link goes only with an event that was declared wrong",
        ),
        *(
            Never(
                f"trace_{table}_never_deleted",
                table=f"trace_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("operator", "premises", "operatorkey", "permit", "product", "lot", "event", "alert")
        ),
        *(
            Never(
                f"trace_{table}_stays_what_it_is",
                table=f"trace_{table}",
                verb="UPDATE",
                condition=condition,
                message=f"{table}: what it is never changes",
            )
            for table, condition in {
                "operator": """NEW.code <> OLD.code OR (OLD.credit_code IS NOT NULL
                    AND NEW.credit_code IS DISTINCT FROM OLD.credit_code)""",
                "premises": """NEW.code <> OLD.code OR NEW.operator_id <> OLD.operator_id
                    OR NEW.area_id <> OLD.area_id OR NEW.street <> OLD.street
                    OR (OLD.closed_on IS NOT NULL AND NEW.closed_on IS DISTINCT FROM OLD.closed_on)""",
                "operatorkey": """NEW.operator_id <> OLD.operator_id OR NEW.kind <> OLD.kind
                    OR NEW.digest <> OLD.digest OR OLD.ended_at IS NOT NULL""",
                "product": """NEW.code <> OLD.code OR NEW.operator_id <> OLD.operator_id
                    OR (OLD.gtin IS NOT NULL AND NEW.gtin IS DISTINCT FROM OLD.gtin)""",
                "lot": """NEW.code <> OLD.code OR NEW.product_id <> OLD.product_id OR NEW.premises_id <> OLD.premises_id
                    OR NEW.number <> OLD.number OR NEW.made_on <> OLD.made_on OR NEW.uri <> OLD.uri
                    OR NEW.best_before IS DISTINCT FROM OLD.best_before""",
                "event": """NEW.capture_id <> OLD.capture_id OR NEW.digest <> OLD.digest OR NEW.body <> OLD.body
                    OR NEW.happened_at <> OLD.happened_at OR NEW.recorded_at <> OLD.recorded_at
                    OR NEW.kind <> OLD.kind OR NEW.step <> OLD.step OR NEW.given <> OLD.given
                    OR NEW.against <> OLD.against OR NEW.operator_id IS DISTINCT FROM OLD.operator_id
                    OR (OLD.mistaken_at IS NOT NULL AND NEW.mistaken_at IS DISTINCT FROM OLD.mistaken_at)""",
                "alert": """NEW.about <> OLD.about OR NEW.unit_id <> OLD.unit_id OR NEW.kind <> OLD.kind
                    OR NEW.raised_at <> OLD.raised_at OR OLD.settled_at IS NOT NULL""",
            }.items()
        ),
        Never(
            "trace_permit_turns_by_its_steps",
            table="trace_permit",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.number <> OLD.number OR NEW.premises_id <> OLD.premises_id
                OR NEW.unit_id <> OLD.unit_id OR NEW.scope <> OLD.scope OR NEW.valid_from <> OLD.valid_from
                OR NEW.valid_until <> OLD.valid_until
                OR (NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM trace_permitstep s
                    WHERE s.was = OLD.state AND s."to" = NEW.state AND s.id = (SELECT MAX(last.id)
                        FROM trace_permitstep last WHERE last.permit_id = OLD.id)))""",
            message="a permit stays as it was issued, and turns by its steps",
        ),
        Never(
            "trace_permit_begins_valid",
            table="trace_permit",
            verb="INSERT",
            condition="NEW.state <> 'valid'",
            message="a permit begins valid",
        ),
        Never(
            "trace_capture_is_over_once",
            table="trace_capture",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.digest <> OLD.digest
                OR NEW.operator_id IS DISTINCT FROM OLD.operator_id
                OR (OLD.state IN ('done', 'refused') AND (NEW.state <> OLD.state OR NEW.added <> OLD.added
                    OR NEW.faults <> OLD.faults OR NEW.finished_at IS DISTINCT FROM OLD.finished_at))""",
            message="a capture that is over stays as it ended",
        ),
    ]
