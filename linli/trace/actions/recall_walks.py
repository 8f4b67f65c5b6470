"""Whom a recall reaches, written down, and told at once where that can be: what is new since the last time."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from linli.directory.models import Location
from linli.kernel.actors import Actor, allow, system
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.models import (
    Alert,
    Operator,
    OperatorKey,
    Premises,
    Recall,
    RecallReach,
    RecallTold,
    Thing,
)
from linli.trace.queries.reaching import Reach, reach_of
from linli.trace.rules.walking.walks import Reached

RECALLS = system("recalls")
_AT_ONCE = 1000
_MOST_HAD = 500  # things that are listed to one business


def walk(*, by: Actor, at: datetime, recall: Recall) -> int:
    """Write down what a running recall reaches by now and tell those who are new; return how many things are new.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    lot = recall.lot
    start = Thing.objects.get_or_create(uri=lot.uri)[0].pk
    reach = reach_of(lot, recall.since, at)
    known = set(recall.reach.values_list("way", "thing"))
    rows = [one for one in _rows(recall, start, reach, at) if (one.way, one.thing_id) not in known]
    RecallReach.objects.bulk_create(rows, batch_size=_AT_ONCE)
    operators = Operator.objects.select_related("unit").in_bulk(list(reach.had))
    _find(recall, reach, operators.values(), at)
    _alert(recall, operators.values(), at)
    return len(rows)


def _rows(recall: Recall, start: int, reach: Reach, at: datetime) -> Iterator[RecallReach]:
    yield RecallReach(
        recall=recall, way=RecallReach.AHEAD, thing_id=start, lot=recall.lot, made=True, hops=0,
        since=recall.since, walked_at=at,
    )  # fmt: skip
    for way, found in ((RecallReach.AHEAD, reach.ahead), (RecallReach.BACK, reach.back)):
        yield from (_row(recall, way, one, reach, at) for one in found)


def _row(recall: Recall, way: str, one: Reached, reach: Reach, at: datetime) -> RecallReach:
    return RecallReach(
        recall=recall,
        way=way,
        thing_id=int(one.thing),
        lot_id=reach.lots.get(int(one.thing)),
        made=one.how == "made",
        hops=one.hops,
        since=one.at,
        before_id=int(one.before) if one.before else None,
        event_id=int(one.event) if one.event else None,
        walked_at=at,
    )


def _find(recall: Recall, reach: Reach, operators: Collection[Operator], at: datetime) -> None:
    """Write down whom it concerns: businesses with what they had, the units that supervise them, the stations.

    A unit and a station are told by that; a business is where it has a phrase to sign in with, else somebody must.
    """
    names = Thing.objects.in_bulk({thing for had in reach.had.values() for thing in had})
    known = {one.operator_id: one for one in recall.told.filter(operator__isnull=False)}
    sign_in = set(
        OperatorKey.objects.filter(
            operator__in=operators, kind=OperatorKey.PHRASE, ended_at=None
        ).values_list("operator", flat=True)
    )
    new: list[RecallTold] = []
    for operator in operators:
        had = sorted(names[thing].uri for thing in reach.had[operator.pk] if thing in names)
        if (told := known.get(operator.pk)) is None:
            channel = "page" if operator.pk in sign_in else ""
            new.append(_told(recall, at, channel, operator=operator, had=had[:_MOST_HAD]))
        elif told.had != had[:_MOST_HAD]:
            told.had = had[:_MOST_HAD]
            told.save(update_fields=["had"])
    units = {operator.unit for operator in operators}
    new += (_told(recall, at, "desk", unit=unit) for unit in sorted(units, key=lambda one: one.pk))
    new += (_told(recall, at, "desk", station=station) for station in _stations(operators))
    RecallTold.objects.bulk_create(_new(recall, new), batch_size=_AT_ONCE)


def _stations(operators: Collection[Operator]) -> QuerySet[Location]:
    """Return the stations of the cities where they have premises: a notice hangs where the goods went."""
    places = Premises.objects.open().filter(operator__in=operators)
    near = Q(pk__in=[])
    for city in sorted({code[:4] for code in places.values_list("area", flat=True)}):
        near |= Q(area__code__startswith=city)
    return Location.objects.filter(near, kind="station", closed_on=None)


def _new(recall: Recall, found: Iterable[RecallTold]) -> Iterator[RecallTold]:
    known = set(recall.told.values_list("operator", "unit", "station"))
    for one in found:
        if (one.operator_id, one.unit_id, one.station_id) not in known:
            yield one


def _told(recall: Recall, at: datetime, channel: str, **of: object) -> RecallTold:
    if not channel:
        return RecallTold(recall=recall, found_at=at, **of)
    return RecallTold(
        recall=recall, found_at=at, channel=channel, told_at=at, told_by=RECALLS.name, **of
    )


def _alert(recall: Recall, operators: Collection[Operator], at: datetime) -> None:
    """Let each unit know, once, whose businesses have what is recalled."""
    for unit in sorted({one.unit for one in operators}, key=lambda one: one.pk):
        names = sorted(one.name for one in operators if one.unit_id == unit.pk)
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        draft = AlertDraft(
            unit=unit,
            kind=Alert.RECALL,
            about=f"recall {recall.code} {unit.code}",
            path=f"/console/recalls/{recall.code}/",
            said={"operator": names[0] + more, "name": str(recall.lot), "drill": recall.drill},
        )
        raise_alert(by=RECALLS, at=at, draft=draft)
