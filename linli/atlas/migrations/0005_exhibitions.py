"""Exhibitions with their works, and their editions, which stay as they were opened."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_free_times'),
        ('atlas', '0004_dashboards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Exhibition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('kind', models.CharField(choices=[('exhibition', 'Exhibition'), ('reading', 'Reading wall')], default='exhibition', max_length=10, verbose_name='Kind')),
                ('title', models.CharField(max_length=80, verbose_name='Title')),
                ('title_hant', models.CharField(max_length=80, verbose_name='Title in Traditional script')),
                ('title_en', models.CharField(max_length=120, verbose_name='Title in English')),
                ('about', models.TextField(max_length=1000, verbose_name='What it is about')),
                ('about_hant', models.TextField(blank=True, max_length=1000, verbose_name='What it is about, in Traditional script')),
                ('about_en', models.TextField(blank=True, max_length=1500, verbose_name='What it is about, in English')),
                ('changed_at', models.DateTimeField(editable=False)),
                ('changed_by', models.CharField(editable=False, max_length=60)),
                ('closed_at', models.DateTimeField(editable=False, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibitions', to='directory.unit', verbose_name='Unit')),
            ],
            options={
                'ordering': ['-changed_at', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['exhibition', 'reading'])), name='exhibition_kind_is_known'),
                    models.CheckConstraint(condition=models.Q(('about__gt', ''), ('title__gt', ''), ('title_en__gt', ''), ('title_hant__gt', '')), name='exhibition_is_titled_in_three'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExhibitionEdition',
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
                ('exhibition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='atlas.exhibition')),
            ],
            options={
                'ordering': ['exhibition', '-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('exhibition', 'number'), name='exhibition_edition_has_its_number'),
                    models.CheckConstraint(condition=models.Q(('by_name', models.F('drafted_by')), _negated=True), name='exhibition_is_opened_by_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(editable=False)),
                ('source', models.CharField(choices=[('contest', 'From a contest'), ('venue', 'From a venue'), ('archive', 'From an archive')], max_length=7, verbose_name='Where it comes from')),
                ('source_name', models.CharField(max_length=120, verbose_name='Name of the contest, venue or archive')),
                ('maker', models.CharField(blank=True, max_length=80, verbose_name='Made by, as it wishes to be named')),
                ('made', models.CharField(blank=True, max_length=40, verbose_name='When it was made')),
                ('title', models.CharField(max_length=80, verbose_name='Title')),
                ('title_hant', models.CharField(max_length=80, verbose_name='Title in Traditional script')),
                ('title_en', models.CharField(max_length=120, verbose_name='Title in English')),
                ('text', models.TextField(blank=True, max_length=6000, verbose_name='Text')),
                ('text_hant', models.TextField(blank=True, max_length=6000, verbose_name='Text in Traditional script')),
                ('text_en', models.TextField(blank=True, max_length=9000, verbose_name='Text in English')),
                ('picture', models.CharField(blank=True, editable=False, max_length=64)),
                ('picture_type', models.CharField(blank=True, editable=False, max_length=20)),
                ('shows', models.CharField(blank=True, max_length=300, verbose_name='What the picture shows')),
                ('shows_hant', models.CharField(blank=True, max_length=300, verbose_name='What the picture shows, in Traditional script')),
                ('shows_en', models.CharField(blank=True, max_length=450, verbose_name='What the picture shows, in English')),
                ('sound', models.CharField(blank=True, editable=False, max_length=64)),
                ('says', models.TextField(blank=True, max_length=6000, verbose_name='What the recording says')),
                ('says_hant', models.TextField(blank=True, max_length=6000, verbose_name='What the recording says, in Traditional script')),
                ('says_en', models.TextField(blank=True, max_length=9000, verbose_name='What the recording says, in English')),
                ('exhibition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='works', to='atlas.exhibition')),
            ],
            options={
                'ordering': ['exhibition', 'position', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('source__in', ['contest', 'venue', 'archive']), ('source_name__gt', '')), name='work_source_is_known'),
                    models.CheckConstraint(condition=models.Q(('title__gt', ''), ('title_en__gt', ''), ('title_hant__gt', '')), name='work_is_titled_in_three'),
                    models.CheckConstraint(condition=models.Q(('text__gt', ''), ('picture__gt', ''), ('sound__gt', ''), _connector='OR'), name='work_is_read_seen_or_heard'),
                    models.CheckConstraint(condition=models.Q(models.Q(('picture', ''), ('picture_type', ''), ('shows', '')), models.Q(('picture__gt', ''), ('picture_type__gt', ''), ('shows__gt', '')), _connector='OR'), name='picture_of_a_work_is_told'),
                    models.CheckConstraint(condition=models.Q(models.Q(('says', ''), ('sound', '')), models.Q(('says__gt', ''), ('sound__gt', '')), _connector='OR'), name='sound_of_a_work_is_told'),
                ],
            },
        ),
        *append_only("atlas_exhibitionedition"),
        Never(
            "atlas_exhibition_never_deleted",
            table="atlas_exhibition",
            verb="DELETE",
            condition="TRUE",
            message="no exhibition is removed",
        ),
    ]
