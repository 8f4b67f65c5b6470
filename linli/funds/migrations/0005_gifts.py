"""Donations: collections, days' totals, receipts; and what money is counted as."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only

# A total that came to nothing: its order was refused, or what it booked was reversed.
_DEAD = """EXISTS (SELECT 1 FROM funds_taking was LEFT JOIN funds_order o ON o.id = was.order_id
    WHERE was.id = {taking} AND (o.state = 'refused' OR EXISTS (SELECT 1 FROM funds_transaction undone
        JOIN funds_transaction t ON t.id = undone.reverses_id
        WHERE t.id = was.entry_id OR t.order_id = was.order_id)))"""
_ACCOUNT = """NOT EXISTS (SELECT 1 FROM funds_account a
    WHERE a.id = NEW.{key}_id AND a.fund_id = NEW.fund_id AND a.kind = '{kind}')"""
_MOVED = """NOT EXISTS (SELECT 1 FROM funds_{whole} w
    JOIN funds_{part} p ON p.{key}_id = w.id JOIN funds_collection c ON c.id = NEW.collection_id
    WHERE w.id = NEW.{column}_id AND w.verb = 'receive' AND w.fund_id = c.fund_id AND w.day = NEW.day
    AND p.number = 1 AND p.amount = NEW.amount AND p.out_of_id = c.source_id AND p.into_id = c.account_id
    AND NOT EXISTS (SELECT 1 FROM funds_{part} other WHERE other.{key}_id = w.id AND other.number > 1))"""


class Migration(migrations.Migration):
    dependencies = [
        ("facts", "0002_facts_stand"),
        ("funds", "0004_batches"),
    ]

    operations = [
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='Title')),
                ('purpose', models.TextField(verbose_name='What for')),
                ('ways', models.TextField(blank=True, verbose_name='How to give')),
                ('begins_on', models.DateField(verbose_name='From')),
                ('closed_on', models.DateField(editable=False, null=True)),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='collects_into', to='funds.account')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='funds.fund')),
                ('source', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='collects_from', to='funds.account')),
            ],
            options={
                'ordering': ['-begins_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Taking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('day', models.DateField(verbose_name='Day')),
                ('door', models.CharField(choices=[('counter', 'at a counter'), ('box', 'in a box'), ('transfer', 'by transfer')], max_length=10, verbose_name='How it came')),
                ('gifts', models.PositiveIntegerField(verbose_name='How many gifts')),
                ('amount', models.BigIntegerField()),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takings', to='funds.collection')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taking', to='funds.transaction')),
                ('order', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taking', to='funds.order')),
            ],
            options={
                'ordering': ['-day', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=9, unique=True)),
                ('day', models.DateField()),
                ('door', models.CharField(choices=[('counter', 'at a counter'), ('box', 'in a box'), ('transfer', 'by transfer')], max_length=10)),
                ('amount', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=60)),
                ('by_unit', models.CharField(max_length=120)),
                ('collection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='funds.collection')),
                ('taking', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='funds.taking')),
            ],
            options={
                'ordering': ['collection', 'day', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(max_length=60)),
                ('by_role', models.CharField(max_length=20)),
                ('by_unit', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='funds.account')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='facts.indicator')),
            ],
            options={
                'verbose_name_plural': 'tallies',
                'ordering': ['indicator', 'account'],
            },
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='collection_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('begins_on')), _connector='OR'), name='collection_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='taking',
            index=models.Index(fields=['collection', '-day'], name='taking_of_collection'),
        ),
        migrations.AddConstraint(
            model_name='taking',
            constraint=models.CheckConstraint(condition=models.Q(('door__in', ['counter', 'box', 'transfer'])), name='taking_door_is_known'),
        ),
        migrations.AddConstraint(
            model_name='taking',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', models.F('gifts')), ('gifts__gte', 1)), name='taking_is_of_gifts'),
        ),
        migrations.AddConstraint(
            model_name='taking',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('order', None)), models.Q(('entry', None), ('order__isnull', False)), _connector='OR'), name='taking_is_booked_one_way'),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(condition=models.Q(('taking', None)), fields=['collection', 'day'], name='receipt_waits'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('door__in', ['counter', 'box', 'transfer'])), name='receipt_door_is_known'),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='receipt_is_of_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(models.F('account'), models.F('indicator'), name='tally_is_made_once'),
        ),
        *append_only("funds_taking"),
        Never(
            "funds_collection_of_other_accounts",
            table="funds_collection",
            verb="INSERT",
            condition=f"{_ACCOUNT.format(key='source', kind='gift')} OR {_ACCOUNT.format(key='account', kind='received')}",
            message="a collection goes from an account of gifts into one of what was received",
        ),
        Never(
            "funds_collection_stays_itself",
            table="funds_collection",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.fund_id <> OLD.fund_id OR NEW.source_id <> OLD.source_id
                OR NEW.account_id <> OLD.account_id OR NEW.purpose <> OLD.purpose""",
            message="a collection keeps its accounts, and what people gave for",
        ),
        Never(
            "funds_collection_never_deleted",
            table="funds_collection",
            verb="DELETE",
            condition="TRUE",
            message="collections are kept",
        ),
        Never(
            "funds_taking_not_as_booked",
            table="funds_taking",
            verb="INSERT",
            guard="NEW.entry_id IS NOT NULL",
            condition=_MOVED.format(
                whole="transaction", part="transfer", key="transaction", column="entry"
            ),
            message="a total of gifts is what the ledger moved",
        ),
        Never(
            "funds_taking_not_as_ordered",
            table="funds_taking",
            verb="INSERT",
            guard="NEW.order_id IS NOT NULL",
            condition=_MOVED.format(whole="order", part="orderline", key="order", column="order"),
            message="a total of gifts is what its order would move",
        ),
        Never(
            "funds_receipt_says_what_it_said",
            table="funds_receipt",
            verb="UPDATE",
            condition=f"""NEW.code <> OLD.code OR NEW.collection_id <> OLD.collection_id OR NEW.day <> OLD.day
                OR NEW.door <> OLD.door OR NEW.amount <> OLD.amount OR NEW.taking_id IS NULL
                OR (OLD.taking_id IS NOT NULL AND NOT {_DEAD.format(taking='OLD.taking_id')})""",
            message="a receipt says what it said, and stands in the books once",
        ),
        Never(
            "funds_receipt_of_another_total",
            table="funds_receipt",
            verb="UPDATE",
            guard="NEW.taking_id IS NOT NULL",
            condition="""NOT EXISTS (SELECT 1 FROM funds_taking t WHERE t.id = NEW.taking_id
                AND t.collection_id = NEW.collection_id AND t.day = NEW.day AND t.door = NEW.door
                AND t.amount >= NEW.amount + (SELECT COALESCE(SUM(other.amount), 0) FROM funds_receipt other
                    WHERE other.taking_id = t.id AND other.id <> NEW.id)
                AND t.gifts > (SELECT COUNT(*) FROM funds_receipt other
                    WHERE other.taking_id = t.id AND other.id <> NEW.id))""",
            message="receipts of a day never come to more than its total",
        ),
        Never(
            "funds_receipt_added_in_the_books",
            table="funds_receipt",
            verb="INSERT",
            condition="NEW.taking_id IS NOT NULL",
            message="a receipt is written when the gift is given, and stands in the books afterwards",
        ),
    ]
