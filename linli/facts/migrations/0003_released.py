import django.db.models.deletion
from django.db import migrations, models

from linli.kernel.never import Never, NeverAdd


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_facts_stand")]

    operations = [
        migrations.RemoveConstraint(model_name="evidence", name="evidence_is_whole"),
        migrations.AddField(
            model_name="indicator",
            name="released_from",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="released_as",
                to="facts.indicator",
            ),
        ),
        migrations.AlterField(
            model_name="evidence",
            name="kind",
            field=models.CharField(
                choices=[
                    ("query", "Counted from records"),
                    ("file", "A file"),
                    ("span", "A sentence of a document"),
                    ("statement", "A statement from outside"),
                    ("release", "Passed the release gate"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "query"), ("version__gt", "")),
                    models.Q(("digest__gt", ""), ("file_name__gt", ""), ("kind", "file")),
                    models.Q(("digest__gt", ""), ("end__gt", models.F("start")), ("kind", "span")),
                    models.Q(("kind", "statement"), ("words__gt", "")),
                    models.Q(
                        ("address__startswith", "/releases/"),
                        ("digest__gt", ""),
                        ("kind", "release"),
                    ),
                    _connector="OR",
                ),
                name="evidence_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_from__isnull", True),
                    models.Q(("about_people", True), ("official_only", False), ("public", True)),
                    _connector="OR",
                ),
                name="indicator_released_is_public",
            ),
        ),
        NeverAdd(
            "facts_fact_passes_the_gate",
            table="facts_fact",
            rows=[
                ("counted", "facts_indicator", "NEW.indicator_id"),
                ("rests", "facts_evidence", "NEW.evidence_id"),
            ],
            faults={
                "people counted here are not public before they are released": [
                    "NEW.value IS NOT NULL AND rests.kind = 'query'",
                    "counted.public AND counted.about_people",
                ],
                "what is released comes from a release, and a release brings nothing else": [
                    "NEW.value IS NOT NULL",
                    "(rests.kind = 'release') <> (counted.released_from_id IS NOT NULL)",
                ],
            },
        ),
        Never(
            "facts_indicator_counts_people_for_ever",
            table="facts_indicator",
            verb="UPDATE",
            guard="OLD.about_people AND NOT NEW.about_people",
            condition="TRUE",
            message="what counts people does so for ever",
        ),
        Never(
            "facts_indicator_people_stay_inside",
            table="facts_indicator",
            verb="UPDATE",
            guard="NEW.public AND NEW.about_people AND NOT (OLD.public AND OLD.about_people)",
            condition="""EXISTS (
                SELECT 1 FROM facts_fact JOIN facts_evidence ON facts_evidence.id = facts_fact.evidence_id
                WHERE facts_fact.indicator_id = NEW.id AND facts_evidence.kind = 'query')""",
            message="people counted here are not public before they are released",
        ),
        Never(
            "facts_indicator_twin_for_ever",
            table="facts_indicator",
            verb="UPDATE",
            guard="OLD.released_from_id IS DISTINCT FROM NEW.released_from_id",
            condition="TRUE",
            message="the public twin of an indicator is made once",
        ),
    ]
