"""The register as it is written: for each column of each table why it is there, and until when.

An entry that says anything else than it should, a class of its own for instance, is refused on reading.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from linli.portal.held.words import BASES, CLASSES, KEPT, OWNERS, PARTS, PURPOSES, WHAT

_FILE = Path(__file__).with_name("register.toml")
_KNOWN: Mapping[str, Mapping[str, object]] = {
    "part": PARTS,
    "what": WHAT,
    "class": CLASSES,
    "purpose": PURPOSES,
    "basis": BASES,
    "kept": KEPT,
    "owner": OWNERS,
}


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held: what, of which class, why, on what ground, how long, who answers for it."""

    part: str
    what: str
    rank: str
    purpose: str
    basis: str
    kept: str
    owner: str
    columns: tuple[tuple[str, str], ...]  # model and field

    @property
    def sealed(self) -> bool:
        """Whether only its subject's key opens it."""
        return self.rank == "P3"


@cache
def register() -> tuple[Held, ...]:
    """Return everything that is held, in the order of the page."""
    return read(_FILE.read_text(encoding="utf-8"))


def read(text: str) -> tuple[Held, ...]:
    """Read a register. Raises ValueError for a word that is none of ours, and for a column said twice."""
    entries = tuple(map(_entry, tomllib.loads(text)["held"]))
    columns = [column for entry in entries for column in entry.columns]
    if twice := sorted({column for column in columns if columns.count(column) > 1}):
        raise ValueError(f"said twice: {twice}")
    return entries


def _entry(said: dict[str, Any]) -> Held:
    if said.keys() != {*_KNOWN, "fields"}:
        raise ValueError(f"not what an entry says: {sorted(said.keys() ^ {*_KNOWN, 'fields'})}")
    for name, known in _KNOWN.items():
        if said[name] not in known:
            raise ValueError(f"{name} is not known: {said[name]}")
    columns = tuple((model, field) for model, fields in said["fields"].items() for field in fields)
    told = {name: said[name] for name in _KNOWN if name != "class"}
    return Held(rank=said["class"], columns=columns, **told)
