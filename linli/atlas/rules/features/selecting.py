"""Which features of a collection an address means, and what each looks like on the wire. Pure.

A collection is read once and kept: for each feature its rectangle, its time and, once it was asked for, its finished JSON.
What is then asked again and again is a walk over numbers.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final

from shapely import STRtree, box, from_geojson
from shapely.geometry.base import BaseGeometry

from linli.atlas.rules.features.asking import Asked, Box, Span

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN: Final = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
MIDNIGHT: Final = time(0, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Thing:
    """One feature as it is told: its id, geometry (GeoJSON) or none, properties, and the half-open days it is so."""

    id: str
    geometry: Mapping[str, Any] | None
    properties: Mapping[str, Any]
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked for: how many there are, and those of this page."""

    matched: int
    page: tuple[int, ...]


@dataclass(slots=True)
class Kept:
    """A collection in memory, ordered by id."""

    ids: tuple[str, ...]
    things: tuple[Thing, ...]
    shapes: tuple[BaseGeometry | None, ...]
    spans: tuple[tuple[date | None, date | None], ...]
    extent: dict[str, Any]
    _tree: STRtree = field(repr=False)
    _placed: tuple[int, ...] = ()
    _unplaced: tuple[int, ...] = ()
    _everywhere: tuple[int, ...] = ()
    _texts: dict[int, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, things: Iterable[Thing]) -> "Kept":
        """Keep these features."""
        found = tuple(sorted(things, key=lambda one: one.id))
        shapes = tuple(
            from_geojson(json.dumps(one.geometry)) if one.geometry else None for one in found
        )
        placed = tuple(at for at, shape in enumerate(shapes) if shape is not None)
        return cls(
            tuple(one.id for one in found),
            found,
            shapes,
            tuple((one.since, one.until) for one in found),
            extent([shapes[at] for at in placed], found),
            STRtree([shapes[at] for at in placed]),
            placed,
            tuple(at for at, shape in enumerate(shapes) if shape is None),
            tuple(range(len(found))),
        )

    def text(self, at: int) -> bytes:
        """Return the finished JSON of the feature at this place. Most are never asked for."""
        text = self._texts.get(at)
        if text is None:
            text = self._texts[at] = told(self.things[at]).encode()
        return text

    def position(self, wanted: str) -> int | None:
        """Return where the feature of this id is, None where there is none."""
        at = bisect_left(self.ids, wanted)
        return at if at < len(self.ids) and self.ids[at] == wanted else None

    def find(self, asked: Asked) -> Found:
        """Return the features that lie in the box and the time. What has no place, or no time, is in every one."""
        found: Sequence[int] = self._everywhere
        if asked.box is not None:
            found = self._within(asked.box)
        if asked.span is not None:
            found = [at for at in found if is_then(*self.spans[at], asked.span)]
        return Found(len(found), tuple(found[asked.offset : asked.offset + asked.limit]))

    def _within(self, wanted: Box) -> list[int]:
        found = {*self._unplaced}
        for part in wanted.parts:
            shape = box(part.west, part.south, part.east, part.north)
            found.update(self._placed[at] for at in self._tree.query(shape, predicate="intersects"))
        return sorted(found)


def is_then(since: date | None, until: date | None, span: Span) -> bool:
    """Say whether the days from `since` until before `until` meet the span; without either they always do."""
    if until is not None and span.first >= datetime.combine(until, MIDNIGHT):
        return False
    return since is None or span.last >= datetime.combine(since, MIDNIGHT)


def told(one: Thing) -> str:
    """Return a feature as GeoJSON, without links."""
    days = {"since": _day(one.since), "until": _day(one.until)}
    # Half-open days of ours; JSON-FG's readers and people both see from when until when.
    timed = days if one.since or one.until else {}
    said = {
        "type": "Feature",
        "id": one.id,
        "geometry": one.geometry,
        "properties": {**one.properties, **timed},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def extent(shapes: Sequence[BaseGeometry | None], things: Sequence[Thing]) -> dict[str, Any]:
    """Return the rectangle and the time that hold all of them; nothing where none has a place or a time."""
    said: dict[str, Any] = {}
    bounds = [shape.bounds for shape in shapes if shape is not None]
    if bounds:
        west, south = min(one[0] for one in bounds), min(one[1] for one in bounds)
        east, north = max(one[2] for one in bounds), max(one[3] for one in bounds)
        said["spatial"] = {"bbox": [[west, south, east, north]], "crs": CRS84}
    timed = [one for one in things if one.since or one.until]
    if timed:
        begins = [one.since for one in timed]
        ends = [one.until for one in timed]
        interval = [
            None if None in begins else _moment(min(filter(None, begins))),
            None if None in ends else _moment(max(filter(None, ends))),
        ]
        said["temporal"] = {"interval": [interval], "trs": GREGORIAN}
    return said


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
