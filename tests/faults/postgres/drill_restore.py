"""Back to a second somebody names (31): a base copy taken under load, the archive of the log, and everything that was
acknowledged until that second, and nothing that was asked after it.

Real servers. `make drills-postgres` runs it; a plain pytest does not collect it.
"""

import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPException
from random import Random
from threading import Event, Thread
from uuid import uuid4

import psycopg
import pytest

from linli.kernel.backups.counted import counted
from tests.faults.postgres.kit import House, Missing, servers, waited
from tests.faults.server import _HALF, Sent

WRITERS = 4
# Rows that are never changed: who wrote one wrote it once, and the server says when that was committed.
ADDED = ("cases_step", "cases_clockevent", "kernel_logleaf")


@pytest.fixture(scope="module")
def first():
    try:
        with servers(wal_level="replica", archive_mode="on", track_commit_timestamp="on",
                     archive_command="test ! -f ../archive/%f && cp %p ../archive/%f") as made:  # fmt: skip
            made.run_as_owner("mkdir", made.home / "archive")
            yield made
    except Missing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def house(first, tmp_path_factory):
    made = House(tmp_path_factory.mktemp("restore") / "home", database=first.url)
    made.prepare(pages=False)
    made.start()
    yield made
    with suppress(ProcessLookupError):
        made.kill()


@contextmanager
def writing(house):
    """Let some write as long as this lasts; what they were told stands in house.sent, with the times."""
    stop = Event()

    def go_on():
        while not stop.is_set():
            sent = Sent(str(uuid4()), len(house.sent))
            sent.began = time.time()
            house.sent.append(sent)
            with suppress(OSError, HTTPException):
                house.send(sent)
            sent.ended = time.time()

    threads = [Thread(target=go_on, daemon=True) for _ in range(WRITERS)]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for one in threads:
            one.join()


def more(house, count):
    before = house.taken
    waited(lambda: house.taken >= before + count, "nobody is served")


def archived(first):
    """Wait until everything that was written lies in the archive."""
    [(name,)] = first.ask("SELECT pg_walfile_name(pg_switch_wal())")
    waited(
        lambda: first.ask("SELECT last_archived_wal >= %s FROM pg_stat_archiver", name)[0][0],
        "nothing is archived",
    )


def put_back(base, name, until=""):
    """Return a server made of the base copy, gone on by the archive until that second; with none, the copy alone."""
    told = {}
    if until:
        told = {"restore_command": "cp ../archive/%f %p", "recovery_target_time": until, "recovery_target_action": "promote"}  # fmt: skip
    made = type(base)(base.home, name, base.settings | {"archive_mode": "off", "archive_command": ""} | told)  # fmt: skip
    base.run_as_owner("cp", "-a", base.data, made.data)
    if until:
        base.run_as_owner("touch", made.data / "recovery.signal")
    made.start()
    waited(lambda: not made.ask("SELECT pg_is_in_recovery()")[0][0], "it is never whole")
    return made


def cases(server):
    return {code for (code,) in server.ask("SELECT code FROM cases_case")}


def log_of(server):
    with psycopg.connect(f"host={server.socket} user=linli dbname=linli") as line:
        found = counted(lambda asked: line.execute(asked.encode()), "postgresql")
    return found.log_size, found.log_root


def root_at(server, size):
    """Return the root that the log had when it was of this size: made anew from its leaves."""
    from linli.kernel.merkle import Frontier, leaf_hash

    tree = Frontier()
    for (leaf,) in server.ask("SELECT leaf FROM kernel_logleaf ORDER BY position LIMIT %s", size):
        tree = tree.append(leaf_hash(bytes(leaf))).frontier
    return tree.root().hex()


def test_goes_back_to_any_second_and_loses_nothing_that_was_acknowledged(
    first, house, record_property
):
    seed = time.time_ns()
    random = Random(seed)
    with writing(house):
        more(house, 40)
        base = first.copied("base", "-X", "stream")
        copied_at = time.time()
        more(house, 40 + random.randrange(60))
        for sent in [one for one in house.sent if one.code][:10]:
            house.open(sent.code)
        house.command("tick")  # enters looks into the log
        more(house, random.randrange(1, 40))
        [(until, second)] = first.ask("SELECT now()::text, extract(epoch FROM now())::float")
        more(house, 40)
    house.command("tick")
    house.kill()
    archived(first)

    began = time.monotonic()
    back = put_back(base, "back", until)
    took = time.monotonic() - began

    there = cases(back)
    assert [one.code for one in house.sent if one.code and one.ended < second and one.code not in there] == []  # fmt: skip
    assert [one.code for one in house.sent if one.code and one.began > second and one.code in there] == []  # fmt: skip
    for table in ADDED:
        asked = f"SELECT count(*) FROM {table}"
        [(whole,)] = first.ask(f"{asked} WHERE pg_xact_commit_timestamp(xmin) <= %s::timestamptz", until)  # fmt: skip
        [(found,)] = back.ask(asked)
        print_of = f"{table}: {found} put back, {whole} committed by then"
        sys.stdout.write(f"\n{print_of}")
        # Who was committing in that very moment may stand on either side of it.
        assert 0 <= whole - found <= WRITERS * 4, print_of
    assert {name: rows for name, query in _HALF.items() if (rows := back.ask(query))} == {}
    size, root = log_of(back)
    assert size > 0
    assert root == root_at(first, size)
    opens(house, back, second)
    said = f"{len(there)} cases, log of {size}, to {until} (seed {seed}) in {took:.1f} s"
    sys.stdout.write(f"\nfault 31: put back: {said}\n")
    record_property("put back to a second", said)

    # The control: without the archive there is only what was when the copy was taken.
    alone = put_back(base, "alone")
    since = [one.code for one in house.sent if one.code and copied_at < one.began and one.ended < second]  # fmt: skip
    assert since != []
    assert {*since} & cases(alone) == set()
    sys.stdout.write(f"\nfault 31: control: the copy alone lacks {len(since)} acknowledged cases\n")
    record_property("the copy alone lacks", f"{len(since)} acknowledged")


def opens(house, back, second):
    """What was put back is more than rows: a house serves from it, and each opens what was acknowledged to him."""
    house.database = back.url
    house.start()
    try:
        kept, house.sent = house.sent, [one for one in house.sent if one.code and one.ended < second]  # fmt: skip
        assert house.lost() == []
        house.sent = kept
    finally:
        house.kill()
