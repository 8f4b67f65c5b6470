"""Count a product's table from the engines' records: all cells, totals and noughts too. What comes out is never shown.

It is frozen as JSON under a key of its own, and opened for the gate alone.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from linli.atlas.models import Product, ProductFigure
from linli.atlas.rules.gate.noise import KEYS, record_key
from linli.directory.models import Area
from linli.directory.models.area import stem
from linli.facts.queries.declared import declared
from linli.facts.rules.figures import Figure, Record
from linli.facts.rules.periods import Period
from linli.kernel.record_keys import family_secret

LARGEST = 2  # of a magnitude: the rules of dominance look at so many contributions


@dataclass(slots=True)
class Bin:
    """What is counted into one cell."""

    count: int = field(default=0, repr=False)
    key: int = field(default=0, repr=False)
    givers: int = field(default=0, repr=False)
    largest: list[int] = field(default_factory=list, repr=False)

    def add(self, amount: int, key: int, *, magnitude: bool) -> None:
        """Count one record."""
        self.count += amount
        self.key = (self.key + key) % KEYS
        if magnitude:
            self.givers += 1
            self.largest = sorted([*self.largest, amount], reverse=True)[:LARGEST]


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure's cells by area. whole: everybody counted in the scope is counted in one of its parts."""

    figure: str
    scope: str
    bins: dict[str, Bin] = field(repr=False)
    whole: bool
    adds_up: bool


def releasable() -> dict[str, Figure]:
    """Return the figures about people that engines count record by record, by code."""
    return {one.name: one for one in declared() if one.about_people and one.records is not None}


def places(product: Product, period: Period) -> list[Area]:
    """Return the areas of a product's table, the scope first; its code must be in force when the period begins."""
    inside = Area.objects.within(product.scope_id).standing_in(period.start.year)
    level = inside.filter(level=product.level).exclude(pk=product.scope_id)
    return [product.scope, *level.order_by("code")]


def count(
    product: Product, figures: Iterable[ProductFigure], period: Period, at: datetime
) -> list[Counted]:
    """Count each figure of a product over a period, from the records as they stand.

    Raises KeyError for a figure that no engine declares any more.
    """
    known, areas = releasable(), places(product, period)
    return [_counted(known[one.indicator.code], areas, period, at) for one in figures]


def _counted(figure: Figure, areas: Sequence[Area], period: Period, at: datetime) -> Counted:
    scope, *parts = (area.code for area in areas)
    bins = {area.code: Bin() for area in areas}
    by_stem = {stem(code): code for code in parts}
    lengths = sorted({len(one) for one in by_stem}, reverse=True)
    secret, root, whole = family_secret(figure.name), stem(scope), True
    for one in _of(figure, period, at):
        if not one.area.startswith(root) or one.amount <= 0:
            continue
        key = record_key(secret, one.name.encode())
        bins[scope].add(one.amount, key, magnitude=figure.magnitude)
        part = next((by_stem[s] for n in lengths if (s := one.area[:n]) in by_stem), None)
        if part is None:
            whole = False
        else:
            bins[part].add(one.amount, key, magnitude=figure.magnitude)
    return Counted(figure.name, scope, bins, whole and bool(parts), figure.adds_up)


def _of(figure: Figure, period: Period, at: datetime) -> Iterator[Record]:
    if figure.records is not None:
        yield from figure.records(at, period)


def written(counted: Iterable[Counted]) -> bytes:
    """Return counted figures as text to be sealed: the same table, the same text."""
    told = [
        {
            "figure": one.figure,
            "scope": one.scope,
            "whole": one.whole,
            "adds_up": one.adds_up,
            "cells": [
                [area, found.count, found.key, found.givers, found.largest]
                for area, found in sorted(one.bins.items())
            ],
        }
        for one in sorted(counted, key=lambda one: one.figure)
    ]
    return json.dumps(told, separators=(",", ":")).encode()


def read(text: bytes) -> list[Counted]:
    """Return what `written` wrote."""
    return [
        Counted(
            one["figure"],
            one["scope"],
            {area: Bin(n, key, givers, largest) for area, n, key, givers, largest in one["cells"]},
            one["whole"],
            one["adds_up"],
        )
        for one in json.loads(text)
    ]
