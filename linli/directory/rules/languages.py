"""Which languages are spoken where, on which day, in which way; and where a declared guarantee is not met.

Languages are of stations, never of people: nobody says which one is theirs before coming.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MODES = ("in_person", "phone", "video")
WEEKDAYS = tuple(range(7))
WORKING_WEEK = tuple(range(5))
# BCP 47, as far as a counter needs it: language, script, region.
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")

# Spoken at counters of the five places, with the script of their texts; others may be written by their tag.
KNOWN = ("zh-Hans", "ug", "bo", "mn-Mong", "za", "kk-Arab", "ii", "ko", "en")


class Spoken(NamedTuple):
    """One language at one place on one weekday in one way. place: whatever names it; 0 is Monday."""

    place: str
    language: str
    weekday: int
    mode: str


class Guarantee(NamedTuple):
    """What a town promises: this language on these weekdays at so many places. modes: any of these will do."""

    language: str
    weekdays: tuple[int, ...] = WORKING_WEEK
    modes: tuple[str, ...] = MODES
    places: int = 1


class Gap(NamedTuple):
    """One weekday on which a guarantee is not met: how many places there are, how many are missing."""

    language: str
    weekday: int
    there: int
    missing: int


def is_tag(text: str) -> bool:
    """Say whether the text is a language tag as we write them: zh-Hans, ug, kk-Arab."""
    return _TAG.fullmatch(text) is not None


def matrix(spoken: Iterable[Spoken]) -> Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]:
    """Return for each place and language seven cells, Monday first, each with its ways in order."""
    cells: dict[tuple[str, str], tuple[set[str], ...]] = {}
    for one in spoken:
        key = one.place, one.language
        if key not in cells:
            cells[key] = tuple(set() for _ in WEEKDAYS)
        cells[key][one.weekday].add(one.mode)
    return {
        key: tuple(tuple(mode for mode in MODES if mode in cell) for cell in week)
        for key, week in cells.items()
    }


def gaps(spoken: Iterable[Spoken], guarantees: Iterable[Guarantee]) -> list[Gap]:
    """Return every weekday on which a guarantee is not met, in the order of the guarantees."""
    places: dict[tuple[str, int, str], set[str]] = {}
    for one in spoken:
        places.setdefault((one.language, one.weekday, one.mode), set()).add(one.place)
    found = []
    for guarantee in guarantees:
        for weekday in guarantee.weekdays:
            ways = ((guarantee.language, weekday, mode) for mode in guarantee.modes)
            there = len(set[str]().union(*(places.get(way, ()) for way in ways)))
            if there < guarantee.places:
                found.append(Gap(guarantee.language, weekday, there, guarantee.places - there))
    return found
