"""Inspectors, draws of sites and inspectors, and tasks that were drawn."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('kind', models.CharField(choices=[('checks', 'Who checks whom'), ('sites', 'Premises and inspectors')], editable=False, max_length=6)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('stage', models.CharField(blank=True, editable=False, max_length=5)),
                ('terms', models.JSONField(default=dict)),
                ('shown_on', models.DateField(verbose_name='In public from')),
                ('closes_at', models.DateTimeField(verbose_name='Closes')),
                ('commitment', models.CharField(max_length=64)),
                ('witness', models.CharField(blank=True, max_length=120)),
                ('entries', models.TextField(blank=True)),
                ('position', models.BigIntegerField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('beacon', models.TextField(blank=True)),
                ('seed', models.CharField(blank=True, max_length=64)),
                ('drawn_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='Reason')),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='assessments.edition')),
                ('round', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='assessments.round')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Drawn for')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Inspector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('ended_on', models.DateField(editable=False, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspectors', to='directory.unit', verbose_name='Unit')),
            ],
            options={
                'ordering': ['unit', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lot', to='assessments.assessment')),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='assessments.draw')),
            ],
            options={
                'ordering': ['draw', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('ended_on', models.DateField(editable=False, null=True)),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='assessments.inspector')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='assessments.subject')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='draw',
            index=models.Index(fields=['drawn_at', 'closes_at'], name='assessment_draw_due'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', None), ('kind', 'checks'), ('round__isnull', False), ('stage__in', ['cross', 'site'])), models.Q(('edition__isnull', False), ('kind', 'sites'), ('round', None), ('stage', '')), _connector='OR'), name='assessment_draw_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('beacon', ''), ('drawn_at', None), ('seed', '')), models.Q(('closed_at__isnull', False), ('drawn_at__isnull', False), models.Q(('seed', ''), _negated=True), models.Q(('beacon', ''), _negated=True)), _connector='OR'), name='assessment_draw_is_drawn_in_order'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('entries', ''), ('position', None)), models.Q(('closed_at__gte', models.F('closes_at')), ('position__isnull', False), ('withdrawn_at', None), models.Q(('entries', ''), _negated=True)), _connector='OR'), name='assessment_draw_closes_with_its_list'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('withdrawn_at', None)), models.Q(('withdrawn_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='assessment_draw_is_withdrawn_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='assessment_draw_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'checks'), ('withdrawn_at', None)), fields=('round', 'stage'), name='assessment_draw_is_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='lot',
            constraint=models.UniqueConstraint(models.F('draw'), models.F('number'), name='lot_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('inspector', 'subject'), name='recusal_is_told_once'),
        ),
        Never(
            "assessments_draw_begins",
            table="assessments_draw",
            verb="INSERT",
            condition="""NEW.closed_at IS NOT NULL OR NEW.drawn_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL
                OR NEW.closes_at <= NEW.at
                OR EXISTS (SELECT 1 FROM assessments_edition e WHERE e.id = NEW.edition_id AND e.adopted_at IS NULL)""",
            message="a draw begins with its hash and closes later, with an edition that was adopted",
        ),
        Never(
            "assessments_draw_is_written_once",
            table="assessments_draw",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.kind <> OLD.kind OR NEW.unit_id <> OLD.unit_id
                OR NEW.name <> OLD.name OR NEW.round_id IS DISTINCT FROM OLD.round_id OR NEW.stage <> OLD.stage
                OR NEW.edition_id IS DISTINCT FROM OLD.edition_id OR NEW.terms <> OLD.terms OR NEW.at <> OLD.at
                OR NEW.shown_on <> OLD.shown_on OR NEW.closes_at <> OLD.closes_at
                OR NEW.commitment <> OLD.commitment OR NEW.witness <> OLD.witness
                OR (OLD.closed_at IS NOT NULL AND (NEW.closed_at IS DISTINCT FROM OLD.closed_at
                    OR NEW.entries <> OLD.entries OR NEW.position <> OLD.position))
                OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at IS DISTINCT FROM OLD.drawn_at
                    OR NEW.seed <> OLD.seed OR NEW.beacon <> OLD.beacon))
                OR (OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
                    OR NEW.reason <> OLD.reason OR NEW.closed_at IS NOT NULL))""",
            message="the hash, the terms, the list and the seed of a draw are each written once",
        ),
        *append_only("assessments_lot"),
        Never(
            "assessments_lot_is_of_a_draw_that_is_drawn",
            table="assessments_lot",
            verb="INSERT",
            condition="""NOT EXISTS (SELECT 1 FROM assessments_draw d JOIN assessments_assessment a
                ON a.id = NEW.assessment_id WHERE d.id = NEW.draw_id AND d.drawn_at IS NOT NULL
                AND (d.round_id = a.round_id AND d.stage = a.kind
                    OR d.edition_id = a.edition_id AND a.kind = 'inspection'))""",
            message="a lot is of a draw that is drawn, and of its round or its checklist",
        ),
        *(
            Never(
                f"assessments_{table}_never_deleted",
                table=f"assessments_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("draw", "inspector", "recusal")
        ),
        *(
            Never(
                f"assessments_{table}_is_ended_once",
                table=f"assessments_{table}",
                verb="UPDATE",
                condition=f"NEW.at <> OLD.at OR OLD.ended_on IS NOT NULL OR {rest}",
                message=f"a {table} stays as it was told, until it is ended",
            )
            for table, rest in {
                "inspector": "NEW.code <> OLD.code OR NEW.unit_id <> OLD.unit_id",
                "recusal": "NEW.inspector_id <> OLD.inspector_id OR NEW.subject_id <> OLD.subject_id",
                "conflict": "NEW.one_id <> OLD.one_id OR NEW.other_id <> OLD.other_id OR NEW.reason <> OLD.reason",
            }.items()
        ),
    ]
