"""docs/asvs.csv, counted by chapter: how many of ASVS 5.0's rows of levels 1 and 2 a test proves, a reason or a runbook answers.

`python -m tools.asvs`
"""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).resolve().parent.parent / "docs" / "asvs.csv"
HOW = ("test", "reason", "runbook")


class Row(NamedTuple):
    """One row: the requirement's number, its level, a word of ours for it, and how it is answered."""

    id: str
    level: str
    chapter: str
    about: str
    how: str
    proof: str


def rows() -> list[Row]:
    """Return the table."""
    with FILE.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    if tuple(head) != Row._fields:
        raise ValueError(head)
    return [Row(*line) for line in lines]


def summary(table: list[Row]) -> str:
    """Return one line a chapter, and all of them."""
    counts = Counter((one.chapter, one.how) for one in table)
    chapters = sorted({one.chapter for one in table}, key=lambda name: int(name.split()[0][1:]))
    lines = [f"{'':32}{'rows':>6}" + "".join(f"{how:>9}" for how in HOW)]
    for chapter in chapters:
        each = [counts[chapter, how] for how in HOW]
        lines.append(f"{chapter:32}{sum(each):6}" + "".join(f"{one:9}" for one in each))
    each = [sum(one.how == how for one in table) for how in HOW]
    lines.append(f"{'all':32}{len(table):6}" + "".join(f"{one:9}" for one in each))
    return "\n".join(lines)


if __name__ == "__main__":
    print(summary(rows()))
