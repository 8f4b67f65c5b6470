"""What operators say to what is said of them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from linli.kernel.never import Never

# The mark of what pages of food supervision are made of (migration 0005) is new with every reply too.
_POSTGRESQL = """
    CREATE CONSTRAINT TRIGGER trace_operatorreply_marked AFTER INSERT OR UPDATE ON trace_operatorreply
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace_new_edition()
"""
_SQLITE = """
    CREATE TRIGGER trace_operatorreply_marked_{verb} AFTER {verb} ON trace_operatorreply
    BEGIN UPDATE kernel_edition SET mark = lower(hex(randomblob(8))) WHERE name = 'food'; END
"""


def mark(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL)
        return
    for verb in ("INSERT", "UPDATE"):
        editor.execute(_SQLITE.format(verb=verb))


def unmark(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER trace_operatorreply_marked ON trace_operatorreply")
        return
    for verb in ("INSERT", "UPDATE"):
        editor.execute(f"DROP TRIGGER trace_operatorreply_marked_{verb}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("trace", "0006_lots")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="OperatorReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("words", models.TextField(verbose_name="Reply")),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(editable=False, null=True)),
                ("withheld_at", models.DateTimeField(editable=False, null=True)),
                ("withheld_by", models.CharField(blank=True, editable=False, max_length=120)),
                (
                    "withheld_for",
                    models.CharField(blank=True, max_length=500, verbose_name="Reason"),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="trace.premises",
                    ),
                ),
            ],
            options={"ordering": ["premises", "-number"],
                'constraints': [models.UniqueConstraint(
                models.F("premises"), models.F("number"), name="operator_reply_has_its_number"
            ), models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="operator_reply_says_what"
            ), models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withheld_at", None), ("withheld_by", ""), ("withheld_for", "")),
                    models.Q(
                        ("withheld_at__isnull", False),
                        models.Q(("withheld_for", ""), _negated=True),
                        models.Q(("withheld_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="operator_reply_withheld_for",
            )],
            },
        ),
        Never(
            "trace_operatorreply_never_deleted",
            table="trace_operatorreply",
            verb="DELETE",
            condition="TRUE",
            message="no reply is removed",
        ),
        Never(
            "trace_operatorreply_is_said_once",
            table="trace_operatorreply",
            verb="UPDATE",
            condition="""NEW.premises_id <> OLD.premises_id OR NEW.number <> OLD.number OR NEW.words <> OLD.words
                OR NEW.at <> OLD.at OR OLD.withheld_at IS NOT NULL OR OLD.taken_back_at IS NOT NULL""",
            message="a reply stays what was said, and is taken back or withheld once",
        ),
        Never(
            "trace_operatorreply_five_stand",
            table="trace_operatorreply",
            verb="INSERT",
            condition="""(SELECT COUNT(*) FROM trace_operatorreply r
                WHERE r.premises_id = NEW.premises_id AND r.taken_back_at IS NULL) >= 5""",
            message="five replies stand at most",
        ),
        migrations.RunPython(mark, unmark),
    ]
