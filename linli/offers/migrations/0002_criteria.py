"""What contests are judged by: criteria with weights, and grades by each."""

import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, NeverAdd, append_only

_TOLD = """EXISTS (SELECT 1 FROM offers_mark one JOIN offers_entry work ON work.id = one.entry_id
    JOIN offers_contest their ON their.id = work.contest_id
    WHERE one.id = {row}.mark_id AND their.judged_at IS NOT NULL)"""


class Migration(migrations.Migration):

    dependencies = [
        ("offers", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("weight", models.PositiveSmallIntegerField()),
                ("contest", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="offers.contest")),
            ],
            options={
                "verbose_name_plural": "criteria",
                "ordering": ["contest", "number"],
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveSmallIntegerField()),
                ("criterion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="grades", to="offers.criterion")),
                ("mark", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="grades", to="offers.mark")),
            ],
            options={
                "ordering": ["mark", "criterion"],
            },
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(models.F("contest"), models.F("number"), name="criterion_has_its_number"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="criterion_has_a_name"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(condition=models.Q(("weight__gte", 1), ("weight__lte", 100)), name="criterion_weighs_something"),
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.UniqueConstraint(models.F("mark"), models.F("criterion"), name="grade_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="grade",
            constraint=models.CheckConstraint(condition=models.Q(("points__lte", 100)), name="grade_is_of_a_hundred"),
        ),
        *append_only("offers_criterion"),
        Never(
            "offers_criterion_comes_with_the_terms",
            table="offers_criterion",
            verb="INSERT",
            condition="EXISTS (SELECT 1 FROM offers_entry work WHERE work.contest_id = NEW.contest_id)",
            message="criteria are named before works come",
        ),
        NeverAdd(
            "offers_grade_is_of_its_contest",
            table="offers_grade",
            rows=[
                ("one", "offers_mark", "NEW.mark_id"),
                ("work", "offers_entry", "one.entry_id"),
                ("asked", "offers_criterion", "NEW.criterion_id"),
                ("their", "offers_contest", "work.contest_id"),
            ],
            faults={
                "a grade is by a criterion of its contest": ["asked.contest_id <> work.contest_id"],
                "nobody grades after the result": ["their.judged_at IS NOT NULL"],
            },
        ),
        Never(
            "offers_grade_stays_when_judged",
            table="offers_grade",
            verb="UPDATE",
            condition=f"""NEW.mark_id <> OLD.mark_id OR NEW.criterion_id <> OLD.criterion_id
                OR {_TOLD.format(row="OLD")}""",
            message="a grade is of its mark, until the result is told",
        ),
        Never(
            "offers_grade_never_deleted",
            table="offers_grade",
            verb="DELETE",
            condition="TRUE",
            message="a grade is changed until the result is told, never removed",
        ),
    ]
