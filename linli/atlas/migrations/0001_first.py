"""Products, releases and their cells."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import linli.kernel.fields
from linli.kernel.never import Never, append_only

_SAME = (
    "code", "name", "name_hant", "name_en", "scope_id", "level", "length", "begins_on", "wait_days", "threshold",
    "base", "variance", "by_name", "by_role", "by_unit", "at",
)  # fmt: skip
_FROZEN = ("cut_off", "frozen_key", "frozen_until", "frozen", "seal", "frozen_by", "frozen_unit")
_NAMED = ("code", "product_id", "period_from", "period_until", "proposed_at")


def _differ(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_first"),
        ("facts", "0003_released"),
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]*$', 'Small letters, digits, hyphens.')], verbose_name='Code')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('name_hant', models.CharField(blank=True, max_length=120, verbose_name='Name in Traditional script')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='Name in English')),
                ('level', models.CharField(choices=[('city', 'City or prefecture'), ('county', 'County or district')], max_length=10, verbose_name='Places')),
                ('length', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], max_length=10, verbose_name='Periods')),
                ('begins_on', models.DateField(verbose_name='First day of the first period')),
                ('wait_days', models.PositiveSmallIntegerField(default=30, verbose_name='Days to wait after a period')),
                ('threshold', models.PositiveSmallIntegerField(default=10, verbose_name='Fewest people in a cell')),
                ('base', models.PositiveSmallIntegerField(default=5, editable=False)),
                ('variance', models.DecimalField(decimal_places=1, default='2.0', max_digits=3, verbose_name='Variance of the noise')),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area', verbose_name='Inside')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('level__in', ['city', 'county'])), name='product_level_is_large_enough'),
                    models.CheckConstraint(condition=models.Q(('length__in', ['month', 'quarter', 'year'])), name='product_length_is_known'),
                    models.CheckConstraint(condition=models.Q(('threshold__gte', 10), ('threshold__lte', 1000)), name='product_threshold_is_ten_at_least'),
                    models.CheckConstraint(condition=models.Q(('base', 5)), name='product_rounds_to_five'),
                    models.CheckConstraint(condition=models.Q(('variance__gte', '0.5'), ('variance__lte', '4')), name='product_noise_is_noise'),
                    models.CheckConstraint(condition=models.Q(('wait_days__gte', 1), ('wait_days__lte', 400)), name='product_waits_a_day_at_least'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ProductFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('magnitude', models.BooleanField(default=False)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.indicator')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='atlas.product')),
                ('twin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='released_by', to='facts.indicator')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(fields=('product', 'indicator'), name='product_releases_a_figure_once'),
                    models.CheckConstraint(condition=models.Q(('indicator', models.F('twin')), _negated=True), name='product_figure_has_a_twin'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9, unique=True)),
                ('period_from', models.DateField()),
                ('period_until', models.DateField()),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('frozen', 'frozen'), ('released', 'released'), ('refused', 'refused')], default='proposed', max_length=8)),
                ('proposed_at', models.DateTimeField()),
                ('cut_off', models.DateTimeField(null=True)),
                ('frozen', linli.kernel.fields.SealedField(null=True)),
                ('seal', models.CharField(blank=True, max_length=64)),
                ('frozen_by', models.CharField(blank=True, max_length=60)),
                ('frozen_unit', models.CharField(blank=True, max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=60)),
                ('decided_unit', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('refusals', models.JSONField(default=list)),
                ('method', models.JSONField(default=dict)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='atlas.product')),
                ('frozen_key', models.CharField(blank=True, max_length=9)),
                ('frozen_until', models.DateField(null=True)),
            ],
            options={
                'ordering': ['-period_from', '-id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('product', 'period_from'), name='release_of_a_period_once'),
                    models.CheckConstraint(condition=models.Q(('period_until__gt', models.F('period_from'))), name='release_period_is_in_order'),
                    models.CheckConstraint(condition=models.Q(models.Q(('cut_off', None), ('decided_at', None), ('frozen__isnull', True), ('state', 'proposed')), models.Q(('cut_off__isnull', False), ('decided_at', None), ('frozen_by__gt', ''), ('state', 'frozen')), models.Q(('cut_off__isnull', False), ('decided_at__isnull', False), ('decided_by__gt', ''), ('digest__gt', ''), ('frozen_by__gt', ''), ('state', 'released')), models.Q(('decided_at__isnull', False), ('reason__gt', ''), ('state', 'refused')), _connector='OR'), name='release_state_is_known'),
                    models.CheckConstraint(condition=models.Q(('cut_off', None), ('cut_off__gte', models.F('period_until')), _connector='OR'), name='release_is_of_a_past_period'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), models.Q(('decided_by', models.F('frozen_by')), _negated=True), _connector='OR'), name='release_takes_two_people'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReleasedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.CharField(blank=True, choices=[('', 'said'), ('primary', 'kept back: too few people'), ('secondary', 'kept back: else another cell could be worked out')], max_length=9)),
                ('value', models.DecimalField(decimal_places=6, max_digits=21, null=True)),
                ('low', models.DecimalField(decimal_places=6, max_digits=21, null=True)),
                ('high', models.DecimalField(decimal_places=6, max_digits=21, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area')),
                ('fact', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='released_cell', to='facts.fact')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='released_cells', to='facts.indicator')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='atlas.release')),
            ],
            options={
                'ordering': ['indicator', 'area'],
                'constraints': [
                    models.UniqueConstraint(fields=('release', 'indicator', 'area'), name='cell_is_released_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('fact__isnull', False), ('kept', ''), ('value__isnull', False)), models.Q(('fact', None), ('kept__in', ['primary', 'secondary']), ('value', None)), _connector='OR'), name='cell_is_said_or_kept_back'),
                    models.CheckConstraint(condition=models.Q(('value', None), ('value__gte', 0), _connector='OR'), name='cell_is_never_below_nought'),
                ],
            },
        ),
        Never(
            "atlas_product_stays",
            table="atlas_product",
            verb="UPDATE",
            guard=f"OLD.ended_at IS NOT NULL OR {_differ(_SAME)}",
            condition="TRUE",
            message="a product is what it was declared to be; it may end, nothing else",
        ),
        Never(
            "atlas_product_is_kept",
            table="atlas_product",
            verb="DELETE",
            condition="TRUE",
            message="a product is kept",
        ),
        *append_only("atlas_productfigure"),
        Never(
            "atlas_productfigure_has_its_twin",
            table="atlas_productfigure",
            verb="INSERT",
            condition="""NOT EXISTS (
                SELECT 1 FROM facts_indicator
                WHERE facts_indicator.id = NEW.twin_id AND facts_indicator.released_from_id = NEW.indicator_id)""",
            message="a product releases a figure as its own public twin",
        ),
        Never(
            "atlas_release_begins",
            table="atlas_release",
            verb="INSERT",
            guard="NEW.state <> 'proposed'",
            condition="TRUE",
            message="a release begins as a proposal",
        ),
        Never(
            "atlas_release_is_decided_once",
            table="atlas_release",
            verb="UPDATE",
            guard="OLD.state IN ('released', 'refused')",
            condition="TRUE",
            message="what was decided of a release stays",
        ),
        Never(
            "atlas_release_goes_forward",
            table="atlas_release",
            verb="UPDATE",
            guard=f"""(OLD.state = 'proposed' AND NEW.state = 'released')
                OR (OLD.state = 'frozen' AND NEW.state = 'proposed')
                OR (OLD.state = 'frozen' AND ({_differ(_FROZEN)}))
                OR {_differ(_NAMED)}""",
            condition="TRUE",
            message="what was frozen is released as it is, or not at all",
        ),
        Never(
            "atlas_release_is_kept",
            table="atlas_release",
            verb="DELETE",
            condition="TRUE",
            message="a release is kept",
        ),
        *append_only("atlas_releasedcell"),
        Never(
            "atlas_releasedcell_of_a_release",
            table="atlas_releasedcell",
            verb="INSERT",
            condition="""NOT EXISTS (
                SELECT 1 FROM atlas_release JOIN atlas_productfigure
                    ON atlas_productfigure.product_id = atlas_release.product_id
                WHERE atlas_release.id = NEW.release_id AND atlas_release.state = 'released'
                AND atlas_productfigure.twin_id = NEW.indicator_id)""",
            message="cells are those of a release",
        ),
        Never(
            "atlas_releasedcell_is_its_fact",
            table="atlas_releasedcell",
            verb="INSERT",
            guard="NEW.fact_id IS NOT NULL",
            condition="""NOT EXISTS (
                SELECT 1 FROM facts_fact JOIN atlas_release ON atlas_release.id = NEW.release_id
                WHERE facts_fact.id = NEW.fact_id AND facts_fact.indicator_id = NEW.indicator_id
                AND facts_fact.area_id = NEW.area_id AND facts_fact.value = NEW.value
                AND facts_fact.period_from = atlas_release.period_from
                AND facts_fact.period_until = atlas_release.period_until)""",
            message="the fact of a cell says what the cell says",
        ),
    ]
