"""Premises and operators as lists show them: narrowed by what is asked, each with its permit and latest inspection."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from linli.directory.models import Area
from linli.kernel.actors import Actor, Role
from linli.trace.models import Operator, Premises, Visit
from linli.trace.queries.permits import PermitStand, standing, states
from linli.trace.queries.visits import last_visits, left_open
from linli.trace.rules.validity import VALID

CLEAN, OPEN, NEVER = "clean", "open", "never"


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a list of premises; "" and None narrow nothing. square: row and column of the map."""

    words: str = ""
    area: str = ""
    activity: str = ""
    stand: str = ""
    seen: str = ""
    square: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PremisesRow:
    """One premises as a list shows it."""

    premises: Premises
    stand: PermitStand
    visit: Visit | None


class Placed(NamedTuple):
    """One premises as a map counts it: its square, None where it has none; whether anything was left open there."""

    row: int | None
    column: int | None
    area: str
    valid: bool
    faulty: bool


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """One operator as the console lists it, with its premises that are open."""

    operator: Operator
    premises: list[PremisesRow]


def premises_found(asked: Asked, at: datetime) -> QuerySet[Premises]:
    """Return the open premises of businesses that have not ended, by name; three queries more for a standing."""
    open_ = Premises.objects.open().filter(operator__closed_on=None)
    found = _narrowed(open_, asked).select_related("operator__unit", "area")
    if asked.stand:
        found = found.filter(pk__in=_standing_so(found, asked.stand, at))
    return found.order_by("name", "pk")


def premises_rows(found: Iterable[Premises], at: datetime) -> list[PremisesRow]:
    """Return premises with their permits and latest inspections. Three queries, however many."""
    listed = list(found)
    keys = [one.pk for one in listed]
    stands, visits = standing(keys, at), last_visits(keys)
    return [PremisesRow(one, stands[one.pk], visits.get(one.pk)) for one in listed]


def premises_placed(found: QuerySet[Premises], at: datetime) -> list[Placed]:
    """Return where premises lie and how they stand, of thousands. Five queries, however many."""
    stands, faulty = states(found, at), left_open(found)
    rows = found.values_list("pk", "tile_row", "tile_column", "area__name")
    return [
        Placed(row, column, area, stands[pk] == VALID, pk in faulty)
        for pk, row, column, area in rows
    ]


def operators_seen(by: Actor) -> QuerySet[Operator]:
    """Return the operators that a member of staff sees: an officer those that the own unit supervises."""
    found = Operator.objects.select_related("unit")
    return found.filter(unit__name=by.unit) if by.role == Role.OFFICER else found


def operators_found(
    by: Actor, asked: Asked, at: datetime, *, unit: str = "", closed: bool = False
) -> QuerySet[Operator]:
    """Return the operators that a member of staff asks for, by name: those that work, or those that have ended."""
    found = operators_seen(by).filter(closed_on__isnull=not closed)
    if unit:
        found = found.filter(unit__code=unit)
    for word in asked.words.split():
        found = found.filter(_named("", word) | Q(premises__name__icontains=word))
    narrowing = Asked(area=asked.area, activity=asked.activity, seen=asked.seen)
    if narrowing != Asked() or asked.stand:
        places = _narrowed(Premises.objects.open().filter(operator__in=found), narrowing)
        if asked.stand:
            places = places.filter(pk__in=_standing_so(places, asked.stand, at))
        found = found.filter(pk__in=places.values("operator"))
    return found.distinct().order_by("name", "pk")


def operator_rows(found: Collection[Operator], at: datetime) -> list[OperatorRow]:
    """Return operators with their open premises. Four queries, however many."""
    open_ = Premises.objects.open().select_related("area").order_by("name", "pk")
    places = open_.filter(operator__in=found).select_related("operator")
    rows: dict[int, list[PremisesRow]] = {}
    for row in premises_rows(places, at):
        rows.setdefault(row.premises.operator_id, []).append(row)
    return [OperatorRow(one, rows.get(one.pk, [])) for one in found]


def _narrowed(found: QuerySet[Premises], asked: Asked) -> QuerySet[Premises]:
    for word in asked.words.split():
        here = Q(name__icontains=word) | Q(street__icontains=word)
        found = found.filter(here | _named("operator__", word))
    if asked.area:
        found = found.filter(area__in=Area.objects.within(asked.area))
    if asked.activity:
        found = found.annotate(done=Cast("activities", TextField()))
        found = found.filter(done__contains=f'"{asked.activity}"')
    if asked.square:
        found = found.filter(tile_row=asked.square[0], tile_column=asked.square[1])
    return _seen_so(found, asked.seen) if asked.seen else found


def _named(to: str, word: str) -> Q:
    """Find a word in the name of an operator, in whatever language it gave one, or as its credit code."""
    said = Q(**{f"{to}name__icontains": word}) | Q(**{f"{to}credit_code": word.upper()})
    # SQLite keeps letters of other scripts as JSON escapes them, PostgreSQL as they are.
    kept = (word, json.dumps(word)[1:-1])
    return said | Q(**{f"{to}pk__in": _called(kept)})


def _called(kept: Iterable[str]) -> QuerySet[Any, Any]:
    said = Operator.objects.exclude(names={}).annotate(called=Cast("names", TextField()))
    wanted = Q()
    for form in kept:
        wanted |= Q(called__icontains=form)
    return said.filter(wanted).order_by().values("pk")


def _seen_so(found: QuerySet[Premises], seen: str) -> QuerySet[Premises]:
    last = Visit.objects.filter(premises=OuterRef("pk")).order_by("-made_on", "-id")
    found = found.annotate(still_open=Subquery(last.values("open")[:1]))
    wanted: dict[str, Q] = {
        NEVER: Q(still_open=None), OPEN: Q(still_open__gt=0), CLEAN: Q(still_open=0),
    }  # fmt: skip
    return found.filter(wanted[seen])


def _standing_so(found: QuerySet[Premises], state: str, at: datetime) -> list[int]:
    return [pk for pk, stands in states(found, at).items() if stands == state]
