"""What two sides say of one amount or indicator, what a project is to change, and which areas come first."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only

# One thing that both sides may speak of.
_SAME = """{a}.project_id = NEW.project_id AND {a}.matter = NEW.matter
    AND {a}.indicator_id IS NOT DISTINCT FROM NEW.indicator_id
    AND {a}.period_from = NEW.period_from AND {a}.period_until = NEW.period_until"""


class Migration(migrations.Migration):
    dependencies = [
        ("facts", "0002_facts_stand"),
        ("funds", "0002_projects"),
    ]

    operations = [
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('threshold', models.DecimalField(decimal_places=6, max_digits=21, verbose_name='At least')),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='facts.evidence')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='facts.indicator', verbose_name='Official share')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='directory.unit', verbose_name='Kept by')),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='funds.fund')),
                ('programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='funds.programme')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='funds.priority')),
            ],
            options={
                'verbose_name_plural': 'criteria',
                'ordering': ['priority', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Aim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('sense', models.CharField(choices=[('rise', 'to rise'), ('fall', 'to fall')], max_length=4, verbose_name='Which way')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aims', to='directory.area')),
                ('baseline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aims', to='facts.indicator')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aims', to='funds.project')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
            ],
            options={
                'ordering': ['project', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sense__in', ['rise', 'fall'])), name='aim_sense_is_known'), models.UniqueConstraint(models.F('project'), models.F('indicator'), models.F('area'), name='aim_is_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('side', models.CharField(choices=[('giver', 'giving side'), ('receiver', 'receiving side')], max_length=8, verbose_name='Side')),
                ('matter', models.CharField(choices=[('public', 'public money'), ('social', 'social capital'), ('indicator', 'an indicator')], max_length=9, verbose_name='Of what')),
                ('period_from', models.DateField()),
                ('period_until', models.DateField()),
                ('amount', models.BigIntegerField(null=True, verbose_name='Amount')),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='Reason')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='facts.evidence')),
                ('fact', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='facts.fact')),
                ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='facts.indicator')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='funds.project')),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='funds.attestation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attestations', to='directory.unit')),
            ],
            options={
                'ordering': ['project', 'period_from', 'at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', ['giver', 'receiver'])), name='attestation_side_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('amount__gte', 0), ('fact', None), ('indicator', None), ('matter__in', ('public', 'social'))), models.Q(('amount', None), ('fact__isnull', False), ('indicator__isnull', False), ('matter', 'indicator')), _connector='OR'), name='attestation_is_of_money_or_a_fact'), models.CheckConstraint(condition=models.Q(('period_until__gt', models.F('period_from'))), name='attestation_period_is_in_order'), models.CheckConstraint(condition=models.Q(('supersedes', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='attestation_correction_has_a_reason'), models.UniqueConstraint(condition=models.Q(('indicator', None), ('supersedes', None)), fields=('project', 'side', 'matter', 'period_from', 'period_until'), name='attestation_of_money_begins_once'), models.UniqueConstraint(condition=models.Q(('indicator__isnull', False), ('supersedes', None)), fields=('project', 'side', 'indicator', 'period_from', 'period_until'), name='attestation_of_indicator_begins_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='priority_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='priority',
            constraint=models.CheckConstraint(condition=models.Q(('threshold__gt', 0)), name='priority_is_above_a_share'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fund', None), ('programme__isnull', False)), models.Q(('fund__isnull', False), ('programme', None)), _connector='OR'), name='criterion_is_of_one'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('programme', None)), fields=('priority', 'fund'), name='criterion_of_fund_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('fund', None)), fields=('priority', 'programme'), name='criterion_of_programme_stands_once'),
        ),
        *append_only("funds_attestation"),
        Never(
            "funds_attestation_by_whose_side_it_is",
            table="funds_attestation",
            verb="INSERT",
            condition="""NOT EXISTS (SELECT 1 FROM funds_project p WHERE p.id = NEW.project_id
                AND p.unit_id <> p.receiver_id
                AND NEW.unit_id = CASE NEW.side WHEN 'giver' THEN p.unit_id ELSE p.receiver_id END)""",
            message="each side of a project speaks for itself, and there are two",
        ),
        Never(
            "funds_attestation_of_both_sides",
            table="funds_attestation",
            verb="INSERT",
            condition=f"""EXISTS (SELECT 1 FROM funds_attestation other
                WHERE {_SAME.format(a='other')} AND other.side <> NEW.side
                AND other.by_name = NEW.by_name AND other.by_unit = NEW.by_unit)""",
            message="nobody speaks for both sides",
        ),
        Never(
            "funds_attestation_corrects_its_like",
            table="funds_attestation",
            verb="INSERT",
            guard="NEW.supersedes_id IS NOT NULL",
            condition=f"""NOT EXISTS (SELECT 1 FROM funds_attestation was
                WHERE was.id = NEW.supersedes_id AND was.side = NEW.side AND was.at <= NEW.at
                AND {_SAME.format(a='was')})""",
            message="a statement corrects an earlier one of the same side and thing",
        ),
        Never(
            "funds_attestation_is_of_its_fact",
            table="funds_attestation",
            verb="INSERT",
            guard="NEW.fact_id IS NOT NULL",
            condition="""NOT EXISTS (SELECT 1 FROM facts_fact f
                JOIN facts_indicator i ON i.id = f.indicator_id
                JOIN funds_project p ON p.id = NEW.project_id
                WHERE f.id = NEW.fact_id AND f.indicator_id = NEW.indicator_id
                AND f.area_id = p.receiving_id AND NOT i.official_only
                AND f.period_from = NEW.period_from AND f.period_until = NEW.period_until)""",
            message="a side states a fact of the place, and makes no official statistics",
        ),
        Never(
            "funds_project_keeps_its_two_sides",
            table="funds_project",
            verb="UPDATE",
            condition="""(NEW.unit_id <> OLD.unit_id OR NEW.receiver_id IS DISTINCT FROM OLD.receiver_id
                OR NEW.receiving_id <> OLD.receiving_id)
                AND EXISTS (SELECT 1 FROM funds_attestation a WHERE a.project_id = OLD.id)""",
            message="once a side has spoken, both stay who they are",
        ),
        Never(
            "funds_aim_stays_itself",
            table="funds_aim",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.project_id <> OLD.project_id OR NEW.sense <> OLD.sense
                OR NEW.indicator_id <> OLD.indicator_id OR NEW.area_id <> OLD.area_id
                OR (OLD.baseline_id IS NOT NULL AND NEW.baseline_id IS DISTINCT FROM OLD.baseline_id)
                OR (OLD.target_id IS NOT NULL AND NEW.target_id IS DISTINCT FROM OLD.target_id)""",
            message="where it began and what was aimed at is said once: a fact that moves is superseded",
        ),
        Never(
            "funds_aim_never_deleted",
            table="funds_aim",
            verb="DELETE",
            condition="TRUE",
            message="what was aimed at is kept",
        ),
        Never(
            "funds_priority_of_an_official_share",
            table="funds_priority",
            verb="INSERT",
            condition="""NOT EXISTS (SELECT 1 FROM facts_indicator i WHERE i.id = NEW.indicator_id
                AND i.kind = 'rate' AND i.official_only AND i.public)""",
            message="a priority area follows from a published share of official statistics",
        ),
        Never(
            "funds_priority_says_what_it_said",
            table="funds_priority",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.indicator_id <> OLD.indicator_id
                OR NEW.threshold <> OLD.threshold OR NEW.evidence_id <> OLD.evidence_id
                OR NEW.unit_id <> OLD.unit_id OR NEW.name <> OLD.name OR OLD.published_at IS NOT NULL""",
            message="a rule says for ever what it said: another threshold is another rule",
        ),
        Never(
            "funds_priority_never_deleted",
            table="funds_priority",
            verb="DELETE",
            condition="TRUE",
            message="rules of priority areas are kept",
        ),
        Never(
            "funds_criterion_says_what_it_said",
            table="funds_criterion",
            verb="UPDATE",
            condition="""NEW.priority_id <> OLD.priority_id OR NEW.fund_id IS DISTINCT FROM OLD.fund_id
                OR NEW.programme_id IS DISTINCT FROM OLD.programme_id OR OLD.ended_at IS NOT NULL""",
            message="a criterion is ended once, and says what it said",
        ),
        Never(
            "funds_criterion_never_deleted",
            table="funds_criterion",
            verb="DELETE",
            condition="TRUE",
            message="criteria are kept",
        ),
    ]
