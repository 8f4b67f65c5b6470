from django.db import migrations

from linli.kernel.never import Never


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_promises_stand")]

    operations = [
        Never(
            "plans_meeting_minutes_stand",
            table="plans_meeting",
            verb="UPDATE",
            condition="""OLD.approved_at IS NOT NULL AND (
                NEW.minutes <> OLD.minutes OR NEW.approved_at IS DISTINCT FROM OLD.approved_at)""",
            message="approved minutes stand",
        ),
    ]
