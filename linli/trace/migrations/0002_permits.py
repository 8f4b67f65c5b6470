"""The way to a permit, certificates of what goes into goods, and warnings before a paper runs out."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):

    dependencies = [
        ('trace', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('scope', models.JSONField(default=list, verbose_name='For')),
                ('stage', models.CharField(choices=[('papers', 'papers are missing'), ('checking', 'papers are looked at'), ('visit', 'a visit is to come'), ('decision', 'to be decided'), ('granted', 'granted'), ('refused', 'refused'), ('taken_back', 'taken back'), ('lapsed', 'closed for want of papers')], default='papers', editable=False, max_length=10)),
                ('due_on', models.DateField(editable=False, null=True)),
                ('checked_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('decided_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('permit', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='application', to='trace.permit')),
                ('premises', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='trace.premises')),
                ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='trace.permit')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['due_on'], name='application_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('due_on__isnull', False), ('stage__in', ['papers', 'checking', 'visit', 'decision'])), models.Q(('due_on', None), ('stage__in', ['granted', 'refused', 'taken_back', 'lapsed'])), _connector='OR'), name='application_is_due_while_it_is_open'), models.CheckConstraint(condition=models.Q(('decided_by', ''), models.Q(models.Q(('checked_by', ''), _negated=True), models.Q(('decided_by', models.F('checked_by')), _negated=True)), _connector='OR'), name='application_is_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('permit__isnull', False), ('stage', 'granted')), models.Q(models.Q(('stage', 'granted'), _negated=True), ('permit', None)), _connector='OR'), name='application_granted_has_a_permit')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('to', models.CharField(choices=[('papers', 'papers are missing'), ('checking', 'papers are looked at'), ('visit', 'a visit is to come'), ('decision', 'to be decided'), ('granted', 'granted'), ('refused', 'refused'), ('taken_back', 'taken back'), ('lapsed', 'closed for want of papers')], max_length=10)),
                ('due_on', models.DateField(null=True)),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='trace.application')),
            ],
            options={
                'ordering': ['application', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to__in', ['granted', 'refused', 'lapsed']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='application_step_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ExpiryNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('permit', 'Permit'), ('certificate', 'Certificate')], max_length=11)),
                ('paper', models.CharField(max_length=9)),
                ('name', models.CharField(max_length=200)),
                ('days', models.PositiveSmallIntegerField()),
                ('until', models.DateField()),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(editable=False, null=True)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expiry_notices', to='trace.operator')),
            ],
            options={
                'ordering': ['until', 'id'],
                'indexes': [models.Index(condition=models.Q(('seen_at', None)), fields=['operator'], name='expiry_unseen_of_operator')],
                'constraints': [models.UniqueConstraint(models.F('what'), models.F('paper'), models.F('days'), name='expiry_is_told_once'), models.CheckConstraint(condition=models.Q(('what__in', ['permit', 'certificate'])), name='expiry_what_is_known')],
            },
        ),
        migrations.CreateModel(
            name='PaperKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('key', models.SlugField(max_length=40, unique=True, verbose_name='Key')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('names', models.JSONField(blank=True, default=dict, verbose_name='Names in other languages')),
                ('use', models.CharField(choices=[('application', 'For the permit of premises'), ('goods', 'Of what goes into goods: a certificate of a supplier')], max_length=11, verbose_name='What for')),
                ('activities', models.JSONField(default=list, verbose_name='Asked of')),
                ('needed', models.BooleanField(default=True, verbose_name='Nothing goes on without it')),
                ('ended_on', models.DateField(editable=False, null=True)),
            ],
            options={
                'ordering': ['use', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='paper_kind_has_a_name'), models.CheckConstraint(condition=models.Q(('use__in', ['application', 'goods'])), name='paper_kind_use_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('number', models.CharField(max_length=60, verbose_name='Number on the paper')),
                ('issuer', models.CharField(max_length=120, verbose_name='Issued by')),
                ('supplier', models.CharField(max_length=120, verbose_name='Supplier')),
                ('goods', models.CharField(max_length=200, verbose_name='For which goods')),
                ('valid_from', models.DateField(verbose_name='Valid from')),
                ('valid_until', models.DateField(verbose_name='Valid until')),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('media_type', models.CharField(blank=True, max_length=40)),
                ('checked_at', models.DateTimeField(editable=False, null=True)),
                ('checked_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('struck_at', models.DateTimeField(editable=False, null=True)),
                ('struck_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('struck_for', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='trace.operator')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='trace.paperkind')),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['valid_until'], name='certificate_by_last_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('struck_at', None)), fields=('operator', 'kind', 'number', 'issuer', 'goods'), name='certificate_stands_once'), models.CheckConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), models.Q(('issuer', ''), _negated=True), models.Q(('supplier', ''), _negated=True), models.Q(('goods', ''), _negated=True)), name='certificate_says_what'), models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='certificate_days_are_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('struck_at', None), ('struck_for', '')), models.Q(('struck_at__isnull', False), models.Q(('struck_for', ''), _negated=True)), _connector='OR'), name='certificate_is_struck_with_words')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('media_type', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'not looked at yet'), ('accepted', 'in order'), ('returned', 'given back')], default='waiting', editable=False, max_length=8)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='Reason')),
                ('ruled_at', models.DateTimeField(editable=False, null=True)),
                ('ruled_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='trace.application')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='trace.paperkind')),
            ],
            options={
                'ordering': ['application', 'kind', 'number'],
                'constraints': [models.UniqueConstraint(models.F('application'), models.F('kind'), models.F('number'), name='application_paper_has_its_number'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('ruled_at', None), ('state', 'waiting')), models.Q(('ruled_at__isnull', False), ('state', 'accepted')), models.Q(('ruled_at__isnull', False), ('state', 'returned'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='application_paper_is_ruled_or_waits')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=500, verbose_name='Reason')),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('decided_by', models.CharField(blank=True, editable=False, max_length=60)),
                ('done', models.BooleanField(editable=False, null=True)),
                ('permit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='trace.permit')),
            ],
            options={
                'ordering': ['permit', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('permit',), name='permit_has_one_withdrawal_waiting'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='withdrawal_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('done', None)), models.Q(('decided_at__isnull', False), ('done__isnull', False), models.Q(('decided_by', ''), _negated=True), models.Q(('decided_by', models.F('by_name')), _negated=True)), _connector='OR'), name='withdrawal_is_decided_by_another')],
            },
        ),
        *append_only("trace_applicationstep"),
        *(
            Never(
                f"trace_{table}_never_deleted",
                table=f"trace_{table}",
                verb="DELETE",
                condition="TRUE",
                message=f"no {table} is removed",
            )
            for table in (
                "application", "applicationpaper", "certificate", "withdrawal", "paperkind", "expirynotice"
            )
        ),
        *(
            Never(
                f"trace_{table}_stays",
                table=f"trace_{table}",
                verb="UPDATE",
                condition=condition,
                message=f"{table}: what was handed in stays, and is decided once",
            )
            for table, condition in {
                "paperkind": """NEW.key <> OLD.key OR NEW.name <> OLD.name OR NEW.use <> OLD.use
                    OR NEW.activities <> OLD.activities OR NEW.needed <> OLD.needed OR OLD.ended_on IS NOT NULL""",
                "applicationpaper": """NEW.application_id <> OLD.application_id OR NEW.kind_id <> OLD.kind_id
                    OR NEW.number <> OLD.number OR NEW.digest <> OLD.digest OR NEW.media_type <> OLD.media_type
                    OR OLD.state <> 'waiting'""",
                "withdrawal": """NEW.permit_id <> OLD.permit_id OR NEW.reason <> OLD.reason
                    OR NEW.by_name <> OLD.by_name OR OLD.decided_at IS NOT NULL""",
                "certificate": """NEW.code <> OLD.code OR NEW.operator_id <> OLD.operator_id
                    OR NEW.kind_id <> OLD.kind_id OR NEW.number <> OLD.number OR NEW.issuer <> OLD.issuer
                    OR NEW.supplier <> OLD.supplier OR NEW.goods <> OLD.goods OR NEW.digest <> OLD.digest
                    OR NEW.valid_from <> OLD.valid_from OR NEW.valid_until <> OLD.valid_until
                    OR (OLD.checked_at IS NOT NULL AND NEW.checked_at IS DISTINCT FROM OLD.checked_at)
                    OR OLD.struck_at IS NOT NULL""",
                "expirynotice": """NEW.operator_id <> OLD.operator_id OR NEW.paper <> OLD.paper
                    OR NEW.what <> OLD.what OR NEW.days <> OLD.days OR NEW.until <> OLD.until
                    OR NEW.at <> OLD.at OR OLD.seen_at IS NOT NULL""",
            }.items()
        ),
        Never(
            "trace_application_takes_its_steps",
            table="trace_application",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.premises_id <> OLD.premises_id OR NEW.scope <> OLD.scope
                OR NEW.renews_id IS DISTINCT FROM OLD.renews_id OR NEW.at <> OLD.at
                OR OLD.stage IN ('granted', 'refused', 'taken_back', 'lapsed')
                OR ((NEW.stage <> OLD.stage OR NEW.due_on IS DISTINCT FROM OLD.due_on) AND NOT EXISTS (
                    SELECT 1 FROM trace_applicationstep s WHERE s."to" = NEW.stage
                    AND s.due_on IS NOT DISTINCT FROM NEW.due_on AND s.id = (SELECT MAX(last.id)
                        FROM trace_applicationstep last WHERE last.application_id = OLD.id)))""",
            message="an application stays as it was filed, and takes its steps one by one",
        ),
        Never(
            "trace_application_is_decided_in_its_time",
            table="trace_application",
            verb="UPDATE",
            condition="NEW.stage = 'granted' AND OLD.stage <> 'decision'",
            message="an application is granted when it is to be decided",
        ),
        Never(
            "trace_application_begins_with_papers",
            table="trace_application",
            verb="INSERT",
            condition="NEW.stage <> 'papers' OR NEW.checked_by <> '' OR NEW.decided_by <> ''",
            message="an application begins with its papers",
        ),
    ]
