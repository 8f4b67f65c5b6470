"""Concerns about what other engines keep, counted by the month."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0006_corrections")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ConcernCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=40)),
                ("month", models.DateField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("about"), models.F("month"), name="concerns_are_counted_once"
                    )
                ],
            },
        ),
    ]
