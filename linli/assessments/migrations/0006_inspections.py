"""Inspections: findings, corrections, signatures, replies."""

import django.db.models.deletion
from django.db import migrations, models

import linli.kernel.fields
from linli.kernel.never import Never, NeverAdd, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0005_polls'),
        ('kernel', '0005_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40)),
                ('severity', models.CharField(choices=[('slight', 'slight'), ('serious', 'serious'), ('grave', 'grave')], max_length=8, verbose_name='How grave')),
                ('words', models.CharField(blank=True, max_length=1000, verbose_name='What was found')),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'put right'), ('withdrawn', 'withdrawn')], default='open', max_length=9)),
                ('settled_at', models.DateTimeField(editable=False, null=True)),
                ('settled_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='assessments.sheet')),
            ],
            options={
                'ordering': ['inspection', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CorrectionOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=1000, verbose_name='What must be done')),
                ('days', models.PositiveSmallIntegerField(verbose_name='Working days')),
                ('due_on', models.DateField(verbose_name='Until')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='assessments.finding')),
            ],
            options={
                'ordering': ['finding', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drawn', models.CharField(blank=True, editable=False, max_length=9)),
                ('inspectors', models.JSONField(default=list, editable=False)),
                ('secret', models.CharField(blank=True, editable=False, max_length=64)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('published_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='again', to='assessments.inspection')),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='inspection', to='assessments.assessment')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='finding',
            name='inspection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='assessments.inspection'),
        ),
        migrations.CreateModel(
            name='CorrectionCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('met', models.BooleanField(verbose_name='Was it put right?')),
                ('words', models.CharField(max_length=1000, verbose_name='What was seen')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='check_made', to='assessments.correctionorder')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='assessments.inspection')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PremisesReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.TextField(verbose_name='Reply')),
                ('at', models.DateTimeField()),
                ('withheld_at', models.DateTimeField(editable=False, null=True)),
                ('withheld_by', models.CharField(blank=True, editable=False, max_length=120)),
                ('withheld_for', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='assessments.inspection')),
            ],
            options={
                'ordering': ['inspection', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SheetSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('refused', models.BooleanField(editable=False)),
                ('strokes', linli.kernel.fields.SealedField(null=True)),
                ('words', linli.kernel.fields.SealedField(null=True)),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='assessments.sheet')),
                ('subject', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.subject')),
            ],
        ),
        migrations.AddIndex(
            model_name='correctionorder',
            index=models.Index(fields=['due_on'], name='correction_by_day'),
        ),
        migrations.AddConstraint(
            model_name='correctionorder',
            constraint=models.UniqueConstraint(models.F('finding'), models.F('number'), name='correction_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='correctionorder',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 60)), name='correction_gives_time'),
        ),
        migrations.AddConstraint(
            model_name='correctionorder',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='correction_says_what'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['published_at'], name='inspection_by_day'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(models.F('inspection'), models.F('item'), name='finding_is_one_an_item'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['slight', 'serious', 'grave'])), name='finding_severity_is_known'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('settled_at', None), ('state', 'open')), models.Q(('reason', ''), ('settled_at__isnull', False), ('state', 'closed')), models.Q(('settled_at__isnull', False), ('state', 'withdrawn'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='finding_is_settled_or_open'),
        ),
        migrations.AddConstraint(
            model_name='correctioncheck',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='correction_check_says_what'),
        ),
        migrations.AddConstraint(
            model_name='premisesreply',
            constraint=models.UniqueConstraint(models.F('inspection'), models.F('number'), name='premises_reply_has_number'),
        ),
        migrations.AddConstraint(
            model_name='premisesreply',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='premises_reply_says_what'),
        ),
        migrations.AddConstraint(
            model_name='premisesreply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withheld_at', None), ('withheld_for', '')), models.Q(('withheld_at__isnull', False), models.Q(('withheld_for', ''), _negated=True)), _connector='OR'), name='premises_reply_withheld_for'),
        ),
        NeverAdd(
            "assessments_inspection_is_a_visit",
            table="assessments_inspection",
            rows=[
                ("task", "assessments_assessment", "NEW.assessment_id"),
                ("about", "assessments_subject", "task.subject_id"),
                ("edition", "assessments_edition", "task.edition_id"),
                ("list", "assessments_instrument", "edition.instrument_id"),
                ("earlier", "assessments_inspection", "NEW.after_id"),
                ("past", "assessments_assessment", "earlier.assessment_id"),
            ],
            faults={
                "an inspection is a task to inspect": ["task.kind <> 'inspection'"],
                "premises and units are inspected": ["about.kind NOT IN ('premises', 'unit')"],
                "an inspection goes by a checklist": ["list.use <> 'inspection'"],
                "an inspection looks again at the same premises": [
                    "NEW.after_id IS NOT NULL", "past.subject_id <> task.subject_id"
                ],
                "an inspection is not published before it is made": [
                    "NEW.published_at IS NOT NULL OR NEW.secret <> ''"
                ],
            },
        ),
        Never(
            "assessments_inspection_stays_as_planned",
            table="assessments_inspection",
            verb="UPDATE",
            condition="""NEW.assessment_id <> OLD.assessment_id OR NEW.after_id IS DISTINCT FROM OLD.after_id
                OR NEW.drawn <> OLD.drawn
                OR (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)""",
            message="an inspection stays as it was planned and published",
        ),
        Never(
            "assessments_inspection_published_when_made",
            table="assessments_inspection",
            verb="UPDATE",
            guard="NEW.published_at IS NOT NULL AND OLD.published_at IS NULL",
            condition="""NOT EXISTS (SELECT 1 FROM assessments_sheet s WHERE s.assessment_id = NEW.assessment_id)""",
            message="an inspection is not published before it is made",
        ),
        *(
            Never(
                f"assessments_{table}_never_removed",
                table=f"assessments_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("inspection", "finding", "sheetsignature", "premisesreply")
        ),
        NeverAdd(
            "assessments_finding_is_of_its_sheet",
            table="assessments_finding",
            rows=[
                ("made", "assessments_sheet", "NEW.sheet_id"),
                ("visit", "assessments_inspection", "NEW.inspection_id"),
            ],
            faults={
                "a finding is of a sheet of its inspection": ["made.assessment_id <> visit.assessment_id"],
                "a finding begins open": ["NEW.state <> 'open'"],
            },
        ),
        Never(
            "assessments_finding_stays",
            table="assessments_finding",
            verb="UPDATE",
            condition="""NEW.inspection_id <> OLD.inspection_id OR NEW.sheet_id <> OLD.sheet_id OR NEW.item <> OLD.item
                OR OLD.state <> 'open'
                OR ((NEW.words <> OLD.words OR NEW.severity <> OLD.severity) AND EXISTS (
                    SELECT 1 FROM assessments_inspection i
                    WHERE i.id = OLD.inspection_id AND i.published_at IS NOT NULL))""",
            message="a finding stays once it is published or settled",
        ),
        Never(
            "assessments_finding_closed_by_a_check",
            table="assessments_finding",
            verb="UPDATE",
            guard="NEW.state = 'closed' AND OLD.state = 'open'",
            condition="""NOT EXISTS (SELECT 1 FROM assessments_correctioncheck c
                JOIN assessments_correctionorder o ON o.id = c.order_id
                WHERE o.finding_id = NEW.id AND c.met)""",
            message="a finding is closed when somebody has seen it put right",
        ),
        NeverAdd(
            "assessments_correction_is_one_at_a_time",
            table="assessments_correctionorder",
            rows=[("wrong", "assessments_finding", "NEW.finding_id")],
            faults={
                "what is settled is not ordered": ["wrong.state <> 'open'"],
                "an order is checked before the next is given": [
                    """EXISTS (SELECT 1 FROM assessments_correctionorder o WHERE o.finding_id = NEW.finding_id
                        AND NOT EXISTS (SELECT 1 FROM assessments_correctioncheck c WHERE c.order_id = o.id))"""
                ],
            },
        ),
        *append_only("assessments_correctionorder"),
        *append_only("assessments_correctioncheck"),
        Never(
            "assessments_sheetsignature_stays",
            table="assessments_sheetsignature",
            verb="UPDATE",
            condition="""NEW.sheet_id <> OLD.sheet_id OR NEW.subject_id <> OLD.subject_id OR NEW.code <> OLD.code
                OR NEW.refused <> OLD.refused OR NEW.strokes IS NOT NULL OR NEW.words IS NOT NULL""",
            message="a signature stays until it goes",
        ),
        NeverAdd(
            "assessments_premisesreply_comes_with_a_code",
            table="assessments_premisesreply",
            rows=[("visit", "assessments_inspection", "NEW.inspection_id")],
            faults={"a reply comes with the code that was handed out": ["visit.secret = ''"]},
        ),
        Never(
            "assessments_premisesreply_stays",
            table="assessments_premisesreply",
            verb="UPDATE",
            condition="""NEW.inspection_id <> OLD.inspection_id OR NEW.number <> OLD.number
                OR NEW.words <> OLD.words OR NEW.at <> OLD.at OR OLD.withheld_at IS NOT NULL""",
            message="a reply stays as it was given",
        ),
    ]
