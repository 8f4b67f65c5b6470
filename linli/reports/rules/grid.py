"""An outward form as a grid: what stands in which cell, what is merged, what its heads say. Pure.

Two forms are of one layout when they say the same in the same cells, years apart: a form of 2025 that differs from that
of 2024 in its years alone is filled by the same mapping.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 12, 150, 60
TEXT, FORMULA = "t", "f"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_WORDS = re.compile(r"[^\W\d_]")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,4})")

Spot = tuple[int, int]  # row and column, each from 1 on


class Merge(NamedTuple):
    """One block of cells that are one: its first cell, and how many rows and columns."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Sheet:
    """One sheet of a form: texts by place, a formula's among them, and merged blocks."""

    name: str
    rows: int
    columns: int
    said: dict[Spot, tuple[str, str]]  # kind and text
    merges: tuple[Merge, ...]

    @cached_property
    def blocks(self) -> dict[Spot, Merge]:
        """Merged blocks by their first cell."""
        return {(one.row, one.column): one for one in self.merges}

    @cached_property
    def covered(self) -> dict[Spot, Spot]:
        """Cells that are part of a block, by the block's first cell, which is not among them."""
        return {
            (row, column): (one.row, one.column)
            for one in self.merges
            for row in range(one.row, one.row + one.rows)
            for column in range(one.column, one.column + one.columns)
            if (row, column) != (one.row, one.column)
        }

    def empty(self) -> Iterator[Spot]:
        """Yield the cells in which nothing stands, row by row."""
        for row in range(1, self.rows + 1):
            for column in range(1, self.columns + 1):
                spot = (row, column)
                if spot not in self.said and spot not in self.covered:
                    yield spot

    def words(self, spot: Spot) -> str:
        """Return what a cell says, the block's words for a cell within one; "" for a formula."""
        kind, text = self.said.get(self.covered.get(spot, spot), (TEXT, ""))
        return text if kind == TEXT else ""

    def row_words(self, row: int) -> str:
        """Return the head of a row: what stands in it before its first empty cell, numbers left out."""
        heads: list[str] = []
        for column in range(1, self.columns + 1):
            said = self.words((row, column))
            if not said and heads:
                break
            if _WORDS.search(said):
                heads.append(said)
        return _joined(heads)

    def column_words(self, column: int) -> str:
        """Return the head of a column: what stands over its first empty cell; a title over all columns is none."""
        heads: list[str] = []
        for row in range(1, self.rows + 1):
            said, block = self.words((row, column)), self._block((row, column))
            if not said and heads:
                break
            if said and not (block and block.columns >= max(self.columns - 1, 2)):
                heads.append(said)
        return _joined(heads)

    def title_words(self) -> str:
        """Return what the first rows say across the sheet: the title, the unit of measure, the year."""
        first = min((row for row, _column in self.empty()), default=self.rows)
        return _joined(
            [text for (row, _column), (kind, text) in sorted(self.said.items()) if kind == TEXT and row <= first]
        )  # fmt: skip

    def _block(self, spot: Spot) -> Merge | None:
        return self.blocks.get(self.covered.get(spot, spot))


def reference(spot: Spot) -> str:
    """Return a cell's name as spreadsheet programs give it: C7."""
    row, column = spot
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def spot_of(name: str) -> Spot | None:
    """Return the cell of a name such as C7, None for what is no name."""
    match = _REFERENCE.fullmatch(name.strip().upper())
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def as_json(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Return the grid as plain values, for keeping."""
    return [
        {
            "name": one.name,
            "size": [one.rows, one.columns],
            "said": [[*spot, kind, text] for spot, (kind, text) in sorted(one.said.items())],
            "merges": [list(block) for block in sorted(one.merges)],
        }
        for one in sheets
    ]


def of_json(kept: Sequence[dict[str, Any]]) -> tuple[Sheet, ...]:
    """Return the grid that `as_json` gave."""
    return tuple(
        Sheet(
            name=one["name"],
            rows=one["size"][0],
            columns=one["size"][1],
            said={(row, column): (kind, text) for row, column, kind, text in one["said"]},
            merges=tuple(Merge(*block) for block in one["merges"]),
        )
        for one in kept
    )


def digest(sheets: Sequence[Sheet], year: int) -> str:
    """Return the name of a layout: the same for forms that say the same, each counted from its own year."""

    def apart(match: re.Match[str]) -> str:
        return f"{{{int(match[0]) - year:+d}}}"

    plain = [
        one | {"name": _YEAR.sub(apart, one["name"]), "said": [[*spot, _YEAR.sub(apart, text)] for *spot, text in one["said"]]}
        for one in as_json(sheets)
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def _joined(heads: list[str]) -> str:
    """Return words of merged cells, each said once."""
    once = heads[:1] + [later for earlier, later in pairwise(heads) if later != earlier]
    return " ".join(once)[:200]
