"""Ways to a station: what minutes are counted on, as it was declared and brought, never edited."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('atlas', '0005_exhibitions'),
        ('directory', '0008_free_times'),
    ]

    operations = [
        migrations.CreateModel(
            name='TownGround',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('metres', models.PositiveSmallIntegerField(verbose_name='Width of a square, in metres')),
                ('pace', models.PositiveSmallIntegerField(verbose_name='Pace, in metres a minute')),
                ('squares', models.JSONField(verbose_name='Squares')),
                ('source', models.CharField(max_length=200, verbose_name='Where this is known from')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grounds', to='directory.area')),
            ],
            options={
                'ordering': ['area', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('metres__gte', 50), ('metres__lte', 5000)), name='ground_has_a_width'), models.CheckConstraint(condition=models.Q(('pace__gte', 20), ('pace__lte', 120)), name='ground_has_a_pace'), models.CheckConstraint(condition=models.Q(('squares', []), _negated=True), name='ground_has_squares'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='ground_has_a_source')],
            },
        ),
        migrations.CreateModel(
            name='BusTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('source', models.CharField(max_length=200, verbose_name='Where this is known from')),
                ('valid_from', models.DateField(verbose_name='Timetable of')),
                ('digest', models.CharField(max_length=64)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('ended_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bus_tables', to='directory.area')),
            ],
            options={
                'ordering': ['area', '-id'],
                'constraints': [models.UniqueConstraint(models.F('area'), condition=models.Q(('ended_at', None)), name='town_has_one_table_of_buses'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='bus_table_has_a_source'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='bus_table_is_ended_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='BusStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('tile_row', models.PositiveSmallIntegerField()),
                ('tile_column', models.PositiveSmallIntegerField()),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='atlas.bustable')),
            ],
            options={
                'ordering': ['table', 'name'],
                'constraints': [models.UniqueConstraint(models.F('table'), models.F('name'), name='bus_stop_stands_once'), models.CheckConstraint(condition=models.Q(('tile_row__gte', 1), ('tile_row__lte', 99), ('tile_column__gte', 1), ('tile_column__lte', 99)), name='bus_stop_is_on_the_map')],
            },
        ),
        migrations.CreateModel(
            name='BusRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.CharField(max_length=40)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('every', models.PositiveSmallIntegerField()),
                ('first', models.TimeField()),
                ('last', models.TimeField()),
                ('weekdays', models.CharField(max_length=7)),
                ('end', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs_to', to='atlas.busstop')),
                ('start', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs_from', to='atlas.busstop')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='atlas.bustable')),
            ],
            options={
                'ordering': ['table', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('start', models.F('end')), _negated=True), name='bus_goes_somewhere'), models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 240)), name='bus_takes_minutes'), models.CheckConstraint(condition=models.Q(('every__gte', 1), ('every__lte', 240)), name='bus_comes_again'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('last'))), name='first_bus_is_before_the_last'), models.CheckConstraint(condition=models.Q(('weekdays', ''), _negated=True), name='bus_has_weekdays')],
            },
        ),
        *append_only("atlas_townground"),
        *append_only("atlas_busstop"),
        *append_only("atlas_busrun"),
        Never(
            "atlas_bus_table_stands",
            table="atlas_bustable",
            verb="UPDATE",
            condition='''
                OLD.ended_at IS NOT NULL
                OR NEW.area_id IS DISTINCT FROM OLD.area_id
                OR NEW.source IS DISTINCT FROM OLD.source
                OR NEW.valid_from IS DISTINCT FROM OLD.valid_from
                OR NEW.digest IS DISTINCT FROM OLD.digest
                OR NEW.by_name IS DISTINCT FROM OLD.by_name
                OR NEW.at IS DISTINCT FROM OLD.at''',
            message="a table of buses is ended, never edited",
        ),
        Never(
            "atlas_bus_table_stays",
            table="atlas_bustable",
            verb="DELETE",
            condition="TRUE",
            message="a table of buses is ended, never removed",
        ),
        Never(
            "atlas_bus_stops_at_its_own_stops",
            table="atlas_busrun",
            verb="INSERT",
            condition='''
                (SELECT count(*) FROM atlas_busstop stop
                  WHERE stop.id IN (NEW.start_id, NEW.end_id) AND stop.table_id = NEW.table_id) <> 2''',
            message="a bus goes between stops of its own table",
        ),
        Never(
            "atlas_nothing_is_added_to_an_ended_table",
            table="atlas_busstop",
            verb="INSERT",
            condition='''
                (SELECT count(*) FROM atlas_bustable held
                  WHERE held.id = NEW.table_id AND held.ended_at IS NULL) <> 1''',
            message="nothing is added to a table of buses that has ended",
        ),
    ]
