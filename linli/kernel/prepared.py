"""Queries that are put into SQL once and asked many times; rows that are added by SQL put together once.

Django writes the SQL of a query anew each time it is asked, which takes longer than the database takes to
answer where a row or two are looked up by a key. What it loads, and how, stays Django's.
"""

import threading
from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=Model)

# What stands in for a value while the SQL is written: nothing that a query says itself looks like these.
_PLACES: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"\ue000{number}",
    int: lambda number: 8_070_605_040_302_010 + number,
}


class Prepared(Generic[M]):
    """A query whose SQL does not depend on its values: `Prepared(lambda code: ….filter(code=code), str)`.

    `kinds` are the types of the values, str or int. A value of None, a list, or anything that Django turns
    into another text of SQL cannot be prepared.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._here = threading.local()  # a thread has a connection of its own

    def all(self, *values: str | int) -> list[M]:
        """Return every row, for these values."""
        if getattr(self._here, "connection", None) is not connections[DEFAULT_DB_ALIAS]:
            self._prepare()
        here = self._here
        here.compiler.as_sql = lambda: (here.sql, here.placed(values))
        return list(ModelIterable(here.queryset))

    def first(self, *values: str | int) -> M | None:
        """Return the only row, or None. The key that is asked for is unique: nothing is sorted."""
        return next(iter(self.all(*values)), None)

    def _prepare(self) -> None:
        places = [_PLACES[kind](number) for number, kind in enumerate(self._kinds)]
        queryset = self._build(*places)
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, said = compiler.as_sql()

        def placed(values: tuple[str | int, ...]) -> tuple[Any, ...]:
            known = dict(zip(places, values, strict=True))
            return tuple(known.get(one, one) for one in said)

        if not set(places) <= set(said):
            message = f"a value of this query is not in its SQL as it was given: {sql}"
            raise ValueError(message)
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda _: converters
        queryset.query.get_compiler = lambda **_: compiler  # type: ignore[method-assign]
        self._here.connection = connections[DEFAULT_DB_ALIAS]
        self._here.queryset, self._here.compiler = queryset, compiler
        self._here.sql, self._here.placed = sql, placed


def add_row(row: Model) -> None:
    """Insert a new row, as `save(force_insert=True)` does, and let it know its key. Its key is the database's to give."""
    fields, sql = _inserting(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001


@cache
def _inserting(model: type[Model]) -> tuple[list[Any], str]:
    meta = model._meta  # noqa: SLF001 - Django's public name for a model's make-up
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({marks}) RETURNING "{meta.pk.column}"'  # noqa: S608
    return fields, sql
