"""What a database holds, told so that two copies can be compared: rows by table, and the look log's size and root.

The root is made anew from the leaves, so that a copy that lost or altered one entry is another one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from linli.kernel.merkle import Frontier, leaf_hash

Rows = Callable[[str], Iterable[Sequence[Any]]]
_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    # A table in parts is one table.
    "postgresql": "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
    " AND relnamespace = current_schema()::regnamespace",
}
_LEAVES = "SELECT leaf FROM kernel_logleaf ORDER BY position"


@dataclass(frozen=True, slots=True)
class Counted:
    """One database in numbers: its rows by table, its look log."""

    rows: dict[str, int]
    log_size: int
    log_root: str

    @classmethod
    def read(cls, said: dict[str, Any]) -> Self:
        """Return what `told` wrote. Raises TypeError for anything else."""
        return cls(**said)

    @property
    def told(self) -> dict[str, Any]:
        """The same as JSON takes it."""
        return asdict(self)

    @property
    def total(self) -> int:
        """All rows together."""
        return sum(self.rows.values())


def counted(rows: Rows, vendor: str) -> Counted:
    """Count one database, asked through `rows`."""
    tables = sorted(str(name) for (name,) in rows(_TABLES[vendor]))
    found = {name: _count(rows, name) for name in tables}
    tree = Frontier()
    if "kernel_logleaf" in found:
        for (leaf,) in rows(_LEAVES):
            tree = tree.append(leaf_hash(bytes(leaf))).frontier
    return Counted(found, tree.size, tree.root().hex())


def differences(was: Counted, now: Counted) -> list[str]:
    """Return in which tables, and whether in its log, one copy is not the other."""
    names = sorted(was.rows.keys() | now.rows.keys())
    found = [name for name in names if was.rows.get(name) != now.rows.get(name)]
    same_log = (was.log_size, was.log_root) == (now.log_size, now.log_root)
    return found if same_log else [*found, "look log"]


def _count(rows: Rows, table: str) -> int:
    quoted = table.replace('"', '""')
    [(count,)] = rows(f'SELECT count(*) FROM "{quoted}"')  # noqa: S608 - the database's own names
    return int(count)
