"""The signed root of each day's books."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0005_gifts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Root",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("day", models.DateField(unique=True)),
                ("until", models.DateTimeField(unique=True)),
                ("before", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("entries", models.PositiveIntegerField()),
                ("note", models.TextField()),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entries", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("fund", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="heads", to="funds.fund")),
                ("root", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="heads", to="funds.root")),
            ],
            options={
                "ordering": ["root", "fund"],
            },
        ),
        migrations.AddConstraint(
            model_name="root",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="root_is_numbered"),
        ),
        migrations.AddConstraint(
            model_name="head",
            constraint=models.UniqueConstraint(models.F("fund"), models.F("root"), name="head_is_of_a_day"),
        ),
        *append_only("funds_root"),
        *append_only("funds_head"),
        Never(
            "funds_root_goes_on",
            table="funds_root",
            verb="INSERT",
            condition="""NEW.number <> 1 + (SELECT COUNT(*) FROM funds_root)
                OR NEW.before <> COALESCE((SELECT funds_root.digest FROM funds_root
                    WHERE funds_root.number = NEW.number - 1), NEW.before)
                OR NEW.until <= COALESCE((SELECT MAX(funds_root.until) FROM funds_root), '2000-01-01')""",
            message="a root goes on from the one before",
        ),
        Never(
            "funds_transaction_into_a_signed_day",
            table="funds_transaction",
            verb="INSERT",
            condition="NEW.at < (SELECT MAX(funds_root.until) FROM funds_root)",
            message="this day is signed",
        ),
    ]
