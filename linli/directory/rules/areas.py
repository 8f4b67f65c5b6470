"""How codes of areas are built (GB/T 2260 to six digits, GB/T 10114 below), and what stands above what."""

from collections.abc import Container
from typing import NamedTuple


class AreaRecord(NamedTuple):
    """One code under one name, from a year until (not including) another; None: still in force."""

    code: str
    name: str
    from_year: int
    until_year: int | None
    heirs: tuple[str, ...] = ()


def level_of(code: str) -> str:
    """Return province, city, county, town or community. Raises ValueError for no such code."""
    if not code.isascii() or not code.isdigit() or len(code) not in {6, 9, 12}:
        message = f"not a code of an area: {code!r}"
        raise ValueError(message)
    if len(code) > 6:
        return "town" if len(code) == 9 else "community"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def above(code: str, known: Container[str]) -> str | None:
    """Return the nearest code above `code` that is known, or None for a province."""
    ladder = {
        12: (code[:9], code[:6]),
        9: (code[:6],),
        6: (code[:4] + "00", code[:2] + "0000"),
    }[len(code)]
    return next((step for step in ladder if step != code and step in known), None)


def ladder_of(code: str) -> tuple[str, ...]:
    """Return `code` and every code that can stand above it, nearest first."""
    if len(code) > 6:
        return (code, *ladder_of(code[: len(code) - 3]))
    steps = (code, code[:4] + "00", code[:2] + "0000")
    return tuple(dict.fromkeys(steps))
