"""The demo's tables: data as data, columns between tabs, comments after #."""

from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[list[str]]:
    """Yield the lines of one table as their columns, comments left out."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
