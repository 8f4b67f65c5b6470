"""Tables whose rows are added and never changed or removed: held by triggers, so that no program,
console or repair script can do otherwise without being seen to drop them first.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_FORWARDS = {
    "sqlite": """
        CREATE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
    """,
    # The function looks at no row but its own, so that it works on every node of a cluster.
    "postgresql": """
        CREATE OR REPLACE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$;
        CREATE TRIGGER {table}_kept_{verb} BEFORE {verb} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_kept()
    """,
}
_BACKWARDS = {
    "sqlite": "DROP TRIGGER {table}_kept_{verb}",
    "postgresql": "DROP TRIGGER {table}_kept_{verb} ON {table}",
}


class AppendOnly(Operation):
    """Forbid UPDATE and DELETE on one table (a migration operation, reversible)."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Set the triggers."""
        self._run(schema_editor, _FORWARDS)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the triggers away."""
        self._run(schema_editor, _BACKWARDS)

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Forbid changing or removing rows of {self.table}"

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, by_vendor: dict[str, str]) -> None:
        template = by_vendor[schema_editor.connection.vendor]
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(template.format(table=self.table, verb=verb))
