"""What the database itself does after a row was added, as a migration operation, on SQLite and PostgreSQL alike."""

from linli.kernel.triggers import Trigger

_EACH = {
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


class Follows(Trigger):
    """Do one statement, over NEW, after each row that is added to a table; SQL that both databases read.

    `together` does the same on PostgreSQL once for all rows of a statement, which it finds in the table `added`;
    `declared`: the variable that it uses.
    """

    def __init__(
        self, name: str, *, table: str, statement: str, together: str = "", declared: str = ""
    ) -> None:
        super().__init__(name, table=table)
        self.statement = statement
        self.together = together
        self.declared = declared

    def describe(self) -> str:
        """Say what the operation does."""
        return f"After each row of {self.table}: {self.name}"

    def text(self, vendor: str) -> str:
        """Return the statements that set it."""
        form = _TOGETHER if self.together and vendor == "postgresql" else _EACH[vendor]
        return form.format(
            name=self.name, table=self.table, statement=self.statement,
            together=self.together, declared=self.declared,
        )  # fmt: skip
