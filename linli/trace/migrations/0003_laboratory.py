"""Methods, plans of samples, samples, runs, findings, reports, and what must never become of them."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only

_PASSED = [
    ("in_test", "tested"), ("on_the_way", "received"), ("on_the_way", "refused"), ("planned", "left_out"),
    ("planned", "taken"), ("received", "in_test"), ("received", "refused"), ("refused", "disposed"),
    ("taken", "on_the_way"), ("taken", "received"), ("taken", "refused"), ("tested", "disposed"), ("tested", "in_test"),
]
_COUNTER_PASSED = [("opened", "destroyed"), ("sealed", "destroyed"), ("sealed", "sent"), ("sent", "opened")]
PASSED = " OR ".join(f"(OLD.state = '{was}' AND NEW.state = '{to}')" for was, to in _PASSED)
COUNTER_PASSED = " OR ".join(
    f"(OLD.counter_state = '{was}' AND NEW.counter_state = '{to}')" for was, to in _COUNTER_PASSED
)


class Migration(migrations.Migration):

    dependencies = [
        ('trace', '0002_permits'),
    ]

    operations = [
        migrations.CreateModel(
            name='Method',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=40, verbose_name='Key of the method')),
                ('version', models.CharField(max_length=20, verbose_name='Version')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('standard', models.CharField(blank=True, max_length=120, verbose_name='Standard')),
                ('body', models.JSONField()),
                ('ended_on', models.DateField(editable=False, null=True)),
            ],
            options={
                'ordering': ['key', '-id'],
                'constraints': [models.UniqueConstraint(models.F('key'), models.F('version'), name='method_version_is_there_once'), models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('version', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='method_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('run_at', models.DateTimeField(verbose_name='Run at')),
                ('instrument', models.CharField(blank=True, max_length=120, verbose_name='Measuring instrument')),
                ('source', models.CharField(choices=[('csv', 'a table'), ('rdml', 'an RDML file'), ('typed', 'typed')], max_length=5)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('part', models.CharField(blank=True, max_length=200)),
                ('failures', models.JSONField(default=list)),
                ('failed', models.PositiveIntegerField()),
                ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Laboratory')),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='trace.method')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['laboratory', '-id'], name='run_of_laboratory')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('source', 'typed')), models.Q(('source__in', ['csv', 'rdml']), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='run_has_a_source'), models.CheckConstraint(condition=models.Q(('run_at__lte', models.F('at'))), name='run_was_before_it_was_told'), models.UniqueConstraint(condition=models.Q(('digest', ''), _negated=True), fields=('laboratory', 'digest', 'part'), name='run_file_is_brought_once')],
            },
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('number', models.PositiveIntegerField(null=True)),
                ('state', models.CharField(choices=[('planned', 'to be taken'), ('taken', 'taken'), ('on_the_way', 'on the way'), ('received', 'received'), ('refused', 'refused by the laboratory'), ('in_test', 'being tested'), ('tested', 'tested'), ('disposed', 'disposed of'), ('left_out', 'left out')], default='planned', editable=False, max_length=10)),
                ('material', models.CharField(blank=True, max_length=120, verbose_name='What was taken')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='Taken at')),
                ('seal', models.CharField(blank=True, max_length=40, verbose_name='Seal')),
                ('counter_seal', models.CharField(blank=True, max_length=40, verbose_name='Seal of the counter-sample')),
                ('counter_state', models.CharField(blank=True, choices=[('', 'no counter-sample'), ('sealed', 'sealed and kept'), ('sent', 'sent to another laboratory'), ('opened', 'opened in a laboratory'), ('destroyed', 'destroyed')], default='', max_length=9)),
                ('keep_until', models.DateField(null=True, verbose_name='Counter-sample kept until')),
                ('longest_hours', models.PositiveSmallIntegerField(default=72, verbose_name='Hours on the way at most')),
                ('coldest', models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name='Coldest')),
                ('warmest', models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name='Warmest')),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='Why')),
                ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Laboratory')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='trace.lot')),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='trace.method')),
                ('premises', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='trace.premises')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Unit that takes the sample')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['laboratory', '-id'], name='sample_of_laboratory'), models.Index(fields=['premises', '-id'], name='sample_of_premises'), models.Index(fields=['lot', '-id'], name='sample_of_lot')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'taken', 'on_the_way', 'received', 'refused', 'in_test', 'tested', 'disposed', 'left_out'])), name='sample_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('seal', ''), ('state__in', ['planned', 'left_out']), ('taken_at', None)), models.Q(models.Q(('state__in', ['planned', 'left_out']), _negated=True), ('taken_at__isnull', False), models.Q(('seal', ''), _negated=True), models.Q(('material', ''), _negated=True)), _connector='OR'), name='sample_is_taken_under_a_seal'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['left_out', 'refused']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='sample_is_left_out_or_refused_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('counter_seal', ''), ('counter_state', ''), ('keep_until', None)), models.Q(('counter_state__in', ['sealed', 'sent', 'opened', 'destroyed']), models.Q(('counter_seal', ''), _negated=True), ('keep_until__isnull', False), ('taken_at__isnull', False)), _connector='OR'), name='counter_sample_is_sealed_and_kept')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('amends', models.PositiveSmallIntegerField()),
                ('result', models.CharField(choices=[('not_detected', 'not detected'), ('detected', 'detected'), ('inconclusive', 'inconclusive, tested again'), ('invalid', 'invalid')], max_length=12)),
                ('final', models.BooleanField()),
                ('results', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='Why it is amended')),
                ('approved_by', models.CharField(blank=True, max_length=60)),
                ('approved_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='trace.sample')),
            ],
            options={
                'ordering': ['sample', 'number'],
                'indexes': [models.Index(condition=models.Q(('published_at', None)), fields=['approved_at'], name='report_to_publish')],
                'constraints': [models.UniqueConstraint(models.F('sample'), models.F('number'), name='report_is_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('amends', 0), ('number', 1)), models.Q(('number', django.db.models.expressions.CombinedExpression(models.F('amends'), '+', models.Value(1))), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='report_amends_the_one_before'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', '')), models.Q(('approved_at__gte', models.F('at')), models.Q(('approved_by', ''), _negated=True), models.Q(('approved_by', models.F('by_name')), _negated=True)), _connector='OR'), name='report_is_approved_by_a_second_person'), models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('final', True), ('published_at__gte', models.F('approved_at')), ('result__in', ['not_detected', 'detected'])), _connector='OR'), name='report_is_public_when_it_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Handing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('part', models.CharField(choices=[('main', 'the sample'), ('counter', 'the counter-sample')], default='main', max_length=7)),
                ('handed_at', models.DateTimeField(verbose_name='Handed over at')),
                ('giver', models.CharField(max_length=40, verbose_name='Handed over by')),
                ('taker', models.CharField(max_length=40, verbose_name='Taken over by')),
                ('seal', models.CharField(max_length=40, verbose_name='Seal seen')),
                ('whole', models.BooleanField(verbose_name='The seal was whole')),
                ('new_seal', models.CharField(blank=True, max_length=40, verbose_name='New seal')),
                ('celsius', models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name='Temperature')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handings', to='trace.sample')),
            ],
            options={
                'ordering': ['sample', 'id'],
                'indexes': [models.Index(fields=['sample', 'part', 'id'], name='handings_of_sample')],
                'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['main', 'counter'])), name='handing_is_of_a_part'), models.CheckConstraint(condition=models.Q(models.Q(('giver', ''), _negated=True), models.Q(('taker', ''), _negated=True), models.Q(('seal', ''), _negated=True)), name='handing_names_posts_and_seal')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extraction', models.CharField(max_length=20)),
                ('counter', models.BooleanField(default=False)),
                ('target', models.CharField(max_length=60)),
                ('result', models.CharField(choices=[('not_detected', 'not detected'), ('detected', 'detected'), ('inconclusive', 'inconclusive, tested again'), ('invalid', 'invalid')], max_length=12)),
                ('reasons', models.JSONField(default=list)),
                ('cts', models.JSONField(default=list)),
                ('ratio', models.CharField(blank=True, max_length=40)),
                ('wide', models.CharField(blank=True, max_length=40)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='trace.run')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='trace.sample')),
            ],
            options={
                'ordering': ['sample', 'id'],
                'constraints': [models.UniqueConstraint(models.F('sample'), models.F('run'), models.F('target'), models.F('extraction'), models.F('counter'), name='finding_is_there_once'), models.CheckConstraint(condition=models.Q(('result__in', ['not_detected', 'detected', 'inconclusive', 'invalid'])), name='finding_is_a_result'), models.CheckConstraint(condition=models.Q(models.Q(('ratio', ''), ('wide', '')), ('result', 'detected'), _connector='OR'), name='finding_measures_what_it_detected')],
            },
        ),
        migrations.CreateModel(
            name='Appraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('target', models.CharField(max_length=60)),
                ('words', models.CharField(max_length=1000, verbose_name='Appraisal')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appraisals', to='trace.sample')),
            ],
            options={
                'ordering': ['sample', 'id'],
                'constraints': [models.UniqueConstraint(models.F('sample'), models.F('target'), name='appraisal_is_given_once'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='appraisal_has_words')],
            },
        ),
        migrations.CreateModel(
            name='SamplePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('what', models.CharField(choices=[('premises', 'Premises'), ('lots', 'Lots')], max_length=8, verbose_name='What is drawn')),
                ('terms', models.JSONField(default=dict)),
                ('shown_on', models.DateField(verbose_name='In public from')),
                ('closes_at', models.DateTimeField(verbose_name='The list closes')),
                ('commitment', models.CharField(max_length=64)),
                ('witness', models.CharField(blank=True, max_length=120)),
                ('entries', models.TextField(blank=True)),
                ('position', models.BigIntegerField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('beacon', models.TextField(blank=True)),
                ('seed', models.CharField(blank=True, max_length=64)),
                ('drawn_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=240, verbose_name='Why')),
                ('laboratory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Laboratory')),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='trace.method')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit', verbose_name='Unit that takes the samples')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['drawn_at', 'closes_at'], name='sample_plan_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='sample_plan_has_a_name'), models.CheckConstraint(condition=models.Q(('what__in', ['premises', 'lots'])), name='sample_plan_draws_what_there_is'), models.CheckConstraint(condition=models.Q(models.Q(('beacon', ''), ('drawn_at', None), ('seed', '')), models.Q(('closed_at__isnull', False), ('drawn_at__isnull', False), models.Q(('seed', ''), _negated=True), models.Q(('beacon', ''), _negated=True)), _connector='OR'), name='sample_plan_is_drawn_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('entries', ''), ('position', None)), models.Q(('closed_at__gte', models.F('closes_at')), ('position__isnull', False), ('withdrawn_at', None), models.Q(('entries', ''), _negated=True)), _connector='OR'), name='sample_plan_closes_with_its_list'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('withdrawn_at', None)), models.Q(('withdrawn_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='sample_plan_is_withdrawn_with_a_reason')],
            },
        ),
        migrations.AddField(
            model_name='sample',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='trace.sampleplan'),
        ),
        migrations.CreateModel(
            name='Well',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=7)),
                ('role', models.CharField(max_length=10)),
                ('label', models.CharField(blank=True, max_length=60)),
                ('target', models.CharField(max_length=60)),
                ('ct', models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ('curve', models.BooleanField(null=True)),
                ('excluded', models.CharField(blank=True, max_length=60)),
                ('quantity', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wells', to='trace.run')),
            ],
            options={
                'ordering': ['run', 'id'],
                'constraints': [models.UniqueConstraint(models.F('run'), models.F('place'), models.F('target'), name='well_is_told_once'), models.CheckConstraint(condition=models.Q(('role__in', ['sample', 'standard', 'ntc', 'negative', 'extraction', 'positive', 'inhibition'])), name='well_role_is_known'), models.CheckConstraint(condition=models.Q(('ct', None), models.Q(('ct__gt', 0), ('ct__lte', 60)), _connector='OR'), name='well_ct_is_a_cycle')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('reply_by', models.DateTimeField(verbose_name='Reply until')),
                ('replied_at', models.DateTimeField(null=True)),
                ('reply', models.TextField(blank=True, max_length=2000, verbose_name='Reply')),
                ('counter_asked_at', models.DateTimeField(null=True)),
                ('withheld_at', models.DateTimeField(null=True)),
                ('withheld_for', models.CharField(blank=True, max_length=240, verbose_name='Why it is withheld')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='trace.report')),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reply_by__gt', models.F('at'))), name='hearing_leaves_time'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at', None), ('reply', '')), models.Q(('replied_at__isnull', False), models.Q(('reply', ''), _negated=True)), _connector='OR'), name='hearing_is_replied_in_words'), models.CheckConstraint(condition=models.Q(('counter_asked_at', None), ('counter_asked_at__lt', models.F('reply_by')), _connector='OR'), name='hearing_asks_for_the_counter_sample_in_time'), models.CheckConstraint(condition=models.Q(models.Q(('withheld_at', None), ('withheld_for', '')), models.Q(('replied_at__isnull', False), ('withheld_at__isnull', False), models.Q(('withheld_for', ''), _negated=True)), _connector='OR'), name='hearing_is_withheld_with_a_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='sample',
            constraint=models.UniqueConstraint(models.F('plan'), models.F('number'), name='sample_has_its_place_in_the_draw'),
        ),
        migrations.AddConstraint(
            model_name='sample',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('plan', None)), models.Q(('number__isnull', False), ('plan__isnull', False)), _connector='OR'), name='sample_of_a_draw_has_a_number'),
        ),
        *(
            operation
            for table in ("handing", "run", "well", "finding", "appraisal")
            for operation in append_only(f"trace_{table}")
        ),
        *(
            Never(
                f"trace_{table}_never_deleted",
                table=f"trace_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in ("method", "sampleplan", "sample", "report", "hearing")
        ),
        *(
            Never(
                f"trace_{table}_stays_what_it_is",
                table=f"trace_{table}",
                verb="UPDATE",
                condition=condition,
                message=f"{table}: what it is never changes",
            )
            for table, condition in {
                "method": """NEW."key" <> OLD."key" OR NEW.version <> OLD.version OR NEW.name <> OLD.name
                    OR NEW.standard <> OLD.standard OR NEW.body <> OLD.body OR NEW.at <> OLD.at
                    OR OLD.ended_on IS NOT NULL""",
                "sampleplan": """NEW.code <> OLD.code OR NEW.name <> OLD.name OR NEW.unit_id <> OLD.unit_id
                    OR NEW.laboratory_id <> OLD.laboratory_id OR NEW.method_id <> OLD.method_id
                    OR NEW.what <> OLD.what OR NEW.terms <> OLD.terms OR NEW.at <> OLD.at
                    OR NEW.shown_on <> OLD.shown_on OR NEW.closes_at <> OLD.closes_at
                    OR NEW.commitment <> OLD.commitment OR NEW.witness <> OLD.witness
                    OR (OLD.closed_at IS NOT NULL AND (NEW.closed_at IS DISTINCT FROM OLD.closed_at
                        OR NEW.entries <> OLD.entries OR NEW.position <> OLD.position))
                    OR (OLD.drawn_at IS NOT NULL AND (NEW.drawn_at IS DISTINCT FROM OLD.drawn_at
                        OR NEW.seed <> OLD.seed OR NEW.beacon <> OLD.beacon))
                    OR (OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
                        OR NEW.reason <> OLD.reason OR NEW.closed_at IS NOT NULL))""",
                "sample": """NEW.code <> OLD.code OR NEW.premises_id <> OLD.premises_id OR NEW.method_id <> OLD.method_id
                    OR NEW.plan_id IS DISTINCT FROM OLD.plan_id OR NEW.number IS DISTINCT FROM OLD.number
                    OR NEW.unit_id <> OLD.unit_id OR NEW.laboratory_id <> OLD.laboratory_id OR NEW.at <> OLD.at
                    OR (OLD.lot_id IS NOT NULL AND NEW.lot_id IS DISTINCT FROM OLD.lot_id)
                    OR (OLD.state <> 'planned' AND (NEW.lot_id IS DISTINCT FROM OLD.lot_id
                        OR NEW.taken_at IS DISTINCT FROM OLD.taken_at OR NEW.seal <> OLD.seal
                        OR NEW.material <> OLD.material OR NEW.counter_seal <> OLD.counter_seal
                        OR NEW.keep_until IS DISTINCT FROM OLD.keep_until
                        OR NEW.longest_hours <> OLD.longest_hours OR NEW.coldest IS DISTINCT FROM OLD.coldest
                        OR NEW.warmest IS DISTINCT FROM OLD.warmest
                        OR (OLD.reason <> '' AND NEW.reason <> OLD.reason)))""",
                "report": """NEW.sample_id <> OLD.sample_id OR NEW.number <> OLD.number OR NEW.amends <> OLD.amends
                    OR NEW.result <> OLD.result OR NEW.final <> OLD.final OR NEW.results <> OLD.results
                    OR NEW.reason <> OLD.reason OR NEW.by_name <> OLD.by_name OR NEW.at <> OLD.at
                    OR (OLD.approved_at IS NOT NULL AND (NEW.approved_at IS DISTINCT FROM OLD.approved_at
                        OR NEW.approved_by <> OLD.approved_by))
                    OR (OLD.published_at IS NOT NULL AND NEW.published_at IS DISTINCT FROM OLD.published_at)""",
                "hearing": """NEW.report_id <> OLD.report_id OR NEW.at <> OLD.at OR NEW.reply_by <> OLD.reply_by
                    OR (OLD.replied_at IS NOT NULL AND (NEW.replied_at IS DISTINCT FROM OLD.replied_at
                        OR NEW.reply <> OLD.reply))
                    OR (OLD.counter_asked_at IS NOT NULL
                        AND NEW.counter_asked_at IS DISTINCT FROM OLD.counter_asked_at)
                    OR (OLD.withheld_at IS NOT NULL AND (NEW.withheld_at IS DISTINCT FROM OLD.withheld_at
                        OR NEW.withheld_for <> OLD.withheld_for))""",
            }.items()
        ),
        Never(
            "trace_sampleplan_begins",
            table="trace_sampleplan",
            verb="INSERT",
            condition="""NEW.closed_at IS NOT NULL OR NEW.drawn_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL
                OR NEW.closes_at <= NEW.at""",
            message="a plan of samples begins with its hash and closes later",
        ),
        Never(
            "trace_sample_goes_its_way",
            table="trace_sample",
            verb="UPDATE",
            condition=f"""(NEW.state <> OLD.state AND NOT ({PASSED}))
                OR (NEW.counter_state <> OLD.counter_state AND NOT ({COUNTER_PASSED}
                    OR (OLD.state = 'planned' AND OLD.counter_state = '' AND NEW.counter_state = 'sealed')))""",
            message="there is no such step of a sample",
        ),
        Never(
            "trace_handing_follows_the_taking",
            table="trace_handing",
            verb="INSERT",
            condition="""NOT EXISTS (SELECT 1 FROM trace_sample s WHERE s.id = NEW.sample_id
                AND s.taken_at <= NEW.handed_at)""",
            message="what is not taken is not handed over",
        ),
        Never(
            "trace_well_is_told_before_its_run_is_judged",
            table="trace_well",
            verb="INSERT",
            condition="EXISTS (SELECT 1 FROM trace_finding f WHERE f.run_id = NEW.run_id)",
            message="no well is added to a run that was judged",
        ),
        Never(
            "trace_finding_of_a_failed_run_is_invalid",
            table="trace_finding",
            verb="INSERT",
            condition="EXISTS (SELECT 1 FROM trace_run r WHERE r.id = NEW.run_id AND r.failed > 0)",
            guard="NEW.result <> 'invalid'",
            message="a result of a run with a failed control is invalid",
        ),
        Never(
            "trace_report_follows_the_one_before",
            table="trace_report",
            verb="INSERT",
            condition="""NEW.approved_at IS NOT NULL OR NEW.published_at IS NOT NULL
                OR (NEW.amends > 0 AND NOT EXISTS (SELECT 1 FROM trace_report r WHERE r.sample_id = NEW.sample_id
                    AND r.number = NEW.amends AND r.approved_at IS NOT NULL AND r.approved_at <= NEW.at))""",
            message="a report amends an approved one",
        ),
        Never(
            "trace_report_accuses_nobody_unheard",
            table="trace_report",
            verb="UPDATE",
            condition="""NOT EXISTS (SELECT 1 FROM trace_hearing h WHERE h.report_id = NEW.id
                AND (h.replied_at <= NEW.published_at OR h.reply_by <= NEW.published_at))""",
            guard="NEW.result = 'detected' AND NEW.published_at IS NOT NULL AND OLD.published_at IS NULL",
            message="nobody is accused before they were heard, or let their time pass",
        ),
        Never(
            "trace_hearing_is_of_an_approved_report",
            table="trace_hearing",
            verb="INSERT",
            condition="""NOT EXISTS (SELECT 1 FROM trace_report r WHERE r.id = NEW.report_id
                AND r.approved_at IS NOT NULL AND r.approved_at <= NEW.at)""",
            message="nobody is told of a report that nobody approved",
        ),
    ]
