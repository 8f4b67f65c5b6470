from django.db import migrations

from linli.kernel.never import Never, append_only


class Migration(migrations.Migration):
    dependencies = [("facts", "0001_first")]

    operations = [
        *append_only("facts_fact"),
        *append_only("facts_evidence"),
        Never(
            "facts_fact_supersedes_its_like",
            table="facts_fact",
            verb="INSERT",
            guard="NEW.supersedes_id IS NOT NULL",
            condition="""NOT EXISTS (
                SELECT 1 FROM facts_fact earlier
                WHERE earlier.id = NEW.supersedes_id AND earlier.status <> 'withdrawn'
                AND earlier.indicator_id = NEW.indicator_id AND earlier.area_id = NEW.area_id
                AND earlier.period_from = NEW.period_from AND earlier.period_until = NEW.period_until
                AND earlier.at <= NEW.at)""",
            message="a fact supersedes an earlier one of the same indicator, area and period",
        ),
        Never(
            "facts_fact_span_is_a_claim",
            table="facts_fact",
            verb="INSERT",
            guard="NEW.status IN ('evidenced', 'confirmed')",
            condition="""EXISTS (
                SELECT 1 FROM facts_evidence
                WHERE facts_evidence.id = NEW.evidence_id AND facts_evidence.kind = 'span')""",
            message="a sentence in a document is a claim, never proof",
        ),
    ]
