"""Assessments of decisions before they are taken."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, NeverAdd, append_only

_OPEN = "(SELECT 1 FROM assessments_impact i WHERE i.id = {row}.impact_id AND i.opened_at IS NOT NULL)"
_DECIDED = "(SELECT 1 FROM assessments_ruling d WHERE d.impact_id = {of})"
_OF_HAZARD = "(SELECT r.impact_id FROM assessments_hazard r WHERE r.id = {row}.hazard_id)"
# Tasks of other units, those that stand and are done.
_OTHERS = """FROM assessments_impacttask t JOIN assessments_assessment a ON a.id = t.assessment_id
    WHERE t.impact_id = NEW.impact_id AND a.kind = 'impact' AND a.dropped_at IS NULL"""


class Migration(migrations.Migration):

    dependencies = [
        ("assessments", "0006_inspections"),
        ("directory", "0008_free_times"),
    ]

    operations = [
        migrations.CreateModel(
            name='Impact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('words', models.TextField(verbose_name='What is to be decided')),
                ('statement', models.TextField(verbose_name='What will come of it')),
                ('opened_at', models.DateTimeField(editable=False, null=True)),
                ('closes_at', models.DateTimeField(editable=False, null=True)),
                ('hurry', models.CharField(blank=True, max_length=300, verbose_name='Why so short')),
                ('earlier', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='assessments.impact')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impacts', to='assessments.edition', verbose_name='Questions')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='impacts', to='assessments.subject')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Affected',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='What changes there')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area', verbose_name='Place')),
                ('impact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='assessments.impact')),
            ],
            options={
                'ordering': ['impact', 'area'],
            },
        ),
        migrations.CreateModel(
            name='ImpactTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='impact_task', to='assessments.assessment')),
                ('impact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='assessments.impact')),
            ],
            options={
                'ordering': ['impact', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Hazard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=300, verbose_name='What may go wrong')),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, 'low'), (2, 'medium'), (3, 'high')], verbose_name='How bad')),
                ('struck_at', models.DateTimeField(editable=False, null=True)),
                ('struck_why', models.CharField(blank=True, max_length=300, verbose_name='Reason')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area', verbose_name='Place')),
                ('impact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hazards', to='assessments.impact')),
            ],
            options={
                'ordering': ['impact', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Mitigation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('words', models.CharField(max_length=120, verbose_name='What is done against it')),
                ('due_on', models.DateField(verbose_name='Until')),
                ('task', models.CharField(blank=True, editable=False, max_length=9)),
                ('state', models.CharField(blank=True, editable=False, max_length=8)),
                ('task_due_on', models.DateField(editable=False, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mitigations', to='directory.unit', verbose_name='Done by')),
                ('hazard', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mitigations', to='assessments.hazard')),
            ],
            options={
                'ordering': ['hazard', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('go', 'It goes ahead'), ('change', 'It is to be changed'), ('stop', 'It is stopped')], max_length=6, verbose_name='Decision')),
                ('summary', models.TextField(verbose_name='What was found')),
                ('heard', models.TextField(verbose_name='What was said in the consultation, and what came of it')),
                ('reasons', models.TextField(verbose_name='Reasons')),
                ('impact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ruling', to='assessments.impact')),
            ],
        ),
        migrations.AddConstraint(
            model_name='impact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), models.Q(('statement', ''), _negated=True)), name='impact_says_what_is_decided'),
        ),
        migrations.AddConstraint(
            model_name='impact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('opened_at', None)), models.Q(('closes_at__gt', models.F('opened_at')), ('opened_at__isnull', False)), _connector='OR'), name='impact_lies_open_until_later'),
        ),
        migrations.AddConstraint(
            model_name='affected',
            constraint=models.UniqueConstraint(models.F('impact'), models.F('area'), name='affected_place_is_named_once'),
        ),
        migrations.AddConstraint(
            model_name='hazard',
            constraint=models.UniqueConstraint(models.F('impact'), models.F('number'), name='hazard_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='hazard',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', [1, 2, 3])), name='hazard_severity_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hazard',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='hazard_says_what'),
        ),
        migrations.AddConstraint(
            model_name='hazard',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_why', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_why', ''), _negated=True)), _connector='OR'), name='hazard_is_struck_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='mitigation',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='mitigation_says_what'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['go', 'change', 'stop'])), name='ruling_outcome_is_known'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('summary', ''), _negated=True), models.Q(('heard', ''), _negated=True), models.Q(('reasons', ''), _negated=True)), name='ruling_says_why'),
        ),
        NeverAdd(
            "assessments_impact_is_of_a_decision",
            table="assessments_impact",
            rows=[
                ("about", "assessments_subject", "NEW.subject_id"),
                ("edition", "assessments_edition", "NEW.edition_id"),
                ("asks", "assessments_instrument", "edition.instrument_id"),
            ],
            faults={
                "an impact is of a project or a decision": ["about.kind NOT IN ('project', 'decision')"],
                "an impact is of who answers for it": ["about.unit_id IS NULL"],
                "an impact is asked by an adopted edition for it": [
                    "edition.adopted_at IS NULL OR asks.use <> 'impact'"
                ],
            },
        ),
        Never(
            "assessments_impact_stays_as_it_lay_open",
            table="assessments_impact",
            verb="UPDATE",
            condition="""NEW.subject_id <> OLD.subject_id OR NEW.edition_id <> OLD.edition_id
                OR NEW.by_name <> OLD.by_name OR NEW.by_unit <> OLD.by_unit
                OR (OLD.opened_at IS NOT NULL AND (NEW.opened_at IS DISTINCT FROM OLD.opened_at
                    OR NEW.words <> OLD.words OR NEW.statement <> OLD.statement OR NEW.hurry <> OLD.hurry
                    OR NEW.earlier_id IS DISTINCT FROM OLD.earlier_id OR NEW.closes_at < OLD.closes_at))""",
            message="an impact stays as it lay open, and never closes sooner",
        ),
        Never(
            "assessments_affected_lie_open",
            table="assessments_affected",
            verb="INSERT",
            condition=f"EXISTS {_OPEN.format(row='NEW')}",
            message="places are named before it lies open",
        ),
        *(
            Never(
                f"assessments_affected_stay_{verb.lower()}",
                table="assessments_affected",
                verb=verb,
                condition=f"EXISTS {_OPEN.format(row='OLD')}",
                message="places stay as they lay open",
            )
            for verb in ("UPDATE", "DELETE")
        ),
        *append_only("assessments_impacttask"),
        Never(
            "assessments_impacttask_is_of_its_impact",
            table="assessments_impacttask",
            verb="INSERT",
            condition=f"""EXISTS {_DECIDED.format(of='NEW.impact_id')}
                OR NOT EXISTS (SELECT 1 FROM assessments_impact i JOIN assessments_assessment a
                    ON a.subject_id = i.subject_id AND a.edition_id = i.edition_id
                    WHERE i.id = NEW.impact_id AND a.id = NEW.assessment_id
                    AND a.kind IN ('self', 'impact') AND a.candidacy_id IS NULL)""",
            message="a task is of its impact, before the decision",
        ),
        *(
            Never(
                f"assessments_{table}_comes_before_the_decision",
                table=f"assessments_{table}",
                verb="INSERT",
                condition=f"EXISTS {_DECIDED.format(of=of)}",
                message="hazards are named before the decision",
            )
            for table, of in (("hazard", "NEW.impact_id"), ("mitigation", _OF_HAZARD.format(row="NEW")))
        ),
        Never(
            "assessments_hazard_is_struck_once",
            table="assessments_hazard",
            verb="UPDATE",
            condition=f"""NEW.impact_id <> OLD.impact_id OR NEW.number <> OLD.number OR NEW.words <> OLD.words
                OR NEW.severity <> OLD.severity OR NEW.area_id IS DISTINCT FROM OLD.area_id
                OR OLD.struck_at IS NOT NULL OR EXISTS {_DECIDED.format(of='OLD.impact_id')}""",
            message="a hazard is struck once, before the decision",
        ),
        Never(
            "assessments_mitigation_stays_as_promised",
            table="assessments_mitigation",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.hazard_id <> OLD.hazard_id OR NEW.words <> OLD.words
                OR NEW.unit_id <> OLD.unit_id OR NEW.due_on <> OLD.due_on""",
            message="a mitigation stays as it was promised",
        ),
        *(
            Never(
                f"assessments_{table}_never_deleted",
                table=f"assessments_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("impact", "hazard", "mitigation")
        ),
        *append_only("assessments_ruling"),
        NeverAdd(
            "assessments_ruling_is_fair",
            table="assessments_ruling",
            rows=[("asked", "assessments_impact", "NEW.impact_id")],
            faults={
                "nothing is decided before the consultation is over": [
                    "asked.opened_at IS NULL OR NEW.at < asked.closes_at"
                ],
                "nobody decides what they proposed": [
                    "NEW.by_name = asked.by_name AND NEW.by_unit = asked.by_unit"
                ],
                "nothing is decided before another unit has assessed it": [
                    f"NOT EXISTS (SELECT 1 {_OTHERS} AND a.done_at IS NOT NULL)"
                ],
                "nobody decides what they assessed": [
                    f"""EXISTS (SELECT 1 {_OTHERS} AND EXISTS (SELECT 1 FROM directory_unit u
                        WHERE u.id = a.unit_id AND u.name = NEW.by_unit))"""
                ],
                "nothing goes ahead while a high hazard has no answer": [
                    "NEW.outcome = 'go'",
                    """EXISTS (SELECT 1 FROM assessments_hazard r WHERE r.impact_id = NEW.impact_id
                        AND r.severity = 3 AND r.struck_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM assessments_mitigation m WHERE m.hazard_id = r.id))""",
                ],
            },
        ),
    ]
