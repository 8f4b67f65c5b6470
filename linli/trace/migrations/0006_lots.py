"""What small shops enter: lines of a book, kept as they were told, and tables of these, taken in once."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("trace", "0005_lookup")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="lot",
            name="origin",
            field=models.CharField(editable=False, max_length=120, null=True),
        ),
        migrations.CreateModel(
            name="BookSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(max_length=60)),
                ("by_role", models.CharField(max_length=20)),
                ("by_unit", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("code", models.CharField(editable=False, max_length=9, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("operator", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="book_sheets", to="trace.operator")),
            ],
            options={"ordering": ["-id"],
                'constraints': [models.UniqueConstraint(models.F("operator"), models.F("digest"), name="book_sheet_is_taken_in_once")],
            },
        ),
        migrations.CreateModel(
            name="BookLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(max_length=60)),
                ("by_role", models.CharField(max_length=20)),
                ("by_unit", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("code", models.CharField(editable=False, max_length=9, unique=True)),
                ("kind", models.CharField(choices=[("made", "Made"), ("used", "Used up"), ("received", "Taken in"), ("sold", "Sold on"), ("moved", "Moved"), ("thrown", "Thrown away")], max_length=8, verbose_name="What happened")),
                ("amount", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="Quantity")),
                ("unit_code", models.CharField(blank=True, max_length=3, verbose_name="Unit")),
                ("partner", models.CharField(blank=True, max_length=120, verbose_name="From whom or to whom")),
                ("happened_at", models.DateTimeField()),
                ("wrong_at", models.DateTimeField(editable=False, null=True)),
                ("corrects", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="trace.bookline")),
                ("event", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="trace.event")),
                ("lot", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="trace.lot")),
                ("operator", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="trace.operator")),
                ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trace.premises")),
                ("premises", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="trace.premises")),
                ("sheet", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="trace.booksheet")),
            ],
            options={"ordering": ["-happened_at", "-id"],
                'indexes': [models.Index(fields=["operator", "-happened_at", "-id"], name="book_line_of_operator")],
                'constraints': [models.CheckConstraint(
                condition=models.Q(("kind__in", ["made", "used", "received", "sold", "moved", "thrown"])),
                name="book_line_kind_is_known",
            ), models.CheckConstraint(
                condition=models.Q(models.Q(("amount", None), ("kind", "used")), ("amount__gt", 0), _connector="OR"),
                name="book_line_says_how_much",
            ), models.UniqueConstraint(
                models.F("event"), models.F("lot"), models.F("kind"), name="book_line_is_told_once"
            )],
            },
        ),
        *append_only("trace_booksheet"),
        Never(
            "trace_bookline_never_deleted",
            table="trace_bookline",
            verb="DELETE",
            condition="TRUE",
            message="no line of a book is removed",
        ),
        Never(
            "trace_bookline_stays_what_it_is",
            table="trace_bookline",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.operator_id <> OLD.operator_id OR NEW.premises_id <> OLD.premises_id
                OR NEW.lot_id <> OLD.lot_id OR NEW.kind <> OLD.kind OR NEW.amount IS DISTINCT FROM OLD.amount
                OR NEW.unit_code <> OLD.unit_code OR NEW.partner <> OLD.partner OR NEW.event_id <> OLD.event_id
                OR NEW.place_id IS DISTINCT FROM OLD.place_id OR NEW.happened_at <> OLD.happened_at
                OR NEW.sheet_id IS DISTINCT FROM OLD.sheet_id OR NEW.corrects_id IS DISTINCT FROM OLD.corrects_id
                OR (OLD.wrong_at IS NOT NULL AND NEW.wrong_at IS DISTINCT FROM OLD.wrong_at)""",
            message="a line of a book stays as it was told, and is declared wrong once",
        ),
        Never(
            "trace_lot_stays_taken_in",
            table="trace_lot",
            verb="UPDATE",
            condition="NEW.origin IS DISTINCT FROM OLD.origin",
            message="lot: where it came from never changes",
        ),
    ]
