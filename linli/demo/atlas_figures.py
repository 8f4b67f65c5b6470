"""Figures of the atlas: what the sources state as official statistics, and synthetic figures by county for the rest.

Every synthetic figure names a source that says so. Shares of groups are never invented: of them there is what the
sources state, and nothing else.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Final

from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import LANZHOU
from linli.directory.models import Area
from linli.facts import actions
from linli.facts.actions import ImportDraft, IndicatorDraft
from linli.facts.models import Fact, Indicator
from linli.facts.rules.columns import FIELDS, Layout
from linli.kernel.actors import Actor

SYNTHETIC: Final = "演示数据（合成，非官方统计）"
_PARENTS: Final = ("620100", "450200", "510100")  # whose counties are told one by one
_PROVINCE: Final = "620000"
_FIRST: Final = 2018
_KNOWN_RESIDENTS: Final = {"620103": 646_000}  # what the source's share and count come to together
_RESIDENTS: Final = "population.residents"
# What nobody has told: holes that a map has to show.
_UNTOLD: Final = {("education.teachers", "620122"), ("culture.venues", "450224"), ("services.windows", "510183")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One synthetic indicator: its draft, and how its values come about."""

    draft: IndicatorDraft
    per_thousand: Decimal
    span: tuple[int, int] | None  # of a rate
    growth: Decimal

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.draft.code


def bring(*, at: datetime, today: date) -> None:
    """Define the indicators and take both tables in, as a planner brings tables; again changes nothing."""
    by = people.planner(LANZHOU)
    known = set(Indicator.objects.values_list("code", flat=True))
    kinds = list(_kinds())
    for kind in kinds:
        if kind.code not in known:
            actions.define(by=by, at=at, draft=kind.draft)
    _take(by, at, "atlas-official.csv", rows("atlas_official.tsv"))
    if not Fact.objects.filter(evidence__source=SYNTHETIC).exists():
        _take(by, at, "atlas-synthetic.csv", _synthetic(kinds, range(_FIRST, today.year)))


def _take(by: Actor, at: datetime, name: str, lines: Iterable[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("area", "indicator", "period", "value", "bound", "source"))
    writer.writerows(lines)
    where = {"area": 0, "indicator": 1, "period": 2, "value": 3, "bound": 4, "source": 5}
    draft = ImportDraft(
        data=text.getvalue().encode(),
        name=name,
        layout=Layout(*(where[field] for field in FIELDS)),
        status=Fact.EVIDENCED,
    )
    actions.import_facts(by=by, at=at, draft=draft)


def _kinds() -> Iterator[Kind]:
    for code, unit, kind, marks, name, hant, english, definition, per, growth in rows(
        "atlas_indicators.tsv"
    ):
        low, _, high = per.partition("-")
        yield Kind(
            IndicatorDraft(
                code=code, unit=unit, kind=kind, name=name, name_hant=hant, name_en=english,
                definition=definition, computed_by=SYNTHETIC, adds_up="+" in marks, about_people="p" in marks,
            ),
            per_thousand=Decimal(low),
            span=(int(low), int(high)) if high else None,
            growth=Decimal(growth),
        )  # fmt: skip


def _synthetic(kinds: list[Kind], years: range) -> Iterator[list[str]]:
    """Yield the rows of all areas: counties first, a city is the sum of its own where they are told."""
    parts = Area.objects.filter(parent__in=[*_PARENTS, _PROVINCE], until_year=None)
    found = sorted(parts, key=lambda area: (area.parent_id == _PROVINCE, area.code))
    told = [area for area in found if area.code not in _PARENTS]
    residents = {area.code: _residents(area) for area in told}
    for kind in kinds:
        for year in years:
            sums: dict[str, Decimal] = defaultdict(Decimal)
            for area in told:
                value = _value(kind, area, residents[area.code], year)
                weight = residents[area.code] if kind.span else 1
                sums[area.parent_id or ""] += value * weight
                if (kind.code, area.code) not in _UNTOLD or year < years[-1]:
                    yield _row(kind, area.code, year, value)
            for parent in _PARENTS:
                yield _row(kind, parent, year, _whole(kind, sums[parent], parent, residents))


def _whole(kind: Kind, total: Decimal, parent: str, residents: dict[str, int]) -> Decimal:
    """Return a city's value: the sum of its counties, of a share their mean by residents."""
    if kind.span is None:
        return total
    weight = sum(number for code, number in residents.items() if code[:4] == parent[:4])
    return (total / weight).quantize(Decimal("0.1"))


def _residents(area: Area) -> int:
    if area.code in _KNOWN_RESIDENTS:
        return _KNOWN_RESIDENTS[area.code]
    low, high = (600_000, 3_200_000) if area.level == Area.CITY else (120_000, 940_000)
    return round(Random(f"residents {area.code}").randint(low, high), -2)  # noqa: S311 - an invented figure


def _value(kind: Kind, area: Area, residents: int, year: int) -> Decimal:
    chance = Random(f"{kind.code} {area.code}")  # noqa: S311 - an invented figure
    years = year - _FIRST
    own = Decimal(chance.randint(-40, 40)) / 100  # how far this place grows otherwise than others
    if kind.span:
        share = Decimal(chance.randint(kind.span[0] * 10, kind.span[1] * 10)) / 10
        return (share + (kind.growth + own) * years).quantize(Decimal("0.1"))
    of_all = Decimal(1) if kind.code == _RESIDENTS else Decimal(chance.randint(62, 145)) / 100
    grown = (1 + (kind.growth + own) / 100) ** years
    value = residents * kind.per_thousand / 1000 * of_all * grown
    fine = Decimal(10_000 if value > 1_000_000 else 100 if value > 100_000 else 1)
    return max(Decimal(1), (value / fine).quantize(Decimal(1)) * fine)


def _row(kind: Kind, area: str, year: int, value: Decimal) -> list[str]:
    return [area, kind.code, str(year), f"{value:f}", "exact", SYNTHETIC]
