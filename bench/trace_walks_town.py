"""What `bench.trace_walks` runs in a process of its own: herds of lots, each made of others, and walks through one.

Lots of a herd stand in twelve levels and one more. A transformation takes two lots of a level and makes two of the
next, so that what a lot went into doubles with every hop: 4,094 lots after twelve. Each lot also lay on a pallet.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from linli.kernel.actors import system
from linli.kernel.signed import signed
from linli.trace.models import Capture, EventLink
from linli.trace.queries import tracing
from linli.trace.rules.walking.walks import Reached

HOPS = 12
TURNS = 10
WIDE = 2**TURNS  # lots of a level: a walk has them all after ten hops, and goes on with all
EACH = WIDE // 2  # transformations between two levels
LOAD = 16  # lots on a pallet
LOTS = (HOPS + 1) * WIDE
DEEDS = HOPS * EACH
SIZE = LOTS + DEEDS + LOTS // LOAD  # things of a herd
EVENTS = DEEDS + LOTS // LOAD
LINKS = 4 * DEEDS + LOTS
START = datetime(2025, 1, 1, tzinfo=UTC)
_RUNS = 7
_EVENT = (
    "capture_id", "id", "digest", "given", "against", "kind", "action", "step", "disposition", "read_point", "place",
    "happened_at", "recorded_at", "body",
)  # fmt: skip
_LINK = ("kind", "source_id", "target_id", "begins", "ends", "event_id")
Rows = Iterator[tuple[Any, ...]]


def main() -> None:
    """Fill in as many links as asked, walk, and print what came of it as one line of JSON."""
    call_command("migrate", verbosity=0)
    herds = max(1, round(int(sys.argv[1]) / LINKS))
    began = time.perf_counter()
    fill(herds)
    filled = time.perf_counter() - began
    first, last = (herds // 2 * SIZE + level * WIDE + 8 for level in (0, HOPS))
    until = START + timedelta(days=99)
    said: dict[str, float] = {"links": herds * LINKS, "filled": filled}
    ways: dict[str, Callable[[], list[Reached]]] = {
        "ahead": lambda: tracing.ahead(first, START),
        "back": lambda: tracing.back(last, until),
    }
    for name, walk in ways.items():
        said |= {name: _median(walk), f"{name} found": len(walk())}
    print(json.dumps(said))


def fill(herds: int) -> None:
    """Write herds past the actions."""
    capture = Capture.objects.create(
        code="bench", digest="0" * 64, **signed(system("bench"), START)
    )
    with transaction.atomic():
        _write(
            "trace_thing", ("id", "uri"), ((n, f"urn:x:{n}") for n in range(1, herds * SIZE + 1))
        )
        _write(
            "trace_event",
            _EVENT,
            (one for herd in range(herds) for one in _events(herd, capture.pk)),
        )
        _write("trace_eventlink", _LINK, (one for herd in range(herds) for one in _links(herd)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _events(herd: int, capture: int) -> Rows:
    for number in range(EVENTS):
        key = herd * EVENTS + number + 1
        at = _at(number // EACH) if number < DEEDS else START
        blank = ("", "", "TransformationEvent", "", "", "", "", "")
        yield capture, key, f"{key:064x}", *blank, at, at, "{}"


def _links(herd: int) -> Rows:
    thing, event = herd * SIZE + 1, herd * EVENTS + 1
    for number in range(DEEDS):
        level, place = divmod(number, EACH)
        deed, at = thing + LOTS + number, _at(level)
        turn = level % TURNS
        left = (place >> turn << turn + 1) | (place & (1 << turn) - 1)
        for lot in (left, left | 1 << turn):
            here = thing + level * WIDE + lot
            yield EventLink.USED, here, deed, at, None, event + number
            yield EventLink.MADE, deed, here + WIDE, at, None, event + number
    for lot in range(LOTS):
        pallet, since = lot // LOAD, _at(lot // WIDE) - timedelta(hours=20)
        until = since + timedelta(hours=10)
        held = thing + LOTS + DEEDS + pallet
        yield EventLink.HELD, thing + lot, held, since, until, event + DEEDS + pallet


def _at(level: int) -> datetime:
    return START + timedelta(days=level + 1)


def _write(table: str, columns: tuple[str, ...], rows: Rows) -> None:
    """Write rows in bulk: COPY on PostgreSQL, one prepared statement on SQLite."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            holes = ", ".join(["%s"] * len(columns))
            written: Any = (tuple(_plain(one) for one in row) for row in rows)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", written)


def _plain(value: object) -> object:
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value


def _median(deed: Callable[[], object]) -> float:
    """Return how long a deed takes, in milliseconds, the first time left out."""
    deed()
    spent = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        deed()
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)
