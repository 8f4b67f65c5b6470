"""Scores as they were computed, kept for ever."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import NeverAdd, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0002_draws'),
    ]

    operations = [
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('rules', models.PositiveSmallIntegerField()),
                ('share', models.PositiveIntegerField()),
                ('level', models.CharField(blank=True, max_length=20)),
                ('record', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='assessments.candidacy')),
            ],
            options={
                'ordering': ['candidacy', 'number'],
                'constraints': [
                    models.UniqueConstraint(models.F('candidacy'), models.F('number'), name='score_has_its_number'),
                    models.CheckConstraint(condition=models.Q(('share__lte', 10000)), name='score_is_a_share'),
                    models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), _negated=True), models.Q(('record', ''), _negated=True)), name='score_has_its_digest'),
                ],
            },
        ),
        *append_only("assessments_score"),
        NeverAdd(
            "assessments_score_is_made_in_its_stage",
            table="assessments_score",
            rows=[
                ("candidate", "assessments_candidacy", "NEW.candidacy_id"),
                ("about", "assessments_subject", "candidate.subject_id"),
                ("own", "directory_unit", "about.unit_id"),
            ],
            faults={
                "a score is computed while its stage lasts": ["candidate.stage <> 'score'"],
                "nobody computes the score of their own unit": ["NEW.by_unit = own.name"],
                "a score follows the one before it": [
                    """NEW.number <> 1 + (SELECT COUNT(*) FROM assessments_score s
                        WHERE s.candidacy_id = NEW.candidacy_id)"""
                ],
            },
        ),
    ]
