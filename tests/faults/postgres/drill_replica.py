"""Public pages at a standby (R13): read there while it follows, passed by when it is behind or gone; nobody notices.

Two real servers, one streaming from the other. `make drills-postgres` runs it; a plain pytest does not collect it.
"""

import json
import re
import sys
import time
from uuid import uuid4

import pytest

from tests.faults.postgres.kit import House, Missing, servers, waited
from tests.faults.server import Sent

NAMED = "UPDATE directory_service SET name = %s"
EDITED = "UPDATE kernel_edition SET mark = left(md5(random()::text), 16) WHERE name = 'directory'"
BUSY = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'linli'"


@pytest.fixture(scope="module")
def pair():
    try:
        with servers(wal_level="replica", hot_standby="on", synchronous_commit="on") as first:
            yield first
    except Missing as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def house(pair, tmp_path_factory):
    made = House(tmp_path_factory.mktemp("replica") / "home", database=pair.url)
    made.prepare()
    standby = pair.copied("standby", "-R").start()
    made.told = {"LINLI_REPLICA_URL": standby.url, "LINLI_REPLICA_SECONDS": "3"}
    made.standby = standby
    made.page = f"/services/{pair.ask('SELECT code FROM directory_service')[0][0]}/"
    made.start()
    yield made
    made.kill()


def page(house):
    """Return status and the name of the service, as anybody sees the page."""
    status, body = house.ask("GET", house.page, Accept="text/html")
    assert status == 200, body[:300]
    return re.search(r"第[0-9]+个名字", body)[0] if "个名字" in body else ""


def said(words):
    sys.stdout.write(f"\n{words}\n")


def checked(house):
    """Return what `linli check` says of the standby."""
    told = json.loads(house.command("check", "--json", fails=True))
    return next(one["state"] for one in told["findings"] if one["code"] == "replica")


def rename(first, number):
    first.ask(NAMED, f"第{number}个名字")
    first.ask(EDITED)
    return f"第{number}个名字"


def reads(house):
    """Say whether the standby is asked while pages are."""
    before = house.standby.ask(BUSY)[0][0]
    for _ in range(20):
        page(house)
    time.sleep(1.5)  # its counters are told once a second
    return house.standby.ask(BUSY)[0][0] - before > 20


def test_reads_there_while_it_follows_and_elsewhere_when_it_does_not(pair, house):
    name = rename(pair, 1)
    waited(lambda: page(house) == name)
    waited(lambda: reads(house), "the standby is never asked")

    house.standby.ask("SELECT pg_wal_replay_pause()")
    newer = rename(pair, 2)
    seen = [page(house) for _ in range(20)]
    said(
        f"behind: {seen.count(name)} of 20 pages right after the edit were as the standby has them"
    )
    assert {*seen} <= {name, newer}
    # Each process finds out for itself.
    waited(lambda: {page(house) for _ in range(20)} == {newer}, "it is never passed by")
    assert checked(house) == "warn"

    house.standby.ask("SELECT pg_wal_replay_resume()")
    waited(lambda: reads(house), "it is never taken again")
    assert page(house) == newer
    assert checked(house) == "ok"


def test_shows_every_page_while_it_dies_and_comes_back(pair, house):
    name = rename(pair, 3)
    waited(lambda: page(house) == name)
    waited(lambda: reads(house))

    house.standby.stop("immediate")
    began = time.monotonic()
    answers = [page(house) for _ in range(200)]
    took = time.monotonic() - began
    assert {*answers} == {name}
    newest = rename(pair, 4)
    waited(lambda: {page(house) for _ in range(20)} == {newest})
    said(f"gone: 200 pages in {took:.1f} s, 0 of them faults")

    house.standby.start()
    waited(lambda: reads(house), "it is never taken again")
    assert page(house) == newest


def test_writes_nothing_there_and_shows_who_writes_what_was_written(pair, house):
    """The control to reading late: what somebody has just sent is there at once, however far the standby is behind."""
    house.standby.ask("SELECT pg_wal_replay_pause()")
    sent = Sent(str(uuid4()), 1)
    try:
        assert house.send(sent) == 201
        status, _body = house.ask("GET", f"/api/cases/{sent.code}", **{"Linli-Passphrase": sent.passphrase})  # fmt: skip
    finally:
        house.standby.ask("SELECT pg_wal_replay_resume()")
    assert status == 200
