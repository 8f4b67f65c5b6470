"""Figures that engines count from their own records: what each engine's `figures.py` declares. Pure.

`FIGURES = (Figure(...), ...)` in an engine is found by `linli facts compute`, which turns its cells into
facts that rest on the query. Cells are about areas, never about persons.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from linli.facts.rules.periods import Period


class Cell(NamedTuple):
    """One counted value of a figure: for an area (its code) over a period."""

    area: str
    period: Period
    value: Decimal


class Record(NamedTuple):
    """One record of a figure about people, as the release gate counts it: never kept, never shown.

    name: the same for ever, such as "booking 7K3M-92QD"; the gate's noise is drawn from it. on: its day here. amount: how many people
    it stands for, or of a magnitude how much it gives.
    """

    name: str
    area: str
    on: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: an indicator, how it is counted, and how to tell that nothing has changed.

    name: the indicator's code. version: a short text that changes whenever the records behind the
    figure do; the same version again is not counted again. cells: all cells as the records stand.
    address: a page of ours that shows the records, where there is one; no other figure's. records: of a figure
    about people, those of a period that staff have confirmed, each once; without them it is never released.
    magnitude: its records add up what people give, not people. told_as: its definition over any period, for its public
    twin.
    """

    name: str
    title: str  # Simplified script
    title_hant: str = ""
    title_en: str = ""
    unit: str
    kind: str
    definition: str
    computed_by: str
    adds_up: bool = False
    about_people: bool = False
    address: str = ""
    version: Callable[[], str]
    cells: Callable[[datetime], Iterable[Cell]]
    records: Callable[[datetime, Period], Iterable[Record]] | None = None
    magnitude: bool = False
    told_as: str = ""
