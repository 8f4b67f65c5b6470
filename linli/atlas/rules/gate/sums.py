"""How the cells of a family lie in each other: each one as a sum of leaves that no cell divides further. Pure.

Whoever has the published tables can add and subtract them over areas, periods and categories. All of that arithmetic is in the
leaves: the cells' areas, periods and categories cut into the smallest parts, crossed, with a rest where the parts do not
cover the whole. What nobody published, but follows from two published cells, is a leaf or a sum of leaves too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from math import prod
from typing import Any

from linli.atlas.rules.gate.cells import CellName, Table
from linli.facts.rules.periods import Period, within

_REST = "~"  # no code of an area and no category begins or ends so
_MOST = 20_000  # leaves: more than that no reader's arithmetic of ours would see the end of

_Part = tuple[Any, ...]  # area, period, and a category of each scheme


class TooLarge(Exception):
    """Cells that divide each other into more parts than can be looked at."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """The smallest parts. over: which of them (by number) each cell is the sum of. unnamed: sums that no cell names, but a reader
    would: any area, category and period that some cells name, and their rests. nested: pairs (larger, smaller) of leaves, the people of
    the second among those of the first, where periods do not add up.
    """

    count: int
    over: Mapping[CellName, tuple[int, ...]]
    unnamed: tuple[tuple[int, ...], ...] = ()
    nested: tuple[tuple[int, int], ...] = ()

    def smallest_around(self, leaf: int) -> CellName:
        """Return the smallest cell that holds a leaf."""
        around = [name for name, over in self.over.items() if leaf in over]
        return min(around, key=lambda name: (len(self.over[name]), name))


def leaves_of(names: Collection[CellName], table: Table) -> Leaves:
    """Cut all cells (of the table and of memory) into leaves, as the table says its areas and categories lie."""
    by_area = _area_parts(frozenset(name.area for name in names), table)
    periods = frozenset(name.period for name in names)
    by_period = _period_parts(periods) if table.adds_over_time else {one: [one] for one in periods}
    schemes = sorted(_schemes(names).items())
    numbers: dict[_Part, int] = {}
    over = {}
    for name in sorted(frozenset(names)):
        cut = [
            _category_parts(scheme, known, name.category, whole=table.whole_categories)
            for scheme, known in schemes
        ]
        parts = product(by_area[name.area], by_period[name.period], *cut)
        over[name] = tuple(sorted(numbers.setdefault(part, len(numbers)) for part in parts))
        if len(numbers) > _MOST:
            raise TooLarge
    nested = () if table.adds_over_time else tuple(_nested(numbers))
    sides = [_groups(by_area), _groups(by_period)]
    for _scheme, known in schemes:
        rest = [] if table.whole_categories else [_REST]
        sides.append([[*known, *rest], *([one] for one in (*known, *rest))])
    if prod(map(len, sides)) > _MOST:
        raise TooLarge
    return Leaves(len(numbers), over, _unnamed(numbers, sides, set(over.values())), nested)


def _groups(parts: Mapping[Any, list[Any]]) -> list[list[Any]]:
    """What is named, as its parts, and each part by itself."""
    alone = {part: [part] for found in parts.values() for part in found}
    return [*parts.values(), *alone.values()]


def _unnamed(
    numbers: Mapping[_Part, int], sides: list[list[list[Any]]], named: set[tuple[int, ...]]
) -> tuple[tuple[int, ...], ...]:
    """Every area with every category and period, as leaves, where no cell is the same sum. What no cell covers has no bound."""
    found = set()
    for groups in product(*sides):
        parts = list(product(*groups))
        if all(part in numbers for part in parts):
            found.add(tuple(sorted(numbers[part] for part in parts)))
    return tuple(sorted(found - named))


def connected(periods: Iterable[Period], others: Iterable[Period]) -> frozenset[Period]:
    """Return the periods and those of the others that hang together with them, one overlapping the next."""
    together = set(periods)
    waiting = set(others) - together
    while near := {one for one in waiting if any(_overlap(one, two) for two in together)}:
        together |= near
        waiting -= near
    return frozenset(together)


def _overlap(a: Period, b: Period) -> bool:
    return a.start < b.until and b.start < a.until


def _area_parts(areas: frozenset[str], table: Table) -> dict[str, list[str]]:
    """Each area as the smallest areas in it that some cell names, and a rest where they do not cover it."""
    children: dict[str, list[str]] = defaultdict(list)
    for part, whole in sorted(table.inside.items()):
        children[whole].append(part)
    told = _with_those_around(areas, table.inside)
    covering = _without_rest(table)

    def parts(area: str) -> list[str]:
        inner = [one for one in children[area] if one in told]
        if not inner:
            return [area]
        covered = area in covering and len(inner) == len(children[area])
        rest = [] if covered else [area + _REST]
        return [leaf for one in inner for leaf in parts(one)] + rest

    return {area: parts(area) for area in areas}


def _without_rest(table: Table) -> set[str]:
    """Areas that the table's own cover: those it calls whole, and whatever lies between them and their parts."""
    found = set(table.whole_areas)
    for area in {cell.name.area for cell in table.cells}:
        around = list(_around(area, table.inside))
        whole = [number for number, one in enumerate(around) if one in table.whole_areas]
        found.update(around[: max(whole, default=-1) + 1])
    return found


def _around(area: str, inside: Mapping[str, str]) -> Iterable[str]:
    """The areas that one lies in, from the nearest outwards. One that lies in itself is an error of the caller."""
    path = {area}
    while area in inside:
        area = inside[area]
        if area in path:
            raise ValueError("areas lie in each other in a circle")
        path.add(area)
        yield area


def _with_those_around(areas: frozenset[str], inside: Mapping[str, str]) -> frozenset[str]:
    return areas.union(*(_around(area, inside) for area in areas))


def _period_parts(periods: frozenset[Period]) -> dict[Period, list[Period]]:
    """Each period cut at every day on which any of them begins or ends."""
    days: list[date] = sorted({day for one in periods for day in one})
    pieces = [Period(start, until) for start, until in pairwise(days)]
    return {whole: [piece for piece in pieces if within(piece, whole)] for whole in periods}


def scheme_of(category: str) -> str:
    """Return what a category divides by: the word before its colon."""
    return category.partition(":")[0] if ":" in category else ""


def _schemes(names: Iterable[CellName]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name.category:
            found[scheme_of(name.category)].add(name.category)
    return {scheme: sorted(known) for scheme, known in found.items()}


def _category_parts(scheme: str, known: list[str], category: str, *, whole: bool) -> list[str]:
    """The parts that one cell has in one scheme: its own category there, or all of them."""
    if category and scheme_of(category) == scheme:
        return [category]
    return known if whole else [*known, _REST]


def _nested(numbers: Mapping[_Part, int]) -> Iterable[tuple[int, int]]:
    """Pairs of leaves of the same area and category, the second's period next within the first's."""
    alike: dict[tuple[object, ...], list[tuple[Period, int]]] = defaultdict(list)
    for (area, period, *rest), number in numbers.items():
        if isinstance(period, Period):
            alike[area, *rest].append((period, number))
    for found in alike.values():
        for small, inner in found:
            around = [(big, outer) for big, outer in found if big != small and within(small, big)]
            for big, outer in around:
                between = (b for b, _ in around if b != big and within(b, big))
                if not any(between):
                    yield outer, inner
