"""Finds rows of any engine by their names: an engine says in a `Kind` which of its rows everybody may see.

One query a kind, and one more where letters may be pinyin. At most MOST rows of it; nothing of a question is kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, Value

from linli.directory.models import Area
from linli.directory.rules.folding import folded
from linli.directory.rules.sounds import Sound, sound
from linli.directory.rules.spelling import Question, closeness

MOST = 400  # of one kind: twenty pages
HEARD = 300  # the newest names of a kind, which are compared by their sound


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that the search finds.

    route: its page, which takes its code; rows: those that everybody may see at a moment, in the order of a list.
    title, beside, also: columns with its name, what stands beside it, what else answers; area: of its place, or "".
    codes: whether a code that somebody types can be one of these.
    """

    key: str
    route: str
    rows: Callable[[datetime], QuerySet[Any]]
    title: str = "title"
    beside: str = ""
    also: tuple[str, ...] = ()
    area: str = ""
    code: str = "code"
    codes: bool = True


class Hit(NamedTuple):
    """One thing that was found: its code, its name, and what stands beside it."""

    code: str
    title: str
    beside: str


class Hits(NamedTuple):
    """What was found of one kind, nearest first. more: there is more than is told; heard: by its sound alone."""

    hits: tuple[Hit, ...]
    more: bool = False
    heard: bool = False


def found(kind: Kind, wanted: Question, at: datetime) -> Hits:
    """Return what of a kind answers a question. At most two queries."""
    if not wanted.pieces:
        return Hits(())
    rows = _in_place(kind, kind.rows(at), wanted.area)
    hits = _read(kind, rows.filter(_holding(kind, wanted)), MOST + 1)
    if hits:
        near = sorted(hits[:MOST], key=lambda one: closeness(wanted, one.title))
        return Hits(tuple(near), more=len(hits) > MOST)
    if not wanted.letters:
        return Hits(())
    named = _read(kind, rows, HEARD)
    return Hits(tuple(one for one in named if _sounds_so(one.title, wanted.letters)), heard=True)


def with_code(kinds: Iterable[Kind], code: str, at: datetime) -> tuple[str, str] | None:
    """Return the key and the code of what everybody may see under a code, None when there is none. One query."""
    asked = [
        kind.rows(at)
        .order_by()
        .filter(**{kind.code: code})
        .annotate(of_kind=Value(kind.key))
        .values_list("of_kind", kind.code)[:1]
        for kind in kinds
        if kind.codes
    ]
    first = [(str(key), str(its)) for key, its in _one_by_one(asked)]
    return first[0] if first else None


def _one_by_one(asked: list[QuerySet[Any]]) -> Iterable[Any]:
    """Ask all in one query. Each stands in parentheses of its own, for it has a limit."""
    wanted = [one.query.get_compiler(one.db).as_sql() for one in asked]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS one" for part, _values in wanted)  # noqa: S608 - our own SQL
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _part, values in wanted for value in values])
        return list(islice(cursor.fetchall(), 1))


def _in_place(kind: Kind, rows: QuerySet[Any], area: str) -> QuerySet[Any]:
    if not area:
        return rows
    if not kind.area:
        return rows.none()
    return rows.filter(**{f"{kind.area}__in": Area.objects.within(area).values("code")})


def _holding(kind: Kind, wanted: Question) -> Q:
    """Ask for every piece, each in any column and any spelling."""
    all_of = Q()
    for spellings in wanted.pieces:
        one_of = Q()
        for column in (kind.title, *kind.also):
            for piece in spellings:
                one_of |= Q(**{f"{column}__icontains": piece})
        all_of &= one_of
    return all_of


def _read(kind: Kind, rows: QuerySet[Any], most: int) -> list[Hit]:
    columns = [kind.code, kind.title, *([kind.beside] if kind.beside else [])]
    return [
        Hit(str(row[0]), str(row[1] or ""), str(row[2] or "") if kind.beside else "")
        for row in rows.values_list(*columns)[:most]
    ]


def _sounds_so(title: str, letters: str) -> bool:
    said = _sound(title)
    return letters in said.whole or letters in said.initials


@lru_cache(maxsize=16_384)
def _sound(title: str) -> Sound:
    """Return how a name sounds; names are public, and their sound is the same for ever."""
    return sound(folded(title))
