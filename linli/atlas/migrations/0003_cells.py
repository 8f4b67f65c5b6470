"""Rates and cited cells, and what must never become of them."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only

# Which figure of a cell is of which side of a rate, and of which of its periods.
_ROLES = {
    "numerator": ("numerator", "period"),
    "denominator": ("denominator", "period"),
    "numerator_before": ("numerator", "before"),
    "denominator_before": ("denominator", "before"),
}


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_first'),
        ('facts', '0003_released'),
        ('atlas', '0002_layers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(max_length=80, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*$', 'Small letters, digits, dots.')], verbose_name='Code')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('name_hant', models.CharField(max_length=120, verbose_name='Name in Traditional script')),
                ('name_en', models.CharField(max_length=200, verbose_name='Name in English')),
                ('per', models.PositiveIntegerField(choices=[(1, 'for each one'), (100, 'per 100'), (1000, 'per 1,000'), (10000, 'per 10,000'), (100000, 'per 100,000')], default=1000, verbose_name='So many times')),
                ('digits', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MaxValueValidator(4)], verbose_name='Digits after the point')),
                ('definition', models.TextField(max_length=1000, verbose_name='Definition')),
                ('denominator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.indicator', verbose_name='Over what')),
                ('numerator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.indicator', verbose_name='What is counted')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('numerator', models.F('denominator')), _negated=True), name='rate_is_of_two'),
                    models.CheckConstraint(condition=models.Q(('per__in', [1, 100, 1000, 10000, 100000])), name='rate_is_per_a_round_number'),
                    models.CheckConstraint(condition=models.Q(('digits__lte', 4)), name='rate_digits_are_few'),
                    models.CheckConstraint(condition=models.Q(('name__gt', ''), ('name_en__gt', ''), ('name_hant__gt', '')), name='rate_is_named_in_three'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CellCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9, unique=True)),
                ('at', models.DateTimeField()),
                ('period_from', models.DateField()),
                ('period_until', models.DateField()),
                ('before_from', models.DateField(null=True)),
                ('before_until', models.DateField(null=True)),
                ('value', models.DecimalField(decimal_places=6, max_digits=21, null=True)),
                ('said', models.JSONField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area')),
                ('denominator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
                ('denominator_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
                ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.indicator')),
                ('numerator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
                ('numerator_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.fact')),
                ('rate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='atlas.rate')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('denominator', None), ('denominator_before', None), ('indicator__isnull', False), ('rate', None)), models.Q(('indicator', None), ('rate__isnull', False)), _connector='OR'), name='cell_is_of_one_thing'),
                    models.CheckConstraint(condition=models.Q(('period_until__gt', models.F('period_from')), models.Q(models.Q(('before_from', None), ('before_until', None), ('denominator_before', None), ('numerator_before', None)), models.Q(('before_from__isnull', False), ('before_until__gt', models.F('before_from')), ('before_until__isnull', False), ('before_until__lte', models.F('period_from'))), _connector='OR')), name='cell_periods_are_in_order'),
                    models.CheckConstraint(condition=models.Q(('value', None), models.Q(('numerator__isnull', False), models.Q(('rate', None), ('denominator__isnull', False), _connector='OR'), models.Q(('before_from', None), ('numerator_before__isnull', False), _connector='OR'), models.Q(('rate', None), ('before_from', None), ('denominator_before__isnull', False), _connector='OR')), _connector='OR'), name='cell_value_rests_on_facts'),
                ],
            },
        ),
        *append_only("atlas_rate"),
        *append_only("atlas_cellcitation"),
        Never(
            "atlas_rate_of_groups",
            table="atlas_rate",
            verb="INSERT",
            condition="""EXISTS (SELECT 1 FROM facts_indicator i
                WHERE i.id IN (NEW.numerator_id, NEW.denominator_id)
                AND (i.official_only OR NOT i.public OR i.kind IN ('rate', 'growth')))""",
            message="a rate is never worked out of shares, of groups of people, or of what is not public",
        ),
        *(
            Never(
                f"atlas_cell_{role}_matches",
                table="atlas_cellcitation",
                verb="INSERT",
                guard=f"NEW.{role}_id IS NOT NULL",
                condition=f"""EXISTS (SELECT 1 FROM facts_fact f WHERE f.id = NEW.{role}_id
                    AND (f.area_id <> NEW.area_id OR f.period_from <> NEW.{period}_from
                    OR f.period_until <> NEW.{period}_until OR f.value IS NULL
                    OR f.indicator_id <> COALESCE(NEW.indicator_id,
                        (SELECT r.{side}_id FROM atlas_rate r WHERE r.id = NEW.rate_id))))""",  # noqa: S608 - names of our own
                message=f"a cell rests on figures of its own area and period: {role}",
            )
            for role, (side, period) in _ROLES.items()
        ),
        Never(
            "atlas_cell_of_people_counted",
            table="atlas_cellcitation",
            verb="INSERT",
            condition="""EXISTS (SELECT 1 FROM facts_fact f
                JOIN facts_indicator i ON i.id = f.indicator_id JOIN facts_evidence e ON e.id = f.evidence_id
                WHERE f.id IN (NEW.numerator_id, NEW.denominator_id, NEW.numerator_before_id, NEW.denominator_before_id)
                AND i.about_people AND e.kind = 'query')""",
            message="a count of people that has not passed the release gate is cited nowhere",
        ),
    ]
