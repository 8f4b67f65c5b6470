"""Cells of open data: each becomes what its column says it is, and is written in one way only. Pure."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

Cell = str | int | Decimal | date | datetime | None
KINDS: Final = ("string", "integer", "number", "date", "datetime")


def typed(kind: str, cell: Cell, kept_back: str = "") -> Cell:
    """Return a cell as its column's kind: "" is an empty one, `kept_back` stays. Raises ValueError where it is none."""
    if cell is None or cell == "":
        return None
    if kept_back and cell == kept_back:
        return kept_back
    if kind == "number":
        return _number(cell)
    if kind == "integer":
        return int(str(cell))
    if kind in {"date", "datetime"}:
        return _moment(kind, cell)
    return str(cell)


def written(cell: Cell) -> str:
    """Write a cell: numbers without an exponent, days and moments as ISO 8601, nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _number(cell: Cell) -> Decimal:
    try:
        number = Decimal(str(cell))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {cell!r}") from error
    if not number.is_finite():
        raise ValueError(f"not a number: {cell!r}")
    return number


def _moment(kind: str, cell: Cell) -> date:
    said = cell.isoformat() if isinstance(cell, date) else str(cell)
    if kind == "date":
        return date.fromisoformat(said[:10])
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError(f"a moment without its zone: {cell!r}")
    return moment.replace(microsecond=0)
