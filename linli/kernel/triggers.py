"""One trigger on one table, as a migration operation, on SQLite and PostgreSQL alike."""

from abc import ABC, abstractmethod

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_GONE = {"sqlite": "DROP TRIGGER {name}", "postgresql": "DROP FUNCTION {name}() CASCADE"}


class Trigger(Operation, ABC):
    """Set a trigger on the way forward, take it away on the way back. On PostgreSQL its function has its name."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, *, table: str) -> None:
        self.name = name
        self.table = table

    @abstractmethod
    def text(self, vendor: str) -> str:
        """Return the statements that set it, for "sqlite" or "postgresql"."""

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
        schema_editor.execute(self.text(schema_editor.connection.vendor))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the trigger away."""
        schema_editor.execute(_GONE[schema_editor.connection.vendor].format(name=self.name))
