from django.db import migrations

from linli.kernel.never import Never, append_only

DEEDS = ("move", "movedecision", "progress", "review", "notice", "step")


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_first")]

    operations = [
        *(operation for deed in DEEDS for operation in append_only(f"plans_{deed}")),
        Never(
            "plans_task_first_promise_is_what_was_promised",
            table="plans_task",
            verb="UPDATE",
            condition="""OLD.promised_at IS NULL AND NEW.promised_at IS NOT NULL AND (
                NEW.first_due_on IS DISTINCT FROM NEW.due_on
                OR NEW.first_target IS DISTINCT FROM NEW.target)""",
            message="the first promise is the due day and target at the time of the promise",
        ),
        Never(
            "plans_task_first_promise_is_kept",
            table="plans_task",
            verb="UPDATE",
            condition="""OLD.promised_at IS NOT NULL AND (
                NEW.promised_at IS DISTINCT FROM OLD.promised_at
                OR NEW.first_due_on IS DISTINCT FROM OLD.first_due_on
                OR NEW.first_target IS DISTINCT FROM OLD.first_target
                OR NEW.target_sense <> OLD.target_sense
                OR (OLD.indicator_id IS NOT NULL
                    AND NEW.indicator_id IS DISTINCT FROM OLD.indicator_id))""",
            message="the first promise is never overwritten",
        ),
        Never(
            "plans_task_moves_on_record",
            table="plans_task",
            verb="UPDATE",
            condition="""OLD.promised_at IS NOT NULL
                AND (NEW.due_on IS DISTINCT FROM OLD.due_on
                    OR NEW.target IS DISTINCT FROM OLD.target)
                AND NOT EXISTS (
                    SELECT 1 FROM plans_move m JOIN plans_movedecision d ON d.move_id = m.id
                    WHERE m.task_id = OLD.id AND d.approved
                    AND m.was_due_on IS NOT DISTINCT FROM OLD.due_on
                    AND m.now_due_on IS NOT DISTINCT FROM NEW.due_on
                    AND m.was_target IS NOT DISTINCT FROM OLD.target
                    AND m.now_target IS NOT DISTINCT FROM NEW.target)""",
            message="a promised day or target moves only as an approved move says",
        ),
        Never(
            "plans_task_promised_is_kept",
            table="plans_task",
            verb="DELETE",
            condition="OLD.promised_at IS NOT NULL",
            message="a promised task is dropped with a reason, never removed",
        ),
    ]
