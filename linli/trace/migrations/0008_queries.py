"""Indexes by which events are asked for, which things an operator has told of, and queries with a name."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.follows import Follows
from linli.kernel.never import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('trace', '0007_operators'),
    ]

    operations = [
        migrations.CreateModel(
            name='ThingTold',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('operator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.operator')),
                ('thing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.thing')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('operator'), models.F('thing'), name='thing_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='NamedQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(max_length=60)),
                ('parameters', models.JSONField(default=dict)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trace.operator')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='query_has_a_name'), models.UniqueConstraint(condition=models.Q(('operator__isnull', False)), fields=('operator', 'name'), name='query_of_operator_is_named_once'), models.UniqueConstraint(condition=models.Q(('operator__isnull', True)), fields=('by_unit', 'name'), name='query_of_unit_is_named_once')],
            },
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['recorded_at', 'id'], name='event_by_record'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('given', ''), _negated=True), fields=['given'], name='event_by_given'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['step', 'happened_at', 'id'], name='event_by_step'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['disposition', 'happened_at', 'id'], name='event_by_disposition'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['place', 'happened_at', 'id'], name='event_by_place'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['read_point', 'happened_at', 'id'], name='event_by_read_point'),
        ),
        *append_only("trace_thingtold"),
        Follows(
            "trace_thing_is_told",
            table="trace_eventthing",
            statement="""INSERT INTO trace_thingtold (operator_id, thing_id)
                SELECT e.operator_id, NEW.thing_id FROM trace_event e
                WHERE e.id = NEW.event_id AND e.operator_id IS NOT NULL ON CONFLICT DO NOTHING""",
            together="""INSERT INTO trace_thingtold (operator_id, thing_id)
                SELECT DISTINCT e.operator_id, a.thing_id FROM added a JOIN trace_event e ON e.id = a.event_id
                WHERE e.operator_id IS NOT NULL ORDER BY 1, 2 ON CONFLICT DO NOTHING""",
            declared="unused integer",
        ),
    ]
