"""How often the same people are told about: who sees them in enough noisy numbers averages the noise away. Pure."""

from collections import Counter
from collections.abc import Iterable

from linli.atlas.rules.gate.cells import CellName


def overspent(
    before: Iterable[tuple[int, ...]], new: Iterable[tuple[CellName, tuple[int, ...]]], most: int
) -> list[CellName]:
    """Return the new cells through which some leaf would stand in more than `most` published cells.

    before: the leaves of each cell published earlier, each statement once. new: those that would be published now.
    """
    asked = list(new)
    times = Counter(leaf for over in before for leaf in over)
    times.update(leaf for _name, over in asked for leaf in over)
    return sorted(name for name, over in asked if any(times[leaf] > most for leaf in over))
