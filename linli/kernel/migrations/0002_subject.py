from django.db import migrations, models

from linli.kernel.never import Never


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_staff")]

    operations = [
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=9, unique=True)),
                ("purpose", models.CharField(max_length=20)),
                ("created_on", models.DateField()),
                ("purge_on", models.DateField()),
                ("destroyed_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("destroyed_on", None)),
                        fields=["purge_on"],
                        name="subject_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        name="subject_has_a_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purge_on__gte", models.F("created_on"))),
                        name="subject_goes_after_it_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destroyed_on", None),
                            ("destroyed_on__gte", models.F("purge_on")),
                            _connector="OR",
                        ),
                        name="subject_is_destroyed_on_its_day",
                    ),
                ],
            },
        ),
        Never(
            "kernel_subject_destroyed_is_gone",
            table="kernel_subject",
            verb="UPDATE",
            condition="""OLD.destroyed_on IS NOT NULL
                AND NEW.destroyed_on IS DISTINCT FROM OLD.destroyed_on""",
            message="a destroyed key never comes back",
        ),
        Never(
            "kernel_subject_goes_no_later",
            table="kernel_subject",
            verb="UPDATE",
            condition="NEW.purge_on > OLD.purge_on",
            message="the day of destruction may only move earlier",
        ),
        Never(
            "kernel_subject_stays_the_same",
            table="kernel_subject",
            verb="UPDATE",
            condition="""NEW.code <> OLD.code OR NEW.purpose <> OLD.purpose
                OR NEW.created_on <> OLD.created_on""",
            message="a subject stays what it was made for",
        ),
        Never(
            "kernel_subject_is_destroyed_first",
            table="kernel_subject",
            verb="DELETE",
            condition="OLD.destroyed_on IS NULL",
            message="a subject whose key lives is destroyed, not removed",
        ),
    ]
