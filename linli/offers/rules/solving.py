"""Finds the timetable of a fair. Pure, and the same every time.

First every stand takes those first in its line, as if times never clashed: no timetable is worth more. Then
times are found stand by stand, as an assignment of people to times in which a clash costs. Where none is
left, the timetable is the best there is. Else what clashes gives way to the better wish, each stand is
filled again around all others while that gains anything, and a small fair is solved whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from linli.kernel.programmes import taken_once
from linli.offers.rules.timetable import POINTS, Fair, Table, Talk, Wished, clash, points

_ROUNDS = 12
_IDLE = 2  # rounds without gain after which no more are tried
_SMALL = 4_000  # cells up to which a fair is solved whole
_CLASH = 1.0
_LONG = 2_000  # minutes; more than a fair of two days lasts, so that no waiting outweighs a clash
_GIVEN = 1_000.0  # more than all clashes that one talk may have

Times = dict[str, dict[int, int]]  # who -> stand -> begins


def timetable(fair: Fair) -> list[Talk]:
    """Return who talks where and when; the same for the same fair, in whatever order its parts are told."""
    tables = sorted(fair.tables, key=lambda one: one.stand)
    lines = fair.lines()
    times = _spread(
        fair, tables, {one: line[: _places(one, tables)] for one, line in lines.items()}
    )
    if not _clashing(fair, times):
        return _seated(tables, lines, times)
    times = _filled(fair, tables, lines, _without_clashes(fair, lines, times))
    found = _seated(tables, lines, times)
    if points(fair, found) < fair.bound():
        whole = _whole(fair, tables, lines)
        better = _seated(tables, lines, whole) if whole is not None else []
        if points(fair, better) > points(fair, found):
            return better
    return found


def _places(stand: int, tables: Sequence[Table]) -> int:
    return next(len(one.seats) for one in tables if one.stand == stand)


def _spread(fair: Fair, tables: Sequence[Table], given: dict[int, list[Wished]]) -> Times:
    """Return a time for everybody at every stand that takes them, with as few clashes as could be found."""
    minutes = {one.stand: one.minutes for one in tables}
    times: Times = defaultdict(dict)
    todo = sorted(tables, key=lambda one: (len(one.seats) - len(given[one.stand]), one.stand))
    for turn in range(_ROUNDS):
        for table in todo:
            line = given[table.stand]
            taken = [_others(times[wish.who], table.stand, minutes) for wish in line]
            gains = [
                _GIVEN
                - _CLASH * _clashes(begins, table, busy, fair.gap)
                - _waiting(begins, busy)
                - _noise(row, column, turn)
                for row, busy in enumerate(taken)
                for column, begins in enumerate(_begins(table))
            ]
            for wish, begins in _assigned(table, line, gains):
                times[wish.who][table.stand] = begins
        clashing = _clashing(fair, times)
        if not clashing:
            break
        todo = [one for one in tables if one.stand in clashing]
        todo = todo[turn % len(todo) :] + todo[: turn % len(todo)]
    return times


def _begins(table: Table) -> list[int]:
    return sorted({seat.begins for seat in table.seats})


def _waiting(begins: int, busy: list[tuple[int, int]]) -> float:
    """Return a little for the way to the nearest of somebody's other times: nobody waits without need."""
    return min((abs(begins - other) for other, _minutes in busy), default=0) / _LONG


def _noise(row: int, column: int, turn: int) -> float:
    """Return a little that tells equal times apart, another little in each round."""
    return (row * 7919 + column * 104_729 + turn * 1_299_709) % 997 / 99_700


def _others(own: dict[int, int], stand: int, minutes: dict[int, int]) -> list[tuple[int, int]]:
    return [(begins, minutes[one]) for one, begins in own.items() if one != stand]


def _clashes(begins: int, table: Table, busy: list[tuple[int, int]], gap: int) -> int:
    return sum(clash((begins, table.minutes), one, gap) for one in busy)


def _assigned(
    table: Table, line: Sequence[Wished], gains: Sequence[float]
) -> Iterator[tuple[Wished, int]]:
    """Yield who gets which time of a stand. gains: row by row of the line; 0 or less is never given."""
    begins = _begins(table)
    cells = [number for number, gain in enumerate(gains) if gain > 0]
    rows: dict[int, list[int]] = defaultdict(list)
    columns: dict[int, list[int]] = defaultdict(list)
    for place, number in enumerate(cells):
        rows[number // len(begins)].append(place)
        columns[number % len(begins)].append(place)
    if not cells:
        return
    free = [sum(seat.begins == one for seat in table.seats) for one in begins]
    limits = [(1.0, over) for over in rows.values()]
    limits += [(float(free[column]), over) for column, over in columns.items()]
    for place in taken_once([gains[number] for number in cells], limits):
        row, column = divmod(cells[place], len(begins))
        yield line[row], begins[column]


def _clashing(fair: Fair, times: Times) -> set[int]:
    """Return the stands whose times clash with others'."""
    minutes = {one.stand: one.minutes for one in fair.tables}
    found: set[int] = set()
    for own in times.values():
        day = sorted((begins, minutes[stand], stand) for stand, begins in own.items())
        for one, other in pairwise(day):
            if clash(one[:2], other[:2], fair.gap):
                found |= {one[2], other[2]}
    return found


def _without_clashes(fair: Fair, lines: dict[int, list[Wished]], times: Times) -> Times:
    """Return the times without those that clash with one for a better wish of the same person."""
    minutes = {one.stand: one.minutes for one in fair.tables}
    kept: Times = defaultdict(dict)
    for wish in sorted(one for line in lines.values() for one in line):
        begins = times[wish.who].get(wish.stand)
        if begins is None:
            continue
        busy = _others(kept[wish.who], wish.stand, minutes)
        if not any(clash((begins, minutes[wish.stand]), one, fair.gap) for one in busy):
            kept[wish.who][wish.stand] = begins
    return kept


def _filled(
    fair: Fair, tables: Sequence[Table], lines: dict[int, list[Wished]], times: Times
) -> Times:
    """Return times in which no stand gains by being filled anew around all others."""
    minutes = {one.stand: one.minutes for one in tables}
    worth, since = _worth(lines, times), 0
    for turn in range(_ROUNDS):
        for table in tables:
            line = lines[table.stand]
            taken = [_others(times[wish.who], table.stand, minutes) for wish in line]
            gains = [
                0.0
                if _clashes(begins, table, taken[row], fair.gap)
                else POINTS[wish.number] - (row + _noise(row, column, turn)) / (2 * len(line) ** 2)
                for row, wish in enumerate(line)
                for column, begins in enumerate(_begins(table))
            ]
            for wish in line:
                times[wish.who].pop(table.stand, None)
            for wish, begins in _assigned(table, line, gains):
                times[wish.who][table.stand] = begins
        before, worth = worth, _worth(lines, times)
        since = 0 if worth > before else since + 1
        if since == _IDLE:
            break
    return times


def _worth(lines: dict[int, list[Wished]], times: Times) -> int:
    return sum(
        POINTS[wish.number]
        for line in lines.values()
        for wish in line
        if wish.stand in times[wish.who]
    )


def _whole(fair: Fair, tables: Sequence[Table], lines: dict[int, list[Wished]]) -> Times | None:
    """Return the best times of a small fair, all at once; None for a larger one."""
    cells = [
        (wish, begins, table, row)
        for table in tables
        for row, wish in enumerate(lines[table.stand])
        for begins in _begins(table)
    ]
    if len(cells) > _SMALL:
        return None
    over: dict[tuple[object, ...], list[int]] = defaultdict(list)
    room: dict[tuple[object, ...], float] = {}
    for number, (wish, begins, table, _row) in enumerate(cells):
        over["once", wish].append(number)
        over["seat", table.stand, begins].append(number)
        room["seat", table.stand, begins] = sum(one.begins == begins for one in table.seats)
    days: dict[str, list[int]] = defaultdict(list)
    for number, (wish, *_rest) in enumerate(cells):
        days[wish.who].append(number)
    for who, own in days.items():
        for moment in {cells[number][1] for number in own}:
            over["day", who, moment] = [
                number
                for number in own
                if cells[number][1]
                <= moment
                < cells[number][1] + cells[number][2].minutes + fair.gap
            ]
    gains = [POINTS[one[0].number] - one[3] / (2 * len(fair.wishes) ** 2) for one in cells]
    limits = [(room.get(name, 1.0), some) for name, some in over.items()]
    times: Times = defaultdict(dict)
    for number in taken_once(gains, limits, whole=True) if cells else []:
        wish, begins, _table, _row = cells[number]
        times[wish.who][wish.stand] = begins
    return times


def _seated(tables: Sequence[Table], lines: dict[int, list[Wished]], times: Times) -> list[Talk]:
    """Return the talks with their lanes: of those who begin together, the first in line gets the first lane."""
    talks = []
    for table in tables:
        lanes: dict[int, list[int]] = defaultdict(list)
        for seat in sorted(table.seats, reverse=True):
            lanes[seat.begins].append(seat.lane)
        for wish in lines[table.stand]:
            begins = times[wish.who].get(table.stand)
            if begins is not None:
                talks.append(Talk(wish.who, table.stand, begins, lanes[begins].pop()))
    return talks
