"""What the texts of a table mean: indicators, areas, periods, values.

Texts repeat in tables, so each distinct one is looked up once and a row costs little more than a look
into a few dictionaries.
"""

from collections.abc import Iterable
from typing import NamedTuple

from linli.directory.models import Area, AreaName
from linli.facts.models import Evidence, Indicator
from linli.facts.rules.boundaries import overstep
from linli.facts.rules.periods import Period, of_typed
from linli.facts.rules.statements import Statement, misfit
from linli.facts.rules.typed import typed

FEW = 500  # texts that a query may name one by one


class Subject(NamedTuple):
    """What a row speaks of, and who says so: the same subject again is the same statement."""

    indicator: int
    area: str
    period: Period
    source: str


# What is wrong with a row ("" for nothing), what it speaks of, and what it says.
Read = tuple[str, Subject | None, Statement | None]


class Lookups:
    """The distinct texts of a table, each looked up once."""

    def __init__(self, texts: list[tuple[str, ...]]) -> None:
        columns = list(zip(*texts, strict=True)) or [()] * 6
        indicators = _indicators(set(columns[0]))
        areas = _areas(set(columns[1]))
        self.pairs = {
            (indicator, area): _pair(indicators.get(indicator.strip()), areas.get(area.strip()))
            for indicator, area in set(zip(columns[0], columns[1], strict=True))
        }
        self.sources = {text: " ".join(text.split())[:200] for text in set(columns[5])}

    def read(
        self, indicator: str, area: str, period: str, value: str, bound: str, source: str
    ) -> Read:
        """Return what a row says."""
        wrong, measured, code, (kind, in_percent) = self.pairs[indicator, area]
        over = of_typed(period)
        who = self.sources[source]
        cell = typed(value, bound)
        wrong = wrong or ("" if over else "unknown_period") or ("" if who else "no_source")
        wrong = wrong or cell.wrong or ("wrong_unit" if cell.percent and not in_percent else "")
        if cell.statement and not wrong:
            wrong = misfit(cell.statement, kind)
        if wrong or over is None:
            return wrong, None, None
        return "", Subject(measured, code, over, who), cell.statement


def _pair(
    indicator: Indicator | None, area: tuple[str, str] | None
) -> tuple[str, int, str, tuple[str, bool]]:
    """Return what is wrong with an indicator and an area, else both, its kind, and whether in percent."""
    if indicator is None:
        return "unknown_indicator", 0, "", ("", False)
    code, level = area or ("", "unknown_area")
    wrong = level
    if code:
        wrong = overstep(
            level=level,
            kind=Evidence.FILE,
            official_only=indicator.official_only,
            hidden_people=None,
            twin=indicator.released_from_id is not None,
        )
    return wrong, indicator.pk, code, (indicator.kind, indicator.unit in {"%", "percent"})


def _indicators(texts: set[str]) -> dict[str, Indicator]:
    """Return indicators by what a table calls them: the code, or a name that only one bears."""
    named: dict[str, list[Indicator]] = {}
    for indicator in Indicator.objects.all():
        for name in {indicator.name, indicator.name_hant, indicator.name_en} - {""}:
            named.setdefault(name, []).append(indicator)
    by_text = {name: found[0] for name, found in named.items() if len(found) == 1}
    by_text |= {indicator.code: indicator for indicator in Indicator.objects.all()}
    return {text: by_text[text] for text in {text.strip() for text in texts} if text in by_text}


def _areas(texts: set[str]) -> dict[str, tuple[str, str]]:
    """Return code and level of areas by code or name; ("", code of what is wrong) for a name of several."""
    wanted = {text.strip() for text in texts}
    found: dict[str, set[tuple[str, str]]] = {}
    for part in _parts(wanted):
        for code, level in Area.objects.filter(code__in=part).values_list("code", "level"):
            found[code] = {(code, level)}
        for code, name, level in Area.objects.filter(name__in=part).values_list(
            "code", "name", "level"
        ):
            found.setdefault(name, set()).add((code, level))
        for name, code, level in AreaName.objects.filter(name__in=part).values_list(
            "name", "area_id", "area__level"
        ):
            found.setdefault(name, set()).add((code, level))
    return {
        text: areas.pop() if len(areas) == 1 else ("", "ambiguous_area")
        for text, areas in found.items()
    }


def _parts(texts: set[str]) -> Iterable[list[str]]:
    listed = sorted(texts)
    for start in range(0, len(listed), FEW):
        yield listed[start : start + FEW]
