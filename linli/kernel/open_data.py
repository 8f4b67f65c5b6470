"""What everybody may take along, and what lies where: an engine says so in its exchange/open_data_sets.py.

`data_sets()` yields the tables and files of an engine, `collections()` what it has that lies somewhere. Whoever lists,
packs or serves them asks here, so that no engine needs to know another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, Final, Literal

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from linli.kernel.text import Words

Cell = str | int | Decimal | date | datetime | None
Kind = Literal["string", "integer", "number", "date", "datetime"]
KEPT_BACK: Final = (
    "c"  # stands in a cell that the release gate keeps back, as statistical offices write it
)
_EXCHANGE, _MODULE = "exchange", "open_data_sets"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. needed: no cell of it is empty. choices: all that may stand in it, () for anything."""

    name: str
    title: Words
    kind: Kind = "string"
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a data set. rows(host) yields them in the order of the columns, None for an empty cell.

    key: the columns that tell rows apart. refers: column, data set and column that it points to. kept_back: whether cells may
    hold `KEPT_BACK` in place of a number.
    """

    columns: tuple[Column, ...]
    rows: Callable[[str], Iterable[Sequence[Cell]]]
    key: tuple[str, ...] = ()
    refers: tuple[tuple[str, str, str], ...] = ()
    kept_back: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One form of a data set that has an address of its own, made anew whenever somebody asks."""

    path: str
    media: str
    title: Words
    standard: str = ""  # the address of the standard that it follows


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set: a table, files elsewhere, or both.

    theme: a code of the EU's vocabulary of data themes. page: where people look at it. series: the series that it is a year of.
    span: first day, first day after. alone: not put into the file of everything, because its rows are there already.
    """

    code: str
    title: Words
    description: Words
    theme: str
    page: str
    table: Table | None = None
    files: tuple[Elsewhere, ...] = ()
    series: str = ""
    span: tuple[date, date] | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Data sets of one kind, a year each."""

    code: str
    title: Words
    description: Words
    theme: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that lies somewhere: in an area, unless it has a geometry (GeoJSON, WGS 84) of its own.

    since, until: the half-open time in which it is so; None has no limit on that side, both None have no time.
    """

    id: str
    properties: Mapping[str, Any]
    area: str = ""
    geometry: Mapping[str, Any] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """Features of one kind. version() changes whenever they may have; `shaped` ones take the shape of their area."""

    code: str
    title: Words
    description: Words
    features: Callable[[str], Iterable[Feature]]
    version: Callable[[], str]
    shaped: bool = False
    columns: Mapping[str, Words] = field(default_factory=dict)


def columns(
    titles: Mapping[str, Words],
    kinds: Mapping[str, Kind],
    needed: Iterable[str] = (),
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Column, ...]:
    """Return columns from their titles; whatever is not among `kinds` is text."""
    must = {*needed}
    return tuple(
        Column(name, title, kinds.get(name, "string"), name in must, (choices or {}).get(name, ()))
        for name, title in titles.items()
    )


def data_sets() -> list[DataSet]:
    """Return all data sets, by their codes."""
    return sorted(_told("data_sets"), key=lambda one: one.code)


def series() -> list[Series]:
    """Return all series, by their codes."""
    return sorted(_told("series"), key=lambda one: one.code)


def collections() -> dict[str, Collection]:
    """Return all collections, by their codes in the order of the alphabet."""
    return {one.code: one for one in sorted(_told("collections"), key=lambda one: one.code)}


def _told(what: str) -> Iterator[Any]:
    for app in apps.get_app_configs():
        if not app.name.startswith("linli.") or not module_has_submodule(app.module, _EXCHANGE):
            continue
        exchange = import_module(f"{app.name}.{_EXCHANGE}")
        if module_has_submodule(exchange, _MODULE):
            tell = getattr(import_module(f"{app.name}.{_EXCHANGE}.{_MODULE}"), what, None)
            yield from tell() if tell else ()
