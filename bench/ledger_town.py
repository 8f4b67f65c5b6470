"""What `bench.ledger` runs in a process of its own: a fund with accounts, and one measurement of its ledger."""

import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import zip_longest
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from linli.directory.models import Area, Unit
from linli.funds.actions import ledger
from linli.funds.exchange.hledger import write_journals
from linli.funds.exchange.ledger import write_ledgers
from linli.funds.models import Account, Fund, Transfer
from linli.funds.queries.balances import trial_balance, untrue_balances
from linli.funds.queries.statements import Key, statement
from linli.funds.rules import flows
from linli.funds.schemas import verify_ledger
from linli.kernel.actors import Actor, Role
from linli.kernel.codes import code_of

UNIT = "市财政局"
BY = Actor(name="甲", role=Role.OFFICER, unit=UNIT)
PAIRS = 25  # as the peers have: fifty accounts
SIZE = 10  # transfers of a transaction in the filled ledger
_RUNS = 20


def main() -> None:
    """Do one after the other what is asked, each a word and numbers, and print what came of it as one line of JSON."""
    call_command("migrate", verbosity=0)
    print(
        json.dumps([_DEEDS[what](*map(int, numbers)) for what, *numbers in json.loads(sys.argv[1])])
    )


def rate(count: int, clients: int, legs: int) -> dict[str, float]:
    """Post so many transactions of so many legs from so many threads, each in a transaction of its own."""
    fund, givers, takers = _fund("appropriate")
    at = datetime.now(UTC)

    def post(number: int) -> None:
        lines = [
            ledger.Line(givers[(number + j) % PAIRS], takers[(number + j) % PAIRS], 100 + j)
            for j in range(legs // 2)
        ]
        posting = ledger.Posting(verb="appropriate", day=at.date(), lines=lines, words="拨付")
        ledger.post(by=BY, at=at, fund=fund, posting=posting)

    for number in range(20):
        post(number)
    with connection.cursor() as cursor:  # as the database does itself within a minute
        cursor.execute("ANALYZE")
    connection.close()
    spent = _closed_loop(post, count, clients)
    return {"rate": count / spent, "untrue": len(untrue_balances())}


def many(transfers: int) -> dict[str, float]:
    """Post so many random transfers, many in one statement; then compare what is exported with the trial balance."""
    made, random_one = 0, random.Random(20261122)
    fund, by_kind = _whole_fund()
    stand: Counter[int] = Counter()
    at = datetime.now(UTC)
    began, spent = time.perf_counter(), 0.0
    while made < transfers:
        postings = [_random(random_one, by_kind, stand, at.date()) for _ in range(1000)]
        asked = time.perf_counter()
        ledger.post_many(by=BY, at=at, fund=fund, postings=postings)
        spent += time.perf_counter() - asked
        made += sum(len(one.lines) for one in postings)
    balance = trial_balance(fund)
    exported = _exported(fund, balance)
    whole = time.perf_counter() - began
    return {"rate": 2 * made / spent, "postings": 2 * made, "whole": whole, **exported}


def _random(
    random_one: random.Random, by_kind: dict[str, list[Account]], stand: Counter[int], day: date
) -> ledger.Posting:
    """Return a posting that can be made: its money is there."""
    while True:
        verb = random_one.choice(sorted(flows.WAYS))
        lines = []
        for _ in range(random_one.randint(1, 3)):
            out_of, into = random_one.choice(sorted(flows.WAYS[verb]))
            giver = random_one.choice(by_kind[out_of])
            taker = random_one.choice(by_kind[into])
            outside = out_of in flows.OUTSIDE
            most = 10_000_000 if outside else stand[giver.pk]
            if most and giver != taker:
                amount = random_one.randint(1, most)
                stand[giver.pk] -= amount
                stand[taker.pk] += amount
                lines.append(ledger.Line(giver, taker, amount))
        if lines:
            return ledger.Posting(verb=verb, day=day, lines=lines, words="随机")


def _exported(fund: Fund, balance: dict[str, int]) -> dict[str, float]:
    """Export the fund, verify it, and count by how many fen the exports miss the trial balance."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        write_ledgers(Path(folder), datetime.now(UTC))
        written = time.perf_counter() - began
        began = time.perf_counter()
        with Path(folder, f"{fund.code}.jsonl").open(encoding="utf-8", newline="\n") as lines:
            again = verify_ledger.verify(lines)
        verified = time.perf_counter() - began
        write_journals(Path(folder), datetime.now(UTC))
        hledger = _hledger(Path(folder, f"{fund.code}.journal"))
    by_kind: Counter[str] = Counter(dict.fromkeys(balance, 0))
    for account, fen in again.balances.items():
        by_kind[account.partition(" ")[0]] += fen
    wrong = sum(abs(by_kind[kind] - fen) for kind, fen in balance.items())
    told = {"wrong": wrong, "faults": len(again.faults), "written": written, "verified": verified}
    if hledger is None:
        return told
    ours = sorted(fen for fen in again.balances.values() if fen)
    pairs = zip_longest(ours, sorted(fen for fen in hledger if fen), fillvalue=0)
    return told | {"hledger": sum(abs(one - other) for one, other in pairs)}


def _hledger(journal: Path) -> list[int] | None:
    """Return the balances in fen that hledger makes of a journal; None where it is not installed."""
    try:
        done = subprocess.run(
            ["hledger", "-f", str(journal), "balance", "--flat", "-O", "csv", "-N"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    except FileNotFoundError:
        return None
    amounts = (line.rsplit('","', 1)[1].strip('"') for line in done.stdout.splitlines()[1:])
    return [round(float("".join(c for c in one if c in "-.0123456789")) * 100) for one in amounts]


def ask(postings: int) -> dict[str, float]:
    """Fill a ledger with so many postings past the actions; measure what an officer looks at, in milliseconds."""
    fund, givers, takers = _fund("appropriate")
    _fill(fund, givers[0].pk, takers[0].pk, postings // 2 // SIZE)
    busy = takers[0]
    keys = Transfer.objects.filter(into=busy).order_by("day", "pk")
    middle = keys[keys.count() // 2]
    said = {
        "trial": _median(lambda: trial_balance(fund)),
        "newest": _median(lambda: statement(busy)),
        "middle": _median(lambda: statement(busy, below=Key(middle.day, middle.pk))),
        "postings": 2 * Transfer.objects.filter(transaction__fund=fund).count(),
        "of_account": keys.count(),
    }
    return said | {"untrue": len(untrue_balances())}


def _fill(fund: Fund, giver: int, taker: int, entries: int) -> None:
    """Write transactions of ten transfers over 600 days with no trigger on; then say what they make."""
    places = {
        "fund": fund.pk, "giver": giver, "taker": taker, "pairs": PAIRS, "size": SIZE
    }  # fmt: skip
    with connection.cursor() as cursor:
        on_postgres = connection.vendor == "postgresql"
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'funds_trans%'"
            if not on_postgres
            else "SELECT 'session_replication_role', 'SET session_replication_role = DEFAULT'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"SET {name} = replica" if on_postgres else f"DROP TRIGGER {name}")
        words = _POSTGRES if on_postgres else _SQLITE
        words = {name: word.format(entries) for name, word in words.items()} | {
            "ten": words["series"].format(SIZE)
        }
        for form in (_ENTRIES, _TRANSFERS, _BALANCES):
            cursor.execute(form.format(**places, **words))
        for _name, sql in triggers:
            cursor.execute(sql)
        cursor.execute("ANALYZE")


_POSTGRES = {
    "series": "generate_series(1, {0}) AS series (n)",
    "code": "lpad(to_hex(n), 8, '0')",
    "day": "date '2025-01-01' + (n::bigint * 600 / {0})::int",
    "at": "timestamptz '2025-01-01' + make_interval(days => (n::bigint * 600 / {0})::int)",
}
_SQLITE = {
    "series": "(WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {0}) SELECT n FROM up)",
    "code": "printf('%08x', n)",
    "day": "date('2025-01-01', (n * 600 / {0}) || ' days')",
    "at": "datetime('2025-01-01', (n * 600 / {0}) || ' days')",
}
_ENTRIES = """
    INSERT INTO funds_transaction (by_name, by_role, by_unit, at, code, fund_id, verb, day, words, size)
    SELECT '甲', 'officer', '', {at}, {code}, {fund}, 'appropriate', {day}, '', {size} FROM {series}
"""
_TRANSFERS = """
    INSERT INTO funds_transfer (transaction_id, number, day, out_of_id, into_id, amount)
    SELECT entry.id, one.number, entry.day, {giver} + (entry.id * 7 + one.number) % {pairs},
        {taker} + (entry.id * 3 + one.number) % {pairs}, 100 + (entry.id * 13 + one.number) % 99991
    FROM funds_transaction entry CROSS JOIN (SELECT n AS number FROM {ten}) one WHERE entry.fund_id = {fund}
"""
_BALANCES = """
    UPDATE funds_account SET balance =
        (SELECT COALESCE(SUM(amount), 0) FROM funds_transfer WHERE into_id = funds_account.id)
        - (SELECT COALESCE(SUM(amount), 0) FROM funds_transfer WHERE out_of_id = funds_account.id)
"""


def _fund(verb: str) -> tuple[Fund, list[Account], list[Account]]:
    """Open a fund with as many accounts on both sides of a verb."""
    (out_of, into), now = next(iter(flows.WAYS[verb])), datetime.now(UTC)
    fund = _empty(now)
    sides = [
        [
            ledger.open_account(by=BY, at=now, fund=fund, kind=kind, name=f"{kind} {number}")
            for number in range(PAIRS)
        ]
        for kind in (out_of, into)
    ]
    return fund, sides[0], sides[1]


def _whole_fund() -> tuple[Fund, dict[str, list[Account]]]:
    """Open a fund with a few accounts of every kind."""
    now = datetime.now(UTC)
    fund = _empty(now)
    return fund, {
        kind: [
            ledger.open_account(by=BY, at=now, fund=fund, kind=kind, name=f"{kind} {number}")
            for number in range(5)
        ]
        for kind in flows.KINDS
    }


def _empty(now: datetime) -> Fund:
    area, _new = Area.objects.get_or_create(
        code="620200", defaults={"name": "嘉峪关市", "level": "city", "from_year": 1981}
    )
    unit, _new = Unit.objects.get_or_create(
        name=UNIT, defaults={"kind": "department", "area": area, "code": code_of(1)}
    )
    return ledger.open_fund(by=BY, at=now, name="测量", unit=unit, area=area, alone=10**12)


def _closed_loop(deed: Callable[[int], None], count: int, clients: int) -> float:
    """Do a deed so many times from so many threads, each beginning when its last is done; return the seconds."""
    numbers, lock, failures = iter(range(count)), threading.Lock(), list[Exception]()

    def go_on() -> None:
        try:
            while True:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    return
                deed(number)
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go_on) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return time.perf_counter() - began


def _median(work: Callable[[], object]) -> float:
    """Return how many milliseconds it takes, the middle of twenty runs."""
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return sorted(times)[_RUNS // 2] * 1000


_DEEDS: dict[str, Callable[..., dict[str, float]]] = {"rate": rate, "many": many, "ask": ask}
