"""Which printed figures a sum of the text is made of, so that each can be asked what it rests on. Pure."""

from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]


def figures_of(claim: dict[str, Any], figures: Sequence[Figure]) -> tuple[str, ...]:
    """Return the ids of a sum's parts and, last, of its whole; nothing when they are not all found.

    A reading names values only: of equal figures those that stand closest to the whole are meant.
    """
    wholes = [one for one in figures if one["value"] == claim["whole"]]
    found = [parts for one in wholes if (parts := _parts(claim["parts"], one, figures))]
    if claim["kind"] != "sum" or not found:
        return ()
    nearest = min(found, key=_reach)
    return tuple(one["id"] for one in nearest)


def _parts(values: Sequence[Any], whole: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """Return a figure for each value, no figure twice, and the whole; nothing when one is missing."""
    free = [one for one in figures if one is not whole]
    chosen: list[Figure] = []
    for value in values:
        alike = [one for one in free if one["value"] == value]
        if not alike:
            return []
        chosen.append(min(alike, key=lambda one: abs(one["start"] - whole["start"])))
        free.remove(chosen[-1])
    return [*chosen, whole]


def _reach(figures: Sequence[Figure]) -> int:
    starts: list[int] = [one["start"] for one in figures]
    return max(starts) - min(starts)
