"""What the database itself does after a row was added, as a migration operation, on SQLite and PostgreSQL alike."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_FORWARDS = {
    "sqlite": "CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN {statement}; END",
    "postgresql": """
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {statement}; RETURN NULL; END $$;
        CREATE TRIGGER {name} AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
    """,
}
_TOGETHER = """
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE {declared}; BEGIN {together}; RETURN NULL; END $$;
    CREATE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION {name}()
"""
_BACKWARDS = {"sqlite": "DROP TRIGGER {name}", "postgresql": "DROP FUNCTION {name}() CASCADE"}


class Follows(Operation):
    """Do one statement, over NEW, after each row that is added to a table; SQL that both databases read.

    `together` does the same on PostgreSQL once for all rows of a statement, which it finds in the table `added`;
    `declared`: the variable that it uses.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(
        self, name: str, *, table: str, statement: str, together: str = "", declared: str = ""
    ) -> None:
        self.name = name
        self.table = table
        self.statement = statement
        self.together = together
        self.declared = declared

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Set the trigger."""
        together = {"postgresql": _TOGETHER} if self.together else {}
        self._run(schema_editor, _FORWARDS | together)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the trigger away."""
        self._run(schema_editor, _BACKWARDS)

    def describe(self) -> str:
        """Say what the operation does."""
        return f"After each row of {self.table}: {self.name}"

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, by_vendor: dict[str, str]) -> None:
        schema_editor.execute(
            by_vendor[schema_editor.connection.vendor].format(
                name=self.name,
                table=self.table,
                statement=self.statement,
                together=self.together,
                declared=self.declared,
            )
        )
