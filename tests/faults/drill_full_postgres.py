"""The disk of PostgreSQL is full (R6): who asks is refused with 503, what was acknowledged stays, reading goes on, and
when there is room again asking goes on, without a repair. `make faults` alone runs it: it needs Debian's postgresql.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from http.client import HTTPException
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.faults.postgres.kit import House, Missing, Postgres, binaries, waited
from tests.faults.server import _HALF, Sent
from tests.faults.test_full_disk import fill

SIZE, ASKS = "700m", 400
LITTLE_LOG = {
    "max_wal_size": "64MB",
    "min_wal_size": "32MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@pytest.fixture
def small():
    """A disk of its own for the database alone; what fills it, and the keys of the house, lie elsewhere."""
    try:
        binaries()
    except Missing as error:
        pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="linli-small-"))
    folder.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0755", "tmpfs", str(folder)]
    try:
        if (
            os.geteuid()
            or not shutil.which("mount")
            or subprocess.run(mount, capture_output=True, check=False).returncode
        ):
            pytest.skip("only root may make a small disk: that a full one refuses was not tried")
        try:
            shutil.chown(folder, "postgres")
            yield folder
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)
    finally:
        folder.rmdir()


@pytest.fixture
def house(small, tmp_path):
    with ExitStack() as stack:
        server = Postgres(small, "first", LITTLE_LOG)
        server.make().start()
        stack.callback(server.stop, "immediate")
        server.run("createdb", "-h", server.socket, "-U", "linli", "linli")
        made = House(tmp_path / "home", database=server.url)
        made.prepare()
        made.postgres = server
        made.start()
        stack.callback(lambda: made.process.poll() is None and made.kill())
        yield made


def asked(house):
    one = Sent(str(uuid4()), len(house.sent))
    house.sent.append(one)
    with suppress(OSError, HTTPException):
        return house.send(one)
    return 0


def is_up(house):
    with suppress(psycopg.Error):
        return house.postgres.ask("SELECT 1") == [(1,)]
    return False


def test_keeps_what_it_acknowledged_when_its_disk_is_full(house, small, record_property):
    assert [asked(house) for _ in range(5)] == [201] * 5
    house.postgres.ask("CHECKPOINT")
    filler = fill(small)

    answers = [asked(house) for _ in range(ASKS)]

    stayed = is_up(house)
    said = {one: answers.count(one) for one in sorted({*answers})}
    record_property(
        "answers while it was full", f"{said}, the server {'stayed' if stayed else 'fell'}"
    )
    assert 503 in said
    assert {*said} <= {201, 503}
    if stayed:
        assert house.lost() == []
    filler.unlink()
    if not is_up(house):
        house.postgres.stop("immediate")
        house.postgres.start()
    waited(lambda: asked(house) == 201, "it does not go on")
    for one in house.sent:
        if not one.code:
            assert house.send(one) == 201
    assert house.lost() == []
    rows = house.postgres.ask("SELECT count(*) FROM cases_case")
    record_property("rows", f"{rows[0][0]} of {house.taken} acknowledged")
    assert rows == [(house.taken,)] == [(len(house.sent),)]
    assert [name for name, query in _HALF.items() if house.postgres.ask(query)] == []
