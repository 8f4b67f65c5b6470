"""The timetable of a job fair: 2,000 people with five wishes each, 120 employers, six hours. Pure, no database.

Employers are liked unequally, as at any fair: the first in line are full, the last have time left.
"""

import random
import time
from collections.abc import Iterator

from bench.table import Row
from linli.offers.rules.fairs import MOST_WISHES, is_kept
from linli.offers.rules.solving import timetable
from linli.offers.rules.timetable import Fair, Seat, Table, Wished, faults, points

_PEOPLE, _EMPLOYERS, _MINUTES, _GAP, _KEPT = 2_000, 120, 360, 5, 20
_LIMIT = 5.0


def rows(*, large: bool) -> Iterator[Row]:
    """Yield the timetable's rows of the table."""
    people = _PEOPLE * 5 if large else _PEOPLE
    fair = _fair(people)
    began = time.perf_counter()
    found = timetable(fair)
    seconds = time.perf_counter() - began
    wrong = f", {len(faults(fair, found))} FAULTS" if faults(fair, found) else ""
    yield Row(
        f"timetable: {people:,} people x {_EMPLOYERS} employers x 6 h, {len(found):,} talks{wrong}",
        f"{seconds:.2f} s",
        f"{_LIMIT:.0f} s",
        f"{seconds / _LIMIT:.2f}",
        "<= 1",
    )
    worth, bound = points(fair, found), fair.bound()
    yield Row(
        "the same: wishes granted by rank, beside what no timetable exceeds",
        f"{worth:,}",
        f"{bound:,}",
        f"{worth / bound:.3f}",
        "1",
    )


def _fair(people: int) -> Fair:
    chance = random.Random(7)
    tables = []
    for stand in range(_EMPLOYERS):
        lanes, minutes = chance.choice((1, 2, 3)), chance.choice((10, 15, 20))
        seats = [
            Seat(turn // lanes * minutes, turn % lanes)
            for turn in range(_MINUTES // minutes * lanes)
            if not is_kept(turn, _KEPT)
        ]
        tables.append(Table(stand, minutes, tuple(seats)))
    liked = [1 / (stand + 1) ** 0.6 for stand in range(_EMPLOYERS)]
    wishes = []
    for number in range(people):
        chosen: dict[int, None] = {}
        while len(chosen) < MOST_WISHES:
            chosen[chance.choices(range(_EMPLOYERS), liked)[0]] = None
        wishes += [Wished(f"P{number}", stand, n) for n, stand in enumerate(chosen, 1)]
    return Fair(tuple(tables), tuple(wishes), _GAP, "a public seed")
