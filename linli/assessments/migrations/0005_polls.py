"""Polls: slips, papers and counts. What was told stays told; who answered what is nowhere."""

import django.db.models.deletion
import linli.kernel.fields
from django.db import migrations, models

from linli.kernel.never import Never, NeverAdd


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0004_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('words', models.TextField(blank=True, verbose_name='What it is for')),
                ('document', models.JSONField(default=dict)),
                ('until', models.DateField(verbose_name='Last day')),
                ('opened_at', models.DateTimeField(editable=False, null=True)),
                ('released_at', models.DateTimeField(editable=False, null=True)),
                ('dropped_at', models.DateTimeField(editable=False, null=True)),
                ('drop_reason', models.CharField(blank=True, editable=False, max_length=240)),
                ('tally_key', models.CharField(blank=True, editable=False, max_length=9)),
                ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='assessments.round', verbose_name='Round')),
                ('subject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='assessments.subject')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='directory.unit', verbose_name='Organized by')),
            ],
            options={
                'ordering': ['-until', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PollMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('tally', linli.kernel.fields.SealedField(null=True)),
                ('answered', models.PositiveIntegerField(default=0)),
                ('allowed', models.PositiveIntegerField(default=0)),
                ('result', models.JSONField(null=True)),
                ('candidacy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='assessments.candidacy')),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='assessments.poll')),
            ],
            options={
                'ordering': ['poll', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('size', models.PositiveIntegerField()),
                ('first', linli.kernel.fields.SealedField(null=True)),
                ('first_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('second_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('papers', models.PositiveIntegerField(editable=False, null=True)),
                ('recounts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='directory.unit')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='assessments.pollmatter')),
            ],
            options={
                'verbose_name_plural': 'boxes',
                'ordering': ['matter', 'unit', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Sheaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('size', models.PositiveIntegerField()),
                ('made', models.PositiveIntegerField(default=0)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheaves', to='assessments.pollmatter')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheaves', to='directory.unit')),
            ],
            options={
                'ordering': ['matter', 'unit', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('spent', models.BooleanField(default=False)),
                ('sheaf', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='assessments.sheaf')),
            ],
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='poll_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('round', None), ('subject', None), _connector='OR'), name='poll_is_about_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('released_at', None), models.Q(('dropped_at', None), ('opened_at__isnull', False)), _connector='OR'), name='poll_ends_one_way'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('dropped_at', None), models.Q(('drop_reason', ''), _negated=True), _connector='XOR'), name='poll_is_dropped_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='pollmatter',
            constraint=models.UniqueConstraint(models.F('poll'), models.F('number'), name='poll_matter_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='pollmatter',
            constraint=models.UniqueConstraint(models.F('poll'), models.F('candidacy'), name='poll_matter_of_a_candidate_is_one'),
        ),
        migrations.AddConstraint(
            model_name='pollmatter',
            constraint=models.CheckConstraint(condition=models.Q(('answered__lte', models.F('allowed'))), name='poll_matter_has_no_more_answers_than_slips'),
        ),
        migrations.AddConstraint(
            model_name='pollmatter',
            constraint=models.CheckConstraint(condition=models.Q(('tally__isnull', True), ('result__isnull', True), _connector='OR'), name='poll_matter_is_sealed_or_told'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(('papers', None), ('papers__lte', models.F('size')), _connector='OR'), name='box_holds_no_more_than_was_given_out'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('papers', None), ('second_by', '')), models.Q(('first__isnull', True), ('papers__isnull', False), models.Q(('first_by', ''), _negated=True), models.Q(('second_by', ''), _negated=True), models.Q(('first_by', models.F('second_by')), _negated=True)), _connector='OR'), name='box_is_counted_by_two'),
        ),
        migrations.AddConstraint(
            model_name='sheaf',
            constraint=models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 20000)), name='sheaf_has_a_size'),
        ),
        migrations.AddConstraint(
            model_name='sheaf',
            constraint=models.CheckConstraint(condition=models.Q(('made__lte', models.F('size'))), name='sheaf_makes_no_more_than_it_has'),
        ),
        Never(
            "assessments_poll_stays_as_it_opened",
            table="assessments_poll",
            verb="UPDATE",
            guard="OLD.opened_at IS NOT NULL",
            condition="""NEW.opened_at IS DISTINCT FROM OLD.opened_at OR NEW.code <> OLD.code
                OR NEW.title <> OLD.title OR NEW.words <> OLD.words OR NEW.unit_id <> OLD.unit_id
                OR NEW.round_id IS DISTINCT FROM OLD.round_id OR NEW.subject_id IS DISTINCT FROM OLD.subject_id
                OR NEW.document <> OLD.document OR NEW."until" <> OLD."until"
                OR (NEW.tally_key <> OLD.tally_key AND NEW.tally_key <> '')""",
            message="a poll stays as it opened",
        ),
        Never(
            "assessments_poll_ends_once",
            table="assessments_poll",
            verb="UPDATE",
            guard="OLD.released_at IS NOT NULL OR OLD.dropped_at IS NOT NULL",
            condition="""NEW.released_at IS DISTINCT FROM OLD.released_at
                OR NEW.dropped_at IS DISTINCT FROM OLD.dropped_at OR NEW.drop_reason <> OLD.drop_reason""",
            message="a poll ends once",
        ),
        Never(
            "assessments_pollmatter_only_rises",
            table="assessments_pollmatter",
            verb="UPDATE",
            condition="""NEW.poll_id <> OLD.poll_id OR NEW.number <> OLD.number OR NEW.name <> OLD.name
                OR NEW.code <> OLD.code OR NEW.candidacy_id IS DISTINCT FROM OLD.candidacy_id
                OR NEW.answered < OLD.answered OR NEW.allowed < OLD.allowed
                OR (NEW.answered > OLD.answered AND NEW.tally IS NULL)
                OR (OLD.tally IS NULL AND (NEW.tally IS NOT NULL OR NEW.result IS DISTINCT FROM OLD.result))""",
            message="counts only rise, and a result is told once",
        ),
        Never(
            "assessments_sheaf_only_makes",
            table="assessments_sheaf",
            verb="UPDATE",
            condition="""NEW.matter_id <> OLD.matter_id OR NEW.unit_id <> OLD.unit_id OR NEW.size <> OLD.size
                OR NEW.made < OLD.made""",
            message="a sheaf stays as it was given",
        ),
        Never(
            "assessments_slip_is_spent_once",
            table="assessments_slip",
            verb="UPDATE",
            condition="OLD.spent OR NOT NEW.spent OR NEW.digest <> OLD.digest OR NEW.sheaf_id <> OLD.sheaf_id",
            message="a slip is spent once",
        ),
        Never(
            "assessments_slip_is_new",
            table="assessments_slip",
            verb="INSERT",
            guard="NEW.spent",
            condition="TRUE",
            message="a slip is made unspent",
        ),
        Never(
            "assessments_slip_lasts",
            table="assessments_slip",
            verb="DELETE",
            condition="""NOT EXISTS (SELECT 1 FROM assessments_sheaf s
                JOIN assessments_pollmatter m ON m.id = s.matter_id JOIN assessments_poll p ON p.id = m.poll_id
                WHERE s.id = OLD.sheaf_id AND (p.released_at IS NOT NULL OR p.dropped_at IS NOT NULL))""",
            message="a slip lasts as long as its poll",
        ),
        Never(
            "assessments_box_is_counted_once",
            table="assessments_box",
            verb="UPDATE",
            condition="""OLD.papers IS NOT NULL OR NEW.matter_id <> OLD.matter_id OR NEW.unit_id <> OLD.unit_id
                OR NEW.size <> OLD.size OR NEW.code <> OLD.code OR NEW.recounts < OLD.recounts""",
            message="a box is counted once",
        ),
        *(
            Never(
                f"assessments_{table}_never_deleted",
                table=f"assessments_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("poll", "pollmatter", "sheaf", "box")
        ),
        *(
            NeverAdd(
                f"assessments_{table}_is_of_others",
                table=f"assessments_{table}",
                rows=[
                    ("matter", "assessments_pollmatter", "NEW.matter_id"),
                    ("poll", "assessments_poll", "matter.poll_id"),
                    ("candidate", "assessments_candidacy", "matter.candidacy_id"),
                    ("about", "assessments_subject", "candidate.subject_id"),
                ],
                faults={
                    "nobody hands out slips about themselves": ["about.unit_id = NEW.unit_id"],
                    "slips are of a poll that runs": [
                        "poll.opened_at IS NULL OR poll.released_at IS NOT NULL OR poll.dropped_at IS NOT NULL"
                    ],
                },
            )
            for table in ("sheaf", "box")
        ),
    ]
