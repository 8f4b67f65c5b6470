"""Every name in the table of areas, with the words that must not be taken for one.

One pass of a compiled pattern finds where a name may begin, a dictionary which one it is; the longest at a place wins, and an ordinary word that covers
or starts before a name (创新 before 新民) takes it out.
"""

import re
from collections.abc import Iterable
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

_START = re.Match[str].start


class Reading(NamedTuple):
    """One area that a name can mean; firm when the name needs no support around it."""

    area: Area
    firm: bool


class Entry(NamedTuple):
    """What stands behind a string: areas, a fixed list of codes, a region, or (nothing) a word.

    sure: the one area that it means wherever it stands, if there is one; only: that area, when the
    name has no other reading at all; suffixed: whether the name says its level (金牛区).
    """

    text: str
    readings: tuple[Reading, ...] = ()
    listed: tuple[str, ...] = ()
    region: bool = False
    sure: Area | None = None
    only: Area | None = None
    suffixed: bool = False


Hit = tuple[int, int, Entry]
"""A name found at [start, end)."""


class Gazetteer(NamedTuple):
    """The names, ready to be found.

    door: a character that begins a name before one that is second in a name; beginning: by their
    first two characters, the names, longest first, each with its entry (None: only a word).
    """

    door: re.Pattern[str]
    beginning: dict[str, tuple[tuple[str, Entry | None], ...]]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer, built on first use."""
    entries = _entries()
    beginning: dict[str, list[tuple[str, Entry | None]]] = {}
    for text in sorted(entries, key=len, reverse=True):
        entry = entries[text]
        means = entry.readings or entry.listed or entry.region
        beginning.setdefault(text[:2], []).append((text, entry if means else None))
    by_pair = {pair: tuple(group) for pair, group in beginning.items()}
    return Gazetteer(tables.door(entries, rooms=3), by_pair)


def hits(view: str, spans: Iterable[tuple[int, int]]) -> list[Hit]:
    """Return the names in the spans of `view`, leftmost and longest first, never overlapping."""
    door, beginning = gazetteer()
    found: list[Hit] = []
    for start, end in spans:
        taken = start
        for at in map(_START, door.finditer(view, start, end)):
            pair = view[at : at + 2]
            if pair not in beginning or at < taken:
                continue
            for text, entry in beginning[pair]:
                if view.startswith(text, at, end):
                    taken = at + len(text)
                    if entry is not None:
                        found.append((at, taken, entry))
                    break
    return found


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
    only = sure if len(kept) == 1 else None
    return Entry(text, kept, sure=sure, only=only, suffixed=text[-1] in "省市州盟县区旗")


def _preferred(readings: list[Reading]) -> tuple[Reading, ...]:
    """Drop what nobody means: former areas beside present ones, and lower ones beside a firm name
    of a higher level (吉林 is the province, 临夏 the prefecture).
    """
    kept = [reading for reading in readings if reading.area.last is None] or readings
    firm = [reading for reading in kept if reading.firm]
    provinces = [reading for reading in firm if reading.area.level == "province"]
    return tuple(provinces or firm or kept)
