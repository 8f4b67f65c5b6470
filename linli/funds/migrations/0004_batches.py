"""Payment batches: the file's hash and totals, and what of it did not come through.

What may never be, whatever program writes: money that leaves by a batch nobody else approved, a batch whose order
moves another amount than its file, an answer of the bank to what was not paid, more money back than was paid.
"""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never

# An order of one line, in the state and with the ways and the amount that a row says.
_ORDER = """NOT EXISTS (SELECT 1 FROM funds_order o JOIN funds_orderline l ON l.order_id = o.id
    WHERE o.id = NEW.order_id AND o.state = 'asked' AND {more} AND l.number = 1
    AND NOT EXISTS (SELECT 1 FROM funds_orderline other WHERE other.order_id = o.id AND other.id <> l.id))"""
_READ_ONCE = """NEW.code <> OLD.code OR NEW.fund_id <> OLD.fund_id OR NEW.out_of_id <> OLD.out_of_id
    OR NEW.into_id <> OLD.into_id OR NEW.by_name <> OLD.by_name OR NEW.digest <> OLD.digest
    OR (OLD.read_at IS NOT NULL AND (NEW.read_at IS NULL OR NEW.lines <> OLD.lines OR NEW.total <> OLD.total
        OR NEW.wrong <> OLD.wrong))
    OR (OLD.order_id IS NOT NULL AND (NEW.order_id IS NULL OR NEW.order_id <> OLD.order_id))"""
_ANSWERED_ONCE = """NEW.batch_id <> OLD.batch_id OR NEW.number <> OLD.number OR NEW.digest <> OLD.digest
    OR (OLD.read_at IS NOT NULL AND (NEW.read_at IS NULL OR NEW.wrong <> OLD.wrong OR NEW.back <> OLD.back
        OR NEW.paid_lines <> OLD.paid_lines OR NEW.paid_total <> OLD.paid_total
        OR NEW.refused_lines <> OLD.refused_lines OR NEW.refused_total <> OLD.refused_total
        OR NEW.open_lines <> OLD.open_lines OR NEW.open_total <> OLD.open_total OR NEW.strange <> OLD.strange))
    OR (OLD.order_id IS NOT NULL AND (NEW.order_id IS NULL OR NEW.order_id <> OLD.order_id))"""
# Paid by its approved order, and not taken back as a whole.
_PAID = """EXISTS (SELECT 1 FROM funds_batch b JOIN funds_transaction t ON t.order_id = b.order_id
    WHERE b.id = NEW.batch_id
    AND NOT EXISTS (SELECT 1 FROM funds_transaction undone WHERE undone.reverses_id = t.id))"""
_EVERY_LINE = """NOT EXISTS (SELECT 1 FROM funds_batch b WHERE b.id = NEW.batch_id
    AND b.lines = NEW.paid_lines + NEW.refused_lines + NEW.open_lines
    AND b.total = NEW.paid_total + NEW.refused_total + NEW.open_total)"""
_BACK_BEFORE = """(SELECT COALESCE(SUM(r.back), 0) FROM funds_bankreply r JOIN funds_order o ON o.id = r.order_id
    WHERE r.batch_id = NEW.batch_id AND r.id <> NEW.id AND o.state <> 'refused')"""
_BACK = "".join(
    [
        """o.verb = 'return' AND l.amount = NEW.back AND EXISTS (SELECT 1 FROM funds_batch b
        WHERE b.id = NEW.batch_id AND b.fund_id = o.fund_id AND l.out_of_id = b.into_id
        AND l.into_id = b.out_of_id AND b.total >= NEW.back + """,
        _BACK_BEFORE,
        ")",
    ]
)
_OF_A_FILE = """EXISTS (SELECT 1 FROM funds_{table} f WHERE f.order_id = NEW.order_id)"""


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0003_attestations"),
    ]

    operations = [
        migrations.CreateModel(
            name='WaitingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('pieces', models.JSONField(default=list)),
                ('waits_since', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='waiting_file_is_something')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('machine', models.CharField(blank=True, max_length=120)),
                ('read_at', models.DateTimeField(null=True)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('words', models.CharField(max_length=120, verbose_name='What for')),
                ('digest', models.CharField(max_length=64)),
                ('lines', models.PositiveIntegerField(default=0)),
                ('total', models.BigIntegerField(default=0)),
                ('sizes', models.JSONField(default=list)),
                ('void', models.BooleanField(default=False)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='funds.fund')),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.account', verbose_name='Into')),
                ('order', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batch', to='funds.order')),
                ('out_of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='funds.account', verbose_name='Out of')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batch', to='funds.waitingfile')),
            ],
            options={
                'verbose_name_plural': 'batches',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='BankReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('begun_at', models.DateTimeField(null=True)),
                ('machine', models.CharField(blank=True, max_length=120)),
                ('read_at', models.DateTimeField(null=True)),
                ('wrong', models.PositiveIntegerField(default=0)),
                ('faults', models.JSONField(default=list)),
                ('number', models.PositiveSmallIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('paid_lines', models.PositiveIntegerField(default=0)),
                ('paid_total', models.BigIntegerField(default=0)),
                ('refused_lines', models.PositiveIntegerField(default=0)),
                ('refused_total', models.BigIntegerField(default=0)),
                ('open_lines', models.PositiveIntegerField(default=0)),
                ('open_total', models.BigIntegerField(default=0)),
                ('strange', models.PositiveIntegerField(default=0)),
                ('back', models.BigIntegerField(default=0)),
                ('reasons', models.JSONField(default=dict)),
                ('forgotten_on', models.DateField(null=True)),
                ('order', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='funds.order')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='funds.batch')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reply', to='funds.waitingfile')),
                ('paid_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='beside', to='funds.waitingfile')),
            ],
            options={
                'verbose_name_plural': 'bank replies',
                'ordering': ['batch', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Difference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('refused', 'refused by the bank'), ('amount', 'another amount'), ('payee', 'another account'), ('silent', 'the bank says nothing'), ('unknown', 'no such line'), ('twice', 'answered twice'), ('paid_after', 'refused before, now paid')], max_length=10)),
                ('asked', models.BigIntegerField(null=True)),
                ('said', models.BigIntegerField(null=True)),
                ('reason', models.CharField(blank=True, choices=[('no_account', 'no such account'), ('closed', 'account closed'), ('cannot_receive', 'account cannot receive'), ('details', 'details do not agree'), ('limit', 'amount or limit'), ('bank', "the bank's own"), ('other', 'another reason')], max_length=14)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='funds.bankreply')),
            ],
            options={
                'ordering': ['reply', 'line', 'id'],
                'indexes': [models.Index(fields=['reply', 'kind', 'line'], name='difference_of_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('refused', 'amount', 'payee', 'silent', 'unknown', 'twice', 'paid_after'))), name='difference_kind_is_known'), models.CheckConstraint(condition=models.Q(('reason__in', ('', 'no_account', 'closed', 'cannot_receive', 'details', 'limit', 'bank', 'other'))), name='difference_reason_is_known')],
            },
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['at'], name='batch_to_read'),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(fields=['fund', 'at'], name='batch_of_fund'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='batch_total_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='batch_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('out_of', models.F('into')), _negated=True), name='batch_is_between_two'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('order', None), models.Q(('lines__gte', 2), ('lines__lte', 1000000), ('read_at__isnull', False), ('total__gt', 0), ('wrong', 0)), _connector='OR'), name='batch_is_asked_when_sound'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(condition=models.Q(('order__isnull', False), ('void', False)), fields=('digest',), name='batch_pays_a_file_once'),
        ),
        migrations.AddIndex(
            model_name='bankreply',
            index=models.Index(condition=models.Q(('read_at', None)), fields=['at'], name='bank_reply_to_read'),
        ),
        migrations.AddConstraint(
            model_name='bankreply',
            constraint=models.UniqueConstraint(models.F('batch'), models.F('number'), name='bank_reply_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='bankreply',
            constraint=models.CheckConstraint(condition=models.Q(('back__gte', 0), ('open_total__gte', 0), ('paid_total__gte', 0), ('refused_total__gte', 0), ('back__lte', models.F('refused_total'))), name='bank_reply_says_amounts'),
        ),
        migrations.AddConstraint(
            model_name='bankreply',
            constraint=models.CheckConstraint(condition=models.Q(('order', None), models.Q(('back__gt', 0), ('read_at__isnull', False), ('strange', 0), ('wrong', 0)), _connector='OR'), name='bank_reply_gives_back_what_is_sure'),
        ),
        Never(
            "funds_batch_begins_unasked",
            table="funds_batch",
            verb="INSERT",
            condition="NEW.order_id IS NOT NULL OR NEW.read_at IS NOT NULL OR NEW.void",
            message="a batch is read before it is asked for",
        ),
        Never(
            "funds_batch_between_funds",
            table="funds_batch",
            verb="INSERT",
            condition="""EXISTS (SELECT 1 FROM funds_account a WHERE a.id IN (NEW.out_of_id, NEW.into_id)
                AND a.fund_id <> NEW.fund_id)""",
            message="money stays in its fund",
        ),
        Never(
            "funds_batch_stays_itself",
            table="funds_batch",
            verb="UPDATE",
            condition=_READ_ONCE,
            message="a batch says what its file says, once and for all",
        ),
        Never(
            "funds_batch_of_another_order",
            table="funds_batch",
            verb="UPDATE",
            guard="NEW.order_id IS NOT NULL AND OLD.order_id IS NULL",
            condition=_ORDER.format(
                more="""o.verb = 'disburse' AND o.fund_id = NEW.fund_id AND o.by_name = NEW.by_name
                    AND l.amount = NEW.total AND l.out_of_id = NEW.out_of_id AND l.into_id = NEW.into_id"""
            ),
            message="a batch is asked by whoever brought it, for what its file says",
        ),
        Never(
            "funds_batch_void_unrefused",
            table="funds_batch",
            verb="UPDATE",
            guard="NEW.void AND NOT OLD.void",
            condition="""NOT EXISTS (SELECT 1 FROM funds_order o
                WHERE o.id = OLD.order_id AND o.state = 'refused')""",
            message="a file is asked for anew when it was refused",
        ),
        Never(
            "funds_batch_void_for_ever",
            table="funds_batch",
            verb="UPDATE",
            guard="OLD.void",
            condition="NOT NEW.void",
            message="what was refused stays refused",
        ),
        Never(
            "funds_batch_never_deleted",
            table="funds_batch",
            verb="DELETE",
            condition="TRUE",
            message="batches are kept",
        ),
        Never(
            "funds_order_line_beside_a_file",
            table="funds_orderline",
            verb="INSERT",
            condition=f"{_OF_A_FILE.format(table='batch')} OR {_OF_A_FILE.format(table='bankreply')}",
            message="the order of a file moves what the file says",
        ),
        Never(
            "funds_bankreply_of_what_was_not_paid",
            table="funds_bankreply",
            verb="INSERT",
            condition=f"NEW.order_id IS NOT NULL OR NEW.read_at IS NOT NULL OR NOT {_PAID}",
            message="the bank answers to what was paid",
        ),
        Never(
            "funds_bankreply_stays_itself",
            table="funds_bankreply",
            verb="UPDATE",
            condition=_ANSWERED_ONCE,
            message="an answer says what its file says, once and for all",
        ),
        Never(
            "funds_bankreply_leaves_lines_out",
            table="funds_bankreply",
            verb="UPDATE",
            guard="NEW.read_at IS NOT NULL AND OLD.read_at IS NULL AND NEW.wrong = 0",
            condition=_EVERY_LINE,
            message="every line of a batch is paid, refused or open",
        ),
        Never(
            "funds_bankreply_gives_back_too_much",
            table="funds_bankreply",
            verb="UPDATE",
            guard="NEW.order_id IS NOT NULL AND OLD.order_id IS NULL",
            condition=" OR ".join([f"NOT {_PAID}", _ORDER.format(more=_BACK)]),
            message="what was refused goes back to where it came from, once",
        ),
        Never(
            "funds_bankreply_never_deleted",
            table="funds_bankreply",
            verb="DELETE",
            condition="TRUE",
            message="answers are kept",
        ),
        Never(
            "funds_batch_reversed_when_answered",
            table="funds_transaction",
            verb="INSERT",
            guard="NEW.reverses_id IS NOT NULL",
            condition="""EXISTS (SELECT 1 FROM funds_transaction t JOIN funds_bankreply r ON r.order_id = t.order_id
                OR r.batch_id IN (SELECT b.id FROM funds_batch b WHERE b.order_id = t.order_id)
                WHERE t.id = NEW.reverses_id)""",
            message="what the bank has answered is not reversed",
        ),
        Never(
            "funds_difference_kept_update",
            table="funds_difference",
            verb="UPDATE",
            condition="TRUE",
            message="differences stand as they were found",
        ),
        Never(
            "funds_difference_added_late",
            table="funds_difference",
            verb="INSERT",
            condition="""EXISTS (SELECT 1 FROM funds_bankreply r
                WHERE r.id = NEW.reply_id AND r.read_at IS NOT NULL)""",
            message="an answer is read once",
        ),
    ]
