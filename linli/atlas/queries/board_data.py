"""What a board shows: for each of its parts the figures of its areas, as they stand now; six queries for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.atlas.models import BoardTile, Rate
from linli.atlas.queries.cells import AreaCell, tables
from linli.atlas.queries.rates import Spans, made_of, newest_first, point_of, spans
from linli.atlas.rules.rates import Made, as_long, change
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period

MOST_YEARS = 12  # a line of more is read by nobody on a wall

Figures = dict[tuple[int, Period], dict[str, AreaCell]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a board as it is to be shown. period: None for the newest that is known."""

    kind: str
    of: Indicator | Rate
    area: Area
    period: Period | None
    captions: dict[str, str]

    @property
    def sides(self) -> list[Indicator]:
        """The indicators that it takes."""
        return [self.of.numerator, self.of.denominator] if isinstance(self.of, Rate) else [self.of]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a part: where, when, what; how firmly it is stated and who says so."""

    area: Area
    period: Period
    made: Made
    bound: str
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One part with its rows. period: over which it is, None when nothing is known; since: what a lone figure changed by."""

    part: Part
    period: Period | None
    rows: list[Row]
    since: Made | None = None
    before: Period | None = None


def shown(parts: Sequence[Part]) -> list[Shown]:
    """Return these parts with what is known of them now."""
    inside = _inside(parts)
    areas = {area.code: area for listed in inside for area in listed}
    sides = {one.pk: one for part in parts for one in part.sides}
    known = spans(sides.values(), areas.values())
    periods = [_periods(part, listed, known) for part, listed in zip(parts, inside, strict=True)]
    wanted = {
        (one.pk, period): (one, period)
        for part, over in zip(parts, periods, strict=True)
        for one in part.sides
        for period in over
    }
    found = tables([*wanted.values()], [*areas.values()])
    figures = {key: {cell.area_code: cell for cell in cells} for key, cells in found.items()}
    return [
        _shown(part, listed, over, figures)
        for part, listed, over in zip(parts, inside, periods, strict=True)
    ]


def _inside(parts: Sequence[Part]) -> list[list[Area]]:
    """Return the areas of each part: its own one, or all that lie inside it. One query."""
    parents = {part.area.code for part in parts if part.kind in BoardTile.OF_PARTS}
    by_parent: dict[str, list[Area]] = {}
    for area in Area.objects.filter(parent__in=parents, until_year=None).order_by("code"):
        by_parent.setdefault(str(area.parent_id), []).append(area)
    return [
        by_parent.get(part.area.code, []) if part.kind in BoardTile.OF_PARTS else [part.area]
        for part in parts
    ]


def _periods(part: Part, areas: Sequence[Area], known: Spans) -> list[Period]:
    """Return the periods that a part is of, newest first: one, and one before for a change; many for a line."""
    if part.period is not None and part.kind != BoardTile.FIGURE:
        return [part.period]
    of_all = [
        set.intersection(*(known.get((one.pk, area.code), set()) for one in part.sides))
        for area in areas
    ]
    listed = newest_first(set().union(*of_all))
    if part.period is not None:
        listed = [part.period, *(one for one in listed if one.until <= part.period.start)]
    elif part.kind in BoardTile.OF_PARTS and listed:
        return [_fullest(listed, of_all)]
    if not listed:
        return []
    alike = [one for one in listed if as_long(one, listed[0])]
    return alike[: 2 if part.kind == BoardTile.FIGURE else MOST_YEARS]


def _fullest(periods: Sequence[Period], known: Sequence[set[Period]]) -> Period:
    """Return the newest period over which at least half as much is known as over the fullest."""
    counted = {period: sum(period in one for one in known) for period in periods}
    most = max(counted.values())
    return next(period for period in periods if counted[period] * 2 >= most)


def _shown(part: Part, areas: Sequence[Area], periods: Sequence[Period], figures: Figures) -> Shown:
    if not periods:
        return Shown(part, None, [])
    if part.kind == BoardTile.TREND:
        rows = [_row(part, areas[0], period, figures) for period in reversed(periods)]
        return Shown(part, periods[0], rows)
    rows = [_row(part, area, periods[0], figures) for area in areas]
    if part.kind != BoardTile.FIGURE or len(periods) < 2:
        return Shown(part, periods[0], rows)
    before = _row(part, areas[0], periods[1], figures)
    since = change(rows[0].made.point, before.made.point)
    return Shown(part, periods[0], rows, since, periods[1])


def _row(part: Part, area: Area, period: Period, figures: Figures) -> Row:
    cells = [figures[one.pk, period][area.code] for one in part.sides]
    if isinstance(part.of, Rate):
        made = made_of(part.of, *cells)
    else:
        point = point_of(cells[0])
        made = Made(point, "" if point else "no_numerator")
    fog = [cell.bound for cell in cells if cell.bound != "exact"]
    bound = "exact" if not fog else fog[0] if len(cells) == 1 else "approx"
    sources = dict.fromkeys(cell.source for cell in cells if cell.source)
    return Row(area, period, made, bound, " · ".join(sources))
