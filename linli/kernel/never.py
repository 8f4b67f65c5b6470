"""Rules that the database itself keeps, as migration operations, on SQLite and PostgreSQL alike: tables
whose rows are added and never changed, and rows that may not be written when a condition holds. No
program, console or repair script can do otherwise without being seen to drop a trigger first.
"""

from collections.abc import Mapping, Sequence

from django.db.migrations.operations.base import Operation

from linli.kernel.triggers import Trigger

# On PostgreSQL the function looks at no table but those its condition names.
_NEVER = {
    "sqlite": """
        CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN ({guard}) AND ({condition})
        BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
    "postgresql": """
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN ({guard})
            EXECUTE FUNCTION {name}()
    """,
}


class Never(Trigger):
    """Forbid INSERT, UPDATE or DELETE on one table where a condition holds.

    The condition is SQL that both databases read, over NEW and OLD; `IS DISTINCT FROM` compares NULLs.
    `guard` says of which rows the question arises at all, over the row alone: PostgreSQL asks it before it
    calls anything, so that rows which never come into question cost nothing.
    The message is for engineers: actions refuse first, in the reader's language.
    """

    def __init__(
        self,
        name: str,
        *,
        table: str,
        verb: str,
        condition: str,
        message: str,
        guard: str = "TRUE",
    ) -> None:
        super().__init__(name, table=table)
        self.verb = verb
        self.condition = condition
        self.message = message
        self.guard = guard

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Never {self.verb} on {self.table}: {self.message}"

    def text(self, vendor: str) -> str:
        """Return the statements that set it."""
        return _NEVER[vendor].format(
            name=self.name, table=self.table, verb=self.verb,
            condition=self.condition, guard=self.guard, message=self.message,
        )  # fmt: skip


def append_only(table: str) -> list[Operation]:
    """Return the operations that forbid changing or removing rows of one table."""
    return [
        Never(
            f"{table}_kept_{verb.lower()}",
            table=table,
            verb=verb,
            condition="TRUE",
            message=f"{table} is append-only",
        )
        for verb in ("UPDATE", "DELETE")
    ]


_FIRST_OF_MANY = {
    "sqlite": """
        CREATE TRIGGER {name} BEFORE INSERT ON {table}
        BEGIN SELECT CASE {faults} END FROM (SELECT 1) {known}; END
    """,
    "postgresql": """
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE {declared}
        BEGIN {known} {faults} RETURN NEW; END $$;
        CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()
    """,
}


class NeverAdd(Never):
    """Forbid INSERT into a busy table for the first of many conditions that holds; each has its message.

    `rows` are looked up once for all conditions: alias, table, and by which id. They may be missing, and are
    all NULL then. A condition may be of several parts, the dear ones last: they are asked only if all before hold.
    """

    def __init__(
        self,
        name: str,
        *,
        table: str,
        rows: Sequence[tuple[str, str, str]],
        faults: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(name, table=table, verb="INSERT", condition="", message=", ".join(faults))
        self.rows = rows
        self.faults = faults

    def text(self, vendor: str) -> str:
        """Return the statements that set it."""
        words = self._for_sqlite() if vendor == "sqlite" else self._for_postgresql()
        return _FIRST_OF_MANY[vendor].format(name=self.name, table=self.table, **words)

    def _for_sqlite(self) -> dict[str, str]:
        cases = (
            f"WHEN {' AND '.join(f'({part})' for part in parts)} THEN RAISE(ABORT, '{message}')"
            for message, parts in self.faults.items()
        )
        joined = (
            f"LEFT JOIN {table} {alias} ON {alias}.id = {key}" for alias, table, key in self.rows
        )
        return {"faults": " ".join(cases), "known": " ".join(joined)}

    def _for_postgresql(self) -> dict[str, str]:
        raised = "RAISE EXCEPTION '{}' USING ERRCODE = 'restrict_violation';"
        ifs = (
            f"{' '.join(f'IF {part} THEN' for part in parts)} {raised.format(message)}"
            f" {'END IF; ' * len(parts)}"
            for message, parts in self.faults.items()
        )
        found = (
            f"SELECT * INTO {alias} FROM {table} WHERE id = {key};"  # noqa: S608 - of a migration
            for alias, table, key in self.rows
        )
        declared = (f"{alias} record;" for alias, _table, _key in self.rows)
        return {"declared": " ".join(declared), "faults": " ".join(ifs), "known": " ".join(found)}
