"""Dashboards, and their editions, which stay as they were published."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_first'),
        ('facts', '0003_released'),
        ('atlas', '0003_cells'),
    ]

    operations = [
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('title', models.CharField(max_length=80, verbose_name='Title')),
                ('title_hant', models.CharField(max_length=80, verbose_name='Title in Traditional script')),
                ('title_en', models.CharField(max_length=120, verbose_name='Title in English')),
                ('seconds', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(600)], verbose_name='Seconds for each screen on the wall')),
                ('at_once', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (4, '4'), (6, '6')], default=4, verbose_name='Figures on one screen')),
                ('changed_at', models.DateTimeField(editable=False)),
                ('changed_by', models.CharField(editable=False, max_length=60)),
                ('taken_down_at', models.DateTimeField(editable=False, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boards', to='directory.unit', verbose_name='Unit')),
            ],
            options={
                'ordering': ['-changed_at', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('title__gt', ''), ('title_en__gt', ''), ('title_hant__gt', '')), name='board_is_titled_in_three'),
                    models.CheckConstraint(condition=models.Q(('seconds__gte', 10), ('seconds__lte', 600)), name='board_screens_stand_a_while'),
                    models.CheckConstraint(condition=models.Q(('at_once__in', [1, 2, 4, 6])), name='board_shows_a_few_at_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BoardTile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(editable=False)),
                ('kind', models.CharField(choices=[('figure', 'One figure, large'), ('trend', 'Over the years'), ('places', 'Places side by side'), ('map', 'Places on a map of tiles')], max_length=6, verbose_name='Shown as')),
                ('period', models.CharField(blank=True, max_length=30, verbose_name='Period')),
                ('caption', models.CharField(blank=True, max_length=120, verbose_name='Caption')),
                ('caption_hant', models.CharField(blank=True, max_length=120, verbose_name='Caption in Traditional script')),
                ('caption_en', models.CharField(blank=True, max_length=200, verbose_name='Caption in English')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.area', verbose_name='Place')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiles', to='atlas.board')),
                ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facts.indicator')),
                ('rate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='atlas.rate')),
            ],
            options={
                'ordering': ['board', 'position', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['figure', 'trend', 'places', 'map'])), name='tile_kind_is_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('indicator__isnull', False), ('rate', None)), models.Q(('indicator', None), ('rate__isnull', False)), _connector='OR'), name='tile_is_of_one_thing'),
                    models.CheckConstraint(condition=models.Q(models.Q(('caption', ''), ('caption_en', ''), ('caption_hant', '')), models.Q(('caption__gt', ''), ('caption_en__gt', ''), ('caption_hant__gt', '')), _connector='OR'), name='tile_captions_are_three_or_none'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BoardEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('drafted_by', models.CharField(max_length=60)),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='atlas.board')),
            ],
            options={
                'ordering': ['board', '-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('board', 'number'), name='board_edition_has_its_number'),
                    models.CheckConstraint(condition=models.Q(('by_name', models.F('drafted_by')), _negated=True), name='board_edition_is_published_by_another'),
                ],
            },
        ),
        *append_only("atlas_boardedition"),
        Never(
            "atlas_board_never_deleted",
            table="atlas_board",
            verb="DELETE",
            condition="TRUE",
            message="no board is removed",
        ),
    ]
