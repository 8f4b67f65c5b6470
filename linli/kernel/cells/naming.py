"""What a cell is called, and what follows from its name alone: its folder, its master key, where its tables are."""

import re
from pathlib import Path

# It is a schema, a folder and a word in a connection's options: no sign in it means anything to any of them.
_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TAKEN = ("public", "pg_", "information_schema", "citus")


def is_plain(name: str) -> bool:
    """Say whether a cell can be called so: small letters, digits and _, a letter first, at most forty."""
    return bool(_PLAIN.fullmatch(name)) and not name.startswith(_TAKEN)


def named(said: str) -> str:
    """Return the name of the cell that the environment names, or none. Raises ValueError for one that cannot be."""
    if said and not is_plain(said):
        message = "LINLI_CELL: small letters, digits and _, a letter first, at most 40"
        raise ValueError(message)
    return said


def home(house: Path, cell: str) -> Path:
    """Return where files and keys of a cell lie, within the folder of the house; of no cell: the folder itself."""
    return house / "cells" / cell if cell else house


def own_file(path: Path, cell: str) -> Path:
    """Return the cell's own file beside the one of the house: one rotates its master key without the other."""
    return path.with_name(f"{path.stem}.{cell}{path.suffix}") if cell else path


def own_secret(secret: str, cell: str) -> str:
    """Return the cell's own secret: what one cell signed is nothing to another."""
    return f"{secret}:{cell}" if cell else secret


def searched(cell: str) -> dict[str, str]:
    """Return what a connection sets so that it finds the tables of this cell and no others."""
    return {"search_path": cell} if cell else {}
