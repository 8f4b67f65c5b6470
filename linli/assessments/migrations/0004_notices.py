"""Notices, objections, decisions, awards and the register of honours."""

import django.db.models.deletion
from django.db import migrations, models

import linli.kernel.fields
from linli.kernel.never import Never, NeverAdd, append_only

# Whether a candidate has a newer result than this one.
_OLDER = (
    "EXISTS (SELECT 1 FROM assessments_result newer WHERE newer.id > {} AND newer.candidacy_id = candidate.id)"
)
_ENDS_NOTICE = "(OLD.stage = 'notice' AND NEW.stage IN ('decision', 'declined'))"
_ENDS_DECISION = "(OLD.stage = 'decision' AND NEW.stage IN ('named', 'declined'))"


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0003_scores'),
        ('kernel', '0005_edition'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('level', models.CharField(blank=True, max_length=20, verbose_name='Level')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('ground', models.CharField(choices=[('facts', 'Something in it is not so'), ('fairness', 'Who assessed was not fair'), ('sum', 'The score was computed wrongly'), ('rules', 'The rules of the round were not kept'), ('other', 'Something else')], max_length=8, verbose_name='What is it about?')),
                ('item', models.CharField(blank=True, max_length=40, verbose_name='Question')),
                ('made_on', models.DateField(editable=False)),
                ('due_on', models.DateField(editable=False)),
                ('state', models.CharField(choices=[('open', 'being decided'), ('upheld', 'upheld'), ('rejected', 'rejected'), ('withdrawn', 'taken back')], default='open', editable=False, max_length=9)),
                ('ended_on', models.DateField(editable=False, null=True)),
            ],
            options={
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('level', models.CharField(max_length=20)),
                ('named_on', models.DateField()),
                ('recheck_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('in_force', 'in force'), ('warned', 'warned'), ('withdrawn', 'withdrawn')], default='in_force', editable=False, max_length=9)),
                ('candidacy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='assessments.candidacy')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='award', to='assessments.decision')),
            ],
            options={
                'ordering': ['-named_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Honour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('secret', models.CharField(blank=True, editable=False, max_length=64)),
                ('title', models.CharField(max_length=120, verbose_name='Honour')),
                ('level', models.CharField(max_length=20, verbose_name='Level')),
                ('named_on', models.DateField(verbose_name='Given on')),
                ('answer_by', models.DateField(editable=False)),
                ('ended_on', models.DateField(editable=False, null=True)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='honours', to='assessments.scheme')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='honours_given', to='directory.unit', verbose_name='Given by')),
            ],
            options={
                'ordering': ['-named_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HonourName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=12, unique=True)),
                ('name', linli.kernel.fields.SealedField()),
                ('shown_on', models.DateField()),
                ('honour', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='shown', to='assessments.honour')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='honour', to='kernel.subject')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('words', models.TextField(blank=True, verbose_name='What is said with it')),
                ('until', models.DateField()),
                ('closes_at', models.DateTimeField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='assessments.round')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ObjectionWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=12, unique=True)),
                ('secret', models.CharField(max_length=64)),
                ('words', linli.kernel.fields.SealedField()),
                ('objection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='assessments.objection')),
                ('subject', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='objection', to='kernel.subject')),
            ],
            options={
                'verbose_name_plural': 'objection words',
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('upheld', models.BooleanField()),
                ('back', models.CharField(blank=True, choices=[('site', 'Look at it again on site'), ('score', 'Compute the score again')], max_length=5, verbose_name='What follows')),
                ('reason', models.TextField(verbose_name='Reason')),
                ('objection', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='assessments.objection')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('candidacy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='assessments.candidacy')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='assessments.notice')),
                ('score', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='assessments.score')),
            ],
            options={
                'ordering': ['notice', '-score__share', 'id'],
            },
        ),
        migrations.AddField(
            model_name='objection',
            name='result',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='assessments.result'),
        ),
        migrations.AddField(
            model_name='decision',
            name='result',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='assessments.result'),
        ),
        migrations.CreateModel(
            name='ResultReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('words', models.TextField(verbose_name='What the unit says')),
                ('objection', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='assessments.objection')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='assessments.result')),
            ],
            options={
                'verbose_name_plural': 'result replies',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='AwardStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('was', models.CharField(max_length=9)),
                ('to', models.CharField(choices=[('in_force', 'in force'), ('warned', 'warned'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('reason', models.CharField(max_length=500, verbose_name='Reason')),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='assessments.award')),
                ('recheck', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='award_step', to='assessments.assessment')),
            ],
            options={
                'ordering': ['award', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('was__in', ['in_force', 'warned']), ('to__in', ['in_force', 'warned', 'withdrawn'])), name='award_step_goes_somewhere'), models.CheckConstraint(condition=models.Q(('to', 'in_force'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='award_step_has_a_reason')],
            },
        ),
        migrations.AddIndex(
            model_name='award',
            index=models.Index(fields=['state', '-named_on'], name='award_by_state'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['in_force', 'warned', 'withdrawn'])), name='award_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=models.CheckConstraint(condition=models.Q(('level', ''), _negated=True), name='award_has_a_level'),
        ),
        migrations.AddConstraint(
            model_name='honour',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on', None), ('secret', ''), _connector='OR'), name='honour_ended_opens_no_more'),
        ),
        migrations.AddConstraint(
            model_name='honour',
            constraint=models.CheckConstraint(condition=models.Q(('answer_by__gt', models.F('named_on'))), name='honour_is_answered_later'),
        ),
        migrations.AddConstraint(
            model_name='honour',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='honour_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('at'))), name='notice_gives_time'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='resolution_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('back__in', ['site', 'score']), ('upheld', True)), models.Q(('back', ''), ('upheld', False)), _connector='OR'), name='resolution_says_what_follows'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.UniqueConstraint(models.F('notice'), models.F('candidacy'), name='result_is_told_once_a_notice'),
        ),
        migrations.AddIndex(
            model_name='objection',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='objection_waits'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['facts', 'fairness', 'sum', 'rules', 'other'])), name='objection_ground_is_known'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('state', 'open')), models.Q(('ended_on__isnull', False), ('state__in', ['upheld', 'rejected', 'withdrawn'])), _connector='OR'), name='objection_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('made_on'))), name='objection_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', ''), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='decision_against_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='resultreply',
            constraint=models.UniqueConstraint(condition=models.Q(('objection', None)), fields=('result',), name='result_is_replied_to_once'),
        ),
        migrations.AddConstraint(
            model_name='resultreply',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='result_reply_says_something'),
        ),
        *append_only("assessments_notice"),
        *append_only("assessments_result"),
        *append_only("assessments_decision"),
        *append_only("assessments_resolution"),
        *append_only("assessments_resultreply"),
        *append_only("assessments_awardstep"),
        *(
            Never(
                f"assessments_{table}_never_deleted",
                table=f"assessments_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("objection", "award", "honour")
        ),
        NeverAdd(
            "assessments_result_tells_the_score_that_holds",
            table="assessments_result",
            rows=[
                ("told", "assessments_notice", "NEW.notice_id"),
                ("candidate", "assessments_candidacy", "NEW.candidacy_id"),
                ("scored", "assessments_score", "NEW.score_id"),
            ],
            faults={
                "a result is told of a candidate of the round": ["candidate.round_id <> told.round_id"],
                "a result is told once there is a score": ["candidate.stage <> 'score'"],
                "a result tells the newest score of its candidate": [
                    """scored.candidacy_id <> NEW.candidacy_id OR EXISTS (SELECT 1 FROM assessments_score s
                        WHERE s.candidacy_id = NEW.candidacy_id AND s.number > scored.number)"""
                ],
            },
        ),
        NeverAdd(
            "assessments_objection_comes_in_time",
            table="assessments_objection",
            rows=[
                ("shown", "assessments_result", "NEW.result_id"),
                ("told", "assessments_notice", "shown.notice_id"),
                ("candidate", "assessments_candidacy", "shown.candidacy_id"),
            ],
            faults={
                "an objection comes while its notice lasts": [
                    f"candidate.stage <> 'notice' OR NEW.made_on > told.until OR {_OLDER.format('NEW.result_id')}"
                ],
                "an objection is open when it comes": ["NEW.state <> 'open'"],
            },
        ),
        Never(
            "assessments_objection_stays_what_it_is",
            table="assessments_objection",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.result_id <> OLD.result_id
                OR NEW.ground <> OLD.ground OR NEW.item <> OLD.item OR NEW.made_on <> OLD.made_on
                OR NEW.due_on <> OLD.due_on OR (OLD.state <> 'open' AND NEW.state <> OLD.state)
                OR (OLD.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on)""",
            message="an objection stays what it is, and its last day where it is",
        ),
        Never(
            "assessments_objection_ends_with_its_reason",
            table="assessments_objection",
            verb="UPDATE",
            guard="OLD.state = 'open' AND NEW.state IN ('upheld', 'rejected')",
            condition="""NOT EXISTS (SELECT 1 FROM assessments_resolution x WHERE x.objection_id = OLD.id
                AND ((x.upheld AND NEW.state = 'upheld') OR (NOT x.upheld AND NEW.state = 'rejected')))""",
            message="an objection is decided with a reason",
        ),
        NeverAdd(
            "assessments_resolution_is_of_somebody_not_involved",
            table="assessments_resolution",
            rows=[
                ("objection", "assessments_objection", "NEW.objection_id"),
                ("shown", "assessments_result", "objection.result_id"),
                ("told", "assessments_notice", "shown.notice_id"),
                ("scored", "assessments_score", "shown.score_id"),
                ("candidate", "assessments_candidacy", "shown.candidacy_id"),
                ("about", "assessments_subject", "candidate.subject_id"),
                ("own", "directory_unit", "about.unit_id"),
            ],
            faults={
                "an objection is decided once": ["objection.state <> 'open'"],
                "nobody decides on an objection about their own unit": ["NEW.by_unit = own.name"],
                "nobody decides on an objection to what they computed or told": [
                    "(NEW.by_name = scored.by_name AND NEW.by_unit = scored.by_unit)"
                    " OR (NEW.by_name = told.by_name AND NEW.by_unit = told.by_unit)"
                ],
                "nobody decides on an objection to what their unit assessed": [
                    """EXISTS (SELECT 1 FROM assessments_assessment a JOIN directory_unit u ON u.id = a.unit_id
                        WHERE a.candidacy_id = shown.candidacy_id AND a.dropped_at IS NULL
                        AND u.name = NEW.by_unit)"""
                ],
                "nobody decides on an objection about whom they are in conflict with": [
                    """EXISTS (SELECT 1 FROM assessments_conflict c JOIN directory_unit u
                        ON (u.id = c.one_id AND c.other_id = own.id) OR (u.id = c.other_id AND c.one_id = own.id)
                        WHERE c.ended_on IS NULL AND u.name = NEW.by_unit)"""
                ],
            },
        ),
        NeverAdd(
            "assessments_resultreply_is_of_the_unit",
            table="assessments_resultreply",
            rows=[
                ("shown", "assessments_result", "NEW.result_id"),
                ("candidate", "assessments_candidacy", "shown.candidacy_id"),
                ("about", "assessments_subject", "candidate.subject_id"),
                ("own", "directory_unit", "about.unit_id"),
                ("objection", "assessments_objection", "NEW.objection_id"),
            ],
            faults={
                "a unit alone replies to its result": ["NEW.by_unit <> own.name"],
                "a unit replies to an objection to this result": [
                    "NEW.objection_id IS NOT NULL", "objection.result_id <> NEW.result_id"
                ],
                "a unit replies before it is decided": [
                    f"candidate.stage NOT IN ('notice', 'decision') OR {_OLDER.format('NEW.result_id')}"
                ],
            },
        ),
        Never(
            "assessments_candidacy_waits_for_objections",
            table="assessments_candidacy",
            verb="UPDATE",
            guard=f"{_ENDS_NOTICE} OR {_ENDS_DECISION}",
            condition="""EXISTS (SELECT 1 FROM assessments_objection o JOIN assessments_result r ON r.id = o.result_id
                WHERE r.candidacy_id = OLD.id AND o.state = 'open')""",
            message="nothing is decided while an objection is open",
        ),
        Never(
            "assessments_candidacy_waits_for_its_notice",
            table="assessments_candidacy",
            verb="UPDATE",
            guard=_ENDS_NOTICE,
            condition="""NOT EXISTS (SELECT 1 FROM assessments_result r JOIN assessments_notice n ON n.id = r.notice_id
                WHERE r.id = (SELECT MAX(last.id) FROM assessments_result last WHERE last.candidacy_id = OLD.id)
                AND n.closes_at <= NEW.stage_since)""",
            message="nothing is decided before its notice has run",
        ),
        NeverAdd(
            "assessments_decision_is_of_a_result",
            table="assessments_decision",
            rows=[
                ("shown", "assessments_result", "NEW.result_id"),
                ("candidate", "assessments_candidacy", "shown.candidacy_id"),
            ],
            faults={
                "a decision comes after the notice": [
                    f"candidate.stage <> 'decision' OR {_OLDER.format('NEW.result_id')}"
                ],
                "nothing is decided while an objection is open": [
                    "EXISTS (SELECT 1 FROM assessments_objection o WHERE o.result_id = NEW.result_id"
                    " AND o.state = 'open')"
                ],
            },
        ),
        Never(
            "assessments_candidacy_is_confirmed_by_a_second_person",
            table="assessments_candidacy",
            verb="UPDATE",
            guard=_ENDS_DECISION,
            condition="""NOT EXISTS (SELECT 1 FROM assessments_decision d
                JOIN assessments_result r ON r.id = d.result_id
                JOIN assessments_step s ON s.candidacy_id = r.candidacy_id
                WHERE r.id = (SELECT MAX(last.id) FROM assessments_result last WHERE last.candidacy_id = OLD.id)
                AND s.id = (SELECT MAX(last.id) FROM assessments_step last WHERE last.candidacy_id = OLD.id)
                AND (s.by_name <> d.by_name OR s.by_unit <> d.by_unit)
                AND ((NEW.stage = 'declined' AND d.level = '') OR (NEW.stage = 'named'
                    AND EXISTS (SELECT 1 FROM assessments_award a WHERE a.decision_id = d.id))))""",
            message="a decision is confirmed by a second person",
        ),
        NeverAdd(
            "assessments_award_is_of_a_decision",
            table="assessments_award",
            rows=[
                ("decided", "assessments_decision", "NEW.decision_id"),
                ("shown", "assessments_result", "decided.result_id"),
                ("candidate", "assessments_candidacy", "shown.candidacy_id"),
            ],
            faults={
                "an award is what was decided": [
                    "decided.level = '' OR NEW.level <> decided.level OR NEW.candidacy_id <> shown.candidacy_id"
                    " OR NEW.state <> 'in_force'"
                ],
                "a unit is named by a second person": [
                    "NEW.by_name = decided.by_name AND NEW.by_unit = decided.by_unit"
                ],
                "a unit is named on the decision that holds": [
                    f"candidate.stage <> 'decision' OR {_OLDER.format('decided.result_id')}"
                ],
            },
        ),
        Never(
            "assessments_award_takes_steps_that_there_are",
            table="assessments_award",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.decision_id <> OLD.decision_id OR NEW.level <> OLD.level
                OR NEW.candidacy_id <> OLD.candidacy_id OR NEW.named_on <> OLD.named_on
                OR (NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM assessments_awardstep s
                    WHERE s.was = OLD.state AND s."to" = NEW.state
                    AND s.id = (SELECT MAX(last.id) FROM assessments_awardstep last WHERE last.award_id = OLD.id)))""",
            message="an award takes the steps that there are, each with its row",
        ),
        NeverAdd(
            "assessments_awardstep_follows",
            table="assessments_awardstep",
            rows=[
                ("award", "assessments_award", "NEW.award_id"),
                ("task", "assessments_assessment", "NEW.recheck_id"),
            ],
            faults={
                "a step begins where the award stands": ["NEW.was <> award.state"],
                "a step rests on a re-check of its award that was done": [
                    "NEW.recheck_id IS NOT NULL",
                    "task.kind <> 'recheck' OR task.candidacy_id IS DISTINCT FROM award.candidacy_id"
                    " OR task.done_at IS NULL",
                ],
            },
        ),
        Never(
            "assessments_candidacy_is_withdrawn_with_its_award",
            table="assessments_candidacy",
            verb="UPDATE",
            guard="OLD.stage <> NEW.stage AND NEW.stage = 'withdrawn'",
            condition="""NOT EXISTS (SELECT 1 FROM assessments_award a
                WHERE a.candidacy_id = OLD.id AND a.state = 'withdrawn')""",
            message="what was named is withdrawn with its award",
        ),
        Never(
            "assessments_honour_stays_what_it_is",
            table="assessments_honour",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.scheme_id <> OLD.scheme_id OR NEW.title <> OLD.title
                OR NEW.level <> OLD.level OR NEW.named_on <> OLD.named_on
                OR (OLD.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on)""",
            message="an honour stays what it is, and what its holder ended",
        ),
    ]
