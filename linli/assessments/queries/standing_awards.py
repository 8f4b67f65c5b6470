"""How many awards stood at the end of each year, and what of them is counted as an indicator."""

from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max, Q, QuerySet
from django.utils.timezone import localdate

from linli.assessments.models import Award, AwardStep, Scheme
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.figures import Cell
from linli.facts.rules.periods import year

COUNTED_BY = "示范单位名册"


class CountedLevels(NamedTuple):
    """One indicator that the register is counted as: of which schemes and levels, in words; the state of its rows."""

    indicator: Indicator
    definition: str
    levels: list[tuple[Scheme, str]]
    version: str


def in_force(awards: "QuerySet[Award]", place: str, at: datetime) -> dict[tuple[str, int], int]:
    """Return how many of these awards stand at the end of each year, from the first naming on, by place. Two queries.

    `place`: the way from an award to the code of an area. Of the year that runs: how many stand now.
    """
    ended = dict(
        AwardStep.objects.filter(to=Award.WITHDRAWN).order_by("at").values_list("award", "at")
    )
    spans: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for pk, where, named_on in awards.order_by("pk").values_list("pk", place, "named_on"):
        spans[where].append((named_on, localdate(ended[pk]) if pk in ended else None))
    found = {}
    for where, those in sorted(spans.items()):
        for of_year in range(min(begun for begun, _end in those).year, localdate(at).year + 1):
            end = date(of_year, 12, 31)
            found[where, of_year] = sum(
                begun <= end and (over is None or over > end) for begun, over in those
            )
    return found


def counted_levels() -> list[CountedLevels]:
    """Return every indicator that the register is counted as, or was: its facts are withdrawn then."""
    levels: dict[str, list[tuple[Scheme, str]]] = defaultdict(list)
    for scheme in Scheme.objects.order_by("pk"):
        for one in scheme.levels:
            if one.get("indicator"):
                levels[one["indicator"]].append((scheme, one["key"]))
    counted = Fact.objects.current().filter(
        evidence__kind=Evidence.QUERY, evidence__source=COUNTED_BY
    )
    wanted = Indicator.objects.filter(
        Q(code__in=list(levels)) | Q(pk__in=counted.order_by().values("indicator"))
    )
    newest = "{}.{}".format(
        Award.objects.aggregate(last=Max("pk"))["last"] or 0,
        AwardStep.objects.aggregate(last=Max("pk"))["last"] or 0,
    )
    return [
        CountedLevels(
            one,
            "；".join(
                f"{scheme.name}·{_name(scheme, level)}" for scheme, level in levels[one.code]
            ),
            levels[one.code],
            f"{newest}.{','.join(f'{scheme.code}{level}' for scheme, level in levels[one.code])}",
        )
        for one in wanted.order_by("code")
    ]


def cells_of(levels: list[tuple[Scheme, str]], at: datetime) -> list[Cell]:
    """Return how many units stood at these levels, by the place of their scheme and year."""
    sums = Counter[tuple[str, int]]()
    for scheme, level in levels:
        named = Award.objects.filter(candidacy__round__scheme=scheme, level=level)
        sums.update(in_force(named, "candidacy__round__scheme__area", at))
    return [Cell(area, year(number), Decimal(n)) for (area, number), n in sorted(sums.items())]


def _name(scheme: Scheme, level: str) -> str:
    return next(str(one["name"]) for one in scheme.levels if one["key"] == level)
