"""Coarse counters of the look-up; and the mark of all that its answers are made of, new with every change."""

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Whatever an answer is made of. Not the walks of a recall: that has moved when these are done.
MARKED = (
    "operator", "premises", "permit", "permitstep", "visit", "product", "lot", "recall", "report", "hearing",
)  # fmt: skip
VERBS = ("INSERT", "UPDATE", "DELETE")
# At the end of a transaction, once: who changes then waits for who changed before, and for nobody else.
_FUNCTION = """
    CREATE FUNCTION trace_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE own text := left(md5(pg_current_xact_id()::text || transaction_timestamp()::text), 16);
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM kernel_edition WHERE name = 'food' AND mark = own) THEN
            INSERT INTO kernel_edition (name, mark) VALUES ('food', own)
                ON CONFLICT (name) DO UPDATE SET mark = excluded.mark;
        END IF;
        RETURN NULL;
    END $$
"""
_POSTGRESQL = """
    CREATE CONSTRAINT TRIGGER trace_{table}_marked AFTER INSERT OR UPDATE OR DELETE ON trace_{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION trace_new_edition()
"""
_SQLITE = """
    CREATE TRIGGER trace_{table}_marked_{verb} AFTER {verb} ON trace_{table}
    BEGIN
        INSERT INTO kernel_edition (name, mark) SELECT 'food', ''
            WHERE NOT EXISTS (SELECT 1 FROM kernel_edition WHERE name = 'food');
        UPDATE kernel_edition SET mark = lower(hex(randomblob(8))) WHERE name = 'food';
    END
"""


def mark(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_FUNCTION)
        for table in MARKED:
            editor.execute(_POSTGRESQL.format(table=table))
        return
    for table in MARKED:
        for verb in VERBS:
            editor.execute(_SQLITE.format(table=table, verb=verb))


def unmark(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION trace_new_edition() CASCADE")
        return
    for table in MARKED:
        for verb in VERBS:
            editor.execute(f"DROP TRIGGER trace_{table}_marked_{verb}")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("trace", "0004_recalls"), ("kernel", "0005_edition")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LookupCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("kind", models.CharField(max_length=10)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["-day", "kind"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("day"), models.F("kind"), name="lookups_are_counted_once"
                    ),
                ],
            },
        ),
        migrations.RunPython(mark, unmark),
    ]
