from django.db import migrations, models

from linli.kernel.never import Never


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_trust")]

    operations = [
        migrations.CreateModel(
            name="LookCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("by_role", models.CharField(max_length=20)),
                ("by_unit", models.CharField(max_length=120)),
                ("looks", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("month"), models.F("by_role"), models.F("by_unit"), name="looks_are_counted_once"
                    )
                ],
            },
        ),
        Never(
            "kernel_lookcount_only_grows",
            table="kernel_lookcount",
            verb="UPDATE",
            condition="""NEW.looks < OLD.looks OR NEW.month <> OLD.month OR NEW.by_role <> OLD.by_role
                OR NEW.by_unit <> OLD.by_unit""",
            message="looks that were counted stay counted",
        ),
        Never(
            "kernel_lookcount_stays",
            table="kernel_lookcount",
            verb="DELETE",
            condition="TRUE",
            message="looks that were counted stay counted",
        ),
    ]
