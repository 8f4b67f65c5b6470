"""What becomes of every shape of a file before anything is written: entered, or why not."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from linli.atlas.models import Layer, Shape
from linli.atlas.queries.boundary_files import BoundaryFile, Feature
from linli.directory.models import Area, Location
from linli.kernel.files import digest_of

KINDS: Final = dict(Shape.BUILDINGS)
_TALLEST: Final = Decimal(1000)


class Fate(StrEnum):
    """What becomes of a shape."""

    NEW = "new"
    WRONG = "wrong"


@dataclass(slots=True)
class Judged:
    """One shape of a file: what it is, and what is wrong with it. `other_name`: how the directory calls the area."""

    number: int
    read: Feature
    area: Area | None = None
    location: Location | None = None
    height: Decimal | None = None
    wrong: str = ""
    other_name: str = ""

    @property
    def fate(self) -> Fate:
        """Say what becomes of it."""
        return Fate.WRONG if self.wrong else Fate.NEW


@dataclass(slots=True)
class LayerRun:
    """All shapes of a file. `missing`: parts of the same areas that the file leaves out, by the areas' names."""

    rows: list[Judged]
    file: BoundaryFile
    counts: Counter[Fate] = field(default_factory=Counter)
    missing: dict[str, list[str]] = field(default_factory=dict)


def dry_run(file: BoundaryFile, *, kind: str) -> LayerRun:
    """Return what becomes of every shape, as layer of this kind."""
    rows = [Judged(number, one) for number, one in enumerate(file.features, 1)]
    areas, places = _areas(rows), _places(rows)
    for row in rows:
        row.location = places.get(row.read.location)
        code = row.location.area_id if row.location else row.read.code
        row.area = areas.get(code)
        row.wrong = _wrong(row, kind)
    if kind == Layer.AREAS:
        _twice(rows)
    run = LayerRun(rows, file, Counter(row.fate for row in rows))
    if kind == Layer.AREAS:
        run.missing = _left_out([row.area for row in rows if row.area])
    return run


def digest_of_import(data: bytes, datum: str, kind: str, metres: int) -> str:
    """Return the digest of a file together with how it is read: what one dry run was about."""
    return digest_of(data + f"\n{datum} {kind} {metres}".encode())


def _areas(rows: list[Judged]) -> dict[str, Area]:
    codes = {row.read.code for row in rows}
    return {one.code: one for one in Area.objects.filter(code__in=codes)} | {
        one.area_id: one.area
        for one in Location.objects.select_related("area").filter(
            code__in={row.read.location for row in rows}
        )
    }


def _places(rows: list[Judged]) -> dict[str, Location]:
    codes = {row.read.location for row in rows if row.read.location}
    return {one.code: one for one in Location.objects.open_to_all().filter(code__in=codes)}


def _wrong(row: Judged, kind: str) -> str:
    read = row.read
    if read.wrong:
        return read.wrong
    if read.location and row.location is None:
        return "unknown_location"
    if row.area is None:
        return "unknown_area" if read.code else "no_code"
    if row.area.until_year is not None:
        return "ended_area"
    if kind == Layer.BUILDINGS:
        return _wrong_building(row)
    row.other_name = row.area.name if read.name and read.name != row.area.name else ""
    return ""


def _wrong_building(row: Judged) -> str:
    """Homes have no place here: a building is of a kind that the public may come to, or it is refused."""
    read = row.read
    if not (read.name or row.location):
        return "no_name"
    if not row.location and read.kind not in KINDS:
        return "not_public"
    try:
        row.height = Decimal(read.height).quantize(Decimal("0.1"))
    except InvalidOperation:
        return "no_height"
    return "" if row.height.is_finite() and 0 < row.height <= _TALLEST else "no_height"


def _twice(rows: list[Judged]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.area and not row.wrong and row.area.code in seen:
            row.wrong = "stated_twice"
        if row.area:
            seen.add(row.area.code)


def _left_out(areas: list[Area]) -> dict[str, list[str]]:
    """Return which parts of an area stay without a shape while others of its parts have one."""
    there = {area.code for area in areas}
    parents = {area.parent_id for area in areas if area.parent_id}
    parts = Area.objects.filter(parent__in=parents, until_year=None).select_related("parent")
    missing: dict[str, list[str]] = {}
    for part in parts.exclude(code__in=there).order_by("code"):
        missing.setdefault(part.parent.name if part.parent else "", []).append(part.name)
    return missing
