"""Every name in the table of areas, with the words that must not be taken for one.

One pass of a compiled pattern finds where a name may begin, a dictionary which one it is; the longest at a place wins, and an ordinary word that covers
or starts before a name (创新 before 新民) takes it out.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from linli.reader.places import areas, naming, tables
from linli.reader.places.areas import Area

_REGIONS = (
    "河西走廊",
    "三区三州",
    "长三角",
    "珠三角",
    "粤港澳大湾区",
    "京津冀",
    "西部地区",
    "涉藏地区",
)


class Reading(NamedTuple):
    """One area that a name can mean; firm when the name needs no support around it."""

    area: Area
    firm: bool


class Entry(NamedTuple):
    """What stands behind a string: areas, a fixed list of codes, a region, or (nothing) a word.

    sure: the one area that it means wherever it stands, if there is one; suffixed: whether the name
    says its level (金牛区).
    """

    text: str
    readings: tuple[Reading, ...] = ()
    listed: tuple[str, ...] = ()
    region: bool = False
    sure: Area | None = None
    suffixed: bool = False


class Hit(NamedTuple):
    """A name found at [start, end)."""

    start: int
    end: int
    entry: Entry


class Gazetteer(NamedTuple):
    """The names, ready to be found.

    door: a character that begins a name before one that is second in a name; beginning: by their
    first two characters, the names, longest first.
    """

    door: re.Pattern[str]
    beginning: dict[str, tuple[Entry, ...]]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, built on first use."""
    entries = _entries()
    beginning: dict[str, list[Entry]] = {}
    for text in sorted(entries, key=len, reverse=True):
        beginning.setdefault(text[:2], []).append(entries[text])
    by_pair = {pair: tuple(group) for pair, group in beginning.items()}
    return Gazetteer(tables.door(entries, rooms=3), by_pair)


def hits(view: str, start: int, end: int) -> Iterator[Hit]:
    """Yield the names in view[start:end], leftmost and longest first, never overlapping."""
    door, beginning = gazetteer()
    taken = start
    for at in [match.start() for match in door.finditer(view, start, end)]:
        named = beginning.get(view[at : at + 2])
        if named is None or at < taken:
            continue
        for entry in named:
            if view.startswith(entry.text, at, end):
                taken = at + len(entry.text)
                if entry.readings or entry.listed or entry.region:
                    yield Hit(at, taken, entry)
                break


def _entries() -> dict[str, Entry]:
    weak = {word for line in tables.lines_of("areas_weak.txt") for word in line.split()}
    named: dict[str, dict[tuple[str, str], Reading]] = {}
    for area in areas.table():
        for alias in naming.aliases(area):
            reading = Reading(area, alias.firm and alias.text not in weak)
            named.setdefault(alias.text, {})[area.code, area.name] = reading
    entries = {text: _entry(text, list(by.values())) for text, by in named.items()}
    entries |= {text: Entry(text, region=True) for text in _REGIONS}
    for line in tables.lines_of("areas_groups.txt"):
        text, codes = line.split("\t")
        entries[text] = Entry(text, listed=tuple(codes.split()))
    for line in tables.lines_of("areas_ordinary.txt"):
        for word in line.split():
            entries[word] = Entry(word)
    return entries


def _entry(text: str, readings: list[Reading]) -> Entry:
    kept = _preferred(readings)
    firm = [reading.area for reading in kept if reading.firm]
    sure = firm[0] if len(firm) == 1 else None
    return Entry(text, kept, sure=sure, suffixed=text[-1] in "省市州盟县区旗")


def _preferred(readings: list[Reading]) -> tuple[Reading, ...]:
    """Drop what nobody means: former areas beside present ones, and lower ones beside a firm name
    of a higher level (吉林 is the province, 临夏 the prefecture).
    """
    kept = [reading for reading in readings if reading.area.last is None] or readings
    firm = [reading for reading in kept if reading.firm]
    provinces = [reading for reading in firm if reading.area.level == "province"]
    return tuple(provinces or firm or kept)
