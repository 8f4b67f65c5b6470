"""What `bench.trace_query` runs in a process of its own: events of many businesses, and the questions.

Every lot is told of by three of them: who made it, who got it, who sold it; a business tells about a thousand events,
however many there are. One event in two thousand says that something was recalled.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote

from django.core.management import call_command
from django.db import connection, transaction

from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor, Role, system
from linli.kernel.signed import signed
from linli.trace.models import Capture, Operator
from linli.trace.queries.event_scope import Scope, of_operator
from linli.trace.queries.event_search import event_of, search
from linli.trace.rules.epcis.json_written import query_document
from linli.trace.rules.epcis.query_paging import Page
from linli.trace.rules.epcis.query_reading import read_query_string
from linli.trace.rules.epcis.vocabulary import BIZ_STEP, WORDS

START = datetime(2025, 1, 1, tzinfo=UTC)
STEPS = sorted(WORDS[BIZ_STEP])
EACH = 1_000  # events of a business
RARE = 1_999  # one in so many is a recall
_RUNS = 9
_EVENT = (
    "id", "capture_id", "operator_id", "digest", "given", "against", "kind", "action", "step", "disposition",
    "read_point", "place", "happened_at", "recorded_at", "body",
)  # fmt: skip
_OPERATOR = ("id", "by_name", "by_role", "by_unit", "at", "code", "name", "names", "unit_id")
Rows = Iterator[tuple[Any, ...]]


def main() -> None:
    """Fill in ever more events, ask, and print what each question took as one line of JSON."""
    call_command("migrate", verbosity=0)
    area = Area.objects.create(code="620200", name="甲市", level="city", from_year=2000)
    unit = Unit.objects.create(code="0000-0000", name="bench", kind="department", area=area)
    capture = Capture.objects.create(code="bench", digest="0" * 64, **signed(system("b"), START))
    spent: dict[str, list[float]] = {}
    there = 0
    for size in map(int, sys.argv[1:]):
        began = time.perf_counter()
        _fill(there, size, unit.pk, capture.pk)
        there = size
        print(f"{size:,} in {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
        for name, question in _questions(size).items():
            spent.setdefault(name, []).append(_median(question))
    print(json.dumps(spent))


def _questions(size: int) -> dict[str, Callable[[int], object]]:
    whole = Scope(Actor("监督", Role.SUPERVISOR, "bench"))
    clerk = Scope(Actor("甲", Role.OFFICER, "bench"))
    shops = list(Operator.objects.order_by("id")[: size // EACH])
    hour = f"{START + timedelta(seconds=size - 3_600):%Y-%m-%dT%H:%M:%SZ}"

    def shop(turn: int) -> Scope:
        return of_operator(shops[turn * 7 % len(shops)])

    return {
        "the newest": lambda _: _ask("perPage=30", whole),
        "of a lot": lambda turn: _ask(f"MATCH_anyEPCClass={_lot(turn * 97)}", whole),
        "of a serial number's pattern": lambda turn: _ask(f"MATCH_anyEPC={_item(turn, '*')}", whole),
        "of a step": lambda turn: _ask(f"EQ_bizStep={STEPS[turn]}", whole),
        "of a place, since": lambda turn: _ask(f"EQ_bizLocation={_place(turn)}&GE_eventTime=2025-01-01T00:00:00Z", whole),
        "what was recalled (rare)": lambda _: _ask("EQ_disposition=recalled&perPage=5", whole),
        "recorded since an hour": lambda _: _ask(f"GE_recordTime={hour}&orderBy=recordTime", whole),
        "by type, amount and step": lambda turn: _ask(f"eventType=ObjectEvent&GT_quantity=30&EQ_bizStep={STEPS[turn]}", whole),
        "a unit's newest": lambda _: _ask("perPage=30", clerk),
        "a business's newest": lambda turn: _ask("perPage=30", shop(turn)),
        "a business's of a step": lambda turn: _ask(f"EQ_bizStep={STEPS[turn]}", shop(turn)),
        "the tenth page": lambda _: _turned(whole, 10),
        "one event": lambda turn: event_of(f"ni:///sha-256;{turn * 31 + 1:064x}?ver=CBV2.0", whole),
    }  # fmt: skip


def _ask(question: str, scope: Scope) -> Page:
    query = read_query_string(parse_qsl(question))
    if isinstance(query, list):
        raise TypeError(query)
    page = search(query, scope)
    if not isinstance(page, Page) or not page.events:
        raise RuntimeError(question, page)
    json.dumps(query_document([dict(one) for one in page.events], "", "q"), ensure_ascii=False)
    return page


def _turned(scope: Scope, pages: int) -> None:
    token = ""
    for _ in range(pages):
        token = _ask(f"perPage=30{f'&nextPageToken={token}' if token else ''}", scope).next_token


def _fill(there: int, until: int, unit: int, capture: int) -> None:
    shops = range(there // EACH, until // EACH)
    at = f"{START:%Y-%m-%d %H:%M:%S}"
    with transaction.atomic():
        named = ((n + 1, "b", "officer", "bench", at, f"{n:09}", f"{n}", "{}", unit) for n in shops)
        _write("trace_operator", _OPERATOR, named)
        lots = range(there // 3 + 1, until // 3 + 1)
        _write("trace_thing", ("id", "uri"), ((2 * n + one, (_lot, _one)[one](n)) for n in lots for one in (0, 1)))  # fmt: skip
        numbers = range(there + 1, until + 1)
        _write("trace_event", _EVENT, (_event(n, capture, until) for n in numbers))
        naming = ((n, 2 * (n // 3 or 1) + one, 1) for n in numbers for one in (0, 1) if n // 3 in lots)  # fmt: skip
        _write("trace_eventthing", ("event_id", "thing_id", "role"), naming)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _event(number: int, capture: int, size: int) -> tuple[Any, ...]:
    lot, turn = divmod(number, 3)
    shop = (lot + turn * 331) % (size // EACH) + 1
    step = STEPS[number * 13 % len(STEPS)]
    disposition = "recalled" if number % RARE == 1 else "active"
    place, at = _place(shop), f"{START + timedelta(seconds=number):%Y-%m-%d %H:%M:%S}"
    body = {
        "action": "OBSERVE", "bizLocation": {"id": place}, "bizStep": step, "disposition": disposition, "epcList": [_one(lot)],
        "eventTime": at.replace(" ", "T") + "Z", "eventTimeZoneOffset": "+08:00",
        "quantityList": [{"epcClass": _lot(lot), "quantity": number % 60, "uom": "KGM"}], "readPoint": {"id": place},
        "type": "ObjectEvent",
    }  # fmt: skip
    columns = ("ObjectEvent", "OBSERVE", step, disposition, place, place)
    when = (f"{at}+00:00", f"{at}+00:00") if connection.vendor == "postgresql" else (at, at)
    return (number, capture, shop, f"{number:064x}", "", "", *columns, *when, json.dumps(body))


def _lot(number: int) -> str:
    return f"https://id.gs1.org/01/06901234567809/10/L{number}"


def _one(number: int) -> str:
    return _item(number // 100, str(number))


def _item(kind: int, serial: str) -> str:
    return f"https://id.gs1.org/01/0690{kind:09}0/21/{serial}"


def _place(number: int) -> str:
    return quote(f"https://linli.example/food/{number:08}/", safe=":/")


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
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)  # type: ignore[arg-type]


def _median(question: Callable[[int], object]) -> float:
    """Return how long an answer takes, in milliseconds: each run asks for something else."""
    question(_RUNS + 1)
    spent = []
    for turn in range(1, _RUNS + 1):
        began = time.perf_counter()
        question(turn)
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)


if __name__ == "__main__":
    main()
