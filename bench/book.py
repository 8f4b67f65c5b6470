"""The bench book: what was measured, kept in bench/measured.csv, and the table that bench/README.md shows of it.

`python -m bench --keep` measures and keeps; `python -m bench.book` writes the table anew.
"""

import csv
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bench.table import Row

HERE = Path(__file__).resolve().parent
MEASURED, BOOK = HERE / "measured.csv", HERE / "README.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"


class Kept(NamedTuple):
    """One row of the book. part: the module that measured; size: plain or large; on: the day."""

    part: str
    size: str
    on: str
    what: str
    ours: str
    peer: str
    ratio: str
    goal: str


def keep(part: str, rows: list[Row], *, large: bool) -> None:
    """Keep what a part has measured in place of what it had measured before, and write the book."""
    size, on = "large" if large else "plain", datetime.now(UTC).date().isoformat()
    others = [one for one in kept() if (one.part, one.size) != (part, size)]
    _write(others + [Kept(part, size, on, *row) for row in rows])
    bind()


def kept() -> list[Kept]:
    """Return all that was kept, in the order of the book."""
    if not MEASURED.exists():
        return []
    with MEASURED.open(encoding="utf-8", newline="") as file:
        return [Kept(*row) for row in list(csv.reader(file))[1:]]


def bind() -> None:
    """Write the table of README.md anew."""
    before, _begin, rest = BOOK.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    BOOK.write_text(before + BEGIN + table(kept()) + END + after, encoding="utf-8")


def table(rows: list[Kept]) -> str:
    """Return the rows as Markdown, a heading for each part."""
    said = []
    for (part, size, on), its in groupby(rows, key=lambda one: (one.part, one.size, one.on)):
        large = ", ten times the data" if size == "large" else ""
        said += [
            f"\n### {part}{large} ({on})\n",
            "| what | ours | peer or limit | ratio | goal |",
            "| --- | --- | --- | --- | --- |",
        ]
        said += [
            "| " + " | ".join(cell.replace("|", "\\|") for cell in one[3:]) + " |" for one in its
        ]
    return "\n".join(said) + "\n\n"


def _write(rows: list[Kept]) -> None:
    ordered = sorted(rows, key=lambda one: (one.part, one.size))
    with MEASURED.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Kept._fields)
        writer.writerows(ordered)


if __name__ == "__main__":
    bind()
