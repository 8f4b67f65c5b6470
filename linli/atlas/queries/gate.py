"""Bring a counted table before the gate, with all that was released before; say how it was decided, and whether it still is.

The gate itself is pure (`rules/gate`). Only what it lets pass leaves this module.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain

from django.utils.timezone import localdate

from linli.atlas.models import Product, ProductFigure, Release, ReleasedCell
from linli.atlas.queries import counting
from linli.atlas.queries.counting import Counted
from linli.atlas.rules.gate import deciding
from linli.atlas.rules.gate.cells import (
    CellName,
    Decision,
    EarlierCell,
    Length,
    Memory,
    ProductRules,
    RawCell,
    Table,
)
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period
from linli.kernel.fields import unseal
from linli.kernel.keystore import KeyLost, store
from linli.kernel.record_keys import fingerprint
from linli.kernel.refusals import Refused

Decisions = dict[str, Decision]  # by the indicator's code
_NOISE = 3


class RecordsGone(Exception):
    """The frozen table of a release was destroyed on its day: it cannot be run again."""


def period_of(release: Release) -> Period:
    """Return the period of a release."""
    return Period(release.period_from, release.period_until)


def rules_of(product: Product, *, magnitude: bool) -> ProductRules:
    """Return what a product declared, as the gate takes it."""
    length: Length = product.length  # type: ignore[assignment]
    return ProductRules(
        threshold=product.threshold, rounding=product.base, noise=_NOISE,
        variance=float(product.variance), magnitude=magnitude, lengths=frozenset({length}),
    )  # fmt: skip


def method_of(product: Product) -> dict[str, str | int]:
    """Return how a release of a product is decided, to be kept with it. The secret is named, not told."""
    return {
        "threshold": product.threshold,
        "rounding": product.base,
        "noise": _NOISE,
        "variance": str(product.variance),
        "secret": fingerprint(),
    }


def opened(release: Release, at: datetime) -> list[Counted]:
    """Return the frozen table of a release. Raises RecordsGone."""
    if release.frozen_until is None or release.frozen_until <= localdate(at):
        raise RecordsGone
    try:
        key = store().key(release.frozen_key)
    except KeyLost as error:
        raise RecordsGone from error
    text = None if key is None else unseal(release, key, "frozen")
    if not isinstance(text, bytes):
        raise RecordsGone
    return counting.read(text)


def decided(release: Release, at: datetime) -> Decisions:
    """Bring a frozen release before the gate, as on the day of its decision if it had one. Raises RecordsGone."""
    figures = list(release.product.figures.select_related("indicator"))
    cut_off = localdate(release.cut_off)
    return brought(
        release.product, figures, opened(release, at), period_of(release), cut_off,
        at=at, before=release.decided_at,
    )  # fmt: skip


def brought(
    product: Product, figures: Iterable[ProductFigure], counted: Iterable[Counted], period: Period,
    cut_off: date, *, at: datetime, before: datetime | None = None,
) -> Decisions:  # fmt: skip
    """Bring counted figures before the gate, each with its own memory."""
    by_code = {one.figure: one for one in counted}
    return {
        one.indicator.code: deciding.decide(
            _table(by_code[one.indicator.code], period, cut_off, past),
            product_rules=rules_of(product, magnitude=one.magnitude),
            memory=past,
        )
        for one in figures
        for past in [memory(one.indicator, at=at, before=before)]
    }


def memory(indicator: Indicator, *, at: datetime, before: datetime | None = None) -> Memory:
    """Return all that was ever released of an indicator, by whichever product, oldest first."""
    if indicator.pk is None:  # of a draft that nobody has declared
        return Memory()
    cells = ReleasedCell.objects.filter(
        indicator__released_from=indicator, release__state=Release.RELEASED
    )
    if before is not None:
        cells = cells.filter(release__decided_at__lt=before)
    told = cells.select_related("release").order_by("release__decided_at", "release", "pk")
    counts: dict[int, dict[str, int]] = {}
    found = []
    for one in told:
        if one.release_id not in counts:
            counts[one.release_id] = _counts(one.release, indicator.code, at)
        found.append(
            EarlierCell(
                name=CellName(indicator.code, one.area_id, period_of(one.release)),
                release=one.release.code,
                value=None if one.value is None else int(one.value),
                low=int(one.low or 0),
                high=None if one.high is None else int(one.high),
                count=counts[one.release_id].get(one.area_id),
            )
        )
    return Memory(tuple(found))


def _counts(release: Release, figure: str, at: datetime) -> dict[str, int]:
    try:
        table = opened(release, at)
    except RecordsGone:
        return {}
    bins = (one.bins for one in table if one.figure == figure)
    return {area: found.count for found_of in bins for area, found in found_of.items()}


def _table(counted: Counted, period: Period, cut_off: date, past: Memory) -> Table:
    areas = {*counted.bins, *(one.name.area for one in past.cells)}
    return Table(
        cells=tuple(
            RawCell(
                CellName(counted.figure, area, period), found.count, found.key,
                tuple(found.largest), found.givers,
            )
            for area, found in sorted(counted.bins.items())
        ),
        cut_off=cut_off,
        inside=_inside(areas),
        whole_areas=frozenset({counted.scope} if counted.whole else ()),
        adds_over_time=counted.adds_up,
    )  # fmt: skip


def _inside(areas: set[str]) -> dict[str, str]:
    """Return in which other of these areas each lies, the nearest: whoever reads a table knows the map."""
    parents: dict[str, str | None] = {}
    wanted = set(areas)
    while wanted:
        rows = dict(Area.objects.filter(code__in=wanted).values_list("code", "parent_id"))
        parents |= rows
        wanted = {one for one in rows.values() if one} - set(parents)
    found = {}
    for area in areas:
        above = parents.get(area)
        while above and above not in areas:
            above = parents.get(above)
        if above:
            found[area] = above
    return found


def refusals(decisions: Decisions) -> list[list[str]]:
    """Return the cells for whose sake the gate says no: indicator, area, code of the reason."""
    named = chain.from_iterable(one.refused for one in decisions.values())
    return [[one.name.family, one.name.area, one.code] for one in named]


def replayed(release: Release, at: datetime) -> list[tuple[str, str]]:
    """Run a release again; return the cells (indicator, area) that would be decided otherwise. None is as it should be.

    Raises RecordsGone. Refuses: other_secret when the house's secret is not the one it was released with.
    """
    if release.method.get("secret") != fingerprint():
        raise Refused("other_secret", "The secret of the noise is not the one of then.")
    said = {
        (one.indicator.released_from.code, one.area_id): (one.kept or "published", one.value)
        for one in release.cells.select_related("indicator__released_from")
        if one.indicator.released_from is not None
    }
    again = {
        (family, cell.name.area): (cell.outcome, cell.value)
        for family, decision in decided(release, at).items()
        for cell in decision.cells
    }
    return sorted(key for key in {*said, *again} if said.get(key) != again.get(key))
