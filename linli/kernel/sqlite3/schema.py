"""Changes of tables on SQLite, as Django makes them, but what the database itself forbids stays forbidden.

SQLite changes most of a table by making it anew. Its triggers go with the old one; and where another table's
trigger names it, the new one cannot take its name.
"""

from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor
from django.db.models import Model


class SchemaEditor(DatabaseSchemaEditor):
    """One change of the tables."""

    def _remake_table(self, model: type[Model], *args: Any, **named: Any) -> None:
        table = model._meta.db_table  # noqa: SLF001 - Django's public name for a model's make-up
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            triggers = [sql for (sql,) in cursor.fetchall()]
        # As before SQLite 3.26: no name is looked for in triggers while the tables change places.
        self.execute("PRAGMA legacy_alter_table = ON")
        try:
            super()._remake_table(model, *args, **named)  # type: ignore[misc]
        finally:
            self.execute("PRAGMA legacy_alter_table = OFF")
        for sql in triggers:
            self.execute(sql)
