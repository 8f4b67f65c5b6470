"""What a template's text says, before anything is known: blocks of words, of figures asked for, of passages by hand."""

from dataclasses import dataclass
from typing import NamedTuple

from linli.reports.rules.paper import Plain

SAID_AS = ("value", "change", "before-after", "words")
THIS, LAST = "this", "last"  # the report's own period, and the same a year earlier


class Wrong(NamedTuple):
    """What is wrong in a line (the first is 1), by its code, and the words that it is about."""

    line: int
    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a text asks for. area: "" for the report's own; period: ISO, or this, or last."""

    indicator: str
    line: int
    area: str = ""
    period: str = THIS
    said_as: str = "value"


Part = Plain | Asked
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class HeadingAsked:
    """A heading."""

    level: int
    parts: Parts


@dataclass(frozen=True, slots=True)
class ParagraphAsked:
    """A paragraph."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class ListAsked:
    """A list, numbered or not."""

    items: tuple[Parts, ...]
    numbered: bool


@dataclass(frozen=True, slots=True)
class TableAsked:
    """A table drawn in the text."""

    head: tuple[Parts, ...]
    rows: tuple[tuple[Parts, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table over lists: at most two of the three have more than one entry. spread: its areas are those inside another."""

    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    periods: tuple[str, ...]
    caption: str
    line: int
    spread: bool = False


@dataclass(frozen=True, slots=True)
class ByHand:
    """A passage that somebody writes. number: its place among all of them, from 1; about: what belongs there."""

    number: int
    about: str
    line: int


BlockAsked = HeadingAsked | ParagraphAsked | ListAsked | TableAsked | Grid | ByHand


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was read. wrong: what stands in its way, by line."""

    blocks: tuple[BlockAsked, ...]
    wrong: tuple[Wrong, ...]

    @property
    def by_hand(self) -> tuple[ByHand, ...]:
        """The passages that somebody writes, in their order."""
        return tuple(block for block in self.blocks if isinstance(block, ByHand))

    def asked(self) -> list[Asked]:
        """Return every figure that it asks for, those of its tables included, in the order of a reader."""
        found: list[Asked] = []
        for block in self.blocks:
            if isinstance(block, Grid):
                found += cells_of(block)
            else:
                found += [p for parts in parts_of(block) for p in parts if isinstance(p, Asked)]
        return found


def parts_of(block: BlockAsked) -> tuple[Parts, ...]:
    """Return the lines of a block, as a reader meets them."""
    match block:
        case HeadingAsked() | ParagraphAsked():
            return (block.parts,)
        case ListAsked():
            return block.items
        case TableAsked():
            return (*block.head, *(cell for row in block.rows for cell in row))
        case _:
            return ()


def rows_and_columns(grid: Grid) -> tuple[str, str]:
    """Return what a table over lists has as its rows and its columns: each of indicators, areas, periods."""
    many = grid.spread or len(grid.areas) > 1
    rows = "indicators" if len(grid.indicators) > 1 or not many else "areas"
    columns = "areas" if rows == "indicators" and many else "periods"
    return rows, columns


def cells_of(grid: Grid) -> list[Asked]:
    """Return the figures of a table over lists, row by row."""
    rows, columns = rows_and_columns(grid)
    return [
        cell_of(grid, {rows: row, columns: column})
        for row in getattr(grid, rows)
        for column in getattr(grid, columns)
    ]


def cell_of(grid: Grid, named: dict[str, str]) -> Asked:
    """Return the figure of one cell: what is not `named` is the only one of its list."""
    indicator, area, period = (
        named.get(name, getattr(grid, name)[0]) for name in ("indicators", "areas", "periods")
    )
    return Asked(indicator, grid.line, area, period)
