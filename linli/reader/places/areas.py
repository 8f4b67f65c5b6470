"""The table of areas: codes of GB/T 2260, their names since 1981, their years and heirs.

Facts only, from `data/areas_gb2260.tsv`; loaded on first use.
"""

from functools import cache
from typing import NamedTuple

from linli.reader.places.tables import lines_of

LATEST = 2024
"""The last year that the table knows; a record without a last year is in force then."""


class Area(NamedTuple):
    """One record: a code under one name, from the first to the last year in force (None: still)."""

    code: str
    name: str
    first: int
    last: int | None
    heirs: tuple[str, ...]

    @property
    def level(self) -> str:
        """province, city, prefecture (州, 盟, 地区) or county."""
        return level(self.code, self.name)

    def stood_in(self, year: int) -> bool:
        """Whether the record was in force in `year`."""
        return self.first <= year <= (self.last or LATEST)


@cache
def described(area: Area) -> tuple[str, str, str, str]:
    """Return level, code, name and years in force, as "1984-" or "1984-2009"."""
    return area.level, area.code, area.name, f"{area.first}-{area.last or ''}"


@cache
def level(code: str, name: str) -> str:
    """Return the level of a code: province, city, prefecture or county."""
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "city" if name.endswith("市") else "prefecture"
    return "county"


@cache
def table() -> tuple[Area, ...]:
    """Return all records, in order of code and first year."""
    lines = lines_of("areas_gb2260.tsv")
    records = []
    for line in lines:
        code, name, first, last, heirs = line.split("\t")
        records.append(
            Area(code, name, int(first), int(last) if last else None, tuple(heirs.split()))
        )
    return tuple(records)


@cache
def newest() -> dict[str, Area]:
    """Return the newest record of each code."""
    return {area.code: area for area in table()}


@cache
def city_of(code: str) -> str | None:
    """Return the prefecture-level code above a county, or None when the province stands above it."""
    city = code[:4] + "00"
    return city if city != code and city in newest() else None


def province_of(code: str) -> str:
    """Return the province-level code of any code."""
    return code[:2] + "0000"


def within(code: str, above: str) -> bool:
    """Whether area `code` lies inside area `above` (or is it)."""
    return code.startswith(above[:2] if above.endswith("0000") else above.removesuffix("00"))


@cache
def rank(code: str) -> int:
    """1 for a province, 2 for a city or prefecture, 3 for a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
